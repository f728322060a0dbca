#include "formats/correct_draft.h"

#include <algorithm>
#include <cassert>

#include "base/text.h"
#include "formats/ubl_order.h"
#include "xml/position.h"

namespace postgang::formats {
namespace {

using xml::NodeIndex;

bool isSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Line ends in an attribute would be read as blanks, and a carriage return as a line feed.
void escape(std::string_view value, std::string& out) {
  for (const char c : value) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        out += c;
    }
}

std::string_view namespaceOf(const UblStep& step) {
  return step.aggregate ? ubl_cac : ubl_cbc;
}

}  // namespace

Draft::Draft(const xml::Tree& tree)
    : arena_(tree.arena()), source_(arena_.source), lineStarts_(xml::lineStarts(source_)) {
  findSpans();
}

// The tree knows where elements begin; where they end is found by one pass over the tags. The file is well
// formed, or there would be no tree.
void Draft::findSpans() {
  spans_.resize(arena_.nodes.size());
  std::vector<NodeIndex> open;
  NodeIndex next = 0;
  const auto behind = [&](std::string_view end, std::size_t from) {
    return source_.find(end, from) + end.size();
  };
  for (std::size_t at = source_.find('<'); at != std::string_view::npos; at = source_.find('<', at)) {
    const auto rest = source_.substr(at, 9);
    if (rest.starts_with("<!--")) {
      at = behind("-->", at + 4);
    } else if (rest.starts_with("<![CDATA[")) {
      at = behind("]]>", at);
    } else if (rest.starts_with("<?")) {
      at = behind("?>", at);
    } else if (rest.starts_with("</")) {
      auto& span = spans_[open.back()];
      span.contentEnd = static_cast<std::uint32_t>(at);
      at = behind(">", at);
      span.end = static_cast<std::uint32_t>(at);
      open.pop_back();
    } else {
      while (arena_.nodes[next].isText()) ++next;
      for (; source_[at] != '>'; ++at)
        if (source_[at] == '"' || source_[at] == '\'') at = source_.find(source_[at], at + 1);
      ++at;
      auto& span = spans_[next];
      span.tagEnd = span.contentEnd = span.end = static_cast<std::uint32_t>(at);
      if (source_[at - 2] != '/') open.push_back(next);
      ++next;
    }
  }
  assert(open.empty());
}

Draft::Spot Draft::at(document::Place place) const {
  if (place.line == 0 || place.line > lineStarts_.size()) return {};
  std::size_t offset = lineStarts_[place.line - 1];
  for (std::uint32_t column = 1; column < place.column && offset < source_.size(); ++column) do
      ++offset;
    while (offset < source_.size() && (static_cast<unsigned char>(source_[offset]) & 0xc0) == 0x80);
  const auto found = std::lower_bound(arena_.nodes.begin(), arena_.nodes.end(), offset,
                                      [](const xml::Node& node, std::size_t at) { return node.offset < at; });
  if (found == arena_.nodes.end() || found->offset != offset || found->isText()) return {};
  return {static_cast<NodeIndex>(found - arena_.nodes.begin()), nullptr};
}

bool Draft::matches(NodeIndex node, const UblStep& step) const {
  xml::Element element(&arena_, node);
  if (!element.is(namespaceOf(step), step.name)) return false;
  if (step.condition.kind != UblCondition::Kind::demanded) return true;
  for (const auto name : step.condition.path) element = element.child(name);
  return trimmed(step.condition.attribute.empty()
                     ? element.text()
                     : element.attribute(step.condition.attribute)) == step.condition.value;
}

Draft::Spot Draft::child(Spot parent, const UblStep& step) const {
  if (parent.added != nullptr) {
    for (auto* child : parent.added->children)
      if (child->step.name == step.name && child->step.condition == step.condition)
        return {xml::no_node, child};
    return {};
  }
  for (auto at = arena_.firstChild(parent.node); at != xml::no_node; at = arena_.nextSibling(at))
    if (!arena_.nodes[at].isText() && !isRemoved(at) && matches(at, step)) return {at, nullptr};
  for (const auto& addition : additions_)
    if (addition.parent == parent.node && addition.element->step.name == step.name &&
        addition.element->step.condition == step.condition)
      return {xml::no_node, addition.element};
  return {};
}

Draft::Spot Draft::add(Spot parent, const UblStep& step) {
  const auto parentName =
      parent.added != nullptr ? parent.added->step.name : xml::Element(&arena_, parent.node).name();
  auto& element = made_.emplace_back();
  element.step = step;
  element.order = ublOrder(parentName, step.name);
  if (parent.added != nullptr)
    parent.added->children.push_back(&element);
  else
    additions_.push_back({parent.node, &element});
  const Spot spot{xml::no_node, &element};
  const auto& condition = step.condition;
  if (condition.value.empty() || !condition.attribute.empty()) return spot;
  auto inner = spot;
  for (std::size_t i = 0; i < condition.path.size(); ++i)
    inner = add(inner, UblStep{condition.path[i], i + 1 < condition.path.size(), {}});
  inner.added->text = condition.value;
  return spot;
}

void Draft::setText(Spot element, std::string_view text) {
  if (element.added != nullptr)
    element.added->text = text;
  else
    texts_.emplace_back(element.node, text);
}

void Draft::setAttribute(Spot element, std::string_view name, std::string_view value) {
  if (element.added == nullptr) {
    attributes_.emplace_back(element.node, name, value);
    return;
  }
  auto& attributes = element.added->attributes;
  const auto known = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const auto& attribute) { return attribute.first == name; });
  if (known == attributes.end())
    attributes.emplace_back(name, value);
  else
    known->second = value;
}

bool Draft::isRemoved(NodeIndex node) const {
  return std::any_of(removed_.begin(), removed_.end(),
                     [&](NodeIndex removed) { return removed <= node && node < arena_.nodes[removed].end; });
}

bool Draft::holdsNothing(NodeIndex node, std::string_view constant) const {
  if (std::any_of(additions_.begin(), additions_.end(),
                  [&](const Addition& addition) { return addition.parent == node; }))
    return false;
  for (auto at = arena_.firstChild(node); at != xml::no_node; at = arena_.nextSibling(at)) {
    const bool says = arena_.nodes[at].isText()
                          ? !trimmed(arena_.text(arena_.nodes[at].extent)).empty()
                          : !isRemoved(at) && xml::Element(&arena_, at).name() != constant;
    if (says) return false;
  }
  return true;
}

void Draft::remove(NodeIndex element, std::string_view constant) {
  removed_.push_back(element);
  for (auto above = arena_.nodes[element].parent; above != xml::no_node && above != 0;
       above = arena_.nodes[above].parent) {
    if (!holdsNothing(above, constant)) return;
    removed_.push_back(above);
    constant = {};
  }
}

bool Draft::isSelfClosing(NodeIndex node) const {
  return source_[spans_[node].tagEnd - 2] == '/';
}

std::size_t Draft::whiteSpaceBefore(NodeIndex node) const {
  std::size_t start = arena_.nodes[node].offset;
  while (start > 0 && isSpace(source_[start - 1])) --start;
  return start > 0 && source_[start - 1] != '>' ? arena_.nodes[node].offset : start;
}

std::string Draft::lineOf(NodeIndex node) const {
  const auto start = whiteSpaceBefore(node);
  const auto white = source_.substr(start, arena_.nodes[node].offset - start);
  const auto lineEnd = white.rfind('\n');
  if (lineEnd == std::string_view::npos) return {};
  const bool isCrLf = lineEnd > 0 && white[lineEnd - 1] == '\r';
  return (isCrLf ? "\r\n" : "\n") + std::string(white.substr(lineEnd + 1));
}

std::string Draft::nameOf(NodeIndex node) const {
  const auto start = arena_.nodes[node].offset + 1;
  return std::string(source_.substr(start, source_.find_first_of("/> \t\r\n", start) - start));
}

std::string Draft::prefixOf(std::string_view uri, NodeIndex scope) const {
  std::vector<std::uint16_t> shadowed;
  for (auto at = scope; at != xml::no_node; at = arena_.nodes[at].parent)
    for (const auto* d = arena_.declarationsBegin(at); d != arena_.declarationsEnd(at); ++d) {
      if (std::find(shadowed.begin(), shadowed.end(), d->prefix) != shadowed.end()) continue;
      if (arena_.names.uri(d->space) == uri)
        return d->prefix == 0 ? "" : std::string(arena_.prefixes.text(d->prefix)) + ":";
      shadowed.push_back(d->prefix);
    }
  return "?";
}

void Draft::writeNew(const NewElement& element, NodeIndex scope, const std::string& line,
                     const std::string& unit, std::string& out) const {
  const auto uri = namespaceOf(element.step);
  auto prefix = prefixOf(uri, scope);
  const bool isUnbound = prefix == "?";
  if (isUnbound) prefix = element.step.aggregate ? "cac:" : "cbc:";
  const auto name = prefix + std::string(element.step.name);
  out += line + "<" + name;
  if (isUnbound) out += " xmlns:" + prefix.substr(0, prefix.size() - 1) + "=\"" + std::string(uri) + "\"";
  for (const auto& [attribute, value] : element.attributes) {
    out += " " + attribute + "=\"";
    escape(value, out);
    out += '"';
  }
  out += '>';
  escape(element.text, out);
  auto children = element.children;
  std::stable_sort(children.begin(), children.end(),
                   [](const auto* a, const auto* b) { return a->order < b->order; });
  for (const auto* child : children) writeNew(*child, scope, line.empty() ? line : line + unit, unit, out);
  if (!children.empty()) out += line;
  out += "</" + name + ">";
}

// Where the new children of one element go: behind the last one that the schema wants before them.
void Draft::addEdits(NodeIndex parent, std::vector<const NewElement*> additions,
                     std::vector<Edit>& edits) const {
  std::stable_sort(additions.begin(), additions.end(),
                   [](const auto* a, const auto* b) { return a->order < b->order; });
  const auto parentName = xml::Element(&arena_, parent).name();
  const auto unknown = ublOrder(parentName, "");
  const auto outer = lineOf(parent);
  const bool isEmpty = !xml::Element(&arena_, parent).firstChild();
  std::string all;
  for (const auto* addition : additions) {
    NodeIndex before = xml::no_node;
    NodeIndex any = xml::no_node;
    for (auto at = arena_.firstChild(parent); at != xml::no_node; at = arena_.nextSibling(at)) {
      if (arena_.nodes[at].isText()) continue;
      if (any == xml::no_node) any = at;
      const auto order = ublOrder(parentName, arena_.names.local(arena_.nodes[at].name));
      if (order != unknown && order <= addition->order) before = at;
    }
    const auto line =
        isEmpty ? (outer.empty() ? outer : outer + "  ") : lineOf(before == xml::no_node ? any : before);
    const auto unit =
        line.size() > outer.size() && line.starts_with(outer) ? line.substr(outer.size()) : "  ";
    std::string text;
    writeNew(*addition, parent, line, unit, text);
    if (isEmpty)
      all += text;
    else if (before != xml::no_node)
      edits.push_back({spans_[before].end, spans_[before].end, std::move(text)});
    else
      edits.push_back({whiteSpaceBefore(any), whiteSpaceBefore(any), std::move(text)});
  }
  if (!isEmpty) return;
  const auto& span = spans_[parent];
  if (isSelfClosing(parent))
    edits.push_back({span.tagEnd - 2, span.tagEnd, ">" + all + outer + "</" + nameOf(parent) + ">"});
  else
    edits.push_back({span.tagEnd, span.tagEnd, span.contentEnd == span.tagEnd ? all + outer : all});
}

void Draft::addAttributeEdits(std::vector<Edit>& edits) const {
  for (const auto& [node, name, value] : attributes_) {
    std::string escaped;
    escape(value, escaped);
    const auto& extent = arena_.nodes[node].extent;
    const auto first = arena_.attributes.begin() + extent.start;
    const auto known = std::find_if(first, first + extent.length, [&](const xml::AttributeNode& attribute) {
      return attribute.name.space == xml::NameTable::no_namespace &&
             arena_.names.local(attribute.name) == name;
    });
    if (known == first + extent.length) {
      const auto at = spans_[node].tagEnd - (isSelfClosing(node) ? 2U : 1U);
      edits.push_back({at, at, " " + name + "=\"" + escaped + "\""});
    } else {
      const auto quote = source_.find_first_of("\"'", known->offset);
      edits.push_back({quote, source_.find(source_[quote], quote + 1) + 1, "\"" + escaped + "\""});
    }
  }
}

void Draft::addTextEdits(std::vector<Edit>& edits) const {
  for (const auto& [node, text] : texts_) {
    std::string escaped;
    escape(text, escaped);
    const auto& span = spans_[node];
    if (isSelfClosing(node))
      edits.push_back({span.tagEnd - 2, span.tagEnd, ">" + escaped + "</" + nameOf(node) + ">"});
    else
      edits.push_back({span.tagEnd, span.contentEnd, std::move(escaped)});
  }
}

// What is removed comes last: a new element may stand where the white space before a removed one began.
std::string Draft::written() const {
  std::vector<Edit> edits;
  addAttributeEdits(edits);
  addTextEdits(edits);
  std::vector<NodeIndex> done;
  for (const auto& addition : additions_) {
    if (std::find(done.begin(), done.end(), addition.parent) != done.end()) continue;
    done.push_back(addition.parent);
    std::vector<const NewElement*> children;
    for (const auto& other : additions_)
      if (other.parent == addition.parent) children.push_back(other.element);
    addEdits(addition.parent, std::move(children), edits);
  }
  for (const auto node : removed_) edits.push_back({whiteSpaceBefore(node), spans_[node].end, {}});
  return spliced(std::move(edits));
}

// Edits at one place stand in the order in which they were made; one within what is removed is lost with it.
std::string Draft::spliced(std::vector<Edit> edits) const {
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.start < b.start; });
  std::string out;
  out.reserve(source_.size() + 1000);
  std::size_t at = 0;
  for (const auto& edit : edits) {
    if (edit.start < at) continue;
    out.append(source_, at, edit.start - at).append(edit.text);
    at = edit.end;
  }
  return out.append(source_, at);
}

}  // namespace postgang::formats
