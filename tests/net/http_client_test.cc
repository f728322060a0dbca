#include "net/http_client.h"

#include <gtest/gtest.h>

#include "tests/net/problem_of.h"
#include "tests/net/server_fixture.h"

namespace postgang::net::test {
namespace {

using namespace std::chrono_literals;

std::string url(const TestServer& server, std::string path) {
  return "http://127.0.0.1:" + std::to_string(server.port) + path;
}

std::string codeOf(const Result<ClientReply>& result) {
  return result ? "" : result.error().code;
}

// A listener that accepts and does what a test wants instead of HTTP.
class OddServer {
 public:
  explicit OddServer(std::string says) : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 5);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    base = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    thread_ = std::thread([this, says = std::move(says)] {
      const int client = ::accept(listener_, nullptr, nullptr);
      char request[4096];
      (void)!::recv(client, request, sizeof request, 0);
      ::send(client, says.data(), says.size(), MSG_NOSIGNAL);
      done_.wait();
      ::close(client);
    });
  }
  ~OddServer() {
    hangUp();
    thread_.join();
    ::close(listener_);
  }
  void hangUp() { done_.open(); }
  std::string base;

 private:
  int listener_;
  Gate done_;
  std::thread thread_;
};

TEST(HttpClient, ReadsABodySoFarAndNoFurtherWhereThatIsAskedFor) {
  TestServer server({.handler = [](Request& request) {
    return Reply::text(std::string(request.target == "/short" ? 10 : 4 * 1024 * 1024, 'x'));
  }});
  HttpClient client;
  ClientRequest request;
  request.maxBytes = 1000;
  request.url = url(server, "/long");
  EXPECT_EQ(codeOf(client.fetch(request)), "reply-too-large");
  request.cutsBody = true;
  const auto cut = client.fetch(request);
  ASSERT_TRUE(cut) << cut.error().detail;
  EXPECT_EQ(cut->status, 200);
  EXPECT_EQ(cut->body.size(), 1000U);
  request.url = url(server, "/short");
  const auto whole = client.fetch(request);
  ASSERT_TRUE(whole) << whole.error().detail;
  EXPECT_EQ(whole->body.size(), 10U) << "what was cut is not taken for the next one's";
}

TEST(HttpClient, SendsAndReceives) {
  Request seen;
  TestServer server({.handler = [&](Request& request) {
    seen = request;
    Reply reply = Reply::text("reply", 202);
    reply.headers.add("X-Answer", "42");
    return reply;
  }});
  const auto reply = fetch({.method = "POST",
                            .url = url(server, "/a?b=c"),
                            .headers = {{"X-One", "1"}, {"X-Empty", ""}},
                            .body = "body"});
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->status, 202);
  EXPECT_EQ(reply->headers.get("x-answer"), "42");
  EXPECT_EQ(reply->body, "reply");
  EXPECT_EQ(reply->address, "127.0.0.1");
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.target, "/a?b=c");
  EXPECT_EQ(seen.body, "body");
  EXPECT_EQ(seen.header("X-One"), "1");
  EXPECT_TRUE(seen.headers.has("X-Empty"));
  EXPECT_FALSE(seen.headers.has("Content-Type"));
  EXPECT_FALSE(seen.headers.has("Expect"));
}

TEST(HttpClient, UsesTheMethodItIsTold) {
  TestServer server({.handler = echo});
  for (std::string method : {"GET", "PUT", "POST", "DELETE", "PATCH"})
    EXPECT_EQ(fetch({.method = method, .url = url(server, "/x")})->body, method + " /x ") << method;
  EXPECT_EQ(fetch({.method = "DELETE", .url = url(server, "/x"), .body = "why"})->body, "DELETE /x why");
  const auto head = fetch({.method = "HEAD", .url = url(server, "/x")});
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->body, "");
}

TEST(HttpClient, KeepsItsConnections) {
  TestServer server({.handler = echo});
  HttpClient client;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(client.fetch({.url = url(server, "/")}));
  EXPECT_EQ(server.server.counts().connections, 1u);
}

TEST(HttpClient, IsUsedFromSeveralThreads) {
  TestServer server({.handler = echo});
  HttpClient client;
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i)
        if (client.fetch({.method = "POST", .url = url(server, "/"), .body = std::to_string(t)})->body ==
            "POST / " + std::to_string(t))
          ++good;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 160);
}

TEST(HttpClient, DoesNotFollowRedirects) {
  TestServer server({.handler = [](Request&) { return Reply::redirect("http://169.254.169.254/", 302); }});
  const auto reply = fetch({.url = url(server, "/")});
  EXPECT_EQ(reply->status, 302);
  EXPECT_EQ(reply->headers.get("Location"), "http://169.254.169.254/");
}

TEST(HttpClient, StopsAtTheLimit) {
  TestServer server(
      {.handler = [](Request&) { return Reply::bytes("application/octet-stream", std::string(1000, 'x')); }});
  EXPECT_EQ(fetch({.url = url(server, "/"), .maxBytes = 1000})->body.size(), 1000u);
  EXPECT_EQ(codeOf(fetch({.url = url(server, "/"), .maxBytes = 999})), "reply-too-large");
  OddServer endless("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" +
                    std::string(100'000, 'x'));  // no length told
  EXPECT_EQ(codeOf(fetch({.url = endless.base, .maxBytes = 5000})), "reply-too-large");
  std::string fields;
  for (int i = 0; i < 40; ++i) fields += "X: " + std::string(10'000, 'x') + "\r\n";
  OddServer wordy("HTTP/1.1 200 OK\r\n" + fields + "\r\n");
  EXPECT_EQ(codeOf(fetch({.url = wordy.base})), "reply-too-large");
}

TEST(HttpClient, GivesUpOnTime) {
  OddServer silent("");
  EXPECT_EQ(codeOf(fetch({.url = silent.base, .totalTime = 50ms})), "timed-out");
  OddServer halfway("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
  EXPECT_EQ(codeOf(fetch({.url = halfway.base, .totalTime = 50ms})), "timed-out");
}

TEST(HttpClient, SaysHowItFailed) {
  EXPECT_EQ(codeOf(fetch({.url = "http://127.0.0.1:1/"})), "connect-failed");
  EXPECT_EQ(codeOf(fetch({.url = "http://does-not-exist.invalid/"})), "host-unknown");
  OddServer cut("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
  cut.hangUp();
  EXPECT_EQ(codeOf(fetch({.url = cut.base})), "connection-lost");
  OddServer gibberish("SSH-2.0-OpenSSH_9.2\r\n");
  gibberish.hangUp();
  EXPECT_EQ(codeOf(fetch({.url = gibberish.base})), "connection-lost");
  OddServer plain("this is not TLS");
  EXPECT_EQ(codeOf(fetch({.url = "https" + plain.base.substr(4)})), "tls-failed");
  for (auto wrong :
       {"", "http://", "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "telnet://a"})
    EXPECT_EQ(codeOf(fetch({.url = wrong})), "url-invalid") << wrong;
}

TEST(HttpClient, SendsNoHeaderThatWouldBeTwo) {
  TestServer server({.handler = echo});
  EXPECT_EQ(codeOf(fetch({.url = url(server, "/"), .headers = {{"X", "a\r\nY: b"}}})), "header-invalid");
  EXPECT_EQ(codeOf(fetch({.url = url(server, "/"), .headers = {{"X: y", "a"}}})), "header-invalid");
  EXPECT_EQ(codeOf(fetch({.method = "GET / HTTP/1.1\r\nX:", .url = url(server, "/")})), "header-invalid");
}

TEST(HttpClient, ChecksTheAddressItReallyConnectsTo) {
  TestServer server({.handler = echo});
  const auto port = ":" + std::to_string(server.port) + "/";
  for (std::string host : {"127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "0"}) {
    const auto problem = problemOf(fetch({.url = "http://" + host + port, .allowAddress = isPublic}));
    EXPECT_EQ(problem.code, "address-refused") << host;
    EXPECT_EQ(problem.kind, ProblemKind::forbidden);
  }
  EXPECT_EQ(server.server.counts().connections, 0u);
  std::string asked;
  const auto reply = fetch({.url = url(server, "/"), .allowAddress = [&](const IpAddress& address) {
                              asked = address.text();
                              return true;
                            }});
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(asked, "127.0.0.1");
}

TEST(HttpClient, AnOpenConnectionIsNoWayAroundTheCheck) {
  TestServer server({.handler = echo});
  HttpClient client;
  ASSERT_TRUE(client.fetch({.url = url(server, "/")}));
  EXPECT_EQ(codeOf(client.fetch({.url = url(server, "/"), .allowAddress = isPublic})), "address-refused");
}

TEST(CheckUserUrl, TakesWhatCanBeFetchedFromOutside) {
  for (auto good : {"https://example.com", "https://example.com:8443/hook?a=b",
                    "https://xn--smrgs-pra0j.example/", "https://8.8.8.8/"})
    EXPECT_TRUE(checkUserUrl(good)) << good;
  EXPECT_TRUE(checkUserUrl("http://example.com/", true));
  for (auto wrong : {"", "example.com", "http://example.com/", "ftp://example.com/", "javascript:alert(1)",
                     "https://", "https:///path", "https://user@example.com/",
                     "https://user:secret@example.com/", "https://example.com/#part", "https://exa mple.com/",
                     "https://example.com/\r\nX: y", "https://smörgås.example/", "https://①②⑦.⓪.⓪.①/"})
    EXPECT_EQ(problemOf(checkUserUrl(wrong)).code, "url-invalid") << wrong;
  for (auto inner :
       {"https://127.0.0.1/", "https://localhost/", "https://LOCALHOST/", "https://localhost./",
        "https://x.localhost/", "https://0x7f.1/", "https://2130706433/", "https://10.0.0.1:8443/",
        "https://[::1]/", "https://[fd00::1]/", "https://169.254.169.254/latest"})
    EXPECT_EQ(problemOf(checkUserUrl(inner)).code, "address-refused") << inner;
}

}  // namespace
}  // namespace postgang::net::test
