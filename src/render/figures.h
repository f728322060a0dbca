// Figures as they stand on a copy. Swedish: no-break space in thousands, decimal comma, real minus, `kr`
// after SEK, the code before other currencies: "172 955,00 kr", "EUR 4 812,50", "−1 628,00". English: "SEK
// 172,955.00".
#pragma once

#include <string>
#include <string_view>

#include "base/decimal.h"
#include "base/text.h"

namespace postgang::render {

std::string shownAmount(const Decimal& amount, Language language);  // two decimals, half away from zero
std::string shownMoney(const Decimal& amount, std::string_view currency, Language language);
// As many decimals as the file gives, without trailing zeros.
std::string shownQuantity(const Decimal& quantity, Language language);
// At least two decimals, more where the price has them: 0,5480 stays 0,548.
std::string shownPrice(const Decimal& price, Language language);
std::string shownPercent(const Decimal& percent, Language language);  // "25 %", English "25%"

}  // namespace postgang::render
