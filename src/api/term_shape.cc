#include "api/term_shape.h"

#include <map>

#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using document::GroupView;
using document::TermType;
using document::Value;

constexpr std::size_t other_max = 500;

json::object nameShape(std::string_view swedish, std::string_view english) {
  return {{"sv", swedish}, {"en", english}};
}

json::object termShape(const Value& value, const std::string& within) {
  const auto& info = document::info(value.term);
  const bool isBinary = info.type == TermType::binary;
  json::object shape;
  shape["term"] = info.name;
  shape["name"] = nameShape(info.swedish, info.english);
  shape["path"] = within + std::string(info.name);
  shape["kind"] = document::name(info.type);
  // A binary object is fetched as an attachment; here it has its file's name.
  shape["value"] = isBinary ? textOrNull(value.version) : json::value(value.text);
  shape["currency"] = info.type == TermType::amount ? textOrNull(value.qualifier) : json::value(nullptr);
  shape["scheme"] = info.type == TermType::amount ? json::value(nullptr) : textOrNull(value.qualifier);
  shape["children"] = json::array();
  return shape;
}

json::array childShapes(const GroupView& group, const std::string& within);

json::object groupShape(const GroupView& group, const std::string& within, int occurrence) {
  const auto& info = document::info(group.id());
  std::string path = within + std::string(info.name);
  if (document::repeats(info.cardinality)) path += "[" + std::to_string(occurrence) + "]";
  json::object shape;
  shape["term"] = info.name;
  shape["name"] = nameShape(info.swedish, info.english);
  shape["path"] = path;
  shape["kind"] = "group";
  shape["value"] = nullptr;
  shape["currency"] = nullptr;
  shape["scheme"] = nullptr;
  shape["children"] = childShapes(group, path + "/");
  return shape;
}

// Terms before groups, each as the document keeps them: that is the order of the standard.
json::array childShapes(const GroupView& group, const std::string& within) {
  json::array children;
  for (const auto& value : group.values()) children.push_back(termShape(value, within));
  std::map<document::Group, int> occurrences;
  for (const auto& inner : group.groups())
    children.push_back(groupShape(inner, within, ++occurrences[inner.id()]));
  return children;
}

}  // namespace

json::array termShapes(const document::BusinessDocument& document) {
  return childShapes(document.root(), "");
}

json::array otherShapes(const document::BusinessDocument& document) {
  json::array shapes;
  for (const auto& extra : document.extras()) {
    if (shapes.size() == other_max) break;
    shapes.push_back({{"path", extra.path}, {"value", extra.text}});
  }
  return shapes;
}

}  // namespace postgang::api
