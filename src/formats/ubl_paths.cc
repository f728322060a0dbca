#include "formats/ubl_paths.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace postgang::formats {
namespace {

using document::Group;
using document::Term;

std::string_view localName(std::string_view qualified) {
  const auto colon = qualified.find(':');
  assert(colon != std::string_view::npos);
  return qualified.substr(colon + 1);
}

// At the next '/' outside brackets.
std::string_view nextStep(std::string_view& rest) {
  std::size_t end = 0;
  for (bool inside = false; end < rest.size() && (inside || rest[end] != '/'); ++end) {
    if (rest[end] == '[') inside = true;
    if (rest[end] == ']') inside = false;
  }
  const auto step = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return step;
}

UblCondition parseCondition(std::string_view text) {
  UblCondition condition;
  condition.kind = text.front() == '+'   ? UblCondition::Kind::written
                   : text.front() == '?' ? UblCondition::Kind::qualifier
                                         : UblCondition::Kind::demanded;
  if (condition.kind != UblCondition::Kind::demanded) text.remove_prefix(1);
  const auto equals = text.find('=');
  if (equals != std::string_view::npos) condition.value = text.substr(equals + 1);
  for (auto path = text.substr(0, equals); !path.empty();) {
    const auto step = nextStep(path);
    if (step.front() == '@')
      condition.attribute = step.substr(1);
    else
      condition.path.push_back(localName(step));
  }
  return condition;
}

UblStep parseStep(std::string_view text) {
  const auto bracket = text.find('[');
  const auto qualified = text.substr(0, bracket);
  UblStep step{localName(qualified), qualified.starts_with("cac:"), {}};
  if (bracket != std::string_view::npos)
    step.condition = parseCondition(text.substr(bracket + 1, text.size() - bracket - 2));
  return step;
}

template <typename List>
std::vector<UblPath> pathsByNumber(const List& list, auto number, bool creditNote) {
  std::vector<UblPath> paths(256);
  for (const auto& entry : list)
    paths[static_cast<std::size_t>(entry.*number)] =
        parseUblPath(creditNote ? entry.ublCreditNote : entry.ublInvoice);
  return paths;
}

class Compiler {
 public:
  explicit Compiler(bool creditNote) : creditNote_(creditNote) {
    result_.elements.emplace_back();
    result_.elements[0].group = Group::BG_0;
    innermost_.push_back(Group::BG_0);
    groupElements_.fill(0);
  }

  UblElements compiled() {
    for (const auto& group : document::groups()) placeGroup(group.group);
    for (const auto& term : document::terms()) placeTerm(term.term);
    for (std::size_t i = 0; i < result_.elements.size(); ++i) addConstants(i);
    collectNames();
    return std::move(result_);
  }

 private:
  std::size_t& elementOf(Group group) { return groupElements_[static_cast<std::size_t>(group)]; }

  std::size_t follow(std::size_t from, const UblPath& path) {
    if (path.fromRoot) from = 0;
    for (const auto& step : path.steps) from = childOf(from, step);
    return from;
  }

  std::size_t childOf(std::size_t parent, const UblStep& step) {
    for (const auto child : result_.elements[parent].children) {
      const auto& known = result_.elements[child].step;
      if (known.name == step.name && known.condition == step.condition) return child;
    }
    const auto index = result_.elements.size();
    result_.elements.emplace_back();
    result_.elements[index].step = step;
    innermost_.push_back(innermost_[parent]);
    auto& siblings = result_.elements[parent].children;
    if (step.condition.kind == UblCondition::Kind::demanded)
      siblings.insert(siblings.begin(), index);
    else
      siblings.push_back(index);
    return index;
  }

  void placeGroup(Group group) {
    if (group == Group::BG_0) return;
    const auto& path = ublPathOf(group, creditNote_);
    const auto element = follow(elementOf(document::info(group).parent), path);
    elementOf(group) = element;
    if (path.steps.empty()) return;
    result_.elements[element].group = group;
    innermost_[element] = group;
  }

  void placeTerm(Term term) {
    if (term == Term::BT_21) return;  // within the text of its note
    const auto& path = ublPathOf(term, creditNote_);
    const auto group = document::info(term).group;
    const auto element = follow(elementOf(group), path);
    if (!path.attribute.empty()) {
      result_.elements[element].attributeTerms.push_back({path.attribute, term});
      return;
    }
    assert(!result_.elements[element].term);
    result_.elements[element].term = term;
    // Groups without an element of their own live in their parent's.
    result_.elements[element].crossing =
        innermost_[element] != group && !ublPathOf(group, creditNote_).steps.empty();
    if (group == Group::BG_0) result_.elements[element].crossing = innermost_[element] != Group::BG_0;
  }

  // What a condition speaks of is no information of its own.
  void addConstants(std::size_t index) {
    const auto condition = result_.elements[index].step.condition;
    if (condition.kind == UblCondition::Kind::none || !condition.attribute.empty()) return;
    auto element = index;
    for (std::size_t i = 0; i < condition.path.size(); ++i)
      element = childOf(element, UblStep{condition.path[i], i + 1 < condition.path.size(), {}});
    result_.elements[element].constant = true;
    result_.elements[element].expected = condition.value;
  }

  void collectNames() {
    auto& names = result_.names;
    for (auto& element : result_.elements) {
      const auto found = std::find(names.begin(), names.end(), element.step.name);
      element.nameIndex = static_cast<std::size_t>(found - names.begin());
      if (found == names.end()) names.push_back(element.step.name);
    }
  }

  bool creditNote_;
  UblElements result_;
  std::vector<Group> innermost_;  // by element: the group that it stands in
  std::array<std::size_t, 33> groupElements_{};
};

}  // namespace

UblPath parseUblPath(std::string_view text) {
  UblPath path;
  if (text.starts_with('/')) {
    path.fromRoot = true;
    text.remove_prefix(1);
  }
  while (!text.empty() && text != ".") {
    const auto step = nextStep(text);
    if (step.front() == '@')
      path.attribute = step.substr(1);
    else
      path.steps.push_back(parseStep(step));
  }
  return path;
}

const UblPath& ublPathOf(Term term, bool creditNote) {
  static const auto invoice = pathsByNumber(document::terms(), &document::TermInfo::term, false);
  static const auto credit_note = pathsByNumber(document::terms(), &document::TermInfo::term, true);
  return (creditNote ? credit_note : invoice)[static_cast<std::size_t>(term)];
}

const UblPath& ublPathOf(Group group, bool creditNote) {
  static const auto invoice = pathsByNumber(document::groups(), &document::GroupInfo::group, false);
  static const auto credit_note = pathsByNumber(document::groups(), &document::GroupInfo::group, true);
  return (creditNote ? credit_note : invoice)[static_cast<std::size_t>(group)];
}

const UblElements& ublElements(bool creditNote) {
  static const UblElements invoice = Compiler(false).compiled();
  static const UblElements credit_note = Compiler(true).compiled();
  return creditNote ? credit_note : invoice;
}

QualifierAttributes qualifierAttributes(document::TermType type) {
  switch (type) {
    case document::TermType::amount:
    case document::TermType::unit_price:
      return {"currencyID", ""};
    case document::TermType::quantity:
      return {"unitCode", ""};
    case document::TermType::identifier:
    case document::TermType::reference:
      return {"schemeID", ""};
    case document::TermType::code:
      return {"listID", "listVersionID"};
    case document::TermType::binary:
      return {"mimeCode", "filename"};
    case document::TermType::text:
    case document::TermType::percentage:
    case document::TermType::date:
      return {"", ""};
  }
  return {"", ""};
}

}  // namespace postgang::formats
