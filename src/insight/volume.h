// Documents counted and money summed, apart by currency.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/problem.h"

namespace postgang::insight {

struct Money {
  Decimal value;
  std::string currency;  // ISO 4217
  friend bool operator==(const Money&, const Money&) = default;
};

struct Volume {
  std::int64_t documents = 0;
  std::vector<Money> amounts;  // one per currency, sorted by it
  // Code sum-too-large (internal). Documents without a currency (nothing could be read) count without money.
  Outcome add(std::int64_t documents, const Decimal& amount, const std::string& currency);
  friend bool operator==(const Volume&, const Volume&) = default;
};

}  // namespace postgang::insight
