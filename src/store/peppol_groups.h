// What a month's reports count of the exchanges over Peppol, grouped where they are kept: a million of them
// are some thousands of groups.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "store/peppol_exchanges.h"

namespace postgang::store {

// Exchanges that are alike in all that is counted: direction, end user, document type, process, countries,
// access points, transport. Nothing else is filled in; `sender` or `receiver` only where there is no company:
// the one of them that is our end user.
struct ExchangeGroup {
  PeppolExchange alike;  // confirmedAt: one of theirs; instance: the first of theirs in order of the text
  std::int64_t exchanges = 0;
};
// Of what was confirmed in a UTC month. `visit` may not run statements of its own.
Outcome exchangeGroupsOfMonth(Reader& reader, int year, int month,
                              const std::function<void(const ExchangeGroup&)>& visit);

}  // namespace postgang::store
