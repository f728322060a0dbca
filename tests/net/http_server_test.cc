#include "net/http_server.h"

#include <gtest/gtest.h>

#include <atomic>

#include "net/encoding.h"
#include "net/router.h"
#include "tests/net/server_fixture.h"

namespace postgang::net::test {
namespace {

using namespace std::chrono_literals;

TEST(HttpServer, AnswersSeveralRequestsOnOneConnection) {
  TestServer server({.handler = echo});
  auto client = server.client();
  client.send(get("/first"));
  auto reply = client.reply();
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "GET /first ");
  EXPECT_EQ(reply.headers.get("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_FALSE(reply.headers.get("X-Request-Id").empty());
  EXPECT_TRUE(reply.headers.get("Date").ends_with(" GMT"));
  EXPECT_FALSE(reply.headers.has("Connection"));
  client.send(post("/second", "a body"));
  EXPECT_EQ(client.reply().body, "POST /second a body");
}

TEST(HttpServer, TellsTheHandlerWhatWasAsked) {
  Request seen;
  TestServer server({.handler = [&](Request& request) {
    seen = request;
    return Reply::empty();
  }});
  auto client = server.client();
  client.send(
      "PUT /a%20b/%C3%A5?x=1&y=a+b HTTP/1.1\r\nhOsT: test\r\nX-One: 1\r\nCookie: a=b\r\nContent-Length: "
      "2\r\n\r\nhi");
  EXPECT_EQ(client.reply().status, 204);
  EXPECT_EQ(seen.method, "PUT");
  EXPECT_EQ(seen.path, "/a%20b/%C3%A5");
  EXPECT_EQ(seen.segments, (std::vector<std::string>{"a b", "å"}));
  EXPECT_EQ(seen.queryValue("y"), "a b");
  EXPECT_EQ(seen.header("x-ONE"), "1");
  EXPECT_EQ(seen.cookie("a"), "b");
  EXPECT_EQ(seen.body, "hi");
  EXPECT_EQ(seen.remoteAddress, "127.0.0.1");
}

TEST(HttpServer, PipelinedRequestsAreAnsweredInOrder) {
  TestServer server({.handler = echo});
  auto client = server.client();
  std::string all;
  for (int i = 0; i < 50; ++i) all += post("/" + std::to_string(i), "body " + std::to_string(i));
  client.send(all);
  for (int i = 0; i < 50; ++i)
    EXPECT_EQ(client.reply().body, "POST /" + std::to_string(i) + " body " + std::to_string(i));
}

TEST(HttpServer, ARequestMayArriveByteByByte) {
  TestServer server({.handler = echo});
  auto client = server.client();
  const std::string bytes = "\r\n" + post("/slow", "body");
  for (char c : bytes) client.send({&c, 1});
  EXPECT_EQ(client.reply().body, "POST /slow body");
}

TEST(HttpServer, ChunkedBodiesAreJoinedAndTrailersDropped) {
  bool trailerSeen = true;
  TestServer server({.handler = [&](Request& request) {
    trailerSeen = request.headers.has("X-Trailer");
    return echo(request);
  }});
  auto client = server.client();
  client.send(
      "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
      "4;name=value\r\nWiki\r\n6\r\npedia \r\n0\r\nX-Trailer: 1\r\n\r\n");
  EXPECT_EQ(client.reply().body, "POST / Wikipedia ");
  EXPECT_FALSE(trailerSeen);
}

TEST(HttpServer, Http10ClosesUnlessAskedToKeepAlive) {
  TestServer server({.handler = echo});
  auto client = server.client();
  client.send("GET /kept HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(client.reply().headers.get("Connection"), "keep-alive");
  client.send("GET /last HTTP/1.0\r\n\r\n");
  auto reply = client.reply();
  EXPECT_EQ(reply.body, "GET /last ");
  EXPECT_EQ(reply.headers.get("Connection"), "close");
  EXPECT_TRUE(client.isClosed());
}

TEST(HttpServer, ConnectionCloseIsHeeded) {
  TestServer server({.handler = echo});
  auto client = server.client();
  client.send(get("/", "Connection: close\r\n"));
  EXPECT_EQ(client.reply().headers.get("Connection"), "close");
  EXPECT_TRUE(client.isClosed());
}

TEST(HttpServer, AClientThatHasFinishedSendingStillGetsItsReply) {
  TestServer server({.handler = echo});
  auto client = server.client();
  client.send(get("/half"));
  client.finishSending();
  EXPECT_EQ(client.reply().body, "GET /half ");
  EXPECT_TRUE(client.isClosed());
}

TEST(HttpServer, HeadIsGetWithoutItsBody) {
  Router router;
  router.add("GET", "/page", [](const Request&) { return Reply::text("five!"); });
  TestServer server({.handler = [&](Request& request) { return router(request); }});
  auto client = server.client();
  client.send("HEAD /page HTTP/1.1\r\nHost: test\r\n\r\n" + get("/page"));
  const auto head = client.reply(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.get("Content-Length"), "5");
  EXPECT_EQ(client.reply().body, "five!");
}

TEST(HttpServer, ContinueIsSaidToWhoeverExpectsIt) {
  TestServer server({.handler = echo});
  auto client = server.client();
  client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.readUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("body");
  EXPECT_EQ(client.reply().body, "POST / body");
}

TEST(HttpServer, LargeBodiesGoBothWays) {
  TestServer server(
      {.handler = [](Request& request) { return Reply::bytes("application/octet-stream", request.body); }});
  auto client = server.client();
  std::string body(5'000'000, 'x');
  for (std::size_t i = 0; i < body.size(); i += 997) body[i] = static_cast<char>('a' + i % 26);
  client.send(post("/", body));
  EXPECT_EQ(client.reply().body, body);
  EXPECT_TRUE(server.becomes([](const auto& counts) { return counts.bodiesBytes == 0; }));
}

// Reads `count` times a piece of its own letter; where `breaks`, the disk fails after the first.
class Letters final : public BodySource {
 public:
  Letters(int count, bool breaks) : count_(count), breaks_(breaks) {}
  std::uint64_t size() const override { return static_cast<std::uint64_t>(count_) * piece; }
  Result<std::string> read(std::size_t) override {
    if (breaks_ && at_ == 1) return fail(ProblemKind::unavailable, "file-not-readable", "");
    return at_ == count_ ? std::string() : std::string(piece, static_cast<char>('a' + at_++ % 26));
  }
  static constexpr std::size_t piece = 300'000;

 private:
  const int count_;
  const bool breaks_;
  int at_ = 0;
};

TEST(HttpServer, ABodyIsReadWhileItIsSentAndTheConnectionGoesOn) {
  TestServer server({.handler = [](Request& request) {
    auto reply = Reply::bytes("application/zip", {});
    reply.source = std::make_shared<Letters>(20, request.path == "/broken");
    return reply;
  }});
  auto client = server.client();
  for (int i = 0; i < 2; ++i) {
    client.send(get("/whole"));
    const auto reply = client.reply();
    EXPECT_EQ(reply.status, 200);
    ASSERT_EQ(reply.body.size(), 20 * Letters::piece);
    EXPECT_EQ(reply.body.front(), 'a');
    EXPECT_EQ(reply.body.back(), 't');
  }
  client.send(get("/broken"));  // cut, since its length was said
  auto other = server.client();
  other.send(get("/whole"));
  EXPECT_EQ(other.reply().body.size(), 20 * Letters::piece);
}

TEST(HttpServer, AHandlerThatThrowsIsA500AndTheConnectionGoesOn) {
  TestServer server({.handler = [](Request& request) -> Reply {
    if (request.path == "/throws") throw std::runtime_error("secret detail");
    if (request.path == "/oddly") throw 42;
    return echo(request);
  }});
  auto client = server.client();
  for (auto path : {"/throws", "/oddly"}) {
    client.send(get(path));
    const auto reply = client.reply();
    EXPECT_EQ(reply.status, 500);
    EXPECT_EQ(reply.headers.get("Content-Type"), "application/problem+json");
    EXPECT_NE(reply.body.find("internal-error"), std::string::npos);
    EXPECT_EQ(reply.body.find("secret"), std::string::npos);
  }
  client.send(get("/fine"));
  EXPECT_EQ(client.reply().status, 200);
}

TEST(HttpServer, RepliesCannotBeGivenExtraHeaderLines) {
  TestServer server({.handler = [](Request& request) {
    Reply reply = Reply::text("ok");
    reply.headers.add("Location", request.queryValue("to").value());
    reply.headers.add("Content-Length", "999");
    return reply;
  }});
  auto client = server.client();
  client.send(get("/?to=a%0D%0ASet-Cookie:%20stolen=1"));
  const auto reply = client.reply();
  EXPECT_EQ(reply.headers.get("Location"), "a  Set-Cookie: stolen=1");
  EXPECT_FALSE(reply.headers.has("Set-Cookie"));
  EXPECT_EQ(reply.headers.count("Content-Length"), 1u);
  EXPECT_EQ(reply.body, "ok");
}

TEST(HttpServer, TextOverAKilobyteIsCompressedAsTheClientLikes) {
  const std::string json = "[" + std::string(5000, ' ') + "]";
  TestServer server({.handler = [&](Request&) {
    Reply reply = Reply::json(json);
    reply.headers.add("ETag", "\"1\"");
    return reply;
  }});
  auto client = server.client();
  for (std::string encoding : {"gzip", "br"}) {
    client.send(get("/", "Accept-Encoding: " + encoding + "\r\n"));
    const auto reply = client.reply();
    EXPECT_EQ(reply.headers.get("Content-Encoding"), encoding);
    EXPECT_EQ(reply.headers.get("Vary"), "Accept-Encoding");
    EXPECT_EQ(reply.headers.get("ETag"), "W/\"1\"");
    EXPECT_EQ(decodeBody(encoding, reply.body, 10000).value(), json);
  }
  client.send(get("/"));
  EXPECT_EQ(client.reply().body, json);
}

TEST(HttpServer, AHundredConnectionsAreServedAtOnce) {
  std::atomic<int> served = 0;
  TestServer server({.handler = echo, .ioThreads = 2, .onServed = [&](const Served&) { ++served; }});
  std::vector<RawClient> clients;
  for (int i = 0; i < 100; ++i) clients.push_back(server.client());
  for (int round = 0; round < 10; ++round) {
    for (std::size_t i = 0; i < clients.size(); ++i)
      clients[i].send(post("/" + std::to_string(i), std::string(3000, 'b')));
    for (std::size_t i = 0; i < clients.size(); ++i)
      EXPECT_EQ(clients[i].reply().body, "POST /" + std::to_string(i) + " " + std::string(3000, 'b'));
  }
  EXPECT_EQ(served, 1000);
  EXPECT_EQ(server.server.counts().connections, 100u);
}

TEST(HttpServer, OnlyATrustedProxyTellsWhoTheClientIs) {
  const auto who = [](Request& request) {
    return Reply::text(request.remoteAddress + (request.https ? " https" : " http"));
  };
  const std::string told =
      get("/", "X-Forwarded-For: 10.9.9.9, 198.51.100.7, 127.0.0.1\r\nX-Forwarded-Proto: https\r\n");
  TestServer trusting({.handler = who, .trustedProxies = {"127.0.0.1"}});
  auto client = trusting.client();
  client.send(told);
  EXPECT_EQ(client.reply().body, "198.51.100.7 https");
  TestServer wary({.handler = who});
  auto other = wary.client();
  other.send(told);
  EXPECT_EQ(other.reply().body, "127.0.0.1 http");
}

TEST(HttpServer, TellsOfEachRequestForMetrics) {
  std::mutex mutex;
  std::vector<std::string> told;
  Router router;
  router.add("GET", "/things/{id}", [](const Request&) { return Reply::text("thing"); });
  TestServer server({.handler = [&](Request& request) { return router(request); },
                     .onServed =
                         [&](const Served& served) {
                           const std::lock_guard lock(mutex);
                           told.push_back(served.request.method + " " + served.request.route + " " +
                                          std::to_string(served.status) + " " +
                                          std::to_string(served.replyBytes));
                         }});
  auto client = server.client();
  client.send(get("/things/17"));
  client.reply();
  const std::lock_guard lock(mutex);
  EXPECT_EQ(told, std::vector<std::string>{"GET /things/{id} 200 5"});
}

TEST(HttpServer, ListensOnGivenAddressesOnly) {
  HttpServer server({.handler = echo});
  for (auto wrong :
       {"", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "example.com:80", "127.0.0.1:80x"})
    EXPECT_EQ(server.listen(wrong).error().code, "listen-address-invalid") << wrong;
  const auto port = server.listen("localhost:0");
  ASSERT_TRUE(port);
  EXPECT_EQ(server.listen("127.0.0.1:" + std::to_string(*port)).error().code, "listen-failed");
  EXPECT_TRUE(server.listen("[::1]:0"));
}

TEST(HttpServer, StopLetsRequestsUnderWayFinish) {
  Gate entered, released;
  TestServer server({.handler = [&](Request& request) {
    if (request.path == "/slow") {
      entered.open();
      released.wait();
    }
    return echo(request);
  }});
  auto idle = server.client();
  idle.send(get("/"));
  idle.reply();
  auto busy = server.client();
  busy.send(get("/slow"));
  entered.wait();
  std::thread stopping([&] { server.server.stop(10s); });
  EXPECT_TRUE(idle.isClosed());
  released.open();
  const auto reply = busy.reply();
  EXPECT_EQ(reply.body, "GET /slow ");
  EXPECT_EQ(reply.headers.get("Connection"), "close");
  stopping.join();
  EXPECT_EQ(server.server.counts().connections, 0u);
  EXPECT_FALSE(server.client().connected());
}

TEST(HttpServer, StopCutsWhatIsNotDoneByTheDeadline) {
  TestServer server({.handler = echo});
  auto client = server.client();
  client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nonly this");
  ASSERT_TRUE(server.becomes([](const auto& counts) { return counts.bodiesBytes == 9; }));
  server.server.stop(10ms);
  EXPECT_TRUE(client.isClosed());
}

}  // namespace
}  // namespace postgang::net::test
