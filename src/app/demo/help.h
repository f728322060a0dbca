// Tickets of the demo world's last days: what the energy company has asked, what somebody outside has mailed,
// and what the operator has answered; one of each state that a visitor may want to see.
#pragma once

#include <functional>
#include <vector>

#include "app/demo/people.h"
#include "base/problem.h"

namespace postgang::app::demo {

struct Help {
  Instant at;
  std::function<Outcome()> go;
};
// All of them before `until`; what they need is alive as long as they are.
std::vector<Help> helpAsked(House& house, const World& world, const People& people, Instant until);

}  // namespace postgang::app::demo
