#include "formats/ubl_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "formats/place_counter.h"
#include "formats/ubl_paths.h"

namespace postgang::formats {
namespace {

using document::Builder;
using document::Group;
using document::Kind;
using document::Place;
using document::Term;
using xml::NodeIndex;

constexpr std::uint16_t unknown_name = 0xffff;

// Which groups are open, as bits by number.
using Groups = std::uint64_t;
constexpr Groups bit(Group group) {
  return Groups{1} << static_cast<unsigned>(group);
}

std::array<Groups, 33> descendantsOfGroups() {
  std::array<Groups, 33> descendants{};
  for (const auto& group : document::groups())
    for (auto above = group.group; above != Group::BG_0;) {
      above = document::info(above).parent;
      descendants[static_cast<std::size_t>(above)] |= bit(group.group);
    }
  return descendants;
}

// The groups of the document being built. UBL's elements do not nest as the groups do, so each group knows
// where its current occurrence stands. An occurrence that was begun only because something in it came first
// (a period before its delivery, a creditor's identifier before the payment) is taken over by the group's own
// element.
class OpenGroups {
 public:
  explicit OpenGroups(Builder& builder) : builder_(builder) { marks_[0] = builder.mark(); }

  void begin(Group group, Place place) {
    if ((open_ & waiting_ & bit(group)) != 0) {
      waiting_ &= ~bit(group);
      return;
    }
    static const auto descendants = descendantsOfGroups();
    open_ &= ~descendants[static_cast<std::size_t>(group)];
    open(group, place);
  }

  void moveInto(Group group, Place place) {
    if ((open_ & bit(group)) == 0) {
      open(group, place);
      waiting_ |= bit(group);
    }
    builder_.moveTo(marks_[static_cast<std::size_t>(group)]);
  }

 private:
  void open(Group group, Place place) {
    moveInto(document::info(group).parent, place);
    builder_.begin(group, place);
    marks_[static_cast<std::size_t>(group)] = builder_.mark();
    open_ |= bit(group);
    waiting_ &= ~bit(group);
  }

  Builder& builder_;
  std::array<Builder::Mark, 33> marks_{};
  Groups open_ = bit(Group::BG_0);
  Groups waiting_ = 0;
};

class Reader {
 public:
  Reader(const xml::Tree& tree, bool creditNote)
      : arena_(tree.arena()),
        elements_(ublElements(creditNote)),
        places_(arena_.source),
        builder_(creditNote ? Kind::credit_note : Kind::invoice),
        groups_(builder_),
        extraRoom_(4 * arena_.source.size() + 1'000'000) {
    names_.assign(arena_.names.localCount(), unknown_name);
    for (std::size_t i = 0; i < elements_.names.size(); ++i)
      if (const auto id = arena_.names.findLocal(elements_.names[i]))
        names_[*id] = static_cast<std::uint16_t>(i);
    cac_ = arena_.names.findNamespace(ubl_cac).value_or(unknown_name);
    cbc_ = arena_.names.findNamespace(ubl_cbc).value_or(unknown_name);
    const auto root = tree.root();
    vatCurrency_ = trimmed(root.child(ubl_cbc, "TaxCurrencyCode").text());
    if (vatCurrency_ == trimmed(root.child(ubl_cbc, "DocumentCurrencyCode").text())) vatCurrency_ = {};
  }

  Result<document::BusinessDocument> read() {
    readElement(0, elements_.elements[0], 1);
    addCreditor();
    if (tooComplex_)
      return fail(ProblemKind::too_large, "document-too-complex",
                  "The document holds far more than an invoice does, in names rather than in content.", {},
                  "Send the invoice without the elements that no receiver reads.");
    return std::move(builder_).build();
  }

 private:
  // One element of the walk from the root, for the path of an extra.
  struct Level {
    std::vector<std::uint32_t> counts;  // by local name, of the children so far
    std::vector<std::uint16_t> counted;
    NodeIndex node = 0;
    std::uint32_t ordinal = 1;
  };

  Level& level(std::size_t depth) {
    while (levels_.size() <= depth) {
      levels_.emplace_back();
      levels_.back().counts.assign(arena_.names.localCount(), 0);
    }
    return levels_[depth];
  }

  void enter(std::size_t depth, NodeIndex node, std::uint32_t ordinal) {
    auto& here = level(depth);
    for (const auto name : here.counted) here.counts[name] = 0;
    here.counted.clear();
    here.node = node;
    here.ordinal = ordinal;
  }

  std::uint32_t count(std::size_t depth, NodeIndex child) {
    auto& here = levels_[depth];
    const auto name = arena_.nodes[child].name.local;
    if (here.counts[name]++ == 0) here.counted.push_back(name);
    return here.counts[name];
  }

  void readElement(NodeIndex node, const UblElement& element, std::uint32_t ordinal) {
    const auto place = places_.at(arena_.nodes[node].offset);
    enter(depth_, node, ordinal);
    if (element.group && element.group != Group::BG_0) groups_.begin(*element.group, place);
    if (element.group == Group::BG_19 && !mandate_) {
      groups_.moveInto(Group::BG_19, place);
      mandate_ = builder_.mark();
    }
    const bool isRepeated =
        element.term && element.crossing && seen_[static_cast<std::size_t>(*element.term)];
    if (isRepeated || (element.constant && !isExpected(node, element)))
      addExtra(textOf(node), place);
    else if (element.term)
      addTerm(node, *element.term, place);
    static const UblElement unknown;
    readAttributes(node, isRepeated ? unknown : element, place);
    readChildren(node, element, place);
  }

  void readChildren(NodeIndex node, const UblElement& element, Place place) {
    const bool holdsText = element.term || element.constant;
    ++depth_;
    for (auto child = arena_.firstChild(node); child != xml::no_node; child = arena_.nextSibling(child)) {
      if (arena_.nodes[child].isText()) {
        if (!holdsText) addStrayText(child, place);
        continue;
      }
      const auto ordinal = count(depth_ - 1, child);
      if (const auto* known = match(child, element)) {
        const auto outer = std::exchange(qualifier_, qualifierBelow(child, *known));
        readElement(child, *known, ordinal);
        qualifier_ = outer;
      } else {
        readExtra(child, ordinal);
      }
    }
    --depth_;
  }

  // The qualifier that the element says for the values in it; nullopt where there is none to say it for.
  std::optional<std::string_view> qualifierBelow(NodeIndex node, const UblElement& element) const {
    if (element.step.condition.kind != UblCondition::Kind::qualifier) return qualifier_;
    for (const auto index : element.children)
      if (elements_.elements[index].term &&
          xml::Element(&arena_, node).child(elements_.elements[index].step.name))
        return textAt(node, element.step.condition);
    return std::nullopt;
  }

  // The element of the model that this one is, if any.
  const UblElement* match(NodeIndex node, const UblElement& parent) const {
    const auto name = arena_.nodes[node].name;
    const auto known = names_[name.local];
    if (known == unknown_name) return nullptr;
    for (const auto index : parent.children) {
      const auto& candidate = elements_.elements[index];
      if (candidate.nameIndex != known) continue;
      if (name.space != (candidate.step.aggregate ? cac_ : cbc_)) continue;
      if (candidate.step.condition.kind != UblCondition::Kind::demanded ||
          holds(node, candidate.step.condition))
        return &candidate;
    }
    return nullptr;
  }

  bool holds(NodeIndex node, const UblCondition& condition) const {
    const auto found = textAt(node, condition);
    if (condition.value == "BT-6") return !found.empty() && found == vatCurrency_;
    return found == condition.value || (condition.value == "true" && found == "1") ||
           (condition.value == "false" && found == "0");
  }

  std::string_view textAt(NodeIndex node, const UblCondition& condition) const {
    xml::Element element(&arena_, node);
    for (const auto name : condition.path) element = element.child(name);
    return condition.attribute.empty() ? trimmed(element.text())
                                       : trimmed(element.attribute(condition.attribute));
  }

  bool isExpected(NodeIndex node, const UblElement& element) const {
    const auto text = textOf(node);
    if (element.expected.empty()) return qualifier_.has_value();
    return text == element.expected || (element.expected == "true" && text == "1") ||
           (element.expected == "false" && text == "0");
  }

  std::string_view textOf(NodeIndex node) const { return trimmed(arena_.directText(node)); }

  void addTerm(NodeIndex node, Term term, Place place) {
    const auto& information = document::info(term);
    const auto attributes = qualifierAttributes(information.type);
    const xml::Element element(&arena_, node);
    const auto attributeText = [&](std::string_view name) {
      return name.empty() ? name : element.attribute(name);
    };
    auto text = textOf(node);
    if (term == Term::BT_90) {
      creditor_ = {term, text, element.attribute(attributes.qualifier), {}, place};
      seen_[static_cast<std::size_t>(term)] = true;
      return;
    }
    groups_.moveInto(information.group, place);
    if (term == Term::BT_22) text = addNoteSubject(text, place);
    const auto qualifier = qualifier_ ? *qualifier_ : attributeText(attributes.qualifier);
    builder_.add(term, text, qualifier, attributeText(attributes.version), place);
    seen_[static_cast<std::size_t>(term)] = true;
    noteKind(term, text);
  }

  // Credit notes that came as an Invoice say so by their type code (UNTDID 1001). Reminders and interest
  // invoices have no code of their own: SFTI's print profile tells them by a reference whose description
  // begins with AQY.
  void noteKind(Term term, std::string_view text) {
    constexpr std::string_view credit_codes[] = {"81",  "83",  "261", "262", "296", "308",
                                                 "381", "396", "420", "458", "532"};
    if (term == Term::BT_3 &&
        std::find(std::begin(credit_codes), std::end(credit_codes), text) != std::end(credit_codes))
      builder_.setKind(Kind::credit_note);
    if (term == Term::BT_122) supportingReference_ = text;
    if (term != Term::BT_123 || !text.starts_with("AQY")) return;
    if (supportingReference_ == "201" || supportingReference_ == "202")
      builder_.setKind(Kind::interest_invoice);
    if (supportingReference_ == "301" || supportingReference_ == "302") builder_.setKind(Kind::reminder);
  }

  // The creditor's identifier with the bank stands with the seller, and belongs to the mandate that follows
  // later.
  void addCreditor() {
    if (!creditor_) return;
    if (mandate_)
      builder_.moveTo(*mandate_);
    else
      groups_.moveInto(Group::BG_19, creditor_->place);
    builder_.add(Term::BT_90, creditor_->text, creditor_->qualifier, {}, creditor_->place);
  }

  // UBL has no element for the subject code of a note (BT-21): it stands before the text, between number
  // signs.
  std::string_view addNoteSubject(std::string_view text, Place place) {
    const auto isCapital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() < 5 || text[0] != '#' || text[4] != '#' ||
        !std::all_of(text.begin() + 1, text.begin() + 4, isCapital))
      return text;
    builder_.add(Term::BT_21, text.substr(1, 3), {}, {}, place);
    return text.substr(5);
  }

  void readAttributes(NodeIndex node, const UblElement& element, Place place) {
    const auto& extent = arena_.nodes[node].extent;
    for (auto i = extent.start; i < extent.start + extent.length; ++i) {
      const auto& attribute = arena_.attributes[i];
      const auto name = arena_.names.local(attribute.name);
      const auto value = arena_.text(attribute.value);
      if (attribute.name.space != xml::NameTable::no_namespace) {
        if (!arena_.names.uri(attribute.name).ends_with("XMLSchema-instance")) addExtra(value, place, name);
        continue;
      }
      if (element.term) {
        const auto known = qualifierAttributes(document::info(*element.term).type);
        if ((name == known.qualifier && !qualifier_) || name == known.version) continue;
      }
      const auto term = std::find_if(element.attributeTerms.begin(), element.attributeTerms.end(),
                                     [&](const auto& entry) { return entry.name == name; });
      if (term == element.attributeTerms.end()) {
        addExtra(value, place, name);
      } else {
        groups_.moveInto(document::info(term->term).group, place);
        builder_.add(term->term, value, {}, {}, place);
      }
    }
  }

  // An element that no term covers, with all that is in it.
  void readExtra(NodeIndex node, std::uint32_t ordinal) {
    const auto place = places_.at(arena_.nodes[node].offset);
    enter(depth_, node, ordinal);
    const auto text = textOf(node);
    bool hasElements = false;
    ++depth_;
    for (auto child = arena_.firstChild(node); child != xml::no_node; child = arena_.nextSibling(child))
      hasElements = hasElements || !arena_.nodes[child].isText();
    --depth_;
    if (!hasElements || !text.empty()) addExtra(text, place);
    readAttributes(node, {}, place);
    ++depth_;
    for (auto child = arena_.firstChild(node); child != xml::no_node; child = arena_.nextSibling(child))
      if (!arena_.nodes[child].isText()) readExtra(child, count(depth_ - 1, child));
    --depth_;
  }

  void addStrayText(NodeIndex textNode, Place place) {
    const auto text = trimmed(arena_.text(arena_.nodes[textNode].extent));
    if (text.empty()) return;
    --depth_;
    addExtra(text, place);
    ++depth_;
  }

  void addExtra(std::string_view text, Place place, std::string_view attribute = {}) {
    if (tooComplex_) return;
    std::string path;
    for (std::size_t i = 0; i <= depth_; ++i) {
      path.push_back('/');
      path.append(arena_.names.local(arena_.nodes[levels_[i].node].name));
      if (levels_[i].ordinal > 1) path.append("[").append(std::to_string(levels_[i].ordinal)).append("]");
    }
    if (!attribute.empty()) path.append("/@").append(attribute);
    if (path.size() + text.size() > extraRoom_) {
      tooComplex_ = true;
      return;
    }
    extraRoom_ -= path.size() + text.size();
    builder_.addExtra(path, text, place);
  }

  const xml::Arena& arena_;
  const UblElements& elements_;
  PlaceCounter places_;
  Builder builder_;
  OpenGroups groups_;
  std::vector<std::uint16_t> names_;  // by the tree's local name: the index in elements_.names
  std::uint16_t cac_ = unknown_name;
  std::uint16_t cbc_ = unknown_name;
  std::string_view vatCurrency_;               // BT-6 where it differs from BT-5
  std::optional<document::Value> creditor_;    // BT-90
  std::optional<Builder::Mark> mandate_;       // the first BG-19
  std::string_view supportingReference_;       // the last BT-122
  std::optional<std::string_view> qualifier_;  // of the values below, where an element says it
  std::array<bool, 166> seen_{};
  std::vector<Level> levels_;
  std::size_t depth_ = 0;
  std::size_t extraRoom_;
  bool tooComplex_ = false;
};

}  // namespace

Result<document::BusinessDocument> readUbl(const xml::Tree& tree) {
  return Reader(tree, tree.root().is("CreditNote")).read();
}

}  // namespace postgang::formats
