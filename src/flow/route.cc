#include "flow/route.h"

#include <algorithm>

#include "flow/words.h"
#include "store/companies.h"

namespace postgang::flow {

namespace {

struct Considered {
  store::PlanStep step;
  std::optional<CompanyId> receiver;
};

constexpr std::string_view not_chosen = "not-chosen";

Result<Considered> consider(store::Reader& reader, const channels::Channel& channel,
                            const channels::Recipient& recipient, Instant now, Route& route) {
  TRY(auto reach, channel.reach(reader, recipient));
  const auto price = reach.price.value_or(channel.price());
  for (auto& answer : reach.registers) {
    answer.askedAt = now;
    route.registers.push_back(std::move(answer));
  }
  return Considered{
      {std::string(channel.name()), reach.reachable, price.amount, price.currency, reach.reason},
      reach.receiver};
}

// The counterpart's own order first; a channel it names that is not built stands in the plan as not
// reachable.
std::vector<std::string> orderOf(const channels::Registry& registry, const channels::Recipient& recipient,
                                 std::string_view wish) {
  std::vector<std::string> order;
  if (recipient.partner) order = recipient.partner->channels;
  if (!wish.empty()) {
    std::erase(order, wish);
    order.insert(order.begin(), std::string(wish));
  }
  std::vector<const channels::Channel*> others;
  for (const auto& channel : registry.all())
    if (std::find(order.begin(), order.end(), channel->name()) == order.end())
      others.push_back(channel.get());
  std::stable_sort(others.begin(), others.end(),
                   [](const auto* a, const auto* b) { return a->price().amount < b->price().amount; });
  for (const auto* channel : others) order.emplace_back(channel->name());
  return order;
}

// Who names a channel gets no other behind their back: except that e-mail which nobody opens goes to paper.
void keepTo(Route& route, std::string_view wish) {
  for (auto& step : route.plan.plan) {
    if (step.channel == wish || !step.reachable || (wish == "email" && step.channel == "print")) continue;
    step.reachable = false;
    step.reason = not_chosen;
    route.others.push_back(step.channel);
  }
  const auto first = std::ranges::find(route.plan.plan, wish, &store::PlanStep::channel);
  if (first != route.plan.plan.end() && first->reachable) return;
  for (auto& step : route.plan.plan) step.reachable = false;
}

}  // namespace

bool Route::reaches() const {
  return std::any_of(plan.plan.begin(), plan.plan.end(), [](const auto& step) { return step.reachable; });
}

Result<Route> route(store::Reader& reader, const channels::Registry& registry,
                    const channels::Recipient& recipient, Instant now, std::string_view wish) {
  Route route;
  for (const auto& name : orderOf(registry, recipient, wish)) {
    const auto* channel = registry.find(name);
    if (!channel) {
      route.plan.plan.push_back({name, false, std::nullopt, {}, "channel-not-built"});
      continue;
    }
    TRY(auto considered, consider(reader, *channel, recipient, now, route));
    if (considered.receiver && !route.plan.receiver) route.plan.receiver = considered.receiver;
    route.plan.plan.push_back(std::move(considered.step));
  }
  if (!wish.empty()) keepTo(route, wish);
  return route;
}

store::FailedFact chosenDoesNotReach(const Route& route, const channels::Recipient& recipient) {
  const auto& step = route.plan.plan.front();
  std::string others;
  for (const auto& other : route.others) others += (others.empty() ? "" : ", ") + other;
  return failedFact(
      route.others.empty() ? "chosen-channel-unreachable" : "chosen-channel-unreachable-others",
      {{"channel", step.channel}, {"reason", step.reason}, {"receiver", recipient.name}, {"others", others}});
}

bool goFirst(std::vector<store::PlanStep>& plan, std::string_view channel) {
  const auto wanted = std::ranges::find(plan, channel, &store::PlanStep::channel);
  if (wanted == plan.end() || !wanted->reachable) return false;
  std::rotate(plan.begin(), wanted, wanted + 1);
  return true;
}

store::FailedFact noChannel(const channels::Recipient& recipient) {
  Parameters parameters = {{"receiver", recipient.name}};
  if (!recipient.identifiers.empty()) parameters.emplace("identifier", recipient.identifiers.front());
  if (!recipient.customerNumber.empty()) parameters.emplace("customerNumber", recipient.customerNumber);
  return failedFact(recipient.identifiers.empty() ? "no-channel-person" : "no-channel",
                    std::move(parameters));
}

}  // namespace postgang::flow
