#include <cassert>

#include "xml/writer.h"

namespace postgang::xml {
namespace {

std::string nameIn(const Arena& arena, Name name, std::uint16_t prefix) {
  const std::string local(arena.names.local(name));
  return prefix == 0 ? local : std::string(arena.prefixes.text(prefix)) + ":" + local;
}

void openElement(const Arena& arena, NodeIndex index, Writer& writer) {
  const Node& node = arena.nodes[index];
  writer.open(nameIn(arena, node.name, node.prefix));
  for (const Declaration* d = arena.declarationsBegin(index); d != arena.declarationsEnd(index); ++d)
    writer.declare(arena.prefixes.text(d->prefix), arena.names.uri(d->space));
  for (std::uint32_t i = 0; i < node.extent.length; ++i) {
    const AttributeNode& attribute = arena.attributes[node.extent.start + i];
    writer.attribute(nameIn(arena, attribute.name, attribute.prefix), arena.text(attribute.value));
  }
}

}  // namespace

std::string write(const Tree& tree) {
  const Arena& arena = tree.arena();
  Writer writer;
  std::vector<NodeIndex> open;
  for (NodeIndex index = 0; index < arena.nodes.size(); ++index) {
    while (!open.empty() && arena.nodes[open.back()].end <= index) {
      writer.close();
      open.pop_back();
    }
    if (arena.nodes[index].isText()) {
      writer.text(arena.text(arena.nodes[index].extent));
    } else {
      openElement(arena, index, writer);
      open.push_back(index);
    }
  }
  auto file = writer.finish();
  assert(file && "a parsed tree holds only what XML can say");
  return std::move(*file);
}

}  // namespace postgang::xml
