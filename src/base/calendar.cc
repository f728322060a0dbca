#include "base/calendar.h"

#include <cassert>

namespace postgang {

namespace {

// Gauss' rule in the form of Meeus, Jones and Butcher.
Date easterSunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
  const int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return Date::of(year, n / 31, n % 31 + 1);
}

bool isHoliday(Date date) {
  const int month = date.month(), day = date.day();
  if (month == 1 && (day == 1 || day == 6)) return true;
  if (month == 5 && day == 1) return true;
  if (month == 6 && day == 6) return true;
  if (month == 12 && (day == 24 || day == 25 || day == 26 || day == 31)) return true;
  if (month == 6 && date.weekday() == 5 && day >= 19 && day <= 25) return true;  // Midsummer's Eve
  const int sinceEaster = date.daysSinceEpoch - easterSunday(date.year()).daysSinceEpoch;
  return sinceEaster == -2 || sinceEaster == 1 || sinceEaster == 39;  // Good Friday, Easter Monday, Ascension
}

}  // namespace

bool isBankDay(Date date) {
  return date.weekday() <= 5 && !isHoliday(date);
}

Date plusBankDays(Date date, int n) {
  assert(n >= 0 && n <= 400);
  while (n > 0)
    if (isBankDay(date = date.plusDays(1))) --n;
  return date;
}

Date bankDayNotAfter(Date date) {
  while (!isBankDay(date)) date = date.plusDays(-1);
  return date;
}

Instant inStockholm(Date date, int minuteOfDay, int second) {
  const auto asUtc = Instant::atMidnight(date).plusSeconds(minuteOfDay * 60 + second);
  // In summer where the clock that this gives is on summer time: the first of the doubled hour.
  const auto summer = asUtc.plusSeconds(-7200);
  return stockholmAhead_seconds(summer) == 7200 ? summer : asUtc.plusSeconds(-3600);
}

int minuteInStockholm(Instant instant) {
  const auto shown = instant.plusSeconds(stockholmAhead_seconds(instant));
  const auto sinceMidnight = shown.microseconds - Instant::atMidnight(shown.dateUtc()).microseconds;
  return static_cast<int>(sinceMidnight / 60'000'000);
}

}  // namespace postgang
