// A year of traffic, driven through the flow under a simulated clock: files are handed over in runs,
// receivers open what has come in office hours, their programs fetch, and what went wrong comes again right.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "app/demo/outside.h"
#include "app/demo/people.h"
#include "app/demo/sender.h"

namespace postgang::app::demo {

struct Traffic {
  std::int64_t accepted = 0, duplicates = 0, opened = 0, fetched = 0, corrected = 0, decided = 0;
  std::int64_t visits = 0;   // to the pages of Smartmails, and mails that came back
  std::int64_t errands = 0;  // errands.h
};

struct YearsWork {
  House& house;
  SimulatedClock& clock;
  Outside outside;  // stands in for what is outside of `house`
};

// `until` is where the clock ends; `progress` is told of each month that has passed.
Result<Traffic> liveThroughYear(const YearsWork& work, const World& world, const People& people,
                                Instant until, int documents, const std::function<void(Date)>& progress);

}  // namespace postgang::app::demo
