#include "net/phone_number.h"

#include <algorithm>
#include <array>

namespace postgang::net {
namespace {

constexpr std::size_t digits_min = 8, digits_max = 15;   // of an international number, country code and all
constexpr std::size_t swedish_min = 7, swedish_max = 9;  // after the 0
constexpr std::string_view sweden = "46";
constexpr std::array<std::string_view, 6> dashes_and_blanks = {
    "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x93", "\xE2\x88\x92"};

tl::unexpected<Problem> malformed() {
  return fail(ProblemKind::invalid, "phone-malformed", "This is no telephone number that can be called.",
              "/phone",
              "Write it with its area code, 070-123 45 67, or with its country code, +47 22 12 34 56.");
}

// Digits, and a + before them; empty where there is anything else.
std::string bare(std::string_view typed) {
  std::string text(typed);
  for (const auto sign : dashes_and_blanks)
    for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign))
      text.replace(at, sign.size(), " ");
  if (const auto zero = text.find("(0)"); zero != std::string::npos && text.find('+') < zero)
    text.erase(zero, 3);
  std::string kept;
  for (const char c : text) {
    if (c >= '0' && c <= '9')
      kept += c;
    else if (c == '+' && kept.empty())
      kept += c;
    else if (std::string_view(" -().,/\t").find(c) == std::string_view::npos)
      return {};
  }
  return kept;
}

bool isSwedish(std::string_view national) {
  if (national.empty() || national.front() == '0') return false;
  if (national.front() == '7') return national.size() == swedish_max;
  return national.size() >= swedish_min && national.size() <= swedish_max;
}

}  // namespace

Result<std::string> phoneNumber(std::string_view typed) {
  auto number = bare(typed);
  if (number.starts_with("00")) number.replace(0, 2, "+");
  const bool isInternational = number.starts_with('+');
  auto digits = isInternational ? number.substr(1) : number;
  if (!isInternational && digits.starts_with('0')) {
    digits.replace(0, 1, sweden);
  } else if (!isInternational) {
    // 46701234567: the + was forgotten. Anything else might be anywhere.
    if (!digits.starts_with(sweden) || digits.size() < sweden.size() + swedish_max) return malformed();
  }
  if (digits.size() < digits_min || digits.size() > digits_max || digits.front() == '0') return malformed();
  if (digits.starts_with(sweden)) {
    auto national = digits.substr(sweden.size());
    if (national.starts_with('0')) national.erase(0, 1);
    if (!isSwedish(national)) return malformed();
    digits = std::string(sweden) + national;
  }
  return "+" + digits;
}

}  // namespace postgang::net
