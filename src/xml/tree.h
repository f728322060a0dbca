// The document tree as its readers see it. `Element` and `Attribute` are small values that point into their
// Tree and must not outlive it; a Tree may be moved. An absent element is a value, too: everything asked of
// it is empty, so that a reader can write
// invoice.child("AccountingSupplierParty").child("Party").child("EndpointID").text(). A tree does not change
// and may be read by many threads.
#pragma once

#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xml/arena.h"

namespace postgang::xml {

class Element;
class Children;

class Attribute {
 public:
  Attribute() = default;
  Attribute(const Arena* arena, NodeIndex owner, std::uint32_t index)
      : arena_(arena), owner_(owner), index_(index) {}
  explicit operator bool() const { return arena_ != nullptr; }
  std::string_view name() const;  // local
  std::string_view namespaceUri() const;
  std::string_view value() const;
  Element owner() const;
  Position position() const;
  std::string location() const;  // "/Invoice/ID/@schemeID"

 private:
  const AttributeNode& node() const { return arena_->attributes[index_]; }
  const Arena* arena_ = nullptr;
  NodeIndex owner_ = no_node;
  std::uint32_t index_ = 0;
};

class Element {
 public:
  Element() = default;  // absent
  Element(const Arena* arena, NodeIndex index) : arena_(arena), index_(index) {}
  explicit operator bool() const { return arena_ != nullptr; }
  bool isNil() const { return arena_ == nullptr; }  // absent; xsi:nil is an attribute like any other
  friend bool operator==(const Element&, const Element&) = default;

  std::string_view name() const;  // local
  std::string_view namespaceUri() const;
  bool is(std::string_view local) const { return name() == local; }
  bool is(std::string_view uri, std::string_view local) const { return is(local) && namespaceUri() == uri; }
  std::string_view namespaceOfPrefix(std::string_view prefix) const;  // as declared here; "" when it is not

  Element parent() const;
  // The first child element of that local name in any namespace, or of exactly that name.
  Element child(std::string_view local) const;
  Element child(std::string_view uri, std::string_view local) const;
  Element child(Name name) const;
  Element firstChild() const;
  Element nextSibling() const;
  // All child elements, or those of a name, in document order.
  Children children() const;
  Children children(std::string_view local) const;
  Children children(Name name) const;
  // Below this element: at("Party/PostalAddress/Country"), at("InvoiceLine[3]/ID"): local names, [1] left
  // out.
  Element at(std::string_view path) const;

  std::string_view attribute(std::string_view local) const;  // without a namespace; "" when absent
  std::string_view attribute(std::string_view uri, std::string_view local) const;
  bool hasAttribute(std::string_view local) const;
  Attribute attributeNode(std::string_view local) const;
  std::size_t attributeCount() const;
  Attribute attributeAt(std::size_t index) const;

  std::string_view text() const;    // its own text: all direct text nodes end to end
  std::string stringValue() const;  // all text below it, as XPath's string()

  Position position() const;  // of its '<' in the file as it came
  std::uint32_t line() const { return position().line; }
  std::uint32_t column() const { return position().column; }
  // "/Invoice/InvoiceLine[3]/Price": local names; [n] counts siblings of the same name and is left out where
  // it is 1.
  std::string location() const;

  const Arena& arena() const { return *arena_; }
  NodeIndex index() const { return index_; }  // document order

 private:
  const Node& node() const { return arena_->nodes[index_]; }
  const Arena* arena_ = nullptr;
  NodeIndex index_ = no_node;
};

// A range over child elements.
class Children {
 public:
  enum class Match { all, local, name, none };
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Element;
    using difference_type = std::ptrdiff_t;
    using pointer = const Element*;
    using reference = Element;
    Iterator() = default;
    Iterator(const Children* range, NodeIndex at) : range_(range), at_(at) {}
    Element operator*() const { return {range_->arena_, at_}; }
    Iterator& operator++() {
      at_ = range_->matchFrom(range_->arena_->nextSibling(at_));
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const Children* range_ = nullptr;
    NodeIndex at_ = no_node;
  };

  Children() = default;
  Children(const Arena* arena, NodeIndex parent, Match match, Name name)
      : arena_(arena), parent_(parent), match_(match), name_(name) {}
  Iterator begin() const {
    return {this, arena_ == nullptr ? no_node : matchFrom(arena_->firstChild(parent_))};
  }
  Iterator end() const { return {this, no_node}; }
  bool empty() const { return begin() == end(); }
  std::size_t size() const { return static_cast<std::size_t>(std::distance(begin(), end())); }

 private:
  NodeIndex matchFrom(NodeIndex node) const;
  const Arena* arena_ = nullptr;
  NodeIndex parent_ = no_node;
  Match match_ = Match::none;
  Name name_;
};

class Tree {
 public:
  explicit Tree(std::unique_ptr<const Arena> arena) : arena_(std::move(arena)) {}
  Element root() const { return {arena_.get(), 0}; }
  const Arena& arena() const { return *arena_; }
  const NameTable& names() const { return arena_->names; }
  std::optional<Name> name(std::string_view uri, std::string_view local) const {
    return names().find(uri, local);
  }
  Element at(
      std::string_view location) const;  // the inverse of Element::location; absent where there is none
  Attribute attributeAt(std::string_view location) const;  // the inverse of Attribute::location

 private:
  std::unique_ptr<const Arena> arena_;
};

}  // namespace postgang::xml
