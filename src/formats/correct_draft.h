// A file with some of its elements changed: everything else is copied as it stands in the source. For
// corrections.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "document/business_document.h"
#include "formats/ubl_paths.h"
#include "xml/tree.h"

namespace postgang::formats {

class Draft {
 public:
  explicit Draft(const xml::Tree& tree);

  // An element that the file lacks.
  struct NewElement {
    UblStep step;
    std::size_t order = 0;  // among its siblings
    std::string text;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<NewElement*> children;
  };
  // An element of the file, or a new one.
  struct Spot {
    xml::NodeIndex node = xml::no_node;
    NewElement* added = nullptr;
    explicit operator bool() const { return node != xml::no_node || added != nullptr; }
  };

  Spot root() const { return {0, nullptr}; }
  // The element whose '<' stands at that line and column; false where there is none.
  Spot at(document::Place place) const;
  // The first child of that step that is not removed; false where there is none.
  Spot child(Spot parent, const UblStep& step) const;
  // A new child in the order of the schema, with what the step's condition says of it.
  Spot add(Spot parent, const UblStep& step);
  void setText(Spot element, std::string_view text);
  void setAttribute(Spot element, std::string_view name, std::string_view value);
  // With the white space before it. Elements around it that hold nothing more go, too; `constant` is the
  // local name of what holds nothing of its own in the nearest one.
  void remove(xml::NodeIndex element, std::string_view constant = {});

  const xml::Arena& arena() const { return arena_; }
  // The file, in UTF-8.
  std::string written() const;

 private:
  struct Span {  // of an element in the source
    std::uint32_t tagEnd = 0;
    std::uint32_t contentEnd = 0;
    std::uint32_t end = 0;
  };
  struct Edit {
    std::size_t start = 0;
    std::size_t end = 0;
    std::string text;
  };
  struct Addition {
    xml::NodeIndex parent;
    NewElement* element;
  };

  void findSpans();
  bool isSelfClosing(xml::NodeIndex node) const;
  bool isRemoved(xml::NodeIndex node) const;
  bool holdsNothing(xml::NodeIndex node, std::string_view constant) const;
  bool matches(xml::NodeIndex node, const UblStep& step) const;
  std::size_t whiteSpaceBefore(xml::NodeIndex node) const;
  std::string lineOf(xml::NodeIndex node) const;  // line break and indentation before it; "" in one line
  std::string nameOf(xml::NodeIndex node) const;
  std::string prefixOf(std::string_view uri, xml::NodeIndex scope) const;  // "cbc:", "" or "?" where unbound
  void writeNew(const NewElement& element, xml::NodeIndex scope, const std::string& line,
                const std::string& unit, std::string& out) const;
  void addEdits(xml::NodeIndex parent, std::vector<const NewElement*> additions,
                std::vector<Edit>& edits) const;
  void addAttributeEdits(std::vector<Edit>& edits) const;
  void addTextEdits(std::vector<Edit>& edits) const;
  std::string spliced(std::vector<Edit> edits) const;

  const xml::Arena& arena_;
  std::string_view source_;
  std::vector<Span> spans_;  // by node
  std::vector<std::uint32_t> lineStarts_;
  std::deque<NewElement> made_;
  std::vector<Addition> additions_;
  std::vector<std::pair<xml::NodeIndex, std::string>> texts_;
  std::vector<std::tuple<xml::NodeIndex, std::string, std::string>> attributes_;
  std::vector<xml::NodeIndex> removed_;
};

}  // namespace postgang::formats
