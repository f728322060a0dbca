// How far a document's deliveries have come, by its events, and what is to be tried next. Pure.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "document/status.h"
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
// After one more fact about a delivery.
Progress after(Progress progress, store::EventType type, const store::DeliveryFact& fact);
int attemptsSoFar(const Progress& progress);
// Nothing of it leaves the house any more: cancelled, superseded, returned …
bool isWithdrawn(const Progress& progress);

// What to do now: one of these.
struct Attempt {  // try this channel
  store::PlanStep step;
  std::optional<DeliveryId> again;  // a delivery that failed for a while; absent: a new one
  int number = 1;
};
struct Uncertain {
  Tried tried;
};                      // an attempt was cut off
struct Exhausted {      // every channel was tried …
  std::string waiting;  // … or this one was not, because the sender wants to choose it himself
};
struct Done {};  // nothing: it is on its way, there, or withdrawn
using Next = std::variant<Done, Attempt, Uncertain, Exhausted>;
// What the job was made for, where that is more than «the next channel».
struct Asked {
  std::optional<DeliveryId> retry;     // try this delivery again
  std::optional<std::string> channel;  // send it once more by this one, whatever was sent before
};
Next nextOf(const Progress& progress, const Asked& asked);

}  // namespace postgang::flow
