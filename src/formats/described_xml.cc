// Described files that are XML.
#include <algorithm>

#include "formats/described_shape.h"
#include "xml/parse.h"
#include "xml/writer.h"

namespace postgang::formats {

namespace {

struct Node {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes = {};
  std::string text = {};
  std::vector<Node> children = {};
};

Node& childOf(Node& node, const std::string& name) {
  const auto found = std::ranges::find(node.children, name, &Node::name);
  if (found != node.children.end()) return *found;
  node.children.push_back({.name = name});
  return node.children.back();
}

void put(Node& node, const std::vector<std::string>& path, std::string text) {
  auto* at = &node;
  for (const auto& step : path) {
    if (step.starts_with('@')) {
      at->attributes.emplace_back(step.substr(1), std::move(text));
      return;
    }
    at = &childOf(*at, step);
  }
  at->text = std::move(text);
}

Result<Node> nodeOf(const DescribedRecord& shape, const Record& record) {
  CHECK_OK(checkCounts(shape, record, shape.name));
  Node node{.name = shape.element};
  for (const auto& field : shape.fields) {
    TRY(auto text, writtenValue(shape, field, record));
    if (!text.empty()) put(node, field.path, std::move(text));
  }
  for (const auto& inner : shape.records) {
    for (const auto& each : record.records) {
      if (each.name != inner.name) continue;
      TRY(auto made, nodeOf(inner, each));
      auto* at = &node;
      for (const auto& step : inner.in) at = &childOf(*at, step);
      at->children.push_back(std::move(made));
    }
  }
  return node;
}

void write(xml::Writer& writer, const Node& node, std::string_view space) {
  writer.open(node.name);
  if (!space.empty()) writer.declare("", space);
  for (const auto& [name, value] : node.attributes) writer.attribute(name, value);
  if (!node.text.empty()) writer.text(node.text);
  for (const auto& child : node.children) write(writer, child, {});
  writer.close();
}

class XmlReader {
 public:
  XmlReader(std::string_view space, const DescribedLimits& limits) : space_(space), left_(limits.records) {}

  Result<Record> record(const DescribedRecord& shape, const xml::Element& element) {
    if (left_ == 0) return fileMalformed(element.location(), "is one record too many");
    --left_;
    Record record{.name = shape.name};
    for (const auto& field : shape.fields) CHECK_OK(value(field, element, record));
    for (const auto& inner : shape.records) {
      auto at = element;
      for (const auto& step : inner.in) at = at.child(space_, step);
      if (!at) continue;
      for (const auto child : at.children(inner.element)) {
        if (child.namespaceUri() != space_) continue;
        TRY(auto each, this->record(inner, child));
        record.records.push_back(std::move(each));
      }
    }
    CHECK_OK(checkCounts(shape, record, element.location()));
    return record;
  }

 private:
  Outcome value(const DescribedField& field, const xml::Element& element, Record& record) const {
    auto at = element;
    std::string text;
    for (const auto& step : field.path) {
      if (step.starts_with('@')) {
        text = at ? std::string(at.attribute(std::string_view(step).substr(1))) : std::string();
        at = {};
      } else if (at) {
        at = at.child(space_, step);
        if (at) text = at.text();
      }
    }
    if (!at && !field.path.back().starts_with('@')) text.clear();
    const auto place = element.location() + " (" + field.name + ")";
    std::string why;
    auto own = text.empty() ? std::optional<std::string>(std::string()) : ownForm(field, text, why);
    if (!own) return fileMalformed(place, why);
    if (own->empty() && field.required) return fileMalformed(place, "is missing");
    if (!own->empty()) record.values.emplace(field.name, std::move(*own));
    return {};
  }

  const std::string_view space_;
  std::size_t left_;
};

}  // namespace

Result<std::string> writeXml(const Description::Shape& shape, const DescribedRecord& root,
                             const Record& record) {
  TRY(const auto node, nodeOf(root, record));
  xml::Writer writer({.indent = 2});
  write(writer, node, shape.space);
  return writer.finish();
}

Result<Record> readXml(const Description::Shape& shape, const DescribedRecord& root, std::string_view bytes,
                       const DescribedLimits& limits) {
  xml::Limits bounds;
  bounds.bytes = limits.bytes;
  bounds.depth = 32;
  bounds.elements = limits.records * 40;
  const auto tree = xml::parse(bytes, bounds);
  if (!tree)
    return fileMalformed(tree.error().where.empty() ? "it" : tree.error().where, tree.error().detail);
  const auto element = tree->root();
  if (!element.is(shape.space, root.element))
    return fileMalformed(element.location(), "is not the element that the format begins with");
  return XmlReader(shape.space, limits).record(root, element);
}

}  // namespace postgang::formats
