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

Result<Considered> consider(store::Reader& reader, const channels::Channel& channel,
                            const channels::Recipient& recipient, Instant now, Route& route) {
  TRY(auto reach, channel.reach(reader, recipient));
  const auto price = channel.price();
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
std::vector<std::string> orderOf(const channels::Registry& registry, const channels::Recipient& recipient) {
  std::vector<std::string> order;
  if (recipient.partner) order = recipient.partner->channels;
  std::vector<const channels::Channel*> others;
  for (const auto& channel : registry.all())
    if (std::find(order.begin(), order.end(), channel->name()) == order.end())
      others.push_back(channel.get());
  std::stable_sort(others.begin(), others.end(),
                   [](const auto* a, const auto* b) { return a->price().amount < b->price().amount; });
  for (const auto* channel : others) order.emplace_back(channel->name());
  return order;
}

Result<std::optional<store::Partner>> partnerOf(store::Reader& reader, CompanyId sender,
                                                const channels::Recipient& recipient) {
  for (const auto& identifier : recipient.identifiers) {
    TRY(auto partner, store::partner(reader, store::Viewer::system(), sender, identifier));
    if (partner) return partner;
  }
  if (recipient.customerNumber.empty()) return std::nullopt;
  return store::partner(reader, store::Viewer::system(), sender, "customer:" + recipient.customerNumber);
}

}  // namespace

bool Route::reaches() const {
  return std::any_of(plan.plan.begin(), plan.plan.end(), [](const auto& step) { return step.reachable; });
}

Result<channels::Recipient> recipientOf(store::Reader& reader, CompanyId sender,
                                        const document::Party& party) {
  channels::Recipient recipient;
  for (const auto& identifier : party.identifiers) recipient.identifiers.push_back(identifier.text());
  recipient.name = party.name;
  recipient.customerNumber = party.customerNumber;
  recipient.person = party.isPerson;
  TRY(recipient.partner, partnerOf(reader, sender, recipient));
  return recipient;
}

Result<channels::Recipient> recipientOf(store::Reader& reader, CompanyId sender,
                                        const document::Identifier& identifier) {
  document::Party party;
  party.identifier = identifier;
  party.identifiers = {identifier};
  return recipientOf(reader, sender, party);
}

Result<Route> route(store::Reader& reader, const channels::Registry& registry,
                    const channels::Recipient& recipient, Instant now) {
  Route route;
  for (const auto& name : orderOf(registry, recipient)) {
    const auto* channel = registry.find(name);
    if (!channel) {
      route.plan.plan.push_back({name, false, std::nullopt, {}, "channel-not-built"});
      continue;
    }
    TRY(auto considered, consider(reader, *channel, recipient, now, route));
    if (considered.receiver && !route.plan.receiver) route.plan.receiver = considered.receiver;
    route.plan.plan.push_back(std::move(considered.step));
  }
  return route;
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
