// Requests, good ones mutated by a seeded generator, through the parser: nothing may crash it, and what it
// makes of them may not depend on how the bytes were cut into packets, since that is the sender's to choose.
#include <gtest/gtest.h>

#include <random>

#include "net/loop.h"
#include "tests/net/raw_client.h"

namespace postgang::net::test {
namespace {

struct Outcome {
  bool done = false;  // let in; otherwise refused, or still waiting for what a mutation took away
  std::string seen;   // the request, as the handler would see it
  std::size_t used = 0;
};

// Feeds the bytes with cuts at random places; with 0 cuts in one piece.
Outcome parse(std::string_view bytes, std::size_t cuts, std::mt19937& random) {
  HttpServerConfig config{.limits = {.targetBytes = 200, .headerBytes = 600, .bodyBytes = 300}};
  Request request;
  auto parser = RequestParser::make(request, config);
  std::vector<std::size_t> ends{bytes.size()};
  for (std::size_t i = 0; i < cuts; ++i) ends.push_back(random() % (bytes.size() + 1));
  std::sort(ends.begin(), ends.end());
  Outcome outcome;
  for (const std::size_t end : ends) {
    if (end == outcome.used) continue;
    outcome.used += parser->put(bytes.substr(outcome.used, end - outcome.used));
    if (parser->refusal) return {};
    if (parser->isDone()) break;
  }
  outcome.done = parser->isDone();
  if (!outcome.done) return {};
  outcome.seen = request.method + " " + request.target + "\n";
  for (const auto& [name, value] : request.headers) outcome.seen += name + ": " + value + "\n";
  outcome.seen += request.body;
  return outcome;
}

const std::string seeds[] = {
    get("/documents?status=sent&q=%C3%A5", "Accept: text/html\r\nCookie: a=b\r\n"),
    post("/documents", "a body of some length", "Content-Type: application/xml\r\nExpect: 100-continue\r\n"),
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
    "chunked\r\n\r\n4;a=\"b\"\r\nWiki\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n"
    "0\r\nX-Trailer: 1\r\n\r\n",
    "GET http://host/a HTTP/1.0\r\nConnection: keep-alive, close\r\nX: folded\r\n  over lines\r\n\r\n",
    post("/", "first") + post("/", "second"),
};
const std::string pieces[] = {"\r\n",
                              "\r",
                              "\n",
                              "\r\n\r\n",
                              ":",
                              " ",
                              "\t",
                              "0\r\n\r\n",
                              "Content-Length: 3\r\n",
                              "5\r\n",
                              "chunked",
                              ";",
                              "%2e%2e",
                              "%00",
                              "\"",
                              ",",
                              "HTTP/1.1",
                              "Transfer-Encoding: chunked\r\n",
                              "/",
                              "ffffffffffffffff",
                              "\xff",
                              "X"};

std::string mutated(std::mt19937& random) {
  std::string bytes = seeds[random() % std::size(seeds)];
  for (auto steps = random() % 4; steps > 0; --steps) {
    const auto at = random() % (bytes.size() + 1);
    const auto length = std::min<std::size_t>(random() % 20, bytes.size() - at);
    switch (random() % 5) {
      case 0:
        bytes.erase(at, length);
        break;
      case 1:
        bytes.insert(at, pieces[random() % std::size(pieces)]);
        break;
      case 2:
        bytes.insert(at, bytes.substr(at, length));
        break;
      case 3:
        bytes.insert(at, std::string(random() % 700, 'a'));
        break;
      default:
        if (at < bytes.size()) bytes[at] = static_cast<char>(random());
    }
  }
  return bytes;
}

TEST(RequestParser, AnEmptyChunkedBodyMayBeCutAnywhere) {
  const std::string bytes = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (std::size_t first = 1; first < bytes.size(); ++first)
    for (std::size_t second = first; second < bytes.size(); ++second) {
      Request request;
      const HttpServerConfig config;
      auto parser = RequestParser::make(request, config);
      std::size_t used = 0;
      for (std::size_t end : {first, second, bytes.size()})
        used += parser->put(bytes.substr(used, end - used));
      ASSERT_TRUE(parser->isDone() && !parser->refusal) << first << " " << second;
      ASSERT_EQ(used, bytes.size());
    }
}

TEST(RequestParser, MakesTheSameOfBytesHoweverTheyAreCut) {
  std::mt19937 random(20261123);
  int accepted = 0, refused = 0;
  for (int i = 0; i < 10'000; ++i) {
    const std::string bytes = mutated(random);
    const auto whole = parse(bytes, 0, random);
    (whole.done ? accepted : refused) += 1;
    for (std::size_t cuts : {1u, 5u, 1000u}) {
      const auto cut = parse(bytes, cuts, random);
      ASSERT_EQ(cut.done, whole.done) << "round " << i << ", " << cuts << " cuts:\n" << bytes;
      ASSERT_EQ(cut.seen, whole.seen) << "round " << i;
      ASSERT_EQ(cut.used, whole.used) << "round " << i;  // where the next request begins
    }
  }
  EXPECT_GT(accepted, 1'000);
  EXPECT_GT(refused, 1'000);
}

}  // namespace
}  // namespace postgang::net::test
