#include "base/decimal.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/text.h"

namespace postgang {
namespace {

using Wide = __int128;

constexpr std::array<Wide, 39> makePowers() {
  std::array<Wide, 39> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}
constexpr auto powers_of_ten = makePowers();
constexpr Wide limit =
    powers_of_ten[Decimal::max_digits];  // coefficients lie strictly between -limit and limit

Wide powerOfTen(int exponent) {
  return powers_of_ten[static_cast<std::size_t>(exponent)];
}
Wide magnitude(Wide value) {
  return value < 0 ? -value : value;
}
bool withinLimit(Wide value) {
  return value > -limit && value < limit;
}

// Multiplication by division: clang needs a run-time library for the checked built-in at 128 bits.
std::optional<Wide> product(Wide a, Wide b) {
  if (a == 0 || b == 0) return Wide{0};
  if (magnitude(b) > (limit - 1) / magnitude(a)) return std::nullopt;
  return a * b;
}

std::optional<Decimal> sumAtSameScale(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale(), b.scale());
  const auto left = product(a.coefficient(), powerOfTen(scale - a.scale()));
  const auto right = product(b.coefficient(), powerOfTen(scale - b.scale()));
  if (!left || !right || !withinLimit(*left + *right)) return std::nullopt;
  return Decimal::fromScaled(*left + *right, scale);
}

// The quotient truncated toward zero is given; the remainder (with the sign of the exact quotient) decides.
Wide roundHalfUp(Wide quotient, Wide remainder, Wide divisor, bool negative) {
  const Wide rest = divisor - magnitude(remainder);  // compares 2·remainder with divisor without overflow
  if (negative) return magnitude(remainder) > rest ? quotient - 1 : quotient;
  return magnitude(remainder) >= rest ? quotient + 1 : quotient;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  text = trimmed(text);
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  // Zeros past the last place we can keep say nothing, so they don't make a number too long.
  if (const auto point = text.find('.'); point != std::string_view::npos) {
    const std::size_t longest = point + 1 + static_cast<std::size_t>(max_scale);
    while (text.size() > longest && text.back() == '0') text.remove_suffix(1);
  }
  Wide coefficient = 0;
  int scale = 0;
  bool digits = false, point = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    digits = true;
    coefficient = coefficient * 10 + (c - '0');
    if (!withinLimit(coefficient) || (point && ++scale > max_scale)) return std::nullopt;
  }
  if (!digits) return std::nullopt;
  return Decimal(negative ? -coefficient : coefficient, scale);
}

std::optional<Decimal> Decimal::plus(const Decimal& other) const {
  if (auto sum = sumAtSameScale(*this, other)) return sum;
  return sumAtSameScale(normalised(), other.normalised());
}

std::optional<Decimal> Decimal::minus(const Decimal& other) const {
  return plus(other.negated());
}

std::optional<Decimal> Decimal::times(const Decimal& other) const {
  Decimal a = *this, b = other;
  auto coefficient = product(a.coefficient_, b.coefficient_);
  if (!coefficient || a.scale_ + b.scale_ > max_scale) {
    a = a.normalised();
    b = b.normalised();
    coefficient = product(a.coefficient_, b.coefficient_);
    if (!coefficient) return std::nullopt;
  }
  int scale = a.scale_ + b.scale_;
  for (; scale > max_scale; --scale) {
    if (*coefficient % 10 != 0) return std::nullopt;  // exact or nothing
    *coefficient /= 10;
  }
  return Decimal(*coefficient, scale);
}

// Long division, digit by digit: the remainder stays below the divisor, so nothing leaves 128 bits.
std::optional<Decimal> Decimal::dividedBy(const Decimal& divisor, int scale) const {
  assert(scale >= 0 && scale <= max_scale);
  if (divisor.isZero()) return std::nullopt;
  const bool negative = isNegative() != divisor.isNegative();
  Wide numerator = magnitude(coefficient_);
  Wide denominator = magnitude(divisor.coefficient_);
  int shift = divisor.scale_ + scale - scale_;
  for (; shift < 0; ++shift) {
    if (denominator > limit) return Decimal(0, scale);  // the quotient is below a tenth of the last place
    denominator *= 10;
  }
  Wide quotient = numerator / denominator;
  Wide remainder = numerator % denominator;
  for (; shift > 0; --shift) {
    if (quotient >= limit / 10) return std::nullopt;
    // A denominator may have 37 digits here at most; times ten it still fits.
    quotient = quotient * 10 + remainder * 10 / denominator;
    remainder = remainder * 10 % denominator;
  }
  quotient = roundHalfUp(negative ? -quotient : quotient, remainder, denominator, negative);
  if (!withinLimit(quotient)) return std::nullopt;
  return Decimal(quotient, scale);
}

Decimal Decimal::rounded(int scale) const {
  assert(scale >= 0);
  if (scale >= scale_) return *this;
  const Wide divisor = powerOfTen(scale_ - scale);
  return Decimal(roundHalfUp(coefficient_ / divisor, coefficient_ % divisor, divisor, isNegative()), scale);
}

Decimal Decimal::roundedHalfAway(int scale) const {
  return isNegative() ? negated().rounded(scale).negated() : rounded(scale);
}

Decimal Decimal::normalised() const {
  Decimal result = *this;
  while (result.scale_ > 0 && result.coefficient_ % 10 == 0) {
    result.coefficient_ /= 10;
    --result.scale_;
  }
  return result;
}

std::optional<std::int64_t> Decimal::hundredths() const {
  const Decimal rounded = roundedHalfAway(2);
  const auto value = product(rounded.coefficient_, powerOfTen(2 - rounded.scale_));
  if (!value || *value > INT64_MAX || *value < INT64_MIN) return std::nullopt;
  return static_cast<std::int64_t>(*value);
}

std::string Decimal::text() const {
  std::string digits;
  for (Wide rest = magnitude(coefficient_); rest > 0; rest /= 10)
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
  while (digits.size() <= static_cast<std::size_t>(scale_)) digits.push_back('0');
  if (scale_ > 0) digits.insert(static_cast<std::size_t>(scale_), 1, '.');
  if (isNegative()) digits.push_back('-');
  std::reverse(digits.begin(), digits.end());
  return digits;
}

std::string Decimal::text(int scale) const {
  const Decimal shown = roundedHalfAway(scale);
  std::string text = shown.text();
  if (shown.scale_ < scale) {
    if (shown.scale_ == 0) text.push_back('.');
    text.append(static_cast<std::size_t>(scale - shown.scale_), '0');
  }
  return text;
}

// Whole parts first, then the fractions as counts of 10^-18: neither can overflow.
std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const Wide unitA = powerOfTen(a.scale_), unitB = powerOfTen(b.scale_);
  const Wide wholeA = a.coefficient_ / unitA, wholeB = b.coefficient_ / unitB;
  if (wholeA != wholeB) return wholeA < wholeB ? std::strong_ordering::less : std::strong_ordering::greater;
  const Wide restA = a.coefficient_ % unitA * powerOfTen(Decimal::max_scale - a.scale_);
  const Wide restB = b.coefficient_ % unitB * powerOfTen(Decimal::max_scale - b.scale_);
  if (restA == restB) return std::strong_ordering::equal;
  return restA < restB ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace postgang
