// Step 5, deliver: sends the document by the next channel of its plan. A job of its own.
//
// What was done stands in the events, so a job that runs again after a crash sees it: an attempt that began
// and has no result is `delivery_uncertain` (the channel may have sent it; sending again could double it),
// unless the channel's other side takes the same once only (channels/exchanging.h): then it is handed over
// again. One that is under way or through needs nothing. A channel of our own house (Channel::inHouse) has
// attempt and result in one commit; for the others `delivery_started` is committed before the first byte
// leaves.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "channels/registry.h"
#include "flow/progress.h"
#include "flow/step.h"
#include "store/events.h"

namespace postgang::flow {

// The job "deliver:<document>:<n>", due at `runAt`; n is the number of attempts so far, so each is made once.
store::NewJob deliverJob(DocumentId document, CompanyId company, int attemptsSoFar, Instant runAt,
                         std::optional<DeliveryId> retry = {});

// The same for a person who wants it sent once more.
store::NewJob resendJob(DocumentId document, CompanyId company, int attemptsSoFar, Instant runAt,
                        std::string_view channel);

Result<Decision> deliver(const Tools& tools, store::Reader& reader, const store::Job& job);

// What follows when a delivery has come to its end without reaching: the events of the next channel when that
// is one of our own house, a job when it leaves the house, `failed` with this code when there is none. In the
// commit of what ended it.
struct Following {
  std::vector<store::NewEvent> events;
  std::vector<store::NewJob> jobs;
  bool leadsNowhere() const { return events.empty() && jobs.empty(); }
};
Result<Following> followingOn(const Tools& tools, store::Reader& reader, DocumentId document,
                              const Progress& progress, std::string_view failedCode);

// Why a document fails whose plan has come to its end: `otherwise`, or that a channel is left which its
// sender wants to choose himself: code "next-channel-waits".
store::FailedFact failedFor(const Exhausted& how, store::FailedFact otherwise);

// A delivery that cannot be made for what it is and is not tried again: `delivery_failed` with why, and then
// a job for the next channel, or `failed` for the same reason.
Following whenImpossible(const Tools& tools, DocumentId document, const Progress& progress,
                         const store::DeliveryFact& fact, const Problem& why);

}  // namespace postgang::flow
