// What a month's reports count of the exchanges over Peppol, grouped where they are kept: a million of them
// are some hundreds of groups by provider, and as many by end user as there are, times what they exchange.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "store/peppol_exchanges.h"

namespace postgang::store {

// What they are alike in; nothing else is filled in.
//   providers   direction, document type, process, transport, both countries, both access points
//   end_users   direction, document type, process, and of our own side alone the company (the participant
//               where there is none), its country and its access point
enum class GroupedBy { providers, end_users };

struct ExchangeGroup {
  PeppolExchange alike;  // confirmedAt, instance: the least of theirs
  std::int64_t exchanges = 0;
};
// Of what was confirmed in a UTC month. `visit` may not run statements of its own.
Outcome exchangeGroupsOfMonth(Reader& reader, int year, int month, GroupedBy by,
                              const std::function<void(const ExchangeGroup&)>& visit);

}  // namespace postgang::store
