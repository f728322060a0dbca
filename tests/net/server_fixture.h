// A server on a free port, and the conditions that tests wait for.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "net/http_server.h"
#include "tests/net/raw_client.h"

namespace postgang::net::test {

struct TestServer {
  explicit TestServer(HttpServerConfig config)
      : server(std::move(config)), port(server.listen("127.0.0.1:0").value()) {}
  RawClient client(int receiveBuffer = 0) const { return RawClient(port, receiveBuffer); }
  // Gives the processor away until it holds; false after ten seconds.
  bool becomes(const std::function<bool(const HttpServerCounts&)>& holds) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!holds(server.counts())) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::yield();
    }
    return true;
  }
  HttpServer server;
  std::uint16_t port;
};

// Holds whoever waits at it until it is opened.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

inline Reply echo(Request& request) {
  return Reply::text(request.method + " " + request.target + " " + request.body);
}

}  // namespace postgang::net::test
