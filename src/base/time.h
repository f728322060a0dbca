// Calendar dates, UTC instants and the injected clock. A date has no zone; an instant is always UTC.
// Nothing else in the project asks the machine what time it is.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace postgang {

struct Date {                       // a calendar date (ISO 8601), proleptic Gregorian
  std::int32_t daysSinceEpoch = 0;  // 1970-01-01 = 0

  static Date of(int year, int month, int day);  // asserts that it is a real date
  static std::optional<Date> parse(
      std::string_view iso);  // YYYY-MM-DD, a real date; an XSD zone after it is cut
  // What somebody asks for: YYYY-MM-DD and nothing else, of 1900 to 2199, so that no period before or after
  // it leaves the calendar.
  static std::optional<Date> parseAsked(std::string_view text);
  static constexpr int asked_year_first = 1900, asked_year_last = 2199;
  int year() const;
  int month() const;
  int day() const;
  int weekday() const;  // 1 = Monday … 7 = Sunday
  Date plusDays(int days) const { return Date{daysSinceEpoch + days}; }
  Date plusMonths(int months) const;  // the day is cut to the month's last
  std::string text() const;           // "2026-11-23"
  friend auto operator<=>(const Date&, const Date&) = default;
};

struct Instant {  // microseconds since 1970-01-01T00:00:00Z
  std::int64_t microseconds = 0;

  static std::optional<Instant> parse(std::string_view rfc3339);
  static Instant atMidnight(Date date) {
    return Instant{static_cast<std::int64_t>(date.daysSinceEpoch) * 86'400'000'000};
  }
  Date dateUtc() const;
  Instant plusSeconds(std::int64_t seconds) const { return Instant{microseconds + seconds * 1'000'000}; }
  Instant plusMicroseconds(std::int64_t us) const { return Instant{microseconds + us}; }
  std::string text() const;  // RFC 3339 with microseconds, "2026-11-23T09:41:07.123456Z"
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

// How far clocks in Sweden are ahead of UTC, and their date (Europe/Stockholm by EU rules: last Sundays of
// March and October, 01:00Z).
std::int64_t stockholmAhead_seconds(Instant instant);
Date dateInStockholm(Instant instant);

// ISO 8601 durations as POST /clock takes them: PnD, PTnH, PTnM, PTnS and their combinations. Seconds.
std::optional<std::int64_t> parseDurationSeconds(std::string_view iso);

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// Stands still until it is moved, or follows real time with an offset once released (the demo's last step).
class SimulatedClock final : public Clock {
 public:
  explicit SimulatedClock(Instant start);
  Instant now() const override;
  void set(Instant instant);  // never backwards: an earlier instant is ignored
  void advanceSeconds(std::int64_t seconds);
  void run();  // from here on time passes as on the wall

 private:
  mutable std::mutex mutex_;
  std::int64_t base_;
  std::int64_t startedAt_ = -1;  // monotonic microseconds, -1 while it stands still
};

// Monotonic microseconds, for measuring and time-outs only; never stored.
std::int64_t monotonicMicroseconds();

}  // namespace postgang
