#include "flow/route.h"

#include <algorithm>
#include <map>

#include "flow/words.h"
#include "store/companies.h"
#include "store/policies.h"

namespace postgang::flow {

namespace {

constexpr std::string_view not_chosen = "not-chosen";

using Steps = std::map<std::string, store::PlanStep, std::less<>>;

// Every channel asked, whether it is wanted or not: why one was not taken is part of the plan.
Result<Steps> considerAll(store::Reader& reader, const channels::Registry& registry,
                          const channels::Recipient& recipient, Instant now, Route& route) {
  Steps steps;
  for (const auto& channel : registry.all()) {
    TRY(auto reach, channel->reach(reader, recipient));
    const auto price = reach.price.value_or(channel->price());
    for (auto& answer : reach.registers) {
      answer.askedAt = now;
      route.plan.registers.push_back(std::move(answer));
    }
    if (reach.receiver && !route.plan.receiver) route.plan.receiver = reach.receiver;
    const std::string name(channel->name());
    steps[name] = {name, reach.reachable, price.amount, price.currency, std::move(reach.reason)};
  }
  return steps;
}

// A channel that the counterpart names and that is not built stands in the plan as not reachable.
std::vector<channels::Candidate> candidatesOf(const channels::Registry& registry,
                                              const channels::Recipient& recipient, Steps& steps) {
  std::vector<channels::Candidate> candidates;
  for (const auto& channel : registry.all()) {
    const std::string name(channel->name());
    candidates.push_back({name, steps[name].price, channel->typicalHours()});
  }
  if (!recipient.partner) return candidates;
  for (const auto& name : recipient.partner->channels) {
    if (steps.contains(name)) continue;
    steps[name] = {name, false, std::nullopt, {}, "channel-not-built"};
    candidates.push_back({name, std::nullopt, 0});
  }
  return candidates;
}

std::string_view whoDecides(const channels::Policy& policy, const channels::Recipient& recipient,
                            std::string_view wish) {
  if (!wish.empty()) return "sender";
  if (recipient.partner && !recipient.partner->channels.empty()) return "counterpart";
  return channels::name(policy.by);
}

void keepToPolicy(Route& route, const channels::Policy& policy, const channels::Recipient& recipient) {
  for (auto& step : route.plan.plan) {
    const auto* demand = step.reachable ? channels::keptFrom(policy, recipient, step.channel) : nullptr;
    if (!demand) continue;
    step.reachable = false;
    step.reason = "policy-" + std::string(channels::name(demand->verb));
    route.others.push_back(step.channel);
  }
}

// Who names a channel gets no other behind their back: except that e-mail which nobody opens goes to paper,
// and that a customer here takes what comes by the network as it has chosen to.
void keepTo(Route& route, std::string_view wish) {
  for (auto& step : route.plan.plan) {
    const bool goesAlong =
        (wish == "email" && step.channel == "print") || (wish == "network" && step.channel == "system");
    if (step.channel == wish || !step.reachable || goesAlong) continue;
    step.reachable = false;
    step.reason = not_chosen;
    route.others.push_back(step.channel);
  }
  const auto first = std::ranges::find(route.plan.plan, wish, &store::PlanStep::channel);
  if (first != route.plan.plan.end() && first->reachable) return;
  for (auto& step : route.plan.plan) step.reachable = false;
}

std::string othersOf(const Route& route) {
  std::string others;
  for (const auto& other : route.others) others += (others.empty() ? "" : ", ") + other;
  return others;
}

}  // namespace

bool Route::reaches() const {
  return std::any_of(plan.plan.begin(), plan.plan.end(), [](const auto& step) { return step.reachable; });
}

Result<Route> route(store::Reader& reader, const channels::Registry& registry, const channels::Policy& policy,
                    const channels::Recipient& recipient, Instant now, std::string_view wish) {
  Route route;
  route.plan.by = whoDecides(policy, recipient, wish);
  route.plan.asks = policy.asks;
  TRY(auto steps, considerAll(reader, registry, recipient, now, route));
  for (const auto& candidate : arranged(policy, recipient, candidatesOf(registry, recipient, steps)))
    route.plan.plan.push_back(std::move(steps[candidate.channel]));
  if (wish.empty()) {
    keepToPolicy(route, policy, recipient);
    return route;
  }
  auto& plan = route.plan.plan;
  const auto wanted = std::ranges::find(plan, wish, &store::PlanStep::channel);
  if (wanted != plan.end())
    std::rotate(plan.begin(), wanted, wanted + 1);
  else
    plan.insert(plan.begin(), {std::string(wish), false, std::nullopt, {}, "channel-not-built"});
  keepTo(route, wish);
  if (wish == "network") goFirst(plan, "system");
  return route;
}

Result<Route> route(store::Reader& reader, const channels::Registry& registry, CompanyId sender,
                    const channels::Recipient& recipient, Instant now, std::string_view wish) {
  TRY(const auto kept, store::channelPolicy(reader, sender));
  return route(reader, registry, channels::policyOf(kept), recipient, now, wish);
}

void keepFrom(Route& route, std::string_view channel, std::string_view reason) {
  for (auto& step : route.plan.plan) {
    if (step.channel != channel || !step.reachable) continue;
    step.reachable = false;
    step.reason = reason;
  }
}

store::FailedFact chosenDoesNotReach(const Route& route, const channels::Recipient& recipient) {
  const auto& step = route.plan.plan.front();
  return failedFact(route.others.empty() ? "chosen-channel-unreachable" : "chosen-channel-unreachable-others",
                    {{"channel", step.channel},
                     {"reason", step.reason},
                     {"receiver", recipient.name},
                     {"others", othersOf(route)}});
}

bool goFirst(std::vector<store::PlanStep>& plan, std::string_view channel) {
  const auto wanted = std::ranges::find(plan, channel, &store::PlanStep::channel);
  if (wanted == plan.end() || !wanted->reachable) return false;
  std::rotate(plan.begin(), wanted, wanted + 1);
  return true;
}

store::FailedFact noChannel(const Route& route, const channels::Recipient& recipient) {
  if (!route.others.empty())
    return failedFact("policy-forbids", {{"receiver", recipient.name}, {"others", othersOf(route)}});
  Parameters parameters = {{"receiver", recipient.name}};
  if (!recipient.identifiers.empty()) parameters.emplace("identifier", recipient.identifiers.front());
  if (!recipient.customerNumber.empty()) parameters.emplace("customerNumber", recipient.customerNumber);
  return failedFact(recipient.identifiers.empty() ? "no-channel-person" : "no-channel",
                    std::move(parameters));
}

}  // namespace postgang::flow
