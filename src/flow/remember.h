// «Kom ihåg för denna motpart»: what a sender has asked to be put right by itself when this counterpart's
// demands stop a document for the same cause again. Such a document is stopped like any other; instead of
// being returned it is corrected by a job, as a new version in the rule's name. What the rules do not put
// right is returned as usual.
#pragma once

#include <vector>

#include "channels/channel.h"
#include "flow/step.h"
#include "flow/walk.h"
#include "store/events.h"

namespace postgang::flow {

// The rules that answer every finding that stops; empty when one is left without.
Result<std::vector<RememberedChange>> rememberedFor(store::Reader& reader, CompanyId sender,
                                                    const channels::Recipient& receiver,
                                                    const std::vector<store::FindingFact>& findings);

// Key "remember:<document>".
store::NewJob rememberJob(DocumentId document, CompanyId sender, Instant now);
Result<Decision> applyRemembered(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
