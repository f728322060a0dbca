// Those who want to know more of the demo's operator: some in each state, with what its staff noted.
#pragma once

#include "app/house.h"

namespace postgang::app::demo {

// As the store has them at `until`: the newest wrote that morning, the oldest months before.
Outcome layLeads(House& house, Instant until);

}  // namespace postgang::app::demo
