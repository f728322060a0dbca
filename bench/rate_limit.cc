// What counting a call costs: a turn and its two headers, for keys that take turns, on one thread and on
// several.
//
//   bench_rate_limit [calls] [keys] [threads]
#include <iostream>
#include <thread>
#include <vector>

#include "api/rate_limit.h"
#include "base/time.h"
#include "bench/support.h"

int main(int count, char** values) {
  using namespace postgang;
  const std::int64_t calls = bench::argument(count, values, 1, 2'000'000);
  const auto keys = static_cast<std::uint64_t>(bench::argument(count, values, 2, 1'000));
  const auto threads = bench::argument(count, values, 3, 2);
  api::RateLimiter limiter({.read = {1'000'000, 1'000'000}, .open = {1'000'000, 1'000'000}});
  auto request = *net::Request::of("GET", "/api/v1/documents");
  request.route = request.path;
  const auto run = [&](std::uint64_t first) {
    for (std::int64_t call = 0; call < calls; ++call)
      limiter.take(first + static_cast<std::uint64_t>(call) % keys, api::RateClass::read);
  };
  const auto started = monotonicMicroseconds();
  std::vector<std::thread> running;
  for (std::int64_t thread = 0; thread < threads; ++thread)
    running.emplace_back(run, static_cast<std::uint64_t>(thread) * keys);
  for (auto& thread : running) thread.join();
  const auto turns = monotonicMicroseconds() - started;
  std::cout << "a turn: " << turns * 1'000 / calls << " ns (" << threads << " threads, " << keys
            << " keys each)\n";

  const auto headersStarted = monotonicMicroseconds();
  std::size_t bytes = 0;
  for (std::int64_t call = 0; call < calls / 10; ++call) {
    api::RateTurn turn(limiter, request);
    if (!turn.admitAddress()) continue;
    bytes += turn.onto(net::Reply{}).headers.size();
  }
  std::cout << "a turn by address with its headers: "
            << (monotonicMicroseconds() - headersStarted) * 10'000 / calls << " ns (" << bytes
            << " headers)\n";
  return 0;
}
