// RFC 6238, appendix B (SHA-1), RFC 4648's base32, steps and reuse, recovery codes.
#include "access/totp.h"

#include <gtest/gtest.h>

#include <set>

namespace postgang::access {
namespace {

constexpr std::string_view seed = "12345678901234567890";  // the RFC's

Instant at(std::int64_t seconds) {
  return Instant{seconds * 1'000'000};
}

TEST(Totp, has_the_rfcs_values) {
  const std::pair<std::int64_t, std::string_view> vectors[] = {
      {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
      {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [seconds, code] : vectors) {
    EXPECT_EQ(totpCode(seed, totpStep(at(seconds)), 8), code);
    EXPECT_EQ(totpCode(seed, totpStep(at(seconds))), code.substr(2)) << "the last six digits";
  }
}

TEST(Totp, takes_one_step_before_and_after_and_no_more) {
  const auto now = at(1234567890);
  for (int off = -3; off <= 3; ++off) {
    const auto step = matchingStep(seed, totpCode(seed, totpStep(now) + off), now, -1);
    EXPECT_EQ(step.has_value(), off >= -1 && off <= 1) << off;
  }
}

TEST(Totp, takes_no_code_twice_and_none_before_it) {
  const auto now = at(1234567890);
  const auto step = totpStep(now);
  EXPECT_FALSE(matchingStep(seed, totpCode(seed, step), now, step));
  EXPECT_FALSE(matchingStep(seed, totpCode(seed, step - 1), now, step));
  EXPECT_EQ(matchingStep(seed, totpCode(seed, step + 1), now, step), step + 1);
}

TEST(Totp, takes_nothing_that_is_no_code) {
  for (const std::string_view code : {"", "12345", "1234567", "abcdef", "94287082"})
    EXPECT_FALSE(matchingStep(seed, code, at(59), -1)) << code;
}

TEST(Totp, writes_base32_as_rfc_4648_does) {
  EXPECT_EQ(base32(""), "");
  EXPECT_EQ(base32("f"), "MY");
  EXPECT_EQ(base32("fo"), "MZXQ");
  EXPECT_EQ(base32("foo"), "MZXW6");
  EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");
}

TEST(Totp, gives_apps_an_address_that_they_read) {
  EXPECT_EQ(otpauthUri(seed, "karin+x@nordhamn.example"),
            "otpauth://totp/"
            "Postg%C3%A5ng:karin%2Bx%40nordhamn.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer="
            "Postg%C3%A5ng&algorithm=SHA1&digits=6&period=30");
}

TEST(RecoveryCode, is_read_as_people_type_it) {
  const auto code = newRecoveryCode();
  ASSERT_EQ(code.size(), 19u) << code;
  std::string typed;
  for (const char c : code)
    if (c != '-') typed += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  EXPECT_EQ(recoveryDigest(code), recoveryDigest(" " + typed + " "));
  EXPECT_NE(recoveryDigest(code), recoveryDigest(newRecoveryCode()));
}

TEST(RecoveryCode, is_never_the_same) {
  std::set<std::string> codes;
  for (int i = 0; i < 1000; ++i) codes.insert(newRecoveryCode());
  EXPECT_EQ(codes.size(), 1000u);
}

}  // namespace
}  // namespace postgang::access
