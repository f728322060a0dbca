#include "render/figures.h"

#include <algorithm>

namespace postgang::render {
namespace {

constexpr std::string_view no_break_space = "\u00A0";
constexpr std::string_view minus_sign = "\u2212";

// Digits of a decimal text ("-1234.50"), grouped in thousands as the language does.
std::string grouped(std::string_view plain, Language language) {
  const bool swedish = language == Language::swedish;
  std::string out;
  if (plain.starts_with('-')) {
    if (plain.find_first_of("123456789") != std::string_view::npos) out += minus_sign;
    plain.remove_prefix(1);
  }
  const std::size_t point = plain.find('.');
  const std::string_view whole = plain.substr(0, point);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) out += swedish ? no_break_space : std::string_view(",");
    out += whole[i];
  }
  if (point == std::string_view::npos) return out;
  out += swedish ? ',' : '.';
  return out.append(plain.substr(point + 1));
}

}  // namespace

std::string shownAmount(const Decimal& amount, Language language) {
  return grouped(amount.text(2), language);
}

std::string shownMoney(const Decimal& amount, std::string_view currency, Language language) {
  const std::string figures = shownAmount(amount, language);
  if (currency.empty()) return figures;
  if (currency == "SEK" && language == Language::swedish) return figures + std::string(no_break_space) + "kr";
  return std::string(currency) + std::string(no_break_space) + figures;
}

std::string shownQuantity(const Decimal& quantity, Language language) {
  return grouped(quantity.normalised().text(), language);
}

std::string shownPrice(const Decimal& price, Language language) {
  const Decimal plain = price.normalised();
  return grouped(plain.text(std::max(2, plain.scale())), language);
}

std::string shownPercent(const Decimal& percent, Language language) {
  const std::string figures = shownQuantity(percent, language);
  return language == Language::swedish ? figures + std::string(no_break_space) + "%" : figures + "%";
}

}  // namespace postgang::render
