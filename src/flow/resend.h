// Sending a document once more as it is: by the same channel or another, after it failed, or because its
// receiver says that it never came. A new delivery of the same document; the earlier tries stay as they are.
// Never its neighbours.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/step.h"
#include "store/documents.h"

namespace postgang::flow {

struct ResendState {
  std::optional<std::string_view> why;  // a problem code: why not; nullopt: it can be sent again
  struct AlreadySent {
    Instant at;
    std::string channel;
  };
  std::optional<AlreadySent> alreadySent;  // the latest time that it left
  std::vector<store::PlanStep> plan;       // the channels as they answer now
};

// Codes in `why`: resend-under-way, resend-superseded, resend-stopped (correct it instead), resend-ended,
// no-channel.
Result<ResendState> resendState(store::Reader& reader, const Tools& tools, const store::DocumentRow& row);

// `channel` empty: the first that reaches. Codes: not-the-sender; resend-confirm (conflict; parameters at,
// channel) when it has left already and the caller has not said that it knows; those of `why`;
// channel-not-reachable; resend-repeated (conflict; parameters number, documentId, date) when the same number
// or bytes came again after it failed.
Result<std::string> resend(const Tools& tools, const store::Viewer& viewer, DocumentId document,
                           std::string_view channel, bool confirmed);

}  // namespace postgang::flow
