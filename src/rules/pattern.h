// Patterns that a receiver writes: RE2, so that no pattern takes more than linear time; size and memory are
// bounded. A pattern speaks of the whole value.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace postgang::rules {

// Longer values do not match any pattern: a hostile document shall not cost more than its bytes.
constexpr std::size_t matched_bytes_max = 10'000;

// Code demand-pattern-invalid; the parameter `fault` is what RE2 says.
Result<std::unique_ptr<const re2::RE2>> compilePattern(std::string_view pattern, bool ignoreCase,
                                                       const std::string& where);
bool matchesWhole(const re2::RE2& pattern, std::string_view value);

// What a pattern of digits alone says: "^45\d{6}$" is eight digits, the first of them 45. Such patterns are
// read back in words.
struct Digits {
  std::optional<int> least, most;
  std::string prefix;
};
std::optional<Digits> digitsOfPattern(std::string_view pattern);

}  // namespace postgang::rules
