// What `serve --simulated-clock` remembers of time between two runs: a file in the data folder that says how
// far it had been moved, and when by the machine's clock. So a restart goes on from what POST /clock has
// answered, and from the time that has passed since, whether anything happened in it or not.
#pragma once

#include <string>

#include "base/problem.h"
#include "base/time.h"

namespace postgang::app {

// Durable when it returns, and written over the last one whole or not at all. Code file-unwritable.
Outcome keepTime(const std::string& dataFolder, Instant simulated, Instant real);

// Where simulated time goes on: `otherwise`, or later where a time is kept there. Codes file-unreadable,
// simulated-time-malformed (invalid): such a file is not passed over, since time would go backwards.
Result<Instant> timeGoesOn(const std::string& dataFolder, Instant otherwise, Instant real);

}  // namespace postgang::app
