// A recipient's question goes on by mail to whom its sender has named for answers, and an answer to that mail
// goes straight to who asked. It stands in the document's timeline whether or not anybody could be mailed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/plain_mail.h"
#include "store/events.h"

namespace postgang::flow {

// The job to enqueue in the commit of the event `asked`, which comes after `events`. nullopt: no mail leaves
// this house, or neither settings nor document name an address.
Result<std::optional<store::NewJob>> questionMailJob(const Tools& tools, store::Reader& reader,
                                                     DocumentId document,
                                                     const std::vector<store::Event>& events,
                                                     const std::string& from, const std::string& question);

}  // namespace postgang::flow
