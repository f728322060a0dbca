// The terms' paths are laid into a tree of elements, which is then written in the schema's order. A step of a
// path takes the element that stands there already, unless that one has its place for this value filled, or
// is another occurrence of a group.
#include "formats/ubl_writer.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "formats/ubl_order.h"
#include "formats/ubl_paths.h"
#include "xml/writer.h"

namespace postgang::formats {
namespace {

using document::BusinessDocument;
using document::Group;
using document::GroupView;
using document::Kind;
using document::Term;
using document::Value;

struct OutElement {
  UblStep step;
  std::size_t order = 0;  // among its siblings
  bool isGroup = false;   // an occurrence of a group: not to be taken for another
  // Of a group that has nothing but groups, which may all stand elsewhere (BG-14 beside BG-13): then it is
  // not written, because Peppol forbids empty elements (PEPPOL-EN16931-R008).
  bool holdsOthers = false;
  std::string_view text;
  std::vector<std::pair<std::string_view, std::string_view>> attributes;
  std::vector<std::unique_ptr<OutElement>> children;

  OutElement& add(const UblStep& childStep) {
    children.push_back(std::make_unique<OutElement>());
    children.back()->step = childStep;
    children.back()->order = ublOrder(step.name, childStep.name);
    return *children.back();
  }

  // The last child of that step: values are added in order, so later ones belong to it.
  OutElement* last(const UblStep& childStep) {
    for (auto child = children.rbegin(); child != children.rend(); ++child)
      if ((*child)->step.name == childStep.name && (*child)->step.condition == childStep.condition)
        return child->get();
    return nullptr;
  }

  OutElement* first(const UblStep& childStep) {
    for (auto& child : children)
      if (child->step.name == childStep.name && child->step.condition == childStep.condition)
        return child.get();
    return nullptr;
  }
};

class Layout {
 public:
  explicit Layout(bool creditNote) : creditNote_(creditNote) {
    root_.step.name = creditNote ? "CreditNote" : "Invoice";
  }

  void addGroup(const GroupView& group, OutElement& element) {
    element.holdsOthers = group.values().empty() && !group.groups().empty();
    for (const auto& value : group.values()) addValue(value, group, element);
    for (const auto& inner : group.groups()) addGroup(inner, elementFor(inner.id(), element));
  }

  OutElement& root() { return root_; }

 private:
  OutElement& elementFor(Group group, OutElement& parent) {
    const auto& path = ublPathOf(group, creditNote_);
    if (path.steps.empty()) return parent;
    auto* at = path.fromRoot ? &root_ : &parent;
    for (std::size_t i = 0; i + 1 < path.steps.size(); ++i) at = &existingOrNew(*at, path.steps[i]);
    if (auto* found = repeats(document::info(group).cardinality) ? nullptr : at->first(path.steps.back()))
      if (!found->isGroup) return claimed(*found);
    return claimed(create(*at, path.steps.back()));
  }

  static OutElement& claimed(OutElement& element) {
    element.isGroup = true;
    return element;
  }

  OutElement& existingOrNew(OutElement& parent, const UblStep& step) {
    auto* found = parent.first(step);
    return found ? *found : create(parent, step);
  }

  static OutElement& create(OutElement& parent, const UblStep& step) {
    auto& element = parent.add(step);
    const auto& condition = step.condition;
    if (condition.value.empty() || !condition.attribute.empty()) return element;
    auto* at = &element;
    for (std::size_t i = 0; i < condition.path.size(); ++i)
      at = &at->add(UblStep{condition.path[i], i + 1 < condition.path.size(), {}});
    at->text = condition.value;
    return element;
  }

  void addValue(const Value& value, const GroupView& group, OutElement& element) {
    const auto& information = document::info(value.term);
    const auto& path = ublPathOf(value.term, creditNote_);
    if (value.term == Term::BT_21) return;  // written with its note
    if (!path.attribute.empty()) return addAttribute(value, path, element);
    auto& leaf = leafFor(path, element);
    leaf.text = value.term == Term::BT_22 ? noteText(value, group) : value.text;
    const auto names = qualifierAttributes(information.type);
    if (!addQualifierElement(path, value, *parentOfLeaf_) && !names.qualifier.empty() &&
        !value.qualifier.empty())
      leaf.attributes.emplace_back(names.qualifier, value.qualifier);
    if (!names.version.empty() && !value.version.empty())
      leaf.attributes.emplace_back(names.version, value.version);
  }

  OutElement& leafFor(const UblPath& path, OutElement& element) {
    parentOfLeaf_ = &element;
    if (path.steps.empty()) return element;
    auto* at = path.fromRoot ? &root_ : &element;
    auto* above = at;
    for (std::size_t i = 0; i + 1 < path.steps.size(); ++i) {
      above = at;
      at = &existingOrNew(*at, path.steps[i]);
    }
    if (path.steps.size() > 1) {
      const auto& holder = path.steps[path.steps.size() - 2];
      at = above->last(holder);
      for (auto& sibling : above->children)
        if (sibling->step.name == holder.name && sibling->step.condition == holder.condition &&
            !sibling->first(path.steps.back())) {
          at = sibling.get();
          break;
        }
      if (at->first(path.steps.back())) at = &create(*above, holder);
    }
    parentOfLeaf_ = at;
    return at->add(path.steps.back());
  }

  // The qualifier that UBL says in an element and not in an attribute.
  bool addQualifierElement(const UblPath& path, const Value& value, OutElement& holder) {
    if (path.steps.size() < 2) return false;
    const auto& condition = path.steps[path.steps.size() - 2].condition;
    if (condition.kind != UblCondition::Kind::qualifier) return false;
    auto* at = &holder;
    for (std::size_t i = 0; i < condition.path.size(); ++i)
      at = &at->add(UblStep{condition.path[i], i + 1 < condition.path.size(), {}});
    at->text = value.qualifier;
    return true;
  }

  void addAttribute(const Value& value, const UblPath& path, OutElement& element) {
    auto* at = path.fromRoot ? &root_ : &element;
    for (const auto& step : path.steps) at = &existingOrNew(*at, step);
    at->attributes.emplace_back(path.attribute, value.text);
  }

  std::string_view noteText(const Value& value, const GroupView& group) {
    const auto subject = group.text(Term::BT_21);
    if (subject.empty()) return value.text;
    texts_.push_back(
        std::make_unique<std::string>("#" + std::string(subject) + "#" + std::string(value.text)));
    return *texts_.back();
  }

  bool creditNote_;
  OutElement root_;
  OutElement* parentOfLeaf_ = nullptr;
  std::vector<std::unique_ptr<std::string>> texts_;  // that are not the document's own
};

void write(xml::Writer& writer, OutElement& element, bool isRoot) {
  if (!isRoot && element.holdsOthers && element.children.empty()) return;
  if (!isRoot)
    writer.open(std::string(element.step.aggregate ? "cac:" : "cbc:") + std::string(element.step.name));
  for (const auto& [name, value] : element.attributes) writer.attribute(name, value);
  if (!element.text.empty()) writer.text(element.text);
  std::stable_sort(element.children.begin(), element.children.end(),
                   [](const auto& a, const auto& b) { return a->order < b->order; });
  for (const auto& child : element.children) write(writer, *child, false);
  writer.close();
}

}  // namespace

Result<std::string> writeUbl(const BusinessDocument& document) {
  const bool creditNote = document.kind() == Kind::credit_note;
  Layout layout(creditNote);
  layout.addGroup(document.root(), layout.root());
  xml::Writer writer({.indent = 2, .declaration = true});
  writer.open(layout.root().step.name);
  writer.declare("", creditNote ? ubl_credit_note : ubl_invoice)
      .declare("cac", ubl_cac)
      .declare("cbc", ubl_cbc);
  write(writer, layout.root(), true);
  return writer.finish();
}

}  // namespace postgang::formats
