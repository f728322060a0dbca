// What time brings: when the next job is due, moving simulated time, and the upkeep that nobody waits for.
#pragma once

#include <functional>
#include <optional>

#include "flow/step.h"

namespace postgang::flow {

Result<bool> isAnythingDue(const Tools& tools);

// Moves the clock to `now + seconds`, stopping wherever something falls due on the way and running it there.
Result<Instant> moveTime(const Tools& tools, SimulatedClock& clock, std::int64_t seconds,
                         const std::function<Result<std::int64_t>()>& runDue);

// Receipts are read, statistics folded, and the day's retention run and the registers' next questions are
// laid.
Outcome keepUp(const Tools& tools);

}  // namespace postgang::flow
