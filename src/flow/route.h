// Step 4, route: by which channels the document goes to its recipient, in order, with price and why. Asks
// every channel in the registry; nothing is sent. Without the counterpart's own order the cheapest channel
// that reaches goes first.
#pragma once

#include <string_view>
#include <vector>

#include "channels/registry.h"
#include "document/parties.h"
#include "store/events.h"

namespace postgang::flow {

struct Route {
  store::RoutedFact plan;
  std::vector<channels::RegisterAnswer> registers;
  bool reaches() const;
};

// The recipient as the document names it, with what the sender keeps about this counterpart.
Result<channels::Recipient> recipientOf(store::Reader& reader, CompanyId sender,
                                        const document::Party& party);
Result<channels::Recipient> recipientOf(store::Reader& reader, CompanyId sender,
                                        const document::Identifier& identifier);

Result<Route> route(store::Reader& reader, const channels::Registry& registry,
                    const channels::Recipient& recipient, Instant now);

// The channel that somebody has chosen before the others. False, and nothing moved, where it does not reach.
bool goFirst(std::vector<store::PlanStep>& plan, std::string_view channel);

// Why the document fails when no channel reaches, and what to do about it: code "no-channel", or
// "no-channel-person" for somebody who is known by a customer number only.
store::FailedFact noChannel(const channels::Recipient& recipient);

}  // namespace postgang::flow
