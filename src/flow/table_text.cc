#include "flow/table_text.h"

#include <algorithm>

#include "base/calendar.h"

namespace postgang::flow {

std::string tableTime(Instant instant) {
  constexpr int minutes_per_hour = 60;
  const int minute = minuteInStockholm(instant);
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return dateInStockholm(instant).text() + " " + two(minute / minutes_per_hour) + ":" +
         two(minute % minutes_per_hour);
}

std::string tableAmount(const Decimal& amount, Language language) {
  auto text = amount.text();
  if (language == Language::swedish) std::ranges::replace(text, '.', ',');
  return text;
}

}  // namespace postgang::flow
