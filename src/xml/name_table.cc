#include "xml/name_table.h"

#include <cstring>

#include "base/bytes.h"

namespace postgang::xml {
namespace {

constexpr std::size_t first_slots = 256;
constexpr std::size_t most_entries = 0xFFFF;

std::uint64_t randomSeed() {
  std::uint64_t seed = 0;
  const std::string bytes = randomBytes(sizeof seed);
  std::memcpy(&seed, bytes.data(), sizeof seed);
  return seed;
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  const auto product = static_cast<unsigned __int128>(hash ^ word) * 0x9e3779b97f4a7c15ULL;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

template <typename Word>
std::uint64_t wordAt(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

}  // namespace

// Whole words, the last one overlapping the one before: a copy of variable length would cost more than the
// hash.
std::uint64_t hashOf(std::string_view text) {
  static const std::uint64_t seed = randomSeed();
  std::uint64_t hash = seed ^ text.size();
  const char* at = text.data();
  const std::size_t size = text.size();
  if (size >= 8) {
    const char* const last = at + size - 8;
    for (; at < last; at += 8) hash = mix(hash, wordAt<std::uint64_t>(at));
    return mix(hash, wordAt<std::uint64_t>(last));
  }
  if (size >= 4) return mix(hash, wordAt<std::uint32_t>(at) << 32 | wordAt<std::uint32_t>(at + size - 4));
  if (size == 0) return mix(hash, 0);
  return mix(hash, wordAt<std::uint8_t>(at) << 16 | wordAt<std::uint8_t>(at + size / 2) << 8 |
                       wordAt<std::uint8_t>(at + size - 1));
}

StringTable::StringTable() : slots_(first_slots) {}

std::size_t StringTable::slotOf(std::string_view wanted, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == 0) return slot;
    const auto id = static_cast<std::uint16_t>(slots_[slot] - 1);
    if (entries_[id].hash == hash && text(id) == wanted) return slot;
  }
}

std::optional<std::uint16_t> StringTable::find(std::string_view text) const {
  const std::uint16_t found = slots_[slotOf(text, hashOf(text))];
  return found == 0 ? std::nullopt : std::optional(static_cast<std::uint16_t>(found - 1));
}

std::optional<std::uint16_t> StringTable::intern(std::string_view text) {
  const std::uint64_t hash = hashOf(text);
  std::size_t slot = slotOf(text, hash);
  if (slots_[slot] != 0) return static_cast<std::uint16_t>(slots_[slot] - 1);
  if (entries_.size() + 1 >= most_entries) return std::nullopt;
  if (entries_.size() * 2 >= slots_.size()) {
    grow();
    slot = slotOf(text, hash);
  }
  entries_.push_back(
      {static_cast<std::uint32_t>(characters_.size()), static_cast<std::uint32_t>(text.size()), hash});
  characters_.append(text);
  slots_[slot] = static_cast<std::uint16_t>(entries_.size());
  return static_cast<std::uint16_t>(entries_.size() - 1);
}

void StringTable::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t id = 0; id < entries_.size(); ++id) {
    std::size_t slot = entries_[id].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint16_t>(id + 1);
  }
}

NameTable::NameTable() {
  spaces_.intern("");
  spaces_.intern("http://www.w3.org/XML/1998/namespace");
}

std::optional<Name> NameTable::find(std::string_view uri, std::string_view local) const {
  const auto space = findNamespace(uri);
  const auto name = findLocal(local);
  if (!space || !name) return std::nullopt;
  return Name{*name, *space};
}

}  // namespace postgang::xml
