// The column `day` of a cube, a day (20261123), a month (202611) or a
// week by its Monday (120261123), as the period that is asked for.
#pragma once

#include <string>

#include "store/statistics.h"

namespace postgang::store::sql {

// "2026-11-23", "2026-W48" (ISO 8601, of a day or a week), "2026-11", "2026-Q4", "2026".
std::string periodOf(Dimension dimension, std::int64_t day);

}  // namespace postgang::store::sql
