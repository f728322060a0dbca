#include "document/business_document.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "document/content.h"

namespace postgang::document {
namespace {

constexpr std::string_view kind_names[] = {"invoice", "credit-note",    "reminder",        "interest-invoice",
                                           "order",   "order-response", "despatch-advice", "other"};

// The unit of a quantity as a value of its own.
Value unitOf(const Content& content, const Node& quantity, Term unit) {
  return Value{unit, content.at(quantity.qualifier), {}, {}, quantity.place};
}

bool holds(const Node& node, Term term) {
  return !node.isGroup && node.term() == holderOf(term);
}

std::optional<Value> valueFor(const Content& content, const Node& node, Term term) {
  if (!isUnit(term)) return content.value(node);
  if (node.qualifier.size == 0) return std::nullopt;
  return unitOf(content, node, term);
}

}  // namespace

std::string_view name(Kind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<Kind> kindFromName(std::string_view name) {
  const auto found = std::find(std::begin(kind_names), std::end(kind_names), name);
  if (found == std::end(kind_names)) return std::nullopt;
  return static_cast<Kind>(found - std::begin(kind_names));
}

std::optional<Decimal> Value::decimal() const {
  return Decimal::parse(text);
}
std::optional<Date> Value::date() const {
  return Date::parse(text);
}

std::size_t decodedSize(std::string_view base64) {
  std::size_t digits = 0;
  for (const char c : base64)
    if (c != '=' && static_cast<unsigned char>(c) > ' ') ++digits;
  return digits * 3 / 4;
}

void Content::indexTerms() {
  firstOf.fill(none);
  for (std::uint32_t i = 0; i < nodes.size(); ++i)
    if (!nodes[i].isGroup && firstOf[nodes[i].id] == none) firstOf[nodes[i].id] = i;
}

Kind BusinessDocument::kind() const {
  return content_ ? content_->kind : Kind::other;
}

GroupView BusinessDocument::root() const {
  return content_ ? GroupView(content_.get(), 0) : GroupView();
}

std::optional<Value> BusinessDocument::find(Term term) const {
  if (!content_) return std::nullopt;
  for (auto i = content_->firstOf[static_cast<std::size_t>(holderOf(term))]; i < content_->nodes.size(); ++i)
    if (holds(content_->nodes[i], term))
      if (auto value = valueFor(*content_, content_->nodes[i], term)) return value;
  return std::nullopt;
}

std::string_view BusinessDocument::text(Term term) const {
  const auto value = find(term);
  return value ? value->text : std::string_view();
}

std::optional<Decimal> BusinessDocument::decimal(Term term) const {
  const auto value = find(term);
  return value ? value->decimal() : std::nullopt;
}

std::optional<Date> BusinessDocument::date(Term term) const {
  const auto value = find(term);
  return value ? value->date() : std::nullopt;
}

std::vector<Value> BusinessDocument::all(Term term) const {
  std::vector<Value> found;
  if (!content_) return found;
  for (auto i = content_->firstOf[static_cast<std::size_t>(holderOf(term))]; i < content_->nodes.size(); ++i)
    if (holds(content_->nodes[i], term))
      if (const auto value = valueFor(*content_, content_->nodes[i], term)) found.push_back(*value);
  return found;
}

std::string_view BusinessDocument::currency() const {
  return text(Term::BT_5);
}

std::vector<BusinessDocument::Extra> BusinessDocument::extras() const {
  std::vector<Extra> list;
  if (!content_) return list;
  list.reserve(content_->extras.size());
  for (const auto& extra : content_->extras)
    list.push_back({content_->at(extra.path), content_->at(extra.text), extra.place});
  return list;
}

std::vector<BusinessDocument::Attachment> BusinessDocument::attachments() const {
  std::vector<Attachment> list;
  if (!content_) return list;
  for (std::uint32_t i = 0; i < content_->nodes.size(); ++i) {
    const auto& node = content_->nodes[i];
    if (!node.isGroup || node.group() != Group::BG_24) continue;
    const GroupView group(content_.get(), i);
    Attachment attachment;
    attachment.reference = group.text(Term::BT_122);
    attachment.description = group.text(Term::BT_123);
    attachment.location = group.text(Term::BT_124);
    const auto binary = group.find(Term::BT_125);
    if (!binary && attachment.location.empty()) continue;
    if (binary) {
      attachment.fileName = binary->version;
      attachment.mimeCode = binary->qualifier;
      attachment.base64 = binary->text;
      const auto found = std::find_if(content_->nodes.begin() + i, content_->nodes.end(),
                                      [](const Node& n) { return !n.isGroup && n.term() == Term::BT_125; });
      attachment.size = found->leftOut > 0 ? found->leftOut : decodedSize(binary->text);
    }
    list.push_back(attachment);
  }
  return list;
}

bool operator==(const BusinessDocument& a, const BusinessDocument& b) {
  if (a.content_ == b.content_) return true;
  if (!a.content_ || !b.content_) return false;
  const Content& left = *a.content_;
  const Content& right = *b.content_;
  const auto sameNode = [&](const Node& x, const Node& y) {
    return x.isGroup == y.isGroup && x.id == y.id && x.end == y.end && x.leftOut == y.leftOut &&
           left.at(x.text) == right.at(y.text) && left.at(x.qualifier) == right.at(y.qualifier) &&
           left.at(x.version) == right.at(y.version);
  };
  const auto sameExtra = [&](const ExtraNode& x, const ExtraNode& y) {
    return left.at(x.path) == right.at(y.path) && left.at(x.text) == right.at(y.text);
  };
  return left.kind == right.kind &&
         std::equal(left.nodes.begin(), left.nodes.end(), right.nodes.begin(), right.nodes.end(), sameNode) &&
         std::equal(left.extras.begin(), left.extras.end(), right.extras.begin(), right.extras.end(),
                    sameExtra);
}

Group GroupView::id() const {
  return content_ ? content_->nodes[node_].group() : Group::BG_0;
}
Place GroupView::place() const {
  return content_ ? content_->nodes[node_].place : Place{};
}

std::optional<Value> GroupView::find(Term term) const {
  if (!content_) return std::nullopt;
  const auto end = content_->nodes[node_].end;
  for (auto i = node_ + 1; i < end && !content_->nodes[i].isGroup; ++i)
    if (holds(content_->nodes[i], term))
      if (auto value = valueFor(*content_, content_->nodes[i], term)) return value;
  return std::nullopt;
}

std::string_view GroupView::text(Term term) const {
  const auto value = find(term);
  return value ? value->text : std::string_view();
}

std::string_view GroupView::qualifier(Term term) const {
  const auto value = find(term);
  return value ? value->qualifier : std::string_view();
}

std::optional<Decimal> GroupView::decimal(Term term) const {
  const auto value = find(term);
  return value ? value->decimal() : std::nullopt;
}

std::optional<Date> GroupView::date(Term term) const {
  const auto value = find(term);
  return value ? value->date() : std::nullopt;
}

std::vector<Value> GroupView::all(Term term) const {
  std::vector<Value> found;
  if (!content_) return found;
  const auto end = content_->nodes[node_].end;
  for (auto i = node_ + 1; i < end && !content_->nodes[i].isGroup; ++i)
    if (holds(content_->nodes[i], term))
      if (const auto value = valueFor(*content_, content_->nodes[i], term)) found.push_back(*value);
  return found;
}

std::vector<Value> GroupView::values() const {
  std::vector<Value> found;
  if (!content_) return found;
  const auto end = content_->nodes[node_].end;
  for (auto i = node_ + 1; i < end && !content_->nodes[i].isGroup; ++i)
    found.push_back(content_->value(content_->nodes[i]));
  return found;
}

GroupView GroupView::group(Group id) const {
  if (!content_) return {};
  const auto end = content_->nodes[node_].end;
  for (auto i = node_ + 1; i < end; i = content_->nodes[i].end)
    if (content_->nodes[i].isGroup && content_->nodes[i].group() == id) return {content_, i};
  return {};
}

std::vector<GroupView> GroupView::groups(Group id) const {
  auto found = groups();
  std::erase_if(found, [id](const GroupView& group) { return group.id() != id; });
  return found;
}

std::vector<GroupView> GroupView::groups() const {
  std::vector<GroupView> found;
  if (!content_) return found;
  const auto end = content_->nodes[node_].end;
  for (auto i = node_ + 1; i < end; i = content_->nodes[i].end)
    if (content_->nodes[i].isGroup) found.push_back(GroupView(content_, i));
  return found;
}

}  // namespace postgang::document
