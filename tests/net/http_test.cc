#include "net/http.h"

#include <gtest/gtest.h>

#include "net/reply_head.h"
#include "net/target.h"
#include "tests/net/problem_of.h"

namespace postgang::net {
namespace {

TEST(Headers, AreFoundWithoutCase) {
  Headers headers{{"Accept", "a"}, {"accept", "b"}, {"X", "1"}};
  EXPECT_EQ(headers.get("ACCEPT"), "a");
  EXPECT_EQ(headers.all("Accept"), "a, b");
  EXPECT_EQ(headers.count("aCCept"), 2u);
  EXPECT_EQ(headers.get("Accep"), "");
  headers.set("ACCEPT", "c");
  EXPECT_EQ(headers.all("accept"), "c");
  headers.remove("x");
  EXPECT_FALSE(headers.has("X"));
}

TEST(Target, IsTakenApartAndDecoded) {
  const auto target = parseTarget("/a%2Fb/c//%C3%B6?q=%C3%A5+b%2B&flag&=x&&q=2").value();
  EXPECT_EQ(target.path, "/a%2Fb/c//%C3%B6");
  EXPECT_EQ(target.segments, (std::vector<std::string>{"a/b", "c", "", "ö"}));
  EXPECT_EQ(target.query, (Parameters{{"q", "å b+"}, {"flag", ""}, {"", "x"}, {"q", "2"}}));
  EXPECT_TRUE(parseTarget("/").value().segments.empty());
  EXPECT_EQ(parseTarget("/a/").value().segments, (std::vector<std::string>{"a", ""}));
}

TEST(Target, AnAbsoluteOneLosesItsOrigin) {
  EXPECT_EQ(parseTarget("http://example.com/a?b=c").value().path, "/a");
  EXPECT_EQ(parseTarget("HTTPS://example.com").value().path, "/");
  EXPECT_EQ(parseTarget("*").value().path, "*");
}

TEST(Target, BadOnesAreRefused) {
  for (auto wrong : {"",     "a",         "//a/..", "/.",      "/..",       "/%2E%2e/x", "/a/%2e",  "/%",
                     "/%4",  "/%4g",      "/%00",   "/%1f",    "/%7F",      "/%ff",      "/%c0%af", "/a#b",
                     "/a b", "/\xc3\xa5", "/?a=%",  "/?%ff=1", "ftp://a/b", "http://a?b"})
    EXPECT_EQ(problemOf(parseTarget(wrong)).code, "target-invalid") << wrong;
}

TEST(Target, EncodingAndDecodingUndoEachOther) {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  EXPECT_EQ(percentDecoded(percentEncoded(all)), all);
  EXPECT_EQ(percentEncoded("0007:5567 å"), "0007%3A5567%20%C3%A5");
}

TEST(Request, HasItsParts) {
  auto request =
      Request::of("GET", "/documents?status=sent&status=failed&limit=5",
                  {{"Cookie", "a=1; session=x=y;b"}, {"Content-Type", "application/xml; charset=utf-8"}})
          .value();
  EXPECT_EQ(request.queryValue("limit"), "5");
  EXPECT_EQ(request.queryValue("cursor"), std::nullopt);
  EXPECT_EQ(request.queryValues("status"), (std::vector<std::string>{"sent", "failed"}));
  EXPECT_EQ(request.cookie("session"), "x=y");
  EXPECT_EQ(request.cookie("b"), std::nullopt);
  EXPECT_EQ(request.mediaType(), "application/xml");
}

TEST(Request, OverHttpsOnlyTheHostsOwnCookieCounts) {
  auto request = Request::of("GET", "/", {{"Cookie", "session=planted; __Host-session=own"}}).value();
  EXPECT_EQ(request.cookie("session"), "planted");
  request.https = true;
  EXPECT_EQ(request.cookie("session"), "own");
  request.headers.set("Cookie", "session=planted");
  EXPECT_EQ(request.cookie("session"), std::nullopt);
}

TEST(Reply, AProblemIsWrittenAsRfc9457Says) {
  const auto reply = Reply::problem(
      {ProblemKind::invalid, "some-code", "What is \"wrong\".", "line 1", "Do this.", {{"a", "b"}}});
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.headers.get("Content-Type"), "application/problem+json");
  EXPECT_EQ(reply.body,
            R"({"type":"about:blank","title":"Bad Request","status":400,"detail":"What is \"wrong\".",)"
            R"("code":"some-code","where":"line 1","advice":"Do this.","parameters":{"a":"b"}})");
  EXPECT_EQ(Reply::problem({ProblemKind::not_found, "x", "", "", "", {}}).body,
            R"({"type":"about:blank","title":"Not Found","status":404,"code":"x"})");
}

TEST(Reply, CookiesAreSafeUnlessSaidOtherwise) {
  Reply reply;
  reply.setCookie({.name = "session", .value = "abc", .maxAgeSeconds = 60});
  EXPECT_EQ(reply.headers.get("Set-Cookie"),
            "__Host-session=abc; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax");
  Reply plain;
  plain.setCookie({.name = "session", .value = "abc", .secure = false});
  EXPECT_EQ(plain.headers.get("Set-Cookie"), "session=abc; Path=/; HttpOnly; SameSite=Lax");
  EXPECT_DEATH(reply.setCookie({.name = "session", .value = "a; Domain=evil"}), "");
}

TEST(Reply, ItsHeadIsWrittenOnce) {
  Reply reply = Reply::text("hello");
  reply.headers.add("X-Odd", "a\r\nb");
  const Instant now = Instant::parse("2026-11-23T09:41:07Z").value();
  EXPECT_EQ(replyHead(reply, {"id-1", true, true}, now),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nX-Odd: a  b\r\n"
            "Date: Mon, 23 Nov 2026 09:41:07 GMT\r\nX-Request-Id: id-1\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(replyHead(Reply::empty(), {"", false, false}, now),
            "HTTP/1.0 204 No Content\r\nDate: Mon, 23 Nov 2026 09:41:07 GMT\r\nConnection: close\r\n\r\n");
}

TEST(Etag, AKnownOneIsA304) {
  const auto ask = [](std::string method, std::string known) {
    const auto request = Request::of(std::move(method), "/", {{"If-None-Match", std::move(known)}}).value();
    return withEtag(request, Reply::text("body"), "\"v1\"");
  };
  for (auto known : {"\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*"}) {
    const auto reply = ask("GET", known);
    EXPECT_EQ(reply.status, 304) << known;
    EXPECT_EQ(reply.bytes(), "");
    EXPECT_EQ(reply.headers.get("ETag"), "\"v1\"");
  }
  EXPECT_EQ(ask("GET", "\"v2\"").status, 200);
  EXPECT_EQ(ask("POST", "\"v1\"").status, 200);
}

TEST(Negotiation, TheBestTypeIsTaken) {
  const auto of = [](std::string_view accept) {
    return preferredType(accept, {"text/html", "application/pdf"});
  };
  EXPECT_EQ(of(""), "text/html");
  EXPECT_EQ(of("application/pdf"), "application/pdf");
  EXPECT_EQ(of("*/*"), "text/html");
  EXPECT_EQ(of("text/html;q=0.5, application/pdf;q=0.501"), "application/pdf");
  EXPECT_EQ(of("text/*;q=0.3, */*;q=0.2"), "text/html");
  EXPECT_EQ(of("text/html;q=0, */*"), "application/pdf");
  EXPECT_EQ(of("image/png"), "");
  EXPECT_EQ(of(";;,,q=,text/html;q=x"), "");
}

TEST(Negotiation, TheBestEncodingIsTaken) {
  EXPECT_EQ(preferredEncoding("gzip, deflate, br"), "br");
  EXPECT_EQ(preferredEncoding("gzip, br;q=0.5"), "gzip");
  EXPECT_EQ(preferredEncoding("GZIP"), "gzip");
  EXPECT_EQ(preferredEncoding("*"), "br");
  EXPECT_EQ(preferredEncoding("br;q=0, gzip;q=0.0"), "identity");
  EXPECT_EQ(preferredEncoding(""), "identity");
}

}  // namespace
}  // namespace postgang::net
