// How often one address may open links that do not exist: enough for typing errors, useless for guessing.
// Counted in this process.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace postgang::api {

class LinkLimit {
 public:
  static constexpr int misses_max = 20;
  static constexpr std::int64_t window_seconds = 15 * 60;
  static constexpr std::size_t addresses_max = 10'000;

  // `now` in microseconds of any clock that does not go back. Code link-tried-too-often (rate_limited;
  // parameter seconds).
  Outcome admit(std::string_view address, std::int64_t now);
  void missed(std::string_view address, std::int64_t now);

 private:
  struct Misses {
    int count = 0;
    std::int64_t since = 0;
  };
  std::mutex mutex_;
  std::map<std::string, Misses, std::less<>> misses_;
};

}  // namespace postgang::api
