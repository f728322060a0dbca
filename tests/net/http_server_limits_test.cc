// What a client may not do to the server, or to others through it.
#include <gtest/gtest.h>

#include <atomic>

#include "net/http_server.h"
#include "net/router.h"
#include "tests/net/server_fixture.h"

namespace postgang::net::test {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

// Sends the bytes, expects the refusal with its code, and that the connection ends.
void expectRefused(const TestServer& server, std::string_view bytes, int status, std::string_view code) {
  auto client = server.client();
  client.send(bytes);
  const auto reply = client.reply();
  EXPECT_EQ(reply.status, status) << bytes.substr(0, 200);
  EXPECT_EQ(reply.headers.get("Content-Type"), "application/problem+json");
  EXPECT_NE(reply.body.find("\"code\":\"" + std::string(code) + "\""), std::string::npos) << reply.body;
  EXPECT_EQ(reply.headers.get("Connection"), "close");
  client.finishSending();
  EXPECT_TRUE(client.isClosed());
}

TEST(HttpServerLimits, RequestsWhoseEndIsAmbiguousAreRefused) {
  int handled = 0;
  TestServer server({.handler = [&](Request& request) {
    ++handled;
    return echo(request);
  }});
  const std::string start = "POST / HTTP/1.1\r\nHost: test\r\n";
  const std::string smuggled = "0\r\n\r\nGET /admin HTTP/1.1\r\nHost: test\r\n\r\n";
  for (std::string fields : {
           "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
           "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
           "Content-Length: 5\r\nContent-Length: 6\r\n",
           "Content-Length: 5\r\nContent-Length: 5\r\n",
           "Content-Length: 5, 5\r\n",
           "Content-Length: +5\r\n",
           "Content-Length: -1\r\n",
           "Content-Length: 0x5\r\n",
           "Content-Length: 99999999999999999999\r\n",
           "Content-Length:\r\n",
           "Content-Length : 5\r\n",
           " Content-Length: 5\r\n",
           "Transfer-Encoding : chunked\r\n",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
           "Content-Length: 5\nTransfer-Encoding: chunked\r\n",
           "X: a\rTransfer-Encoding: chunked\r\n",
       })
    expectRefused(server, start + fields + "\r\n" + smuggled, 400, "request-malformed");
  for (std::string coding :
       {"gzip, chunked", "chunked, identity", "identity", "xchunked", "\"chunked\"", "chunked;q=1"})
    expectRefused(server, start + "Transfer-Encoding: " + coding + "\r\n\r\n" + smuggled, 501,
                  "transfer-encoding-unknown");
  expectRefused(server, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + smuggled, 400,
                "request-malformed");
  EXPECT_EQ(handled, 0);
}

TEST(HttpServerLimits, BrokenChunksAreRefused) {
  TestServer server({.handler = echo});
  const std::string start = "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::string body :
       {"xyz\r\n", "5\r\nhelloXX0\r\n\r\n", "-5\r\nhello\r\n", "5 5\r\nhello\r\n", "\r\n\r\n",
        "FFFFFFFFFFFFFFFFF\r\nhello\r\n", "5;=\r\nhello\r\n", "5\nhello\r\n0\r\n\r\n"})
    expectRefused(server, start + body, 400, "request-malformed");
  expectRefused(server, start + "5;" + std::string(200'000, 'x'), 400, "request-malformed");
}

TEST(HttpServerLimits, WhatIsNotHttpIsRefused) {
  TestServer server({.handler = echo});
  for (std::string bytes : {
           "hello\r\n\r\n"s,
           "GET\r\n\r\n"s,
           "GET / HTTP/2.0\r\nHost: a\r\n\r\n"s,
           "GET / HTTP/1.1\r\nHost: a\r\nBad Name: 1\r\n\r\n"s,
           "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"s,
           "GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n"s,
           "GET / HTTP/1.1\r\nHost: a\r\n: nothing\r\n\r\n"s,
           "GET / HTTP/1.1\r\n\r\n"s,
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"s,
           "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"s,
           "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS greeting\r\n\r\n"s,
       })
    expectRefused(server, bytes, 400, "request-malformed");
  for (std::string target :
       {"nopath", "/a/../b", "/%2e%2e/etc/passwd", "/a%00b", "/%zz", "/%ff", "/?a=%c3", "/a%0d%0ab"})
    expectRefused(server, get(target), 400, "target-invalid");
  expectRefused(server, get("/", "Expect: a-miracle\r\n"), 417, "expectation-unknown");
}

TEST(HttpServerLimits, LongTargetsAndHeadersAreRefused) {
  TestServer server({.handler = echo, .limits = {.targetBytes = 1000, .headerBytes = 4000}});
  expectRefused(server, get("/" + std::string(1000, 'a')), 414, "target-too-long");
  expectRefused(server, get("/" + std::string(50'000, 'a')), 414, "target-too-long");
  expectRefused(server, get("/", "X: " + std::string(4000, 'a') + "\r\n"), 431, "headers-too-large");
  expectRefused(server, "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(200'000, 'a'), 431,
                "headers-too-large");
  std::string many;
  for (int i = 0; i < 300; ++i) many += "X: 1\r\n";
  expectRefused(server, get("/", many), 431, "headers-too-large");
  auto client = server.client();
  client.send(get("/" + std::string(999, 'a'), "X: " + std::string(2500, 'a') + "\r\n"));
  EXPECT_EQ(client.reply().status, 200);
}

TEST(HttpServerLimits, AHeaderThatTricklesInIsCountedWhole) {
  TestServer server({.handler = echo, .limits = {.headerBytes = 4000}});
  auto client = server.client();
  client.send("GET / HTTP/1.1\r\nHost: a\r\n");
  const std::string line = "X: " + std::string(500, 'a') + "\r\n";
  for (int i = 0; i < 20; ++i)
    if (client.send(line) < line.size()) break;
  EXPECT_EQ(client.reply().status, 431);
}

TEST(HttpServerLimits, TrailersAreCountedToo) {
  TestServer server({.handler = echo, .limits = {.headerBytes = 4000}});
  std::string trailers;
  for (int i = 0; i < 100; ++i) trailers += "X: " + std::string(100, 'a') + "\r\n";
  expectRefused(
      server, "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + trailers + "\r\n",
      431, "headers-too-large");
}

TEST(HttpServerLimits, ABodyOverTheLimitIsAnsweredWithoutReadingIt) {
  TestServer server({.handler = echo, .limits = {.bodyBytes = 1000}});
  auto client = server.client();
  client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 60000000\r\n\r\n");
  EXPECT_EQ(client.reply().status, 413);
  // A client that goes on sending still finds its reply, because the server listens a while before it hangs
  // up.
  auto stubborn = server.client();
  stubborn.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 3000000\r\n\r\n" +
                std::string(3'000'000, 'x'));
  EXPECT_EQ(stubborn.reply().status, 413);
  auto polite = server.client();
  polite.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(polite.reply().status, 413);
  auto fitting = server.client();
  fitting.send(post("/", std::string(1000, 'x')));
  EXPECT_EQ(fitting.reply().status, 200);
}

TEST(HttpServerLimits, AChunkedBodyIsRefusedAsSoonAsItIsOverTheLimit) {
  TestServer server({.handler = echo, .limits = {.bodyBytes = 1000}});
  const std::string chunk = "200\r\n" + std::string(512, 'x') + "\r\n";
  expectRefused(
      server,
      "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n",
      413, "body-too-large");
}

TEST(HttpServerLimits, ARouteMayHaveABodyLimitOfItsOwn) {
  Router router;
  const auto size = [](const Request& request) { return Reply::text(std::to_string(request.body.size())); };
  router.add("POST", "/small", size, 100);
  router.add("POST", "/large/{id}", size, 5000);
  router.add("POST", "/other", size);
  HttpServerLimits limits{.bodyBytes = 1000};
  limits.bodyLimit = [&](auto method, auto path) { return router.bodyLimit(method, path); };
  TestServer server({.handler = [&](Request& request) { return router(request); }, .limits = limits});
  expectRefused(server, post("/small", std::string(101, 'x')), 413, "body-too-large");
  expectRefused(server, post("/other", std::string(1001, 'x')), 413, "body-too-large");
  expectRefused(server, post("/large/1", std::string(5001, 'x')), 413, "body-too-large");
  auto client = server.client();
  client.send(post("/large/1", std::string(5000, 'x')) + post("/small?a=b", std::string(100, 'x')));
  EXPECT_EQ(client.reply().body, "5000");
  EXPECT_EQ(client.reply().body, "100");
}

TEST(HttpServerLimits, BodiesTogetherMayNotFillTheMemory) {
  TestServer server({.handler = echo, .limits = {.bodiesBytes = 100'000}});
  auto first = server.client();
  first.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\n" + std::string(90'000, 'x'));
  ASSERT_TRUE(server.becomes([](const auto& counts) { return counts.bodiesBytes == 90'000; }));
  auto second = server.client();
  second.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\n" + std::string(50'000, 'x'));
  const auto reply = second.reply();
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.headers.get("Retry-After"), "1");
  first.send(std::string(10'000, 'x'));
  EXPECT_EQ(first.reply().status, 200);
}

TEST(HttpServerLimits, SlowClientsAreGivenUp) {
  TestServer server(
      {.handler = echo,
       .limits = {.headerTime = 50ms, .bodyTime = 50ms, .bodyBytesPerSecond = 1'000'000, .idleTime = 100ms}});
  auto header = server.client();
  header.send("GET / HTTP/1.1\r\nHost: te");
  EXPECT_EQ(header.reply().status, 408);
  auto body = server.client();
  body.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nhalf");
  EXPECT_EQ(body.reply().status, 408);
  auto silent = server.client();
  EXPECT_TRUE(silent.isClosed());
  auto kept = server.client();
  kept.send(get("/"));
  EXPECT_EQ(kept.reply().status, 200);
  EXPECT_TRUE(kept.isClosed());
}

TEST(HttpServerLimits, ATrickleDoesNotKeepAConnection) {
  TestServer server({.handler = echo, .limits = {.headerTime = 50ms}});
  auto client = server.client();
  client.send("GET / HTTP/1.1\r\n");
  std::atomic<int> status = 0;
  std::thread trickle([&] { status = client.reply().status; });
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (client.send("X: 1\r\n") == 6 && status == 0 && std::chrono::steady_clock::now() < end)
    std::this_thread::yield();
  trickle.join();
  EXPECT_TRUE(status == 408 || status == 431) << status;  // too slow, or by then too much
}

TEST(HttpServerLimits, AClientThatDoesNotReadItsReplyIsCut) {
  TestServer server(
      {.handler =
           [](Request&) { return Reply::bytes("application/octet-stream", std::string(50'000'000, 'x')); },
       .limits = {.bodyBytesPerSecond = 1'000'000'000, .writeTime = 50ms}});
  auto client = server.client(4096);
  client.send(get("/"));
  EXPECT_TRUE(server.becomes([](const auto& counts) { return counts.connections == 1; }));
  EXPECT_TRUE(server.becomes([](const auto& counts) { return counts.connections == 0; }));
}

TEST(HttpServerLimits, AHandlerMayTakeLongerThanAnyOfThem) {
  Gate released;
  TestServer server({.handler =
                         [&](Request& request) {
                           released.wait();
                           return echo(request);
                         },
                     .limits = {.headerTime = 1ms, .bodyTime = 1ms, .idleTime = 5ms}});
  auto client = server.client();
  client.send(get("/"));
  auto other = server.client();  // cut after its 5 ms: the first one's would have passed, too
  EXPECT_TRUE(other.isClosed());
  released.open();
  EXPECT_EQ(client.reply().status, 200);
}

TEST(HttpServerLimits, TooManyConnectionsAreTurnedAway) {
  TestServer server({.handler = echo, .limits = {.connections = 2}});
  std::vector<RawClient> inside;
  for (int i = 0; i < 2; ++i) {
    inside.push_back(server.client());
    inside.back().send(get("/"));
    EXPECT_EQ(inside.back().reply().status, 200);
  }
  EXPECT_EQ(server.client().reply().status, 503);
  inside.pop_back();
  ASSERT_TRUE(server.becomes([](const auto& counts) { return counts.connections == 1; }));
  auto next = server.client();
  next.send(get("/"));
  EXPECT_EQ(next.reply().status, 200);
}

TEST(HttpServerLimits, OneAddressMayNotTakeThemAll) {
  TestServer server({.handler = echo, .limits = {.connectionsPerAddress = 1}});
  auto first = server.client();
  first.send(get("/"));
  EXPECT_EQ(first.reply().status, 200);
  EXPECT_EQ(server.client().reply().status, 503);
}

TEST(HttpServerLimits, WhenEveryWorkerIsBusyAndTheQueueFullTheRestAreToldToComeBack) {
  Gate released;
  TestServer server({.handler =
                         [&](Request& request) {
                           released.wait();
                           return echo(request);
                         },
                     .limits = {.queuedRequests = 3},
                     .workers = 2});
  std::vector<RawClient> waiting;
  for (std::size_t i = 1; i <= 5; ++i) {
    waiting.push_back(server.client());
    waiting.back().send(get("/" + std::to_string(i)));
    ASSERT_TRUE(server.becomes([&](const auto& counts) { return counts.handling + counts.queued == i; }));
  }
  ASSERT_TRUE(server.becomes([](const auto& counts) { return counts.handling == 2 && counts.queued == 3; }));
  auto client = server.client();
  client.send(get("/one-too-many"));
  const auto reply = client.reply();
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.headers.get("Retry-After"), "1");
  EXPECT_FALSE(reply.headers.has("Connection"));  // it may try again on the same one
  released.open();
  for (auto& each : waiting) EXPECT_EQ(each.reply().status, 200);
  client.send(get("/again"));
  EXPECT_EQ(client.reply().status, 200);
}

}  // namespace
}  // namespace postgang::net::test
