// Interned names: a local name and a namespace URI as two small integers, so that a name is compared as one
// number. Each tree has a table of its own: names come from outside, and a table for the whole program would
// only ever grow. Whoever looks for the same names in many trees asks for them once per tree.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postgang::xml {

struct Name {
  std::uint16_t local = 0;
  std::uint16_t space = 0;  // the namespace; 0 is none
  friend bool operator==(const Name&, const Name&) = default;
};

// Strings numbered in order of first appearance, at most 65,535 of them.
class StringTable {
 public:
  StringTable();
  std::optional<std::uint16_t> find(std::string_view text) const;
  std::optional<std::uint16_t> intern(std::string_view text);  // nullopt when the table is full
  std::string_view text(std::uint16_t id) const {
    return std::string_view(characters_).substr(entries_[id].start, entries_[id].length);
  }
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::uint32_t start;
    std::uint32_t length;
    std::uint64_t hash;
  };
  std::size_t slotOf(std::string_view text, std::uint64_t hash) const;
  void grow();

  std::string characters_;
  std::vector<Entry> entries_;
  std::vector<std::uint16_t> slots_;  // open addressing, a power of two; holds id + 1
};

class NameTable {
 public:
  static constexpr std::uint16_t no_namespace = 0;
  static constexpr std::uint16_t xml_namespace = 1;  // of xml:lang and xml:space
  NameTable();

  std::optional<std::uint16_t> findLocal(std::string_view name) const { return locals_.find(name); }
  std::optional<std::uint16_t> findNamespace(std::string_view uri) const { return spaces_.find(uri); }
  std::optional<Name> find(std::string_view uri, std::string_view local) const;  // nullopt: not in this tree
  std::optional<std::uint16_t> internLocal(std::string_view name) { return locals_.intern(name); }
  std::optional<std::uint16_t> internNamespace(std::string_view uri) { return spaces_.intern(uri); }

  std::string_view local(Name name) const { return locals_.text(name.local); }
  std::string_view uri(Name name) const { return spaces_.text(name.space); }
  std::string_view uri(std::uint16_t space) const { return spaces_.text(space); }
  std::size_t localCount() const { return locals_.size(); }
  std::size_t namespaceCount() const { return spaces_.size(); }

 private:
  StringTable locals_;
  StringTable spaces_;
};

// Seeded at program start, so that nobody outside can prepare names that all collide.
std::uint64_t hashOf(std::string_view text);

}  // namespace postgang::xml
