#include "insight/volume.h"

#include <algorithm>

namespace postgang::insight {

Outcome Volume::add(std::int64_t count, const Decimal& amount, const std::string& currency) {
  documents += count;
  if (currency.empty()) return {};
  auto place = std::ranges::lower_bound(amounts, currency, {}, &Money::currency);
  if (place == amounts.end() || place->currency != currency)
    place = amounts.insert(place, Money{Decimal(), currency});
  const auto sum = place->value.plus(amount);
  if (!sum) return fail(ProblemKind::internal, "sum-too-large", "A sum has more than 36 digits.", currency);
  place->value = *sum;
  return {};
}

}  // namespace postgang::insight
