// Chance from a seed, and a store that fails and crashes by it: what simulations of the flow share.
#pragma once

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/problem.h"

namespace postgang::flow {

// SplitMix64.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  int below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }
  bool percent(int share) { return below(100) < share; }

 private:
  std::uint64_t state_;
};

// Fails one step in so many; after `crashIn` steps more, all of them until the restart.
class Weather {
 public:
  explicit Weather(Chance& chance) : chance_(chance) {}
  Outcome operator()(std::string_view) {
    ++steps;
    if (crashed || (crashIn > 0 && --crashIn == 0)) {
      crashed = true;
      return fail(ProblemKind::unavailable, "crashed", "The process is gone.");
    }
    if (failsPerMille > 0 && chance_.below(1000) < failsPerMille)
      return fail(ProblemKind::unavailable, "disk", "The disk failed.");
    return {};
  }

  int failsPerMille = 0;
  int crashIn = 0;
  bool crashed = false;
  std::int64_t steps = 0;

 private:
  Chance& chance_;
};

inline int environmentNumber(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  int number = otherwise;
  if (text) std::from_chars(text, text + std::string_view(text).size(), number);
  return number;
}

}  // namespace postgang::flow
