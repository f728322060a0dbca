// What the connections of one server share: its configuration, the workers, and the counts that its limits
// are on.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

#include "net/http_server.h"
#include "net/worker_pool.h"

namespace postgang::net {

class ServerState {
 public:
  explicit ServerState(HttpServerConfig given);

  bool enter(const std::string& address);  // false: too many connections, in all or from there, or stopping
  void leave(const std::string& address);
  bool awaitEmpty(std::chrono::milliseconds patience);  // until every connection has left
  bool beginStopping();                                 // false: somebody else has
  std::string nextRequestId();
  HttpServerCounts counts() const;

  const HttpServerConfig config;
  WorkerPool workers;
  std::atomic<bool> stopping{false};
  std::atomic<std::size_t> streams{0};
  std::atomic<std::size_t> bodiesBytes{0};

 private:
  const std::string prefix_;
  std::atomic<std::uint64_t> requests_{0};
  mutable std::mutex mutex_;
  std::condition_variable allLeft_;
  std::size_t connections_ = 0;
  std::map<std::string, std::size_t> perAddress_;
};

}  // namespace postgang::net
