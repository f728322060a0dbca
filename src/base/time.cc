#include "base/time.h"

#include <time.h>

#include <array>
#include <cassert>
#include <chrono>
#include <cstdio>

#include "base/text.h"

namespace postgang {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t hour = 3'600 * second;
constexpr std::int64_t day_length = 24 * hour;

year_month_day calendar(const Date& date) {
  return sys_days(std::chrono::days(date.daysSinceEpoch));
}
Date dateOf(const year_month_day& ymd) {
  return Date{static_cast<std::int32_t>(sys_days(ymd).time_since_epoch().count())};
}

std::optional<Date> realDate(int y, int m, int d) {
  const year_month_day ymd(year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d)));
  if (!ymd.ok()) return std::nullopt;
  return dateOf(ymd);
}

// `count` digits from the front of `text`, which is shortened; nullopt where they are not there.
std::optional<int> takeDigits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}
bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> takeDate(std::string_view& text) {
  const auto y = takeDigits(text, 4);
  if (!y || !take(text, '-')) return std::nullopt;
  const auto m = takeDigits(text, 2);
  if (!m || !take(text, '-')) return std::nullopt;
  const auto d = takeDigits(text, 2);
  if (!d || *y == 0) return std::nullopt;
  return realDate(*y, *m, *d);
}

// "Z" or "+02:00": seconds east of Greenwich.
std::optional<int> takeZone(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const bool west = !text.empty() && text.front() == '-';
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  const auto hours = takeDigits(text, 2);
  if (!hours || !take(text, ':')) return std::nullopt;
  const auto minutes = takeDigits(text, 2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int seconds = *hours * 3'600 + *minutes * 60;
  return west ? -seconds : seconds;
}

// Time of day in microseconds; digits past the sixth are cut.
std::optional<std::int64_t> takeTimeOfDay(std::string_view& text) {
  const auto h = takeDigits(text, 2);
  if (!h || !take(text, ':')) return std::nullopt;
  const auto m = takeDigits(text, 2);
  if (!m || !take(text, ':')) return std::nullopt;
  const auto s = takeDigits(text, 2);
  if (!s || *h > 23 || *m > 59 || *s > 60) return std::nullopt;  // 60: a leap second, read as the next one
  std::int64_t fraction = 0;
  if (take(text, '.')) {
    std::int64_t unit = second / 10;
    bool any = false;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1)) {
      fraction += (text.front() - '0') * unit;
      unit /= 10;
      any = true;
    }
    if (!any) return std::nullopt;
  }
  return (*h * 3'600LL + *m * 60LL + *s) * second + fraction;
}

Instant lastSunday(int y, unsigned m) {
  const year_month_day ymd(year(y) / month(m) / std::chrono::Sunday[std::chrono::last]);
  return Instant::atMidnight(dateOf(ymd)).plusMicroseconds(hour);  // the shift is at 01:00Z
}

}  // namespace

Date Date::of(int y, int m, int d) {
  const auto date = realDate(y, m, d);
  assert(date);
  return *date;
}

std::optional<Date> Date::parse(std::string_view iso) {
  iso = trimmed(iso);
  const auto date = takeDate(iso);
  if (!date) return std::nullopt;
  if (!iso.empty() && (!takeZone(iso) || !iso.empty())) return std::nullopt;
  return date;
}

std::optional<Date> Date::parseAsked(std::string_view text) {
  const auto date = text.size() == std::string_view("2026-11-23").size() ? parse(text) : std::nullopt;
  const bool isAsked = date && date->year() >= asked_year_first && date->year() <= asked_year_last;
  return isAsked ? date : std::nullopt;
}

int Date::year() const {
  return static_cast<int>(calendar(*this).year());
}
int Date::month() const {
  return static_cast<int>(static_cast<unsigned>(calendar(*this).month()));
}
int Date::day() const {
  return static_cast<int>(static_cast<unsigned>(calendar(*this).day()));
}
int Date::weekday() const {
  return static_cast<int>(std::chrono::weekday(sys_days(std::chrono::days(daysSinceEpoch))).iso_encoding());
}

Date Date::plusMonths(int months) const {
  const year_month_day moved = calendar(*this) + std::chrono::months(months);
  return dateOf(moved.ok() ? moved : year_month_day(moved.year() / moved.month() / std::chrono::last));
}

std::string Date::text() const {
  std::array<char, 40> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", year(), month(), day());
  return {buffer.data(), static_cast<std::size_t>(length)};
}

std::optional<Instant> Instant::parse(std::string_view rfc3339) {
  const auto date = takeDate(rfc3339);
  if (!date || (!take(rfc3339, 'T') && !take(rfc3339, 't') && !take(rfc3339, ' '))) return std::nullopt;
  const auto time = takeTimeOfDay(rfc3339);
  if (!time) return std::nullopt;
  const auto zone = takeZone(rfc3339);
  if (!zone || !rfc3339.empty()) return std::nullopt;
  return atMidnight(*date).plusMicroseconds(*time - *zone * second);
}

Date Instant::dateUtc() const {
  const std::int64_t days = microseconds / day_length - (microseconds % day_length < 0 ? 1 : 0);
  return Date{static_cast<std::int32_t>(days)};
}

std::string Instant::text() const {
  const Date date = dateUtc();
  const std::int64_t time = microseconds - atMidnight(date).microseconds;
  const std::int64_t seconds = time / second;
  std::array<char, 64> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), "T%02d:%02d:%02d.%06dZ",
                                   static_cast<int>(seconds / 3'600), static_cast<int>(seconds / 60 % 60),
                                   static_cast<int>(seconds % 60), static_cast<int>(time % second));
  return date.text() + std::string(buffer.data(), static_cast<std::size_t>(length));
}

std::int64_t stockholmAhead_seconds(Instant instant) {
  const int y = instant.dateUtc().year();
  return instant >= lastSunday(y, 3) && instant < lastSunday(y, 10) ? 7200 : 3600;
}

Date dateInStockholm(Instant instant) {
  return instant.plusSeconds(stockholmAhead_seconds(instant)).dateUtc();
}

std::optional<std::int64_t> parseDurationSeconds(std::string_view iso) {
  constexpr std::int64_t longest = 1'000LL * 366 * 86'400;  // a thousand years: no sum below can overflow
  struct Unit {
    char letter;
    std::int64_t seconds;
    bool time;
  };
  constexpr std::array<Unit, 5> units{
      {{'W', 604'800, false}, {'D', 86'400, false}, {'H', 3'600, true}, {'M', 60, true}, {'S', 1, true}}};
  if (!take(iso, 'P') || iso.empty()) return std::nullopt;
  std::int64_t total = 0;
  std::size_t next = 0;  // units come in falling order, each once
  bool time = false;
  while (!iso.empty()) {
    if (take(iso, 'T')) {
      if (time || iso.empty()) return std::nullopt;
      time = true;
    }
    std::int64_t count = 0;
    std::size_t digits = 0;
    for (; digits < iso.size() && iso[digits] >= '0' && iso[digits] <= '9'; ++digits) {
      count = count * 10 + (iso[digits] - '0');
      if (count > longest) return std::nullopt;
    }
    iso.remove_prefix(digits);
    if (digits == 0 || iso.empty()) return std::nullopt;
    while (next < units.size() && (units[next].letter != iso.front() || units[next].time != time)) ++next;
    if (next == units.size() || count > longest / units[next].seconds) return std::nullopt;
    total += count * units[next++].seconds;
    if (total > longest) return std::nullopt;
    iso.remove_prefix(1);
  }
  return total;
}

Instant SystemClock::now() const {
  return Instant{std::chrono::duration_cast<std::chrono::microseconds>(
                     std::chrono::system_clock::now().time_since_epoch())
                     .count()};
}

SimulatedClock::SimulatedClock(Instant start) : base_(start.microseconds) {}

Instant SimulatedClock::now() const {
  const std::lock_guard lock(mutex_);
  return Instant{startedAt_ < 0 ? base_ : base_ + monotonicMicroseconds() - startedAt_};
}

void SimulatedClock::set(Instant instant) {
  const std::lock_guard lock(mutex_);
  const std::int64_t passed = startedAt_ < 0 ? 0 : monotonicMicroseconds() - startedAt_;
  if (instant.microseconds > base_ + passed) base_ = instant.microseconds - passed;
}

void SimulatedClock::advanceSeconds(std::int64_t seconds) {
  const std::lock_guard lock(mutex_);
  if (seconds > 0) base_ += seconds * second;
}

void SimulatedClock::run() {
  const std::lock_guard lock(mutex_);
  if (startedAt_ < 0) startedAt_ = monotonicMicroseconds();
}

std::int64_t monotonicMicroseconds() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace postgang
