#include "net/phone_number.h"

#include <gtest/gtest.h>

namespace postgang::net {
namespace {

struct Typed {
  const char *typed, *kept;
};

TEST(PhoneNumber, IsKeptInOneFormHoweverItIsWritten) {
  constexpr Typed numbers[] = {
      {"070-123 45 67", "+46701234567"},
      {"0701234567", "+46701234567"},
      {"(070) 123.45.67", "+46701234567"},
      {"070\xE2\x80\x91"
       "123\xC2\xA0"
       "45\xC2\xA0"
       "67",
       "+46701234567"},  // a hyphen and blanks that do not break
      {"+46 70 123 45 67", "+46701234567"},
      {"+46 (0)70 123 45 67", "+46701234567"},
      {"+46 070 123 45 67", "+46701234567"},
      {"0046 70 123 45 67", "+46701234567"},
      {"46701234567", "+46701234567"},
      {"08-12 34 56 78", "+46812345678"},
      {"08-463 10 00", "+4684631000"},
      {"031-12 34 56", "+4631123456"},
      {"0910-123 45", "+4691012345"},
      {"+47 22 12 34 56", "+4722123456"},
      {"00 44 20 7946 0958", "+442079460958"},
      {"+1 (212) 555-0123", "+12125550123"},
  };
  for (const auto& [typed, kept] : numbers) {
    const auto number = phoneNumber(typed);
    ASSERT_TRUE(number) << typed;
    EXPECT_EQ(*number, kept) << typed;
  }
}

TEST(PhoneNumber, ThatCannotBeCalledIsRefusedWithTheRightForm) {
  for (const char* typed :
       {"", "+", "0", "0701", "070-123 45 6", "070-123 45 67 8", "701234567", "12345678", "+46 7",
        "+0701234567", "00", "ring mig", "070-123 45 67 (Karin)", "+46+701234567", "0701234567x9",
        "+123456789012345678", "08;rm -rf", "=070-1234567",
        "\xF0\x9F\x93\x9E"
        "0701234567"}) {
    const auto number = phoneNumber(typed);
    ASSERT_FALSE(number) << typed << " became " << *number;
    EXPECT_EQ(number.error().code, "phone-malformed") << typed;
    EXPECT_EQ(number.error().where, "/phone");
    EXPECT_NE(number.error().advice.find("070-123 45 67"), std::string::npos);
  }
}

}  // namespace
}  // namespace postgang::net
