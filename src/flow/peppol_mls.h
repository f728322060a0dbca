// What became of an invoice that came over Peppol, told its sender's service provider: a message level status
// (MLS 1.1). A job of its own that waits until the walk has come to an end with it.
//
//   delivered, held for the receiver's decision   AP
//   handed on without a confirmation              AB
//   stopped for its content, or unreadable        RE, with its findings
//   it reached nobody                             RE, FD
//
// A sender that has not asked for more is told of rejections alone (MLS_TYPE, default FAILURE_ONLY). The row
// of the exchange says what the status is, sent or not.
#pragma once

#include <string>

#include "flow/step.h"

namespace postgang::flow {

// `unreadable`: it became no document, since it could not be read at all.
store::NewJob peppolMlsJob(const std::string& instance, Instant runAt, bool unreadable = false);
Result<Decision> sayPeppolStatus(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
