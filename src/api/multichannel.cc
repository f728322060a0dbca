// /multichannel: the policy by which a company's documents choose among channels, and another tried on
// history.
#include "api/audit_act.h"
#include "api/json_body.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "channels/policy.h"
#include "insight/policy_trial.h"
#include "store/policies.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;
using channels::Policy;

std::vector<std::string> channelNames(const Parts& parts) {
  std::vector<std::string> names;
  for (const auto& channel : parts.context.flow.channels().all()) names.emplace_back(channel->name());
  return names;
}

json::array listShape(const std::vector<std::string>& texts) {
  return json::array(texts.begin(), texts.end());
}

json::object policyShape(const Policy& policy) {
  json::array demands;
  for (const auto& demand : policy.demands)
    demands.push_back({{"who", channels::name(demand.who)},
                       {"counterparts", listShape(demand.counterparts)},
                       {"verb", channels::name(demand.verb)},
                       {"channels", listShape(demand.channels)}});
  return {{"by", channels::name(policy.by)},
          {"order", listShape(policy.order)},
          {"demands", std::move(demands)},
          {"asks", policy.asks}};
}

Result<std::map<std::string, std::string>> namesOf(store::Reader& reader, const Call& call,
                                                   const Policy& policy) {
  std::map<std::string, std::string> names;
  for (const auto& demand : policy.demands)
    for (const auto& identifier : demand.counterparts) {
      TRY(const auto partner, store::partner(reader, call.viewer(), call.company(), identifier));
      if (partner) names[identifier] = partner->name;
    }
  return names;
}

// The policy, what it says in words, and the channels that it may name.
Result<json::object> shapeOf(store::Reader& reader, Parts& parts, const Call& call, const Policy& policy) {
  TRY(const auto names, namesOf(reader, call, policy));
  json::array all;
  for (const auto& channel : parts.context.flow.channels().all()) {
    const auto price = channel->price();
    all.push_back({{"channel", channel->name()},
                   {"price", amountOrNull(price.amount, price.currency)},
                   {"typicalHours", channel->typicalHours()}});
  }
  json::object named;
  for (const auto& [identifier, name] : names) named[identifier] = name;
  return json::object{{"policy", policyShape(policy)},
                      {"sentences",
                       {{"sv", listShape(channels::policySentences(policy, Language::swedish, names))},
                        {"en", listShape(channels::policySentences(policy, Language::english, names))}}},
                      {"names", std::move(named)},
                      {"channels", std::move(all)}};
}

Result<net::Reply> shown(Parts& parts, const Call& call, const Policy& policy) {
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
        return shapeOf(reader, parts, call, policy);
      }));
  return net::Reply::json(json::serialize(shape));
}

Result<Policy> policyIn(const Parts& parts, const Call& call) {
  TRY(const auto body,
      JsonBody::of(call.request, {"by", "order", "demands", "asks"}, channels::PolicyLimits::json_bytes_max));
  (void)body;
  return channels::policyFromJson(call.request.body, channelNames(parts));
}

Result<net::Reply> get(Parts& parts, const Call& call) {
  TRY(const auto kept, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::channelPolicy(reader, call.company());
      }));
  return shown(parts, call, channels::policyOf(kept));
}

Result<net::Reply> put(Parts& parts, const Call& call) {
  TRY(const auto policy, policyIn(parts, call));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto before, store::channelPolicy(tx, call.company()));
    call.note->detail = changeDetail(policyShape(channels::policyOf(before)), policyShape(policy));
    return store::setChannelPolicy(tx, call.company(), channels::policyToJson(policy));
  }));
  return shown(parts, call, policy);
}

Result<net::Reply> readBack(Parts& parts, const Call& call) {
  TRY(const auto policy, policyIn(parts, call));
  return shown(parts, call, policy);
}

std::string hundredths(std::int64_t amount) {
  return Decimal::fromScaled(amount, 2).text(2);
}

json::object trialShape(const insight::PolicyTrial& trial) {
  json::array byChannel, costs, counterparts, documents;
  for (const auto& [channel, shift] : trial.channels)
    byChannel.push_back({{"channel", textOrNull(channel)}, {"now", shift.now}, {"then", shift.then}});
  for (const auto& [currency, cost] : trial.cost)
    costs.push_back({{"currency", currency}, {"now", hundredths(cost.now)}, {"then", hundredths(cost.then)}});
  for (const auto& one : trial.counterparts)
    counterparts.push_back({{"counterpart", partyShape(one.party)},
                            {"documents", one.documents},
                            {"now", textOrNull(one.now)},
                            {"then", textOrNull(one.then)}});
  for (const auto& one : trial.shown)
    documents.push_back({{"id", one.id.text()},
                         {"number", textOrNull(one.number)},
                         {"receiver", partyShape(one.receiver)},
                         {"now", textOrNull(one.now)},
                         {"then", textOrNull(one.then)}});
  return {{"from", trial.from.text()},     {"to", trial.to.text()},
          {"documents", trial.documents},  {"byHand", trial.byHand},
          {"changed", trial.changed},      {"stranded", trial.stranded},
          {"partial", trial.partial},      {"channels", std::move(byChannel)},
          {"cost", std::move(costs)},      {"counterparts", std::move(counterparts)},
          {"newest", std::move(documents)}};
}

Result<net::Reply> tryOnHistory(Parts& parts, const Call& call) {
  TRY(const auto policy, policyIn(parts, call));
  TRY(const auto trial, readFrom(parts.context.store, [&](store::Reader& reader) {
        return insight::tryPolicy(reader, call.viewer(), call.company(), parts.context.flow.channels(),
                                  policy, 12, parts.context.clock.now());
      }));
  return net::Reply::json(json::serialize(trialShape(trial)));
}

}  // namespace

void addMultichannelRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               channels::PolicyLimits::json_bytes_max);
  };
  add("GET", "/api/v1/multichannel/policy", Scope::partners_read, get);
  add("PUT", "/api/v1/multichannel/policy", Scope::partners_write, put);
  add("POST", "/api/v1/multichannel/policy/read-back", Scope::partners_read, readBack);
  add("POST", "/api/v1/multichannel/trials", Scope::documents_read, tryOnHistory);
}

}  // namespace postgang::api
