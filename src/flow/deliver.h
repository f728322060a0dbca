// Step 5, deliver: sends the document by the next channel of its plan. A job of its own.
//
// What was done stands in the events, so a job that runs again after a crash sees it: an attempt that began
// and has no result is `delivery_uncertain` (the channel may have sent it; sending again could double it),
// one that is under way or through needs nothing. A channel of our own house (Channel::inHouse) has attempt
// and result in one commit; for the others `delivery_started` is committed before the first byte leaves.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "channels/registry.h"
#include "flow/step.h"
#include "store/events.h"

namespace postgang::flow {

// How far a document's deliveries have come, by its events.
struct Tried {
  DeliveryId delivery;
  std::string channel;
  int attempts = 0;
  bool underWay = false;  // an attempt has begun and has no result
  bool expired = false;   // nobody opened it in time: the next channel's turn, whatever its status
  std::optional<Instant> deadline = {};     // until then it waits to be opened
  std::optional<int> sheets = {};           // of the letter that it is, or would be …
  std::optional<Decimal> letterPrice = {};  // … and what that costs
  document::DeliveryStatus status = document::DeliveryStatus::queued;
};
struct Progress {
  CompanyId sender;
  Digest digest{};
  std::int64_t sequence = 0;
  document::Status status = document::Status::received;
  std::optional<store::RoutedFact> route;
  std::vector<Tried> tried;
  std::string recipientAddress;  // the recipient's best identifier, when it isn't a customer here
};
Progress progressOf(const std::vector<store::Event>& events);

// What to do now: one of these.
struct Attempt {  // try this channel
  store::PlanStep step;
  std::optional<DeliveryId> again;  // a delivery that failed for a while; absent: a new one
  int number = 1;
};
struct Uncertain {
  Tried tried;
};                    // an attempt was cut off
struct Exhausted {};  // every channel was tried
struct Done {};       // nothing: it is on its way, there, or withdrawn
using Next = std::variant<Done, Attempt, Uncertain, Exhausted>;
// What the job was made for, where that is more than «the next channel».
struct Asked {
  std::optional<DeliveryId> retry;     // try this delivery again
  std::optional<std::string> channel;  // send it once more by this one, whatever was sent before
};
Next nextOf(const Progress& progress, const Asked& asked);

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
};
Result<Following> followingOn(const Tools& tools, store::Reader& reader, DocumentId document,
                              const Progress& progress, std::string_view failedCode);

}  // namespace postgang::flow
