// The schema, in numbered steps. A step once released never changes; a new one is added after it.
#pragma once

#include <cstdint>
#include <limits>

#include "store/sql/connection.h"

namespace postgang::store::sql {

// Brings the database to the newest schema, in one commit, alone (other processes wait). Codes:
// store-too-new. With `steps_max` no further than that many steps: for tests of what a step does with rows.
Outcome migrate(Connection& connection, std::int64_t steps_max = std::numeric_limits<std::int64_t>::max());

}  // namespace postgang::store::sql
