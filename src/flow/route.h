// Step 4, route, Multikanal: by which channels the document goes to its recipient, in order, with price and
// why. Asks every channel in the registry; nothing is sent. What the sender asks for this document goes
// first, then the counterpart's own order, then its policy (channels/policy.h), whose demands bind Multikanal
// alone: who names a channel means it.
#pragma once

#include <string_view>
#include <vector>

#include "channels/policy.h"
#include "channels/recipient.h"
#include "channels/registry.h"
#include "document/parties.h"
#include "store/events.h"

namespace postgang::flow {

struct Route {
  store::RoutedFact plan;
  std::vector<std::string> others;  // channels that reach and were not asked for, or that the policy forbids
  bool reaches() const;
};

// `wish`: the channel that the sender has asked for; empty: none.
Result<Route> route(store::Reader& reader, const channels::Registry& registry, CompanyId sender,
                    const channels::Recipient& recipient, Instant now, std::string_view wish = {});
// As this policy would have it, whatever is set.
Result<Route> route(store::Reader& reader, const channels::Registry& registry, const channels::Policy& policy,
                    const channels::Recipient& recipient, Instant now, std::string_view wish = {});

// What this document is keeps it from a channel that would reach: `reason` is why.
void keepFrom(Route& route, std::string_view channel, std::string_view reason);

// Why a document fails whose sender has asked for a channel that does not reach, and which ones do: code
// "chosen-channel-unreachable", or "chosen-channel-unreachable-others" with parameter `others`.
store::FailedFact chosenDoesNotReach(const Route& route, const channels::Recipient& recipient);

// The channel that somebody has chosen before the others. False, and nothing moved, where it does not reach.
bool goFirst(std::vector<store::PlanStep>& plan, std::string_view channel);

// Why the document fails when no channel reaches, and what to do about it: code "no-channel", or
// "no-channel-person" for somebody who is known by a customer number only; "policy-forbids", with parameter
// `others`, where one would reach.
store::FailedFact noChannel(const Route& route, const channels::Recipient& recipient);

}  // namespace postgang::flow
