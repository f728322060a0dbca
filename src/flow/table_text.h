// Values as tables for people say them: in CSV files, with clocks as in Sweden and the language's decimal
// sign.
#pragma once

#include <optional>
#include <string>

#include "base/decimal.h"
#include "base/text.h"
#include "base/time.h"

namespace postgang::flow {

std::string tableTime(Instant instant);                             // "2026-11-27 16:00"
std::string tableAmount(const Decimal& amount, Language language);  // "1234,50", in English "1234.50"

}  // namespace postgang::flow
