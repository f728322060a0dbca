#include "insight/policy_trial.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/calendar.h"

namespace postgang::insight {

namespace {

using store::PlanStep;

// Reasons that say who did not want a channel, and nothing of whether it reached.
constexpr std::array<std::string_view, 3> unwanted = {"not-chosen", "policy-never", "policy-only"};

bool reached(const PlanStep& step) {
  return step.reachable || std::ranges::find(unwanted, step.reason) != unwanted.end();
}

bool isByHand(const store::RoutedFact& route) {
  return route.by == "sender" ||
         std::ranges::any_of(route.plan, [](const auto& step) { return step.reason == unwanted[0]; });
}

class Trying {
 public:
  Trying(store::Reader& reader, CompanyId company, const channels::Registry& registry,
         const channels::Policy& policy, PolicyTrial& trial)
      : reader_(reader), company_(company), registry_(registry), policy_(policy), trial_(trial) {}

  Outcome add(const store::PastRoute& past) {
    if (isByHand(past.route)) {
      ++trial_.byHand;
      return {};
    }
    ++trial_.documents;
    TRY(const auto* recipient, recipientOf(past.receiver));
    const auto first = std::ranges::find_if(past.route.plan, &PlanStep::reachable);
    const auto* now = first == past.route.plan.end() ? nullptr : &*first;
    const auto* then = chosen(*recipient, past.route.plan);
    count(past, now, then);
    return {};
  }

  void end() {
    for (auto& [key, counterpart] : counterparts_) trial_.counterparts.push_back(std::move(counterpart));
    std::ranges::stable_sort(trial_.counterparts, std::greater(), &PolicyTrial::Counterpart::documents);
    if (trial_.counterparts.size() > PolicyTrial::shown_max)
      trial_.counterparts.resize(PolicyTrial::shown_max);
  }

 private:
  // As the counterpart is kept now: its own order of channels holds under any policy.
  Result<const channels::Recipient*> recipientOf(const store::PartyFact& party) {
    const auto key = party.identifier.empty() ? "customer:" + party.customerNumber : party.identifier;
    const auto known = recipients_.find(key);
    if (known != recipients_.end()) return &known->second;
    channels::Recipient recipient;
    if (!party.identifier.empty()) recipient.identifiers.push_back(party.identifier);
    recipient.name = party.name;
    recipient.customerNumber = party.customerNumber;
    recipient.person = party.person;
    TRY(recipient.partner, store::partner(reader_, store::Viewer::system(), company_, key));
    return &recipients_.emplace(key, std::move(recipient)).first->second;
  }

  const PlanStep* chosen(const channels::Recipient& recipient, const std::vector<PlanStep>& plan) const {
    std::vector<channels::Candidate> candidates;
    for (const auto& step : plan) {
      if (!reached(step) || channels::keptFrom(policy_, recipient, step.channel)) continue;
      const auto* channel = registry_.find(step.channel);
      candidates.push_back({step.channel, step.price, channel ? channel->typicalHours() : 0});
    }
    if (candidates.empty()) return nullptr;
    candidates = arranged(policy_, recipient, std::move(candidates));
    return &*std::ranges::find(plan, candidates.front().channel, &PlanStep::channel);
  }

  void count(const store::PastRoute& past, const PlanStep* now, const PlanStep* then) {
    const std::string nowName = now ? now->channel : "", thenName = then ? then->channel : "";
    ++trial_.channels[nowName].now;
    ++trial_.channels[thenName].then;
    if (now && then && now->price && then->price && now->currency == then->currency) {
      auto& cost = trial_.cost[now->currency];
      cost.now += now->price->hundredths().value_or(0);
      cost.then += then->price->hundredths().value_or(0);
    }
    if (nowName == thenName) return;
    ++trial_.changed;
    if (!then) ++trial_.stranded;
    auto& counterpart =
        counterparts_[{past.receiver.identifier, past.receiver.customerNumber, nowName, thenName}];
    if (counterpart.documents++ == 0) {
      counterpart.party = past.receiver;
      counterpart.now = nowName;
      counterpart.then = thenName;
    }
    if (trial_.shown.size() < PolicyTrial::shown_max)
      trial_.shown.push_back({past.id, past.number, past.receiver, nowName, thenName});
  }

  store::Reader& reader_;
  const CompanyId company_;
  const channels::Registry& registry_;
  const channels::Policy& policy_;
  PolicyTrial& trial_;
  std::map<std::string, channels::Recipient> recipients_;
  std::map<std::tuple<std::string, std::string, std::string, std::string>, PolicyTrial::Counterpart>
      counterparts_;
};

}  // namespace

Result<PolicyTrial> tryPolicy(store::Reader& reader, const store::Viewer& viewer, CompanyId company,
                              const channels::Registry& registry, const channels::Policy& policy, int months,
                              Instant now) {
  PolicyTrial trial;
  trial.to = dateInStockholm(now);
  trial.from = trial.to.plusMonths(-months);
  Trying trying(reader, company, registry, policy, trial);
  std::int64_t seen = 0;
  Outcome outcome;
  CHECK_OK(store::pastRoutes(reader, viewer, company, inStockholm(trial.from, 0), now.plusSeconds(1),
                             PolicyTrial::documents_max + 1, [&](const store::PastRoute& past) {
                               if (++seen > PolicyTrial::documents_max) {
                                 trial.partial = true;
                                 return;
                               }
                               if (outcome) outcome = trying.add(past);
                             }));
  CHECK_OK(outcome);
  trying.end();
  return trial;
}

}  // namespace postgang::insight
