#include <algorithm>
#include <cassert>

#include "xml/writer.h"

namespace postgang::xml {
namespace {

std::string nameIn(const Arena& arena, Name name, std::uint16_t prefix) {
  const std::string local(arena.names.local(name));
  return prefix == 0 ? local : std::string(arena.prefixes.text(prefix)) + ":" + local;
}

bool declares(const Arena& arena, NodeIndex element, std::uint16_t prefix) {
  return std::any_of(arena.declarationsBegin(element), arena.declarationsEnd(element),
                     [&](const Declaration& declaration) { return declaration.prefix == prefix; });
}

bool hasUnprefixed(const Arena& arena, NodeIndex element, std::uint16_t space) {
  for (NodeIndex index = element; index < arena.nodes[element].end; ++index)
    if (const Node& node = arena.nodes[index]; !node.isText() && node.prefix == 0 && node.name.space == space)
      return true;
  return false;
}

// What stands on ancestors and holds for an element: every prefix (a value may use one, too), and the default
// namespace where an element is in it.
std::vector<Declaration> inherited(const Arena& arena, NodeIndex element) {
  std::vector<Declaration> found;
  for (NodeIndex at = arena.nodes[element].parent; at != no_node; at = arena.nodes[at].parent)
    for (const Declaration* d = arena.declarationsBegin(at); d != arena.declarationsEnd(at); ++d) {
      const auto same = [&](const Declaration& nearer) { return nearer.prefix == d->prefix; };
      if (!declares(arena, element, d->prefix) && std::none_of(found.begin(), found.end(), same))
        found.push_back(*d);
    }
  std::erase_if(found, [&](const Declaration& d) {
    return d.prefix == 0 && (d.space == NameTable::no_namespace || !hasUnprefixed(arena, element, d.space));
  });
  return found;
}

void openElement(const Arena& arena, NodeIndex index, bool isTop, Writer& writer) {
  const Node& node = arena.nodes[index];
  writer.open(nameIn(arena, node.name, node.prefix));
  const auto declare = [&](const Declaration& d) {
    // At the top there is no namespace that xmlns="" could take away.
    if (isTop && d.prefix == 0 && d.space == NameTable::no_namespace) return;
    writer.declare(arena.prefixes.text(d.prefix), arena.names.uri(d.space));
  };
  if (isTop) std::ranges::for_each(inherited(arena, index), declare);
  std::for_each(arena.declarationsBegin(index), arena.declarationsEnd(index), declare);
  for (std::uint32_t i = 0; i < node.extent.length; ++i) {
    const AttributeNode& attribute = arena.attributes[node.extent.start + i];
    writer.attribute(nameIn(arena, attribute.name, attribute.prefix), arena.text(attribute.value));
  }
}

}  // namespace

std::string write(const Element& element) {
  assert(element);
  const Arena& arena = element.arena();
  const NodeIndex first = element.index();
  Writer writer;
  std::vector<NodeIndex> open;
  for (NodeIndex index = first; index < arena.nodes[first].end; ++index) {
    while (!open.empty() && arena.nodes[open.back()].end <= index) {
      writer.close();
      open.pop_back();
    }
    if (arena.nodes[index].isText()) {
      writer.text(arena.text(arena.nodes[index].extent));
    } else {
      openElement(arena, index, index == first, writer);
      open.push_back(index);
    }
  }
  auto file = writer.finish();
  assert(file && "a parsed tree holds only what XML can say");
  return std::move(*file);
}

std::string write(const Tree& tree) {
  return write(tree.root());
}

}  // namespace postgang::xml
