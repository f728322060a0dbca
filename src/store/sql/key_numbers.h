// Keys and the numbers that they were given when they first came: text_numbers.h for 64 bits.
#pragma once

#include <cstdint>
#include <vector>

namespace postgang::store::sql {

class KeyNumbers {
 public:
  // The key's, which is `next` where it had none.
  std::uint32_t numberOf(std::uint64_t key, std::uint32_t next) {
    auto& slot = slots_[slotOf(key)];
    if (slot.number != none) return slot.number;
    slot = {key, next};
    if (2 * ++count_ > slots_.size()) grow();
    return next;
  }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t number = none;
  };

  // The key's, or the empty one that it would get. Keys that follow each other go far apart.
  std::size_t slotOf(std::uint64_t key) const {
    const auto mask = slots_.size() - 1;
    auto at = (key * 0x9E3779B97F4A7C15U >> 32) & mask;
    while (slots_[at].number != none && slots_[at].key != key) at = (at + 1) & mask;
    return at;
  }
  void grow() {
    std::vector<Slot> smaller(2 * slots_.size());
    slots_.swap(smaller);
    for (const auto& slot : smaller)
      if (slot.number != none) slots_[slotOf(slot.key)] = slot;
  }

  std::vector<Slot> slots_ = std::vector<Slot>(1024);  // a power of two, at most half of them taken
  std::uint32_t count_ = 0;
};

}  // namespace postgang::store::sql
