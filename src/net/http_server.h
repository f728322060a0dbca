// The HTTP/1.1 server: one or two threads for the sockets, a bounded pool of workers for the handlers (which
// may block on a durable commit), limits on everything a client decides.
//
//   HttpServer server({.handler = [&](Request& request) { return router(request); }});
//   TRY(auto port, server.listen("127.0.0.1:8080"));
//   … server.stop(10s);
//
// What the server answers by itself, always as problem+json: 400 request-malformed, 408 request-too-slow,
// 413 body-too-large (without reading it), 414 target-too-long, 417 expectation-unknown, 431
// headers-too-large, 500 internal-error (the handler threw), 501 transfer-encoding-unknown, 503 overloaded
// (queue or memory full, Retry-After). TLS is the business of the proxy before it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "net/http.h"

namespace postgang::net {

struct HttpServerLimits {
  std::size_t targetBytes = 8 * 1024;            // 414 above
  std::size_t headerBytes = 32 * 1024;           // request line and fields together; 431 above
  std::size_t bodyBytes = 50 * 1024 * 1024;      // 413 above, unless bodyLimit says otherwise
  std::size_t bodiesBytes = 512 * 1024 * 1024;   // all bodies held at once; 503 above
  std::size_t connections = 8192;                // 503 and closed above
  std::size_t connectionsPerAddress = 0;         // likewise; 0: no limit of its own
  std::size_t queuedRequests = 1024;             // waiting for a worker; 503 above
  std::chrono::milliseconds headerTime{10'000};  // from a request's first byte to the end of its header
  std::chrono::milliseconds bodyTime{20'000};    // for the body, plus what it takes at bodyBytesPerSecond
  std::size_t bodyBytesPerSecond = 16 * 1024;    // slower than this is given up
  std::chrono::milliseconds idleTime{75'000};    // between requests on one connection
  std::chrono::milliseconds writeTime{30'000};   // for the client to take some of a reply
  std::chrono::milliseconds heartbeat{15'000};   // a comment on an event stream that was silent so long
  std::size_t compressFrom = 1024;               // text replies from this size are compressed
  // Called after the header, before the body is read; absent or nullopt: bodyBytes. Must not block.
  std::function<std::optional<std::size_t>(std::string_view method, std::string_view path)> bodyLimit{};
};

struct Served {  // what is told of each request when its reply is ready, for metrics and the access log
  const Request& request;
  int status = 0;
  std::size_t replyBytes = 0;            // as sent, after compression
  std::int64_t queuedMicroseconds = 0;   // waiting for a worker
  std::int64_t handledMicroseconds = 0;  // in the handler
};

struct HttpServerConfig {
  std::function<Reply(Request&)> handler{};  // may throw: a 500, logged. A Router fits here
  HttpServerLimits limits{};
  std::size_t workers = 32;
  std::size_t ioThreads = 1;
  std::vector<std::string> trustedProxies{};      // addresses whose X-Forwarded-For and -Proto are believed
  std::function<void(const Served&)> onServed{};  // from a worker's or a socket thread; must not block
};

struct HttpServerCounts {
  std::size_t connections = 0;
  std::size_t streams = 0;
  std::size_t queued = 0;    // requests waiting for a worker
  std::size_t handling = 0;  // in a handler now
  std::size_t bodiesBytes = 0;
};

class HttpServerMachine;

class HttpServer {
 public:
  explicit HttpServer(HttpServerConfig config);
  ~HttpServer();  // stop()
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // "127.0.0.1:8080", "[::1]:0", "localhost:8080"; port 0 takes a free one. Gives the port; serves from then
  // on. May be called again for a further address. Codes: listen-address-invalid (invalid), listen-failed
  // (unavailable).
  Result<std::uint16_t> listen(std::string_view address);
  // Takes no more connections, ends event streams and idle connections, lets requests under way finish until
  // the deadline, then cuts. Returns when every thread is done: a handler that is running is always waited
  // for.
  void stop(std::chrono::milliseconds deadline = std::chrono::seconds(10));
  HttpServerCounts counts() const;

 private:
  std::unique_ptr<HttpServerMachine> machine_;
};

}  // namespace postgang::net
