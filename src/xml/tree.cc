#include "xml/tree.h"

namespace postgang::xml {

std::string_view Element::name() const {
  return arena_ ? arena_->names.local(node().name) : std::string_view();
}
std::string_view Element::namespaceUri() const {
  return arena_ ? arena_->names.uri(node().name) : std::string_view();
}

std::string_view Element::namespaceOfPrefix(std::string_view prefix) const {
  if (arena_ == nullptr) return {};
  if (prefix == "xml") return arena_->names.uri(NameTable::xml_namespace);
  const auto id = arena_->prefixes.find(prefix);
  if (!id) return {};
  for (NodeIndex at = index_; at != no_node; at = arena_->nodes[at].parent)
    for (const Declaration* d = arena_->declarationsBegin(at); d != arena_->declarationsEnd(at); ++d)
      if (d->prefix == *id) return arena_->names.uri(d->space);
  return {};
}

Element Element::parent() const {
  return arena_ && node().parent != no_node ? Element(arena_, node().parent) : Element();
}

Children Element::children() const {
  return arena_ ? Children(arena_, index_, Children::Match::all, {}) : Children();
}

Children Element::children(std::string_view local) const {
  if (arena_ == nullptr) return {};
  const auto id = arena_->names.findLocal(local);
  return id ? Children(arena_, index_, Children::Match::local, Name{*id, 0}) : Children();
}

Children Element::children(Name name) const {
  return arena_ ? Children(arena_, index_, Children::Match::name, name) : Children();
}

namespace {
Element first(const Children& range) {
  const auto found = range.begin();
  return found == range.end() ? Element() : *found;
}
}  // namespace

Element Element::child(std::string_view local) const {
  return first(children(local));
}
Element Element::child(Name name) const {
  return first(children(name));
}
Element Element::child(std::string_view uri, std::string_view local) const {
  if (arena_ == nullptr) return {};
  const auto name = arena_->names.find(uri, local);
  return name ? child(*name) : Element();
}
Element Element::firstChild() const {
  return first(children());
}

Element Element::nextSibling() const {
  if (arena_ == nullptr) return {};
  for (NodeIndex at = arena_->nextSibling(index_); at != no_node; at = arena_->nextSibling(at))
    if (!arena_->nodes[at].isText()) return {arena_, at};
  return {};
}

NodeIndex Children::matchFrom(NodeIndex at) const {
  for (; at != no_node; at = arena_->nextSibling(at)) {
    const Node& node = arena_->nodes[at];
    if (node.isText()) continue;
    if (match_ == Match::all || (match_ == Match::local && node.name.local == name_.local) ||
        (match_ == Match::name && node.name == name_))
      return at;
  }
  return no_node;
}

std::size_t Element::attributeCount() const {
  return arena_ ? node().extent.length : 0;
}

Attribute Element::attributeAt(std::size_t index) const {
  if (index >= attributeCount()) return {};
  return {arena_, index_, node().extent.start + static_cast<std::uint32_t>(index)};
}

Attribute Element::attributeNode(std::string_view local) const {
  for (std::size_t i = 0; i < attributeCount(); ++i) {
    const Attribute found = attributeAt(i);
    if (found.name() == local && found.namespaceUri().empty()) return found;
  }
  return {};
}

std::string_view Element::attribute(std::string_view local) const {
  return attributeNode(local).value();
}
bool Element::hasAttribute(std::string_view local) const {
  return static_cast<bool>(attributeNode(local));
}

std::string_view Element::attribute(std::string_view uri, std::string_view local) const {
  for (std::size_t i = 0; i < attributeCount(); ++i) {
    const Attribute found = attributeAt(i);
    if (found.name() == local && found.namespaceUri() == uri) return found.value();
  }
  return {};
}

std::string_view Element::text() const {
  return arena_ ? arena_->directText(index_) : std::string_view();
}

std::string Element::stringValue() const {
  std::string out;
  if (arena_ == nullptr) return out;
  for (NodeIndex at = index_ + 1; at < node().end; ++at)
    if (arena_->nodes[at].isText()) out += arena_->text(arena_->nodes[at].extent);
  return out;
}

Position Element::position() const {
  return arena_ ? arena_->position(node().offset) : Position();
}

std::string_view Attribute::name() const {
  return arena_ ? arena_->names.local(node().name) : std::string_view();
}
std::string_view Attribute::namespaceUri() const {
  return arena_ ? arena_->names.uri(node().name) : std::string_view();
}
std::string_view Attribute::value() const {
  return arena_ ? arena_->text(node().value) : std::string_view();
}
Element Attribute::owner() const {
  return arena_ ? Element(arena_, owner_) : Element();
}
Position Attribute::position() const {
  return arena_ ? arena_->position(node().offset) : Position();
}

}  // namespace postgang::xml
