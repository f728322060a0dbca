#include "base/time.h"

#include <gtest/gtest.h>

namespace postgang {
namespace {

Instant at(std::string_view text) {
  const auto instant = Instant::parse(text);
  EXPECT_TRUE(instant) << text;
  return instant.value_or(Instant());
}

TEST(Date, ReadsIsoDatesAndCutsAZone) {
  EXPECT_EQ(Date::parse("1970-01-01")->daysSinceEpoch, 0);
  EXPECT_EQ(Date::parse("2026-11-23"), Date::of(2026, 11, 23));
  EXPECT_EQ(Date::parse(" 2026-11-23Z ")->text(), "2026-11-23");
  EXPECT_EQ(Date::parse("2026-11-23+02:00")->text(), "2026-11-23");
  EXPECT_EQ(Date::parse("2024-02-29")->text(), "2024-02-29");
}

TEST(Date, RefusesDaysThatAreNotInTheCalendar) {
  for (const char* text :
       {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-1-1", "20261123",
        "2026-11-23T10:00:00", "2026-11-23+2", "23-11-2026", "2026-11-23+99:00", "-026-01-01"})
    EXPECT_FALSE(Date::parse(text)) << text;
}

TEST(Date, CutsTheDayToTheMonthsLast) {
  EXPECT_EQ(Date::of(2026, 1, 31).plusMonths(1).text(), "2026-02-28");
  EXPECT_EQ(Date::of(2024, 1, 31).plusMonths(1).text(), "2024-02-29");
  EXPECT_EQ(Date::of(2026, 11, 30).plusMonths(3).text(), "2027-02-28");
  EXPECT_EQ(Date::of(2026, 3, 31).plusMonths(-13).text(), "2025-02-28");
}

TEST(Date, KnowsItsPartsAndWeekday) {
  const Date date = Date::of(2026, 11, 23);
  EXPECT_EQ(date.year(), 2026);
  EXPECT_EQ(date.month(), 11);
  EXPECT_EQ(date.day(), 23);
  EXPECT_EQ(date.weekday(), 1);  // a Monday
  EXPECT_EQ(date.plusDays(6).weekday(), 7);
  EXPECT_EQ(Date::of(1969, 12, 31).daysSinceEpoch, -1);
}

TEST(Instant, ReadsAndWritesRfc3339) {
  EXPECT_EQ(at("2026-11-23T09:41:07.123456Z").text(), "2026-11-23T09:41:07.123456Z");
  EXPECT_EQ(at("2026-11-23T11:41:07+02:00").text(), "2026-11-23T09:41:07.000000Z");
  EXPECT_EQ(at("2026-11-22T23:30:00-01:30").text(), "2026-11-23T01:00:00.000000Z");
  EXPECT_EQ(at("2026-11-23T09:41:07.5Z").microseconds % 1'000'000, 500'000);
  EXPECT_EQ(at("2026-11-23T09:41:07.1234569Z").microseconds % 1'000'000, 123'456);
  EXPECT_EQ(at("2016-12-31T23:59:60Z").text(), "2017-01-01T00:00:00.000000Z");
  EXPECT_EQ(at("1969-12-31T23:59:59Z").text(), "1969-12-31T23:59:59.000000Z");
  EXPECT_EQ(at("1969-12-31T23:59:59Z").dateUtc().text(), "1969-12-31");
}

TEST(Instant, RefusesTimesWithoutAZoneAndImpossibleOnes) {
  for (const char* text :
       {"2026-11-23T09:41:07", "2026-11-23", "2026-11-23T24:00:00Z", "2026-11-23T09:60:00Z",
        "2026-11-23T09:41:07.Z", "2026-11-23T09:41Z", "2026-11-23T09:41:07Zx", "2026-02-30T09:41:07Z"})
    EXPECT_FALSE(Instant::parse(text)) << text;
}

TEST(Stockholm, ChangesDateAtLocalMidnightInWinterAndSummer) {
  EXPECT_EQ(dateInStockholm(at("2026-01-15T22:59:59Z")).text(), "2026-01-15");
  EXPECT_EQ(dateInStockholm(at("2026-01-15T23:00:00Z")).text(), "2026-01-16");
  EXPECT_EQ(dateInStockholm(at("2026-07-15T21:59:59Z")).text(), "2026-07-15");
  EXPECT_EQ(dateInStockholm(at("2026-07-15T22:00:00Z")).text(), "2026-07-16");
}

TEST(Stockholm, ShiftsOnTheLastSundaysOfMarchAndOctober) {
  // 29 March 2026 and 25 October 2026; the midnight before a shift still has the old offset, the one after
  // the new.
  EXPECT_EQ(dateInStockholm(at("2026-03-28T22:30:00Z")).text(), "2026-03-28");
  EXPECT_EQ(dateInStockholm(at("2026-03-29T00:59:59Z")).text(), "2026-03-29");
  EXPECT_EQ(dateInStockholm(at("2026-03-29T22:00:00Z")).text(), "2026-03-30");
  EXPECT_EQ(dateInStockholm(at("2026-10-24T22:00:00Z")).text(), "2026-10-25");
  EXPECT_EQ(dateInStockholm(at("2026-10-25T22:30:00Z")).text(), "2026-10-25");
  EXPECT_EQ(dateInStockholm(at("2026-10-25T23:00:00Z")).text(), "2026-10-26");
}

TEST(Duration, ReadsDaysHoursMinutesSecondsAndTheirCombinations) {
  EXPECT_EQ(parseDurationSeconds("P8D"), 8 * 86'400);
  EXPECT_EQ(parseDurationSeconds("P2W"), 14 * 86'400);
  EXPECT_EQ(parseDurationSeconds("PT1H"), 3'600);
  EXPECT_EQ(parseDurationSeconds("PT90M"), 5'400);
  EXPECT_EQ(parseDurationSeconds("PT5S"), 5);
  EXPECT_EQ(parseDurationSeconds("P1DT2H3M4S"), 86'400 + 7'200 + 180 + 4);
  EXPECT_EQ(parseDurationSeconds("PT0S"), 0);
}

TEST(Duration, RefusesTheRest) {
  for (const char* text : {"", "P", "PT", "P1DT", "8D", "P1M", "P1Y", "PT1D", "P1H", "P-1D", "-P1D", "PT1.5S",
                           "PT1M1H", "P1D1D", "PT1HT1M", "P99999999999999999999D", "P8", "PT5S "})
    EXPECT_FALSE(parseDurationSeconds(text)) << text;
}

TEST(SimulatedClock, StandsStillUntilItIsMoved) {
  SimulatedClock clock(at("2026-01-01T00:00:00Z"));
  EXPECT_EQ(clock.now(), at("2026-01-01T00:00:00Z"));
  clock.advanceSeconds(86'400);
  EXPECT_EQ(clock.now(), at("2026-01-02T00:00:00Z"));
  clock.set(at("2026-02-01T00:00:00Z"));
  clock.set(at("2026-01-15T00:00:00Z"));  // never backwards
  EXPECT_EQ(clock.now(), at("2026-02-01T00:00:00Z"));
}

TEST(SimulatedClock, PassesOnceReleased) {
  SimulatedClock clock(at("2026-01-01T00:00:00Z"));
  clock.run();
  const Instant before = clock.now();
  while (clock.now() == before) {
  }
  EXPECT_GT(clock.now(), before);
  clock.advanceSeconds(3'600);
  EXPECT_GE(clock.now(), at("2026-01-01T01:00:00Z"));
}

}  // namespace
}  // namespace postgang
