// Server-sent events over real sockets.
#include <gtest/gtest.h>

#include "net/event_stream.h"
#include "net/http_server.h"
#include "tests/net/server_fixture.h"

namespace postgang::net::test {
namespace {

using namespace std::chrono_literals;
using Streams = std::vector<std::shared_ptr<EventStream>>;

// Every GET opens a stream and puts it in `streams`.
struct StreamServer {
  explicit StreamServer(HttpServerLimits limits = {}, std::size_t bufferBytes = 256 * 1024,
                        std::size_t workers = 32)
      : server({.handler =
                    [this, bufferBytes](Request& request) {
                      if (request.path == "/plain") return Reply::text("plain");
                      auto stream = std::make_shared<EventStream>(bufferBytes);
                      stream->send("0", "hello", std::string(request.header("Last-Event-ID")));
                      const std::lock_guard lock(mutex);
                      streams.push_back(stream);
                      return Reply::eventStream(stream);
                    },
                .limits = limits,
                .workers = workers}) {}
  RawClient open(std::string_view fields = "", int receiveBuffer = 0) {
    auto client = server.client(receiveBuffer);
    client.send(get("/stream", fields));
    return client;
  }
  std::mutex mutex;
  Streams streams;
  TestServer server;
};

TEST(HttpServerStreams, EventsArriveAsTheyAreSent) {
  StreamServer it;
  auto client = it.open("Last-Event-ID: 17\r\n");
  const auto head = client.reply();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.get("Content-Type"), "text/event-stream");
  EXPECT_EQ(head.headers.get("Cache-Control"), "no-store");
  EXPECT_FALSE(head.headers.has("Content-Length"));
  EXPECT_EQ(client.readUntil("\n\n"), "id: 0\nevent: hello\ndata: 17\n\n");
  EXPECT_TRUE(it.streams[0]->send("1", "document", "{\"id\":1}"));
  EXPECT_EQ(client.readUntil("\n\n"), "id: 1\nevent: document\ndata: {\"id\":1}\n\n");
  EXPECT_TRUE(it.streams[0]->send("", "", "two\nlines"));
  EXPECT_EQ(client.readUntil("\n\n"), "data: two\ndata: lines\n\n");
  it.streams[0]->send("2", "", "last");
  it.streams[0]->close();
  EXPECT_EQ(client.readToEnd(), "id: 2\ndata: last\n\n");
  EXPECT_FALSE(it.streams[0]->send("3", "", "nobody"));
}

TEST(HttpServerStreams, ASilentStreamHasAHeartbeat) {
  StreamServer it({.heartbeat = 20ms});
  auto client = it.open();
  client.readUntil("data: \n\n");
  EXPECT_EQ(client.readUntil("\n\n"), ":\n\n");
  EXPECT_EQ(client.readUntil("\n\n"), ":\n\n");
}

TEST(HttpServerStreams, TheProducerLearnsThatTheClientHasGone) {
  StreamServer it;
  Gate gone;
  {
    auto client = it.open();
    client.readUntil("data: \n\n");
    it.streams[0]->onEnd([&] { gone.open(); });
  }
  gone.wait();
  EXPECT_FALSE(it.streams[0]->send("1", "", "too late"));
  EXPECT_TRUE(
      it.server.becomes([](const auto& counts) { return counts.streams == 0 && counts.connections == 0; }));
}

TEST(HttpServerStreams, AReaderWhoIsTooSlowIsCutAndComesBack) {
  StreamServer it({}, 64 * 1024);
  auto client = it.open("", 4096);
  client.readUntil("data: \n\n");
  ASSERT_TRUE(it.streams[0]->send("1", "", "x"));
  std::string received = client.readUntil("x\n\n");
  const std::string data(10'000, 'x');
  int sent = 1;
  while (it.streams[0]->send(std::to_string(sent + 1), "", data)) ASSERT_LT(++sent, 10'000);
  EXPECT_TRUE(it.streams[0]->overflowed());
  EXPECT_TRUE(it.server.becomes([](const auto& counts) { return counts.streams == 0; }));
  // What it did get is a run without a hole, so it knows from where to go on.
  received += client.readToEnd();
  int last = 0;
  for (std::size_t at = 0; (at = received.find("id: ", at)) < received.rfind("\n\n"); ++at)
    EXPECT_EQ(std::stoi(received.substr(at + 4, 8)), ++last);
  EXPECT_GE(last, 1);
  EXPECT_LE(last, sent);
  auto again = it.open("Last-Event-ID: " + std::to_string(last) + "\r\n");
  EXPECT_EQ(again.readUntil("hello\ndata: " + std::to_string(last) + "\n\n").substr(0, 8), "HTTP/1.1");
}

TEST(HttpServerStreams, AFastProducerAndAReaderWhoKeepsUpLoseNothing) {
  StreamServer it;
  auto client = it.open();
  client.readUntil("data: \n\n");
  std::thread producer([&] {
    for (int i = 1; i <= 20'000; ++i) {
      while (!it.streams[0]->fits(100)) std::this_thread::yield();
      ASSERT_TRUE(it.streams[0]->send(std::to_string(i), "", std::string(100, 'x')));
    }
    it.streams[0]->close();
  });
  const std::string received = client.readToEnd();
  producer.join();
  int expected = 0;
  for (std::size_t at = 0; (at = received.find("id: ", at)) != std::string::npos; ++at)
    ASSERT_EQ(std::stoi(received.substr(at + 4, 8)), ++expected);
  EXPECT_EQ(expected, 20'000);
}

TEST(HttpServerStreams, ManyIdleStreamsTakeNoWorkers) {
  StreamServer it({}, 256 * 1024, 2);
  std::vector<RawClient> clients;
  for (int i = 0; i < 300; ++i) clients.push_back(it.open());
  ASSERT_TRUE(it.server.becomes([](const auto& counts) { return counts.streams == 300; }));
  auto client = it.server.client();
  client.send(get("/plain"));
  EXPECT_EQ(client.reply().body, "plain");
  EXPECT_EQ(it.server.server.counts().handling, 0u);
  for (auto& stream : it.streams) stream->send("1", "", "to all");
  for (auto& each : clients) EXPECT_TRUE(each.readUntil("to all\n\n").ends_with("to all\n\n"));
}

TEST(HttpServerStreams, HeadOpensNone) {
  StreamServer it;
  auto client = it.server.client();
  client.send("HEAD /stream HTTP/1.1\r\nHost: test\r\n\r\n");
  EXPECT_EQ(client.reply(true).status, 200);
  EXPECT_TRUE(client.isClosed());
  EXPECT_TRUE(it.streams[0]->ended());
}

TEST(HttpServerStreams, StopEndsThemAfterWhatWasSent) {
  StreamServer it;
  auto client = it.open();
  client.readUntil("data: \n\n");
  it.streams[0]->send("1", "", "last words");
  it.server.server.stop(10s);
  EXPECT_EQ(client.readToEnd(), "id: 1\ndata: last words\n\n");
  EXPECT_FALSE(it.streams[0]->send("2", "", "nobody"));
}

TEST(HttpServerStreams, ProducersMayOutliveTheServer) {
  std::shared_ptr<EventStream> stream;
  {
    StreamServer it;
    auto client = it.open();
    client.readUntil("data: \n\n");
    stream = it.streams[0];
  }
  EXPECT_FALSE(stream->send("1", "", "nobody"));
}

TEST(HttpServerStreams, SendersRaceWithClientsThatLeaveAndWithStop) {
  StreamServer it;
  std::atomic<bool> done = false;
  std::thread producer([&] {
    while (!done) {
      Streams now;
      {
        const std::lock_guard lock(it.mutex);
        now = it.streams;
      }
      for (auto& stream : now) stream->send("1", "", "x");
    }
  });
  for (int round = 0; round < 20; ++round) {
    auto staying = it.open(), leaving = it.open();
    leaving.readUntil("data: \n\n");
  }
  auto last = it.open();
  last.readUntil("data: \n\n");
  it.server.server.stop(5s);
  done = true;
  producer.join();
  EXPECT_EQ(it.server.server.counts().connections, 0u);
}

}  // namespace
}  // namespace postgang::net::test
