#include "flow/statistics_places.h"

#include <gtest/gtest.h>

namespace postgang::flow {
namespace {

using store::Dimension;

DatePeriod days(std::string_view from, std::string_view to) {
  return {Date::parse(from).value_or(Date()), Date::parse(to).value_or(Date())};
}

const DatePeriod year = days("2025-12-01", "2026-11-30"), yearBefore = days("2024-12-01", "2025-11-30");
const DatePeriod november = days("2026-11-01", "2026-11-30"), october = days("2026-10-01", "2026-10-31");

TEST(StatisticsPlaces, of_a_year_are_the_same_a_year_earlier) {
  EXPECT_EQ(Places(Dimension::month, year, yearBefore)("2026-02"), "2025-02");
  EXPECT_EQ(Places(Dimension::month, yearBefore, year)("2024-12"), "2025-12");
  EXPECT_EQ(Places(Dimension::quarter, year, yearBefore)("2025-Q4"), "2024-Q4");
  EXPECT_EQ(Places(Dimension::year, year, yearBefore)("2026"), "2025");
  EXPECT_EQ(Places(Dimension::week, year, yearBefore)("2026-W08"), "2025-W08");
  EXPECT_EQ(Places(Dimension::day, year, yearBefore)("2026-03-01"), "2025-03-01");
}

TEST(StatisticsPlaces, are_counted_from_the_first) {
  const auto spring = days("2026-03-01", "2026-05-31"), winter = days("2025-12-01", "2026-02-28");
  EXPECT_EQ(Places(Dimension::month, spring, winter)("2026-03"), "2025-12");
  EXPECT_EQ(Places(Dimension::month, spring, winter)("2026-05"), "2026-02");
  EXPECT_EQ(Places(Dimension::day, spring, winter)("2026-04-17"), "2026-01-17");
  const auto week = days("2027-01-04", "2027-01-10"), before = days("2026-12-28", "2027-01-03");
  EXPECT_EQ(Places(Dimension::day, week, before)("2027-01-05"), "2026-12-29");
  EXPECT_EQ(Places(Dimension::week, week, before)("2027-W01"), "2026-W53");
  EXPECT_EQ(Places(Dimension::month, week, before)("2027-01"), "2026-12");
}

TEST(StatisticsPlaces, are_there_or_are_not) {
  EXPECT_EQ(Places(Dimension::day, november, october)("2026-11-30"), "2026-10-30");
  EXPECT_EQ(Places(Dimension::day, october, november)("2026-10-31"), std::nullopt);
  const auto year2026 = days("2026-01-01", "2026-12-31"), year2027 = days("2027-01-01", "2027-12-31");
  EXPECT_EQ(Places(Dimension::week, year2026, year2027)("2026-W53"), std::nullopt);
  EXPECT_EQ(Places(Dimension::week, year2026, year2027)("2026-W52"), "2027-W52");
  // As much of it as there has been of this one.
  const auto soFar = days("2025-01-01", "2025-06-15");
  EXPECT_EQ(Places(Dimension::month, year2026, soFar)("2026-06"), "2025-06");
  EXPECT_EQ(Places(Dimension::month, year2026, soFar)("2026-07"), std::nullopt);
}

}  // namespace
}  // namespace postgang::flow
