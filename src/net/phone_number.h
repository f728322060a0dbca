// Telephone numbers as people write them, and as they are kept: E.164 (ITU-T), "+46701234567". Swedish ones
// by PTS's plan: after the 0, mobile numbers have nine digits, others seven to nine.
#pragma once

#include <string>
#include <string_view>

#include "base/problem.h"

namespace postgang::net {

inline constexpr std::size_t phone_typed_max = 40;  // code points that somebody may write

// "070-123 45 67", "08-12 34 56 78", "+46 (0)70 123 45 67", "0046701234567", "+47 22 12 34 56". Whatever has
// neither an area code nor a country code is nobody's number. Code phone-malformed (invalid), which says how
// one is written.
Result<std::string> phoneNumber(std::string_view typed);

}  // namespace postgang::net
