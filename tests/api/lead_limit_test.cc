#include "api/lead_limit.h"

#include <gtest/gtest.h>

namespace postgang::api {
namespace {

constexpr Instant start{1'000'000'000'000};

TEST(LeadLimit, AnAddressHasItsOwnMeasureByTheHour) {
  LeadLimit limit;
  for (int i = 0; i < LeadLimit::address_max; ++i) EXPECT_TRUE(limit.admit("192.0.2.1", start));
  const auto refused = limit.admit("192.0.2.1", start.plusSeconds(600));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "leads-too-many");
  EXPECT_EQ(refused.error().kind, ProblemKind::rate_limited);
  EXPECT_EQ(refused.error().parameters.at("seconds"), "3001");
  EXPECT_TRUE(limit.admit("192.0.2.2", start.plusSeconds(600))) << "somebody else's";
  EXPECT_TRUE(limit.admit("192.0.2.1", start.plusSeconds(LeadLimit::window_seconds)));
}

TEST(LeadLimit, ANetworkOfIpv6IsOneAddress) {
  LeadLimit limit;
  for (int i = 0; i < LeadLimit::address_max; ++i)
    EXPECT_TRUE(limit.admit("2001:db8::" + std::to_string(i + 1), start));
  EXPECT_FALSE(limit.admit("2001:db8::ffff", start));
  EXPECT_TRUE(limit.admit("2001:db8:0:1::1", start));
}

std::string somebody(int number) {
  return "198.51." + std::to_string(number / 250) + "." + std::to_string(number % 250);
}

TEST(LeadLimit, WhenAllOfItIsFullOthersAreTakenQuietlyOnce) {
  LeadLimit limit;
  int told = 0, quiet = 0;
  for (int i = 0; i < 2 * LeadLimit::all_max; ++i) {
    const auto place = limit.admit(somebody(i), start);
    ASSERT_TRUE(place);
    ++(*place == LeadLimit::Place::told ? told : quiet);
  }
  EXPECT_EQ(told, LeadLimit::all_max);
  EXPECT_EQ(quiet, LeadLimit::all_max);
  EXPECT_FALSE(limit.admit(somebody(0), start)) << "one that has written";
  EXPECT_FALSE(limit.admit(somebody(2 * LeadLimit::all_max - 1), start)) << "or was taken quietly";
}

TEST(LeadLimit, ProgramsThatAreCaughtFillNothingForOthers) {
  LeadLimit limit;
  for (int i = 0; i < 2 * LeadLimit::all_max; ++i)
    EXPECT_TRUE(limit.admit(somebody(i), start, {.caught = true}));
  EXPECT_EQ(limit.admit("203.0.113.1", start).value(), LeadLimit::Place::told);
  for (int i = 0; i < LeadLimit::address_max; ++i)
    EXPECT_TRUE(limit.admit("203.0.113.2", start, {.caught = true}));
  EXPECT_FALSE(limit.admit("203.0.113.2", start, {.caught = true})) << "told apart by nothing";
}

TEST(LeadLimit, WhoSendsNoTokenCountsTwice) {
  LeadLimit limit;
  for (int i = 0; i < LeadLimit::address_max / 2; ++i)
    EXPECT_TRUE(limit.admit("192.0.2.1", start, {.counts = 2}));
  EXPECT_FALSE(limit.admit("192.0.2.1", start, {.counts = 2}));
}

TEST(LeadLimit, ASiteOfIpv6HasItsOwnMeasure) {
  LeadLimit limit;
  int admitted = 0;
  for (int i = 0; i < 2 * LeadLimit::site_max; ++i)
    admitted += limit.admit("2001:db8:7:" + std::to_string(i) + "::1", start) ? 1 : 0;
  EXPECT_EQ(admitted, LeadLimit::site_max);
  EXPECT_TRUE(limit.admit("2001:db8:8::1", start));
}

}  // namespace
}  // namespace postgang::api
