#include "api/lead_form_token.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace postgang::api {
namespace {

TEST(LeadFormToken, SaysWhenTheFormWasOpenedForADay) {
  const auto vault = Vault::withKey(std::string(32, 'k'));
  const Instant opened{1'000'000'000'000};
  const auto token = leadFormToken(vault, opened);
  const auto age = [&](std::int64_t seconds) {
    return leadFormAge(vault, token, opened.plusSeconds(seconds));
  };
  EXPECT_EQ(age(0), FormAge::fast);
  EXPECT_EQ(age(lead_form_seconds_to_write), FormAge::good);
  EXPECT_EQ(age(lead_form_seconds_max - 1), FormAge::good);
  EXPECT_EQ(age(lead_form_seconds_max), FormAge::old);
  EXPECT_EQ(leadFormAge(Vault::withKey(std::string(32, 'x')), token, opened), FormAge::unknown);
  for (const char* other : {"", "x", "****", "djEu"})
    EXPECT_EQ(leadFormAge(vault, other, opened), FormAge::unknown);
}

}  // namespace
}  // namespace postgang::api
