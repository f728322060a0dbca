// Signed tokens: the vectors of RFC 7515, and what must not pass.
#include "access/jose.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "base/bytes.h"
#include "tests/access/signer.h"

namespace postgang::access {
namespace {

// RFC 7515, A.2 and A.3: the same claims, by RS256 and by ES256.
const std::string payload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const std::string rsa_key =
    R"({"keys":[{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS)"
    "2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-"
    "bSf63kpaSHSXndS5z5rexM"
    "dbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-"
    "DWNmoudF8NAco9"
    R"(_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}]})";
const std::string rsa_token =
    "eyJhbGciOiJSUzI1NiJ9." + payload +
    ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
    "O8W2Fp5jujGbds9uJdbF9C"
    "UAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_"
    "eSN9383LcOLn6_d"
    "O--xi12jzDwusC-"
    "eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igc"
    "N_IoypGlUPQGe77Rw";
const std::string curve_key =
    R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";
const std::string curve_token =
    "eyJhbGciOiJFUzI1NiJ9." + payload +
    ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

KeySet keysOf(const std::string& jwks) {
  const auto keys = KeySet::parse(jwks);
  EXPECT_TRUE(keys);
  return *keys;
}
std::string whyNot(std::string_view token, const KeySet& keys) {
  const auto claims = verifiedClaims(token, keys);
  if (claims) return "good";
  EXPECT_EQ(claims.error().code, "identity-refused");
  return claims.error().detail;
}
std::string withHeader(const std::string& header, const std::string& token) {
  return base64Url(header) + token.substr(token.find('.'));
}

TEST(Jose, VectorsOfRfc7515) {
  for (const auto& [token, jwks] : {std::pair(rsa_token, rsa_key), std::pair(curve_token, curve_key)}) {
    const auto claims = verifiedClaims(token, keysOf(jwks));
    ASSERT_TRUE(claims) << claims.error().detail;
    EXPECT_EQ(claims->at("iss").as_string(), "joe");
    EXPECT_EQ(claims->at("exp").as_int64(), 1300819380);
  }
}

TEST(Jose, EveryByteOfATokenCounts) {
  for (const auto& [token, jwks] : {std::pair(rsa_token, rsa_key), std::pair(curve_token, curve_key)}) {
    const auto keys = keysOf(jwks);
    for (std::size_t at = 0; at < token.size(); at += 7) {
      auto other = token;
      // The last character of a part may have bits that mean nothing.
      if (other[at] == '.' || at + 1 == token.size() || other[at + 1] == '.') continue;
      other[at] = other[at] == 'A' ? 'B' : 'A';
      EXPECT_NE(whyNot(other, keys), "good") << at;
    }
    EXPECT_NE(whyNot(token + "A", keys), "good");
    EXPECT_NE(whyNot(token.substr(0, token.rfind('.') + 1), keys), "good") << "no signature at all";
  }
}

TEST(Jose, ATokenDoesNotChooseHowItIsChecked) {
  const auto keys = keysOf(rsa_key);
  for (const std::string algorithm : {"none", "None", "HS256", "HS512", "RS384", "ES512", "EdDSA", ""})
    EXPECT_NE(whyNot(withHeader(R"({"alg":")" + algorithm + R"("})", rsa_token), keys), "good") << algorithm;
  EXPECT_NE(whyNot(withHeader("{}", rsa_token), keys), "good");
  // Another of the three, by a key of the wrong kind or the wrong padding.
  EXPECT_NE(whyNot(withHeader(R"({"alg":"ES256"})", rsa_token), keys), "good");
  EXPECT_NE(whyNot(withHeader(R"({"alg":"PS256"})", rsa_token), keys), "good");
  EXPECT_NE(whyNot(withHeader(R"({"alg":"RS256"})", curve_token), keysOf(curve_key)), "good");
}

TEST(Jose, WhatIsNotUnderstoodIsRefused) {
  const test::Signer signer(test::Signer::Kind::rsa, "one");
  const auto keys = keysOf(signer.jwks());
  EXPECT_EQ(whyNot(signer.token(R"({"a":1})"), keys), "good");
  EXPECT_NE(
      whyNot(signer.tokenWithHeader(R"({"alg":"RS256","kid":"one","crit":["b64"],"b64":false})", "{}"), keys),
      "good");
  EXPECT_NE(whyNot(signer.tokenWithHeader(R"({"alg":"RS256","kid":"one","typ":"at+jwt"})", "{}"), keys),
            "good");
  EXPECT_EQ(whyNot(signer.tokenWithHeader(R"({"alg":"RS256","kid":"one","typ":"JWT"})", "{}"), keys), "good");
  EXPECT_NE(whyNot(signer.token("[1]"), keys), "good") << "claims are an object";
  EXPECT_NE(whyNot(signer.token("not JSON"), keys), "good");
  EXPECT_NE(whyNot(signer.token(std::string(200, '[') + std::string(200, ']')), keys), "good");
  EXPECT_NE(whyNot(signer.token("{\"a\":\"" + std::string(token_bytes_max, 'x') + "\"}"), keys), "good");
  for (const std::string_view token : {"", ".", "..", "a.b", "a.b.c.d", "…..", "%%%.###.$$$"})
    EXPECT_NE(whyNot(token, keys), "good") << token;
}

TEST(Jose, ByTheKeyThatIsNamed) {
  const test::Signer one(test::Signer::Kind::rsa, "one"), two(test::Signer::Kind::rsa, "two"),
      curve(test::Signer::Kind::curve, "three");
  const auto keys = keysOf(R"({"keys":[)" + one.jwk() + "," + two.jwk() + "," + curve.jwk() + "]}");
  EXPECT_EQ(keys.size(), 3U);
  for (const auto* signer : {&one, &two, &curve}) EXPECT_EQ(whyNot(signer->token("{}"), keys), "good");
  EXPECT_EQ(whyNot(one.pssToken("{}"), keys), "good");
  EXPECT_NE(whyNot(one.tokenWithHeader(R"({"alg":"RS256","kid":"two"})", "{}"), keys), "good");
  EXPECT_NE(whyNot(one.tokenWithHeader(R"({"alg":"RS256","kid":"four"})", "{}"), keys), "good");
  EXPECT_NE(whyNot(one.tokenWithHeader(R"({"alg":"RS256"})", "{}"), keys), "good") << "two keys would do";
  EXPECT_EQ(whyNot(curve.tokenWithHeader(R"({"alg":"ES256"})", "{}"), keys), "good") << "one key will do";
  EXPECT_FALSE(keys.fits({SignatureAlgorithm::rs256, "four"}));
}

TEST(Jose, KeysThatAreNotForThis) {
  const test::Signer signer(test::Signer::Kind::rsa, "one"), weak(test::Signer::Kind::weak, "weak");
  const auto with = [&](const std::string& member) {
    auto jwk = signer.jwk();
    jwk.insert(1, member + ",");
    return keysOf(R"({"keys":[)" + jwk + "]}").size();
  };
  EXPECT_EQ(with(R"("use":"sig")"), 1U);
  EXPECT_EQ(with(R"("use":"enc")"), 0U);
  EXPECT_EQ(with(R"("alg":"RS256")"), 1U);
  EXPECT_EQ(with(R"("alg":"HS256")"), 0U);
  EXPECT_EQ(keysOf(weak.jwks()).size(), 0U) << "1024 bits";
  EXPECT_EQ(
      keysOf(
          R"({"keys":[{"kty":"oct","k":"AAAA","kid":"one"},{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},7]})")
          .size(),
      0U);
  // A point that is not on the curve.
  EXPECT_EQ(keysOf(R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                   R"("y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}]})")
                .size(),
            0U);
  const auto other = keysOf(R"({"keys":[)" + signer.jwk(R"("alg":"PS256",)") + "]}");
  EXPECT_NE(whyNot(signer.token("{}"), other), "good") << "a key for PS256 checks no RS256";
  for (const std::string_view text : {"", "[]", "{}", R"({"keys":{}})", "{"}) {
    const auto none = KeySet::parse(text);
    ASSERT_FALSE(none) << text;
    EXPECT_EQ(none.error().code, "identity-provider-unfit");
  }
}

}  // namespace
}  // namespace postgang::access
