// How a BusinessDocument lies in memory; for the files of this folder only.
//
// Nodes stand in document order: a group, its terms in the order of the standard, its groups likewise, each
// followed by what is in it. `end` jumps over a group, so the children of a group are walked without
// pointers. Texts lie in one arena; an empty text has no place in it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/business_document.h"

namespace postgang::document {

struct Slice {  // of the arena
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

struct Node {
  bool isGroup = false;
  std::uint8_t id = 0;    // the number of the Term or Group
  std::uint32_t end = 0;  // the index after this node and all that is in it
  Slice text;
  Slice qualifier;
  Slice version;
  Place place;
  std::uint32_t leftOut = 0;  // bytes of a binary object that a restored document does not hold

  static Node of(Group group) {
    Node node;
    node.isGroup = true;
    node.id = static_cast<std::uint8_t>(group);
    return node;
  }
  static Node of(Term term) {
    Node node;
    node.id = static_cast<std::uint8_t>(term);
    return node;
  }
  Term term() const { return static_cast<Term>(id); }
  Group group() const { return static_cast<Group>(id); }
};

struct ExtraNode {
  Slice path;
  Slice text;
  Place place;
};

struct Content {
  static constexpr std::uint32_t none = 0xffffffff;

  Kind kind = Kind::other;
  std::string arena;
  std::vector<Node> nodes;  // the first is BG-0
  std::vector<ExtraNode> extras;
  std::array<std::uint32_t, 166> firstOf{};  // node of a term's first value, `none` where it is absent

  std::string_view at(Slice slice) const { return std::string_view(arena).substr(slice.offset, slice.size); }
  Value value(const Node& node) const {
    return Value{node.term(), at(node.text), at(node.qualifier), at(node.version), node.place};
  }
  void indexTerms();
};

// BT-130 and BT-150 are no values of their own in any syntax but the unit of a quantity: they live in its
// qualifier and are asked for, and given to the Builder, as terms. The quantity whose unit this term is, or
// the term itself.
constexpr Term holderOf(Term term) {
  if (term == Term::BT_130) return Term::BT_129;
  if (term == Term::BT_150) return Term::BT_149;
  return term;
}
constexpr bool isUnit(Term term) {
  return holderOf(term) != term;
}

std::size_t decodedSize(
    std::string_view base64);  // bytes it stands for, not looking at white space and padding

// base64 longer than this is left out of the compact form.
constexpr std::size_t binary_kept_max = 64;

}  // namespace postgang::document
