#include "app/demo/calendar.h"

namespace postgang::app::demo {

namespace {

constexpr int opens_minute = 8 * 60;
constexpr int closes_minute = 16 * 60 + 30;
constexpr std::int64_t minute_microseconds = 60'000'000;

}  // namespace

Date workingDayOfMonth(Date month, int n) {
  Date date = Date::of(month.year(), month.month(), 1);
  Date last = date;
  for (int count = 0; date.month() == month.month(); date = date.plusDays(1)) {
    if (!isBankDay(date)) continue;
    last = date;
    if (++count == n) break;
  }
  return last;
}

Instant inOfficeHours(Instant instant) {
  const Date date = dateInStockholm(instant);
  const int minute = minuteInStockholm(instant);
  if (isBankDay(date) && minute >= opens_minute && minute < closes_minute) return instant;
  Date next = date;
  if (minute >= closes_minute || !isBankDay(date)) next = next.plusDays(1);
  while (!isBankDay(next)) next = next.plusDays(1);
  const auto within = instant.microseconds % ((closes_minute - opens_minute) * minute_microseconds);
  return inStockholm(next, opens_minute).plusMicroseconds(within);
}

}  // namespace postgang::app::demo
