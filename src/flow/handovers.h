// What a receiver's system answers about a document that was handed over to it (way `api`, or any other that
// waits): that it has it, or that it will not have it.
//
// Confirmed, the delivery is `delivered`, evidence "confirmed". Refused, it has failed with the receiver's
// words, and the document lies in the inbox in the same commit: a customer is not sent a letter because its
// program said no. The same answer twice is one answer.
#pragma once

#include <optional>
#include <string>

#include "base/id.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::flow {

inline constexpr std::size_t refusal_codePoints_max = 500;

struct HandoverAnswered {
  bool refused = false;
  std::string evidence;  // of the delivery as it stands now: "confirmed", "2xx", "file-taken", "inbox"
  Instant at;
};

// Codes: not-found; handover-answered (conflict): it was answered otherwise before, or taken already.
Result<HandoverAnswered> answerHandover(store::Store& store, const Clock& clock, IdMaker& ids,
                                        const store::Viewer& viewer, CompanyId receiver, DocumentId document,
                                        const std::optional<std::string>& refusal);

}  // namespace postgang::flow
