#include "api/guard.h"

#include <gtest/gtest.h>

#include "api/api.h"

namespace postgang::api {
namespace {

net::Request posted(net::Headers headers) {
  headers.add("Host", "portal.example");
  return *net::Request::of("POST", "/api/v1/documents", std::move(headers));
}
std::string originCode(net::Headers headers) {
  const auto answer = checkOrigin(posted(std::move(headers)));
  return answer ? "ok" : answer.error().code;
}

TEST(Guard, lets_a_page_of_our_own_change_things) {
  EXPECT_EQ(originCode({{"Sec-Fetch-Site", "same-origin"}, {"Origin", "https://portal.example"}}), "ok");
  EXPECT_EQ(originCode({{"Origin", "https://portal.example"}}), "ok");
  EXPECT_EQ(originCode({}), "ok") << "a program without a browser";
}

TEST(Guard, stops_another_site_and_another_name_of_this_one) {
  EXPECT_EQ(originCode({{"Sec-Fetch-Site", "cross-site"}}), "origin-foreign");
  EXPECT_EQ(originCode({{"Sec-Fetch-Site", "same-site"}}), "origin-foreign");
  EXPECT_EQ(originCode({{"Origin", "https://evil.example"}}), "origin-foreign");
  EXPECT_EQ(originCode({{"Origin", "https://portal.example.evil.example"}}), "origin-foreign");
  EXPECT_EQ(originCode({{"Origin", "null"}}), "origin-foreign");
}

TEST(Guard, holds_the_token_of_this_session) {
  const auto nobody = store::Viewer::ofCompanies({}, {});
  access::Caller caller{nobody, nobody, {}, {}, {}, {}, {}, "token-of-this-session"};
  EXPECT_TRUE(checkCsrfToken(posted({{"X-CSRF-Token", "token-of-this-session"}}), caller));
  EXPECT_EQ(checkCsrfToken(posted({{"X-CSRF-Token", "token-of-another"}}), caller).error().code,
            "csrf-token-wrong");
  EXPECT_EQ(checkCsrfToken(posted({}), caller).error().code, "csrf-token-wrong");
  caller.csrfToken.clear();
  EXPECT_EQ(checkCsrfToken(posted({}), caller).error().code, "csrf-token-wrong")
      << "no token is not the empty token";
}

TEST(Guard, puts_the_security_headers_on_every_reply) {
  const auto reply = secured(net::Reply::json("{}"));
  EXPECT_NE(reply.headers.get("Content-Security-Policy").find("frame-ancestors 'none'"),
            std::string_view::npos);
  EXPECT_EQ(reply.headers.get("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(reply.headers.get("X-Frame-Options"), "DENY");
  EXPECT_EQ(reply.headers.get("Cache-Control"), "no-store");
  EXPECT_TRUE(reply.headers.has("Referrer-Policy"));
}

TEST(Guard, leaves_a_copys_own_policy) {
  auto copy = net::Reply::bytes("text/html", "<p>");
  copy.headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'");
  const auto reply = secured(std::move(copy));
  EXPECT_EQ(reply.headers.get("Content-Security-Policy"), "default-src 'none'; frame-ancestors 'self'");
  EXPECT_FALSE(reply.headers.has("X-Frame-Options"));
}

}  // namespace
}  // namespace postgang::api
