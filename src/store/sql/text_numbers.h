// Texts and the numbers that they get in the order in which they come, from 0. Looked up a million times for
// one answer: a table in which the next place is looked at (std::unordered_map takes three times as long).
#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postgang::store::sql {

class TextNumbers {
 public:
  std::size_t numberOf(std::string_view text) {
    const auto hash = hashOf(text);
    auto& slot = slots_[slotOf(text, hash)];
    if (slot.number != none) return slot.number;
    const auto number = texts_.size();
    slot = {hash, static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(bytes_.size()),
            static_cast<std::uint32_t>(text.size())};
    texts_.emplace_back(slot.begin, slot.length);
    bytes_ += text;
    if (2 * texts_.size() > slots_.size()) grow();
    return number;
  }
  std::optional<std::size_t> find(std::string_view text) const {
    const auto& slot = slots_[slotOf(text, hashOf(text))];
    return slot.number == none ? std::nullopt : std::optional<std::size_t>(slot.number);
  }
  // Until the next number is given.
  std::string_view text(std::size_t number) const {
    const auto& [begin, length] = texts_[number];
    return std::string_view(bytes_).substr(begin, length);
  }
  std::size_t size() const { return texts_.size(); }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  struct Slot {
    std::uint32_t hash = 0, number = none, begin = 0, length = 0;
  };

  static std::uint32_t hashOf(std::string_view text) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>()(text));
  }
  std::size_t mask() const { return slots_.size() - 1; }
  // The text's, or the empty one that it would get.
  std::size_t slotOf(std::string_view text, std::uint32_t hash) const {
    for (auto at = hash & mask();; at = (at + 1) & mask()) {
      const auto& slot = slots_[at];
      if (slot.number == none) return at;
      if (slot.hash == hash && slot.length == text.size() &&
          std::memcmp(bytes_.data() + slot.begin, text.data(), text.size()) == 0)
        return at;
    }
  }
  void grow() {
    std::vector<Slot> larger(2 * slots_.size());
    slots_.swap(larger);
    for (const auto& slot : larger) {
      if (slot.number == none) continue;
      auto at = slot.hash & mask();
      while (slots_[at].number != none) at = (at + 1) & mask();
      slots_[at] = slot;
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(1024);           // a power of two, at most half of them taken
  std::string bytes_;                                           // the texts, one after the other: under 4 GB
  std::vector<std::pair<std::uint32_t, std::uint32_t>> texts_;  // where each begins, and its length
};

}  // namespace postgang::store::sql
