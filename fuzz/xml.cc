// Any bytes at all: the parser neither crashes nor takes what expat refuses; what it takes it writes back the
// same and finds again by location.
#include <cstdio>
#include <cstdlib>

#include "tests/xml/expat_judge.h"
#include "xml/parse.h"
#include "xml/writer.h"

namespace postgang::xml {
namespace {

void hold(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

void sameTree(const Tree& a, const Tree& b) {
  const Arena &left = a.arena(), &right = b.arena();
  hold(left.nodes.size() == right.nodes.size(), "as many nodes");
  for (std::size_t i = 0; i < left.nodes.size(); ++i) {
    const Node &one = left.nodes[i], &other = right.nodes[i];
    hold(one.parent == other.parent && one.end == other.end && one.isText() == other.isText(),
         "the same shape");
    if (one.isText()) {
      hold(left.text(one.extent) == right.text(other.extent), "the same text");
      continue;
    }
    hold(left.names.local(one.name) == right.names.local(other.name), "the same name");
    hold(left.names.uri(one.name) == right.names.uri(other.name), "the same namespace");
    hold(one.extent.length == other.extent.length, "as many attributes");
    for (std::uint32_t k = 0; k < one.extent.length; ++k)
      hold(left.text(left.attributes[one.extent.start + k].value) ==
               right.text(right.attributes[other.extent.start + k].value),
           "the same value");
  }
}

void placesAreFound(const Tree& tree) {
  const Arena& arena = tree.arena();
  const std::size_t most = 50;
  for (NodeIndex i = 0; i < arena.nodes.size() && i < most; ++i) {
    if (arena.nodes[i].isText()) continue;
    const Element element(&arena, i);
    const Element found = tree.at(element.location());
    hold(found.location() == element.location(), "a location leads to itself");
    hold(element.position().line >= 1, "a position");
    element.text();
  }
}

bool hasNoDeclaration(std::string_view bytes) {
  return bytes.find("<?xml") == std::string_view::npos;
}
bool isAscii(std::string_view bytes) {
  for (const char c : bytes)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

void look(std::string_view bytes) {
  const auto tree = parse(bytes, {.bytes = 1'000'000});
  // Expat knows fewer encodings and the name characters of an older edition, so only plain files are
  // compared.
  const bool comparable =
      isAscii(bytes) && hasNoDeclaration(bytes) && bytes.find('\0') == std::string_view::npos;
  if (comparable) {
    const Judgement expat = judgedByExpat(bytes);
    hold(!tree || expat.wellFormed, "what we take expat takes");
    const bool formal = tree || tree.error().code == "xml-not-well-formed" ||
                        tree.error().code == "xml-unbound-prefix" || tree.error().code == "xml-empty";
    const bool namedOtherwise =
        bytes.find("<?") != std::string_view::npos;  // targets with a colon: expat takes them
    hold(tree || !formal || namedOtherwise || !expat.wellFormed, "what expat takes we take");
    if (tree) hold(tree->root().stringValue() == expat.text, "the same text as expat's");
  }
  if (!tree) return hold(!tree.error().where.empty(), "a refusal has a place");
  const auto again = parse(write(*tree));
  hold(again.has_value(), "what is written can be read");
  sameTree(*tree, *again);
  placesAreFound(*tree);
}

}  // namespace
}  // namespace postgang::xml

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  postgang::xml::look({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
