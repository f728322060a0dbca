// What /metrics tells (Prometheus text format 0.0.4): counts and durations, nothing about documents or
// companies.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/time.h"
#include "net/http_server.h"
#include "store/jobs.h"

namespace postgang::api {

class Metrics {
 public:
  void observe(std::string_view method, std::string_view route, int status, std::int64_t microseconds);
  void countAccepted(std::int64_t documents);

  struct Now {  // what is read at the moment of asking
    Instant at;
    std::vector<store::QueueState> queues;
    net::HttpServerCounts server;
    std::size_t streamClients = 0;
    // What has come by mail since the process began, by meaning; empty where none comes in.
    std::vector<std::pair<std::string_view, std::int64_t>> mails = {};
  };
  std::string text(const Now& now) const;

 private:
  // Upper bounds in microseconds; one more for what is slower.
  static constexpr std::array<std::int64_t, 12> bounds = {1'000,   2'500,     5'000,     10'000,
                                                          20'000,  50'000,    100'000,   250'000,
                                                          500'000, 1'000'000, 2'500'000, 10'000'000};
  struct Durations {
    std::array<std::int64_t, bounds.size() + 1> counts{};
    std::int64_t microseconds = 0;
  };
  void writeRequests(std::string& out) const;
  void writeDurations(std::string& out) const;

  mutable std::mutex mutex_;
  std::map<std::tuple<std::string, std::string, int>, std::int64_t> requests_;  // route, method, status
  std::map<std::string, Durations, std::less<>> durations_;                     // by route
  std::int64_t accepted_ = 0;
};

}  // namespace postgang::api
