// What the strict receivers order: registers and filters, as they would in the portal, and what they change
// in them over the time.
#pragma once

#include <string>
#include <vector>

#include "app/demo/people.h"
#include "app/demo/strict.h"

namespace postgang::app::demo {

// A filter begins, changes, is planned or turned off. The first of a name at a receiver makes it.
struct FilterOrder {
  Strict receiver{};
  std::string name;
  int perMille = 0;  // when, of the world's time
  bool active = true;
  int plannedDays = 0;             // it begins so many days after the world's end; 0: at once
  std::vector<std::string> rules;  // a demand each, as JSON
  std::string comment;
};
const std::vector<FilterOrder>& filterOrders();

// References, orders, cost centres and accounts, shared with senders except for the last.
Outcome layRegisters(House& house, const World& world, const People& people);
// `plannedFrom` is what plannedDays leads to.
Outcome order(House& house, const World& world, const People& people, const FilterOrder& ordered,
              Instant plannedFrom);

// A supplier whose new account the receiver has not registered: its invoices are held until it does.
bool isAccountOutdated(const Relation& relation);

}  // namespace postgang::app::demo
