// What the two halves of registers.h share: how rows are kept. Days that are open stand as the first and the
// last that a number holds, so that a key never has an absent part.
#pragma once

#include <limits>

#include "store/registers.h"
#include "store/sql/connection.h"

namespace postgang::store::sql {

constexpr std::int64_t first_day = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t last_day = std::numeric_limits<std::int32_t>::max();

inline std::int64_t dayFrom(const std::optional<Date>& date) {
  return date ? date->daysSinceEpoch : first_day;
}
inline std::int64_t dayTo(const std::optional<Date>& date) {
  return date ? date->daysSinceEpoch : last_day;
}

// Columns: supplier, valid_from, valid_to, shown, label.
inline RegisterRow readRegisterRow(Columns& c) {
  RegisterRow row;
  row.supplier = c.text();
  const auto from = c.number(), to = c.number();
  if (from != first_day) row.from = Date{static_cast<std::int32_t>(from)};
  if (to != last_day) row.to = Date{static_cast<std::int32_t>(to)};
  row.value = c.text();
  row.label = c.text();
  return row;
}

}  // namespace postgang::store::sql
