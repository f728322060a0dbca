#include "app/demo/calendar.h"

namespace postgang::app::demo {

namespace {

constexpr int opens_minute = 8 * 60;
constexpr int closes_minute = 16 * 60 + 30;
constexpr std::int64_t day_microseconds = 86'400'000'000;
constexpr std::int64_t minute_microseconds = 60'000'000;

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

// At 22:30 UTC it is the next day in Sweden during summer time, and not otherwise.
bool isSummerTime(Date date) {
  return dateInStockholm(Instant::atMidnight(date).plusSeconds(22 * 3600 + 1800)) > date;
}

}  // namespace

bool isWorkingDay(Date date) {
  return date.weekday() <= 5 && !isHoliday(date);
}

Date workingDayOfMonth(Date month, int n) {
  Date date = Date::of(month.year(), month.month(), 1);
  Date last = date;
  for (int count = 0; date.month() == month.month(); date = date.plusDays(1)) {
    if (!isWorkingDay(date)) continue;
    last = date;
    if (++count == n) break;
  }
  return last;
}

Instant inSweden(Date date, int minuteOfDay, int second) {
  const int offset_seconds = isSummerTime(date) ? 7200 : 3600;
  return Instant::atMidnight(date).plusSeconds(minuteOfDay * 60 + second - offset_seconds);
}

Instant inOfficeHours(Instant instant) {
  const Date date = dateInStockholm(instant);
  const auto sinceMidnight = instant.microseconds - inSweden(date, 0).microseconds;
  const int minute = static_cast<int>((sinceMidnight % day_microseconds) / minute_microseconds);
  if (isWorkingDay(date) && minute >= opens_minute && minute < closes_minute) return instant;
  Date next = date;
  if (minute >= closes_minute || !isWorkingDay(date)) next = next.plusDays(1);
  while (!isWorkingDay(next)) next = next.plusDays(1);
  const auto within = instant.microseconds % ((closes_minute - opens_minute) * minute_microseconds);
  return inSweden(next, opens_minute).plusMicroseconds(within);
}

}  // namespace postgang::app::demo
