// What an ID token claims, judged claim by claim.
#include "access/id_token.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace postgang::access {
namespace {

namespace json = boost::json;

constexpr std::int64_t now_seconds = 1'800'000'000;
const Instant now{now_seconds * 1'000'000};

json::object good() {
  return {{"iss", "https://login.example"}, {"aud", "postgang"}, {"exp", now_seconds + 300},
          {"iat", now_seconds - 5},         {"nonce", "n-1"},    {"sub", "00u1"}};
}
ExpectedToken expected(std::string_view accessToken = {}) {
  return {"https://login.example", "postgang", "n-1", accessToken, now.plusSeconds(-30), now};
}
std::string judged(const json::object& claims, std::string_view accessToken = {}) {
  const auto outcome = checkIdToken(claims, expected(accessToken));
  if (outcome) return "good";
  EXPECT_EQ(outcome.error().code, "identity-refused");
  return outcome.error().detail;
}
std::string with(std::string_view name, json::value value) {
  auto claims = good();
  claims[name] = std::move(value);
  return judged(claims);
}
std::string without(std::string_view name) {
  auto claims = good();
  claims.erase(name);
  return judged(claims);
}

TEST(IdToken, EachClaimMustBeThereAndRight) {
  EXPECT_EQ(judged(good()), "good");
  for (const std::string_view name : {"iss", "aud", "exp", "iat", "nonce", "sub"})
    EXPECT_NE(without(name), "good") << name;
  EXPECT_NE(with("iss", "https://login.example/"), "good") << "exactly the same, a slash too";
  EXPECT_NE(with("iss", 7), "good");
  EXPECT_NE(with("nonce", "n-2"), "good");
  EXPECT_NE(with("nonce", nullptr), "good");
  EXPECT_NE(with("sub", ""), "good");
  EXPECT_NE(with("sub", json::value(std::string(256, 'x'))), "good");
  EXPECT_NE(with("sub", "a\nb"), "good");
}

TEST(IdToken, ForUsAndNobodyElse) {
  EXPECT_NE(with("aud", "another"), "good");
  EXPECT_NE(with("aud", json::array{}), "good");
  EXPECT_EQ(with("aud", json::array{"postgang"}), "good");
  EXPECT_NE(with("aud", json::array{"another", 7}), "good");
  auto several = good();
  several["aud"] = json::array{"another", "postgang"};
  EXPECT_NE(judged(several), "good") << "of several, azp says for whom it was made";
  several["azp"] = "postgang";
  EXPECT_EQ(judged(several), "good");
  several["azp"] = "another";
  EXPECT_NE(judged(several), "good");
  EXPECT_NE(with("azp", "another"), "good");
}

TEST(IdToken, WithinItsTime) {
  EXPECT_EQ(with("exp", now_seconds - 59), "good") << "clocks may differ by a minute";
  EXPECT_NE(with("exp", now_seconds - 60), "good");
  EXPECT_EQ(with("iat", now_seconds + 60), "good");
  EXPECT_NE(with("iat", now_seconds + 61), "good");
  EXPECT_EQ(with("iat", now_seconds - 90), "good");
  EXPECT_NE(with("iat", now_seconds - 91), "good") << "made before this sign-in began";
  EXPECT_EQ(with("nbf", now_seconds + 60), "good");
  EXPECT_NE(with("nbf", now_seconds + 61), "good");
  EXPECT_NE(with("nbf", "soon"), "good");
  EXPECT_EQ(with("exp", static_cast<std::uint64_t>(now_seconds + 300)), "good");
  EXPECT_EQ(with("iat", now_seconds - 5 + 0.5), "good");
  EXPECT_NE(with("exp", json::value(std::to_string(now_seconds + 300))), "good") << "a number, no text";
  EXPECT_NE(with("exp", -1), "good");
  EXPECT_NE(with("exp", 1e300), "good");
  EXPECT_NE(with("exp", UINT64_MAX), "good");
}

TEST(IdToken, BelongsToTheAccessTokenThatCameWithIt) {
  auto claims = good();
  claims["at_hash"] = base64Url(view(sha256("token")).substr(0, 16));
  EXPECT_EQ(judged(claims, "token"), "good");
  EXPECT_NE(judged(claims, "another"), "good");
}

TEST(IdToken, TheAddressCountsWhereTheProviderAnswersForIt) {
  json::object claims{{"sub", "00u1"}, {"email", " Karin.Sand@Nordhamn.Example "}, {"name", "Karin\n Sand"}};
  EXPECT_EQ(identityIn(claims).email, "");
  for (const json::value& not_true :
       {json::value("true"), json::value(1), json::value(false), json::value()}) {
    claims["email_verified"] = not_true;
    EXPECT_EQ(identityIn(claims).email, "") << json::serialize(not_true);
  }
  claims["email_verified"] = true;
  const auto identity = identityIn(claims);
  EXPECT_EQ(identity.email, "karin.sand@nordhamn.example");
  EXPECT_EQ(identity.name, "Karin Sand");
  EXPECT_EQ(identity.subject, "00u1");
  claims.erase("email_verified");
  claims["xms_edov"] = true;
  EXPECT_EQ(identityIn(claims).email, "karin.sand@nordhamn.example");
  for (const std::string_view odd : {"karin", "a@b@c.example", "a b@c.example", "@c.example"}) {
    claims["email"] = odd;
    EXPECT_EQ(identityIn(claims).email, "") << odd;
  }
}

}  // namespace
}  // namespace postgang::access
