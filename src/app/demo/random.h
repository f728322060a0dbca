// Chance for the demo world: SplitMix64 (Steele, Lea, Flood 2014), so that a seed gives the same world on
// every machine.
#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace postgang::app::demo {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  // A stream of its own for one thing, so that adding a draw to one does not change the others.
  Random of(std::uint64_t thing) const {
    Random mixed(state_ ^ (thing * 0x9e3779b97f4a7c15ULL));
    return Random(mixed.next() ^ thing);
  }

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  int below(int count) {
    assert(count > 0);
    return static_cast<int>(next() % static_cast<std::uint64_t>(count));
  }
  int between(int least, int most) { return least + below(most - least + 1); }
  bool chance(int perMille) { return below(1000) < perMille; }
  template <typename List>
  auto& pick(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace postgang::app::demo
