#include "net/encoding.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/net/problem_of.h"

namespace postgang::net {
namespace {

const std::string text = "<Invoice>" + std::string(100'000, 'a') + "</Invoice>";

TEST(DecodeBody, UndoesWhatTheClientDid) {
  EXPECT_EQ(decodeBody("", text, 200'000).value(), text);
  EXPECT_EQ(decodeBody("identity", text, 200'000).value(), text);
  EXPECT_EQ(decodeBody("gzip", gzipped(text, 6), 200'000).value(), text);
  EXPECT_EQ(decodeBody(" X-GZIP ", gzipped(text, 6), 200'000).value(), text);
  EXPECT_EQ(decodeBody("br", brotlied(text, 5), 200'000).value(), text);
  EXPECT_EQ(decodeBody("zstd", compress(text), 200'000).value(), text);
  EXPECT_EQ(decodeBody("gzip, br", brotlied(gzipped(text, 6), 5), 200'000).value(), text);
  EXPECT_EQ(decodeBody("gzip", gzipped("", 6), 0).value(), "");
}

TEST(DecodeBody, TakesDeflateInBothItsForms) {
  const std::string hello = "hello";
  const auto zlib = fromBase64("eJzLSM3JyQcABiwCFQ==").value(), raw = fromBase64("y0jNyckHAA==").value();
  EXPECT_EQ(decodeBody("deflate", zlib, 100).value(), hello);
  EXPECT_EQ(decodeBody("deflate", raw, 100).value(), hello);
}

TEST(DecodeBody, ABombIsTooLarge) {
  const std::string bomb(50'000'000, '\0');
  for (std::string encoding : {"gzip", "br", "zstd"}) {
    const auto packed = encoding == "gzip" ? gzipped(bomb, 9)
                        : encoding == "br" ? brotlied(bomb, 5)
                                           : compress(bomb);
    ASSERT_LT(packed.size(), 100'000u);
    const auto problem = decodeBody(encoding, packed, 1'000'000).error();
    EXPECT_EQ(problem.kind, ProblemKind::too_large) << encoding;
    EXPECT_EQ(problem.code, "body-too-large");
  }
  EXPECT_EQ(decodeBody("", text, 1000).error().code, "body-too-large");
  EXPECT_EQ(decodeBody("gzip", gzipped(text, 6), text.size()).value(), text);
  EXPECT_EQ(decodeBody("gzip", gzipped(text, 6), text.size() - 1).error().code, "body-too-large");
}

TEST(DecodeBody, DamageIsAProblem) {
  for (std::string encoding : {"gzip", "deflate", "br", "zstd"}) {
    const auto packed = encoding == "br"     ? brotlied(text, 5)
                        : encoding == "zstd" ? compress(text)
                                             : gzipped(text, 6);
    for (const std::string& wrong : {std::string(), packed.substr(0, packed.size() / 2), text})
      EXPECT_EQ(problemOf(decodeBody(encoding, wrong, 200'000)).code, "encoding-damaged")
          << encoding << wrong.size();
  }
  EXPECT_EQ(decodeBody("gzip", gzipped(text, 6) + "more", 200'000).error().code, "encoding-damaged");
  EXPECT_EQ(decodeBody("br", brotlied(text, 5) + "more", 200'000).error().code, "encoding-damaged");
}

TEST(DecodeBody, UnknownOnesAreRefused) {
  EXPECT_EQ(decodeBody("compress", text, 200'000).error().kind, ProblemKind::unsupported);
  EXPECT_EQ(decodeBody("gzip,gzip,gzip,gzip", text, 200'000).error().code, "encoding-unknown");
}

TEST(CompressReply, LeavesAloneWhatItShould) {
  const auto request = Request::of("GET", "/", {{"Accept-Encoding", "gzip"}}).value();
  const auto encodingOf = [&](Reply reply) {
    compressReply(request, reply, 1024);
    return std::string(reply.headers.get("Content-Encoding"));
  };
  EXPECT_EQ(encodingOf(Reply::json(text)), "gzip");
  EXPECT_EQ(encodingOf(Reply::bytes("application/problem+json", text)), "gzip");
  EXPECT_EQ(encodingOf(Reply::json("short")), "");
  EXPECT_EQ(encodingOf(Reply::bytes("application/pdf", text)), "");
  EXPECT_EQ(encodingOf(Reply::bytes("image/png", text)), "");
  Reply secret = Reply::json(text);
  secret.compressible = false;
  EXPECT_EQ(encodingOf(secret), "");
  Reply random = Reply::text(randomBytes(5000));  // would only grow
  EXPECT_EQ(encodingOf(random), "");
}

}  // namespace
}  // namespace postgang::net
