// How a tree lies in memory: nodes in document order in one array, their texts as views into the source or,
// where references or line ends had to be replaced, into a second buffer. Readers use `tree.h`; an XPath
// engine walks this.
//
// A node's subtree is the range [index, end): its first child is the node behind it, its next sibling stands
// at its `end`, all descendants are one linear scan, and comparing document order is comparing indexes.
// Comments and processing instructions are not kept; text that they parted is one text node, as if they had
// never been there.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "xml/name_table.h"
#include "xml/position.h"

namespace postgang::xml {

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex no_node = 0xFFFFFFFF;

struct Extent {  // of text: counted through the source and on through the replaced texts
  std::uint32_t start = 0;
  std::uint32_t length = 0;
};

struct Node {
  Name name;                   // of an element
  std::uint16_t prefix = 0;    // as it is written, in `prefixes`: for writing it again
  NodeIndex parent = no_node;  // no_node: the root element
  NodeIndex end = 0;           // one past the last descendant
  std::uint32_t offset = 0;    // in the source: the '<' of an element, the first byte of a text
  Extent extent;               // an element's attributes (first, count); a text's characters
  bool isText() const { return name == text_name; }
  static constexpr Name text_name{0xFFFF, 0xFFFF};
};

struct AttributeNode {
  Name name;
  std::uint16_t prefix = 0;
  std::uint32_t offset = 0;  // in the source: the first byte of its name
  Extent value;
};

struct Declaration {  // xmlns:prefix="uri" on an element
  NodeIndex element = 0;
  std::uint16_t prefix = 0;  // in `prefixes`; 0 is the default namespace
  std::uint16_t space = 0;
};

struct Arena {
  std::string source;    // UTF-8, without byte order mark
  std::string replaced;  // texts that differ from the source
  std::vector<Node> nodes;
  std::vector<AttributeNode> attributes;
  std::vector<Declaration> declarations;  // in order of their elements
  NameTable names;
  StringTable prefixes;

  std::string_view text(Extent extent) const {
    if (extent.start < source.size()) return std::string_view(source).substr(extent.start, extent.length);
    return std::string_view(replaced).substr(extent.start - source.size(), extent.length);
  }
  NodeIndex firstChild(NodeIndex node) const { return node + 1 < nodes[node].end ? node + 1 : no_node; }
  NodeIndex nextSibling(NodeIndex node) const {
    const NodeIndex parent = nodes[node].parent;
    return parent != no_node && nodes[node].end < nodes[parent].end ? nodes[node].end : no_node;
  }
  Position position(std::uint32_t offset) const;         // counted on first use, then looked up
  std::string_view directText(NodeIndex element) const;  // see Element::text
  const Declaration* declarationsBegin(NodeIndex element) const;
  const Declaration* declarationsEnd(NodeIndex element) const;

 private:
  mutable std::once_flag linesCounted_;
  mutable std::vector<std::uint32_t> lineStarts_;
  mutable std::mutex joinedMutex_;
  mutable std::unordered_map<NodeIndex, std::string>
      joined_;  // texts of mixed content, made when first asked for
};

}  // namespace postgang::xml
