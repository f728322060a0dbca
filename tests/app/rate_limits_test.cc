#include "app/rate_limits.h"

#include <gtest/gtest.h>

namespace postgang::app {
namespace {

TEST(RateLimitSetting, is_a_rate_and_a_burst_or_off) {
  EXPECT_EQ(rateLimitFrom("50/200")->perSecond, 50);
  EXPECT_EQ(rateLimitFrom("50/200")->burst, 200);
  EXPECT_EQ(rateLimitFrom("50")->burst, 50);
  EXPECT_EQ(rateLimitFrom("off")->perSecond, 0);
  for (const auto* wrong : {"", "0/5", "5/0", "-1/5", "5/", "/5", "5/5/5", "five", "1.5/2", "5 /2",
                            "9999999/1", "99999999999999999999/1"}) {
    const auto refused = rateLimitFrom(wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, "setting-not-a-rate");
  }
}

TEST(RateLimitSetting, says_which_setting_was_wrong) {
  Settings settings(rateLimitSettings());
  ASSERT_TRUE(settings.read({"--rate-limit-write", "often"}));
  const auto limits = readRateLimits(settings);
  ASSERT_FALSE(limits);
  EXPECT_EQ(limits.error().where, "--rate-limit-write");
  Settings usual(rateLimitSettings());
  ASSERT_TRUE(usual.read({"--rate-limit-read", "off", "--rate-limit-upload", "7/9"}));
  const auto read = readRateLimits(usual);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->read.perSecond, 0);
  EXPECT_EQ(read->upload.burst, 9);
  EXPECT_EQ(read->open.perSecond, api::RateLimits().open.perSecond);
}

}  // namespace
}  // namespace postgang::app
