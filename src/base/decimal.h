// Exact decimal numbers: a 128-bit coefficient and a scale (digits after the point, 0..18).
// No float anywhere. Rounding as EN 16931 and XPath 2.0 fn:round ask: half toward plus infinity;
// roundHalfAway for what people expect of money on paper.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postgang {

class Decimal {
 public:
  static constexpr int max_scale = 18;
  static constexpr int max_digits =
      36;  // of the coefficient; more is refused by parse, and overflow by arithmetic

  constexpr Decimal() = default;
  constexpr Decimal(std::int64_t whole) : coefficient_(whole) {}  // NOLINT: whole numbers are decimals
  static constexpr Decimal fromScaled(__int128 coefficient, int scale) { return Decimal(coefficient, scale); }

  // XSD decimal lexical form: optional sign, digits, optional point. No exponent, no blanks inside; blanks
  // around are cut. nullopt when it is not one, or over the limits.
  static std::optional<Decimal> parse(std::string_view text);

  __int128 coefficient() const { return coefficient_; }
  int scale() const { return scale_; }
  bool isZero() const { return coefficient_ == 0; }
  bool isNegative() const { return coefficient_ < 0; }

  // Arithmetic is exact. nullopt on overflow of the limits (hostile input), so callers must look.
  std::optional<Decimal> plus(const Decimal& other) const;
  std::optional<Decimal> minus(const Decimal& other) const;
  std::optional<Decimal> times(const Decimal& other) const;
  std::optional<Decimal> dividedBy(const Decimal& divisor, int scale) const;  // half toward +inf at `scale`
  Decimal negated() const { return Decimal(-coefficient_, scale_); }
  Decimal abs() const { return isNegative() ? negated() : *this; }

  Decimal rounded(int scale) const;          // half toward plus infinity
  Decimal roundedHalfAway(int scale) const;  // half away from zero
  Decimal normalised() const;                // no trailing zeros after the point
  // Hundredths for sorting and summing in the store; nullopt if it does not fit 64 bits.
  std::optional<std::int64_t> hundredths() const;

  std::string text() const;           // "-1234.50", the scale kept
  std::string text(int scale) const;  // rounded half away to `scale`
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);  // 1.0 == 1.00
  friend bool operator==(const Decimal& a, const Decimal& b) {
    return (a <=> b) == std::strong_ordering::equal;
  }

 private:
  constexpr Decimal(__int128 coefficient, int scale)
      : coefficient_(coefficient), scale_(static_cast<std::int8_t>(scale)) {}
  __int128 coefficient_ = 0;
  std::int8_t scale_ = 0;
};

}  // namespace postgang
