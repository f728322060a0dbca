// Sums that stay within 64 bits whatever is added.
#pragma once

#include <cstdint>
#include <limits>

namespace postgang {

constexpr std::int64_t saturated(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return a < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

}  // namespace postgang
