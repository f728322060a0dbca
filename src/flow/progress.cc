#include "flow/progress.h"

#include <algorithm>

namespace postgang::flow {

using document::DeliveryStatus;
using document::Status;
using store::DeliveryFact;
using store::EventType;

namespace {

bool isLive(const Tried& tried) {
  switch (tried.status) {
    case DeliveryStatus::queued:
    case DeliveryStatus::sending:
    case DeliveryStatus::sent:
    case DeliveryStatus::delivered:
    case DeliveryStatus::opened:
    case DeliveryStatus::uncertain:
      return !tried.expired;
    default:
      return false;
  }
}

bool withdraws(Status status) {
  return status == Status::superseded || status == Status::cancelled || status == Status::returned ||
         status == Status::rejected || status == Status::stopped || status == Status::held;
}

void take(Progress& progress, EventType type, const DeliveryFact& fact) {
  auto& tried = progress.tried;
  auto found =
      std::find_if(tried.begin(), tried.end(), [&](const auto& t) { return t.delivery == fact.delivery; });
  if (found == tried.end())
    found = tried.insert(tried.end(), Tried{.delivery = fact.delivery, .channel = fact.channel});
  found->attempts = std::max(found->attempts, fact.attempt);
  found->underWay = type == EventType::delivery_started;
  if (type == EventType::delivery_expired) found->expired = true;
  if (fact.deadline) found->deadline = fact.deadline;
  if (fact.sheets) found->sheets = fact.sheets;
  if (fact.letterPrice) found->letterPrice = fact.letterPrice;
  found->status = document::fold(std::optional(found->status), type);
}

const Tried* lastOn(const Progress& progress, std::string_view channel) {
  const Tried* last = nullptr;
  for (const auto& tried : progress.tried)
    if (tried.channel == channel) last = &tried;
  return last;
}

// An expired Smartmail has its own rule: whoever lets it go to paper has been asked then. And what a
// customer's own system did not take lies in its inbox: that is nobody's to choose.
bool asksBeforeNext(const Progress& progress) {
  return progress.route->asks && std::ranges::any_of(progress.tried, [](const auto& tried) {
           return !tried.expired && tried.channel != "system" &&
                  (tried.status == DeliveryStatus::failed || tried.status == DeliveryStatus::bounced ||
                   tried.status == DeliveryStatus::returned);
         });
}

}  // namespace

Progress progressOf(const std::vector<store::Event>& events) {
  Progress progress;
  std::optional<Status> status;
  for (const auto& event : events) {
    progress.sequence = event.sequence;
    status = document::fold(status, event.type);
    if (const auto* received = std::get_if<store::ReceivedFact>(&event.fact)) {
      progress.sender = received->sender;
      progress.digest = received->digest;
    } else if (const auto* recognised = std::get_if<store::RecognisedFact>(&event.fact)) {
      progress.recipientAddress = recognised->buyer.identifier;
    } else if (const auto* route = std::get_if<store::RoutedFact>(&event.fact)) {
      progress.route = *route;
    } else if (const auto* delivery = std::get_if<DeliveryFact>(&event.fact)) {
      take(progress, event.type, *delivery);
    } else if (const auto* smartmail = std::get_if<store::SmartmailFact>(&event.fact)) {
      if (event.type != EventType::deadline_moved) continue;
      for (auto& tried : progress.tried)
        if (tried.delivery == smartmail->delivery) tried.deadline = smartmail->deadline;
    }
  }
  progress.status = status.value_or(Status::received);
  return progress;
}

Progress after(Progress progress, EventType type, const DeliveryFact& fact) {
  take(progress, type, fact);
  return progress;
}

int attemptsSoFar(const Progress& progress) {
  int count = 0;
  for (const auto& tried : progress.tried) count += tried.attempts;
  return count;
}

bool isWithdrawn(const Progress& progress) {
  return withdraws(progress.status);
}

Next nextOf(const Progress& progress, const Asked& asked) {
  if (!progress.route || isWithdrawn(progress)) return Done{};
  for (const auto& tried : progress.tried)
    if (tried.underWay) return Uncertain{tried};
  if (asked.channel) {
    for (const auto& step : progress.route->plan)
      if (step.reachable && step.channel == *asked.channel) return Attempt{step, std::nullopt, 1};
  }
  for (const auto& tried : progress.tried)
    if (isLive(tried)) return Done{};
  for (const auto& step : progress.route->plan) {
    if (!step.reachable) continue;
    const auto* tried = lastOn(progress, step.channel);
    if (!tried) {
      if (asksBeforeNext(progress)) return Exhausted{step.channel};
      return Attempt{step, std::nullopt, 1};
    }
    if (asked.retry && tried->delivery == *asked.retry && tried->status == DeliveryStatus::failed)
      return Attempt{step, tried->delivery, tried->attempts + 1};
  }
  return progress.status == Status::failed ? Next(Done{}) : Next(Exhausted{});
}

}  // namespace postgang::flow
