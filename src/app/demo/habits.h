// When the invoices of a world are written: every occasion of every relation, in order.
#pragma once

#include <cstdint>
#include <vector>

#include "app/demo/world.h"
#include "base/time.h"

namespace postgang::app::demo {

struct Occasion {
  Instant at;        // when the seller's system hands it over; all of a day's run at one instant
  Date date;         // of the invoice
  int relation = 0;  // index
};

// About `documents` of them between the two instants: occasions are left out, or have several invoices, to
// come there.
std::vector<Occasion> occasionsBetween(const World& world, Instant from, Instant until, int documents);

}  // namespace postgang::app::demo
