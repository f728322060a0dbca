#include "base/calendar.h"

#include <gtest/gtest.h>

namespace postgang {
namespace {

Date day(std::string_view iso) {
  return *Date::parse(iso);
}

TEST(Calendar, KnowsTheDaysOnWhichBanksRest) {
  for (const auto* rests :
       {"2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-06-19",
        "2026-12-24", "2026-12-25", "2026-12-31", "2026-11-28", "2026-11-29", "2027-06-25", "2025-04-18"})
    EXPECT_FALSE(isBankDay(day(rests))) << rests;
  for (const auto* open : {"2026-01-02", "2026-01-05", "2026-04-02", "2026-04-30", "2026-06-18", "2026-12-23",
                           "2026-12-28", "2026-11-30"})
    EXPECT_TRUE(isBankDay(day(open))) << open;
}

TEST(Calendar, CountsBankDays) {
  EXPECT_EQ(plusBankDays(day("2026-11-27"), 1).text(), "2026-11-30");
  EXPECT_EQ(plusBankDays(day("2026-12-22"), 3).text(), "2026-12-29");
  EXPECT_EQ(plusBankDays(day("2026-11-29"), 0).text(), "2026-11-29");
  EXPECT_EQ(bankDayNotAfter(day("2026-12-27")).text(), "2026-12-23");
  EXPECT_EQ(bankDayNotAfter(day("2026-12-28")).text(), "2026-12-28");
}

TEST(Calendar, TellsSwedishClocks) {
  EXPECT_EQ(inStockholm(day("2026-11-23"), 16 * 60).text().substr(0, 16), "2026-11-23T15:00");
  EXPECT_EQ(inStockholm(day("2026-07-01"), 16 * 60).text().substr(0, 16), "2026-07-01T14:00");
  EXPECT_EQ(inStockholm(day("2026-07-01"), 0).text().substr(0, 16), "2026-06-30T22:00");
  EXPECT_EQ(minuteInStockholm(*Instant::parse("2026-07-01T14:00:30Z")), 16 * 60);
  EXPECT_EQ(minuteInStockholm(*Instant::parse("2026-11-23T23:30:00Z")), 30);
}

// Clocks go forward at 02:00 on 29 March 2026, and back at 03:00 on 25 October.
TEST(Calendar, KnowsTheHoursThatAreMissingAndDouble) {
  EXPECT_EQ(inStockholm(day("2026-03-29"), 60).text().substr(0, 16), "2026-03-29T00:00");
  EXPECT_EQ(inStockholm(day("2026-03-29"), 150).text().substr(0, 16), "2026-03-29T01:30")
      << "03:30, an hour on";
  EXPECT_EQ(inStockholm(day("2026-03-29"), 180).text().substr(0, 16), "2026-03-29T01:00");
  EXPECT_EQ(inStockholm(day("2026-10-25"), 150).text().substr(0, 16), "2026-10-25T00:30")
      << "the first of two";
  EXPECT_EQ(inStockholm(day("2026-10-25"), 180).text().substr(0, 16), "2026-10-25T02:00");
}

TEST(Calendar, ReadsBackEveryMinuteOfAYear) {
  for (Date date = day("2026-01-01"); date < day("2027-01-01"); date = date.plusDays(1)) {
    if (date == day("2026-03-29")) continue;
    for (int minute = 0; minute < 1440; minute += 7) {
      const auto at = inStockholm(date, minute);
      ASSERT_EQ(dateInStockholm(at), date) << date.text() << " " << minute;
      ASSERT_EQ(minuteInStockholm(at), minute) << date.text();
    }
  }
}

}  // namespace
}  // namespace postgang
