// Each change finds its element by the way that terms.def tells of it: down the groups that the change names,
// then down the term's own path. What is missing on the way is made.
#include "formats/correct_ubl.h"

#include <charconv>
#include <map>
#include <optional>

#include "base/bytes.h"
#include "base/text.h"
#include "formats/correct_draft.h"
#include "formats/ubl_paths.h"

namespace postgang::formats {
namespace {

using document::BusinessDocument;
using document::Group;
using document::GroupView;
using document::Term;

struct Step {
  Group group{};
  std::size_t ordinal = 0;  // 0: not said
};

tl::unexpected<Problem> placeUnknown(Term term, std::string_view place, std::string detail,
                                     std::string advice) {
  Problem problem{ProblemKind::invalid,    "place-unknown",   std::move(detail),
                  std::string(name(term)), std::move(advice), {}};
  problem.parameters["term"] = name(term);
  problem.parameters["place"] = truncated(withoutControls(place), 100);
  return fail(std::move(problem));
}

// From below the document to the term's own group.
std::vector<Step> stepsTo(Group group) {
  std::vector<Step> steps;
  for (; group != Group::BG_0; group = document::info(group).parent) steps.insert(steps.begin(), {group, 0});
  return steps;
}

// "BG-25[2]"
std::optional<Step> parsedStep(std::string_view text) {
  Step step{Group::BG_0, 1};
  const auto bracket = text.find('[');
  const auto group = document::groupFromName(text.substr(0, bracket));
  if (!group) return std::nullopt;
  step.group = *group;
  if (bracket == std::string_view::npos) return step;
  if (!text.ends_with(']')) return std::nullopt;
  const auto digits = text.substr(bracket + 1, text.size() - bracket - 2);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), step.ordinal);
  if (error != std::errc() || end != digits.data() + digits.size() || step.ordinal == 0) return std::nullopt;
  return step;
}

Result<std::vector<Step>> stepsOf(Term term, std::string_view place) {
  auto steps = stepsTo(document::info(term).group);
  if (place.empty()) return steps;
  const auto said = split(place, '/');
  bool fits = said.size() <= steps.size();
  for (std::size_t i = 0; fits && i < said.size(); ++i) {
    const auto step = parsedStep(said[i]);
    fits = step && step->group == steps[i].group;
    if (fits) steps[i] = *step;
  }
  if (!fits)
    return placeUnknown(
        term, place,
        std::string(name(term)) + " does not stand in " + truncated(withoutControls(place), 100) + ".",
        "Write the groups from the outermost in, as a difference tells them: BG-25[2]/BG-26.");
  return steps;
}

// A group whose being there says something that no correction may say: a line, a party.
bool mayBeMade(Group group) {
  for (const auto& term : document::terms())
    if (term.group == group && required(term.cardinality) && term.correctable == document::Correctable::never)
      return false;
  return true;
}

class Corrector {
 public:
  Corrector(const xml::Tree& tree, const BusinessDocument& document)
      : document_(document), draft_(tree), creditNote_(tree.root().is("CreditNote")) {}

  Outcome apply(const TermChange& change) {
    TRY(const auto steps, stepsOf(change.term, change.place));
    TRY(const auto levels, levelsOf(change, steps));
    const auto view = levels.empty() ? std::optional(document_.root()) : levels.back().view;
    if (const auto value = view ? view->find(change.term) : std::nullopt)
      changeValue(change, *value);
    else if (change.value)
      addValue(change, elementOf(levels));
    return {};
  }

  void attach(const NewAttachment& attachment) {
    const auto element = draft_.add(draft_.root(), ublPathOf(Group::BG_24, creditNote_).steps.back());
    setPath(element, Term::BT_122, attachment.reference);
    if (!attachment.description.empty()) setPath(element, Term::BT_123, attachment.description);
    const auto file = setPath(element, Term::BT_125, base64(attachment.bytes));
    draft_.setAttribute(file, "mimeCode", attachment.mediaType);
    draft_.setAttribute(file, "filename", attachment.fileName);
  }

  Outcome detach(const std::string& reference) {
    std::vector<GroupView> meant;
    const auto groups = document_.root().groups(Group::BG_24);
    for (const auto& group : groups)
      if (group.text(Term::BT_122) == reference) meant.push_back(group);
    const auto step = parsedStep(reference);
    if (meant.empty() && step && step->group == Group::BG_24 && step->ordinal <= groups.size())
      meant.push_back(groups[step->ordinal - 1]);
    if (meant.size() != 1)
      return placeUnknown(
          Term::BT_122, reference,
          meant.empty() ? "No attachment has this reference." : "Several attachments have this reference.",
          "Take a reference that the document has, or a place: BG-24[2].");
    draft_.remove(draft_.at(meant.front().place()).node);
    return {};
  }

  std::string written() const { return draft_.written(); }

 private:
  // A group on the way to the term, as it was read; without a view it is to be made.
  struct Level {
    Group group{};
    std::string place;
    std::optional<GroupView> view;
  };

  Result<std::vector<Level>> levelsOf(const TermChange& change, const std::vector<Step>& steps) {
    std::vector<Level> levels;
    std::optional<GroupView> above = document_.root();
    std::string place;
    for (const auto& step : steps) {
      const auto there = above ? above->groups(step.group) : std::vector<GroupView>();
      if (step.ordinal == 0 && there.size() > 1 && repeats(document::info(step.group).cardinality))
        return placeUnknown(change.term, change.place,
                            "There are " + std::to_string(there.size()) + " of " +
                                std::string(name(step.group)) + ", and the change does not say which.",
                            "Say which: " + std::string(name(step.group)) + "[2].");
      const auto ordinal = step.ordinal == 0 ? 1 : step.ordinal;
      const auto before = place + "/" + std::string(name(step.group));
      place = before + "[" + std::to_string(ordinal) + "]";
      if (ordinal <= there.size()) {
        above = there[ordinal - 1];
      } else if (change.value && mayBeMade(step.group) &&
                 (ordinal == there.size() + 1 ||
                  made_.contains(before + "[" + std::to_string(ordinal - 1) + "]"))) {
        above.reset();
      } else {
        return placeUnknown(
            change.term, change.place,
            "The document has no such " + std::string(document::info(step.group).english) + ".",
            "Read the document again and choose a place that it has.");
      }
      levels.push_back({step.group, place, above});
    }
    return levels;
  }

  // The innermost group's element. UBL keeps some groups elsewhere than in the one around them (the period
  // BG-14 beside the delivery BG-13): what is around those needs no element.
  Draft::Spot elementOf(const std::vector<Level>& levels) {
    auto first = levels.begin();
    for (auto level = levels.begin(); level != levels.end(); ++level)
      if (ublPathOf(level->group, creditNote_).fromRoot) first = level;
    auto element = draft_.root();
    for (; first != levels.end(); ++first)
      element = first->view ? existing(*first->view, element) : made(first->group, first->place, element);
    return element;
  }

  // A group is known by the place of its element, or of the first thing that spoke of it.
  Draft::Spot existing(const GroupView& view, Draft::Spot parent) {
    const auto& path = ublPathOf(view.id(), creditNote_);
    if (path.steps.empty()) return parent;
    const auto found = draft_.at(view.place());
    if (found && xml::Element(&draft_.arena(), found.node).name() == path.steps.back().name) return found;
    return madeAlong(parent, path.steps);
  }

  Draft::Spot made(Group group, const std::string& place, Draft::Spot parent) {
    if (const auto known = made_.find(place); known != made_.end()) return known->second;
    const auto& path = ublPathOf(group, creditNote_);
    auto at = parent;
    if (repeats(document::info(group).cardinality) && !path.steps.empty()) {
      at = madeAlong(at, {path.steps.begin(), path.steps.end() - 1});
      at = draft_.add(at, path.steps.back());
    } else {
      at = madeAlong(at, path.steps);
    }
    return made_[place] = at;
  }

  Draft::Spot madeAlong(Draft::Spot at, const std::vector<UblStep>& steps) {
    for (const auto& step : steps) {
      const auto there = draft_.child(at, step);
      at = there ? there : draft_.add(at, step);
    }
    return at;
  }

  Draft::Spot setPath(Draft::Spot element, Term term, std::string_view text) {
    const auto& path = ublPathOf(term, creditNote_);
    const auto leaf = madeAlong(path.fromRoot ? draft_.root() : element, path.steps);
    draft_.setText(leaf, text);
    return leaf;
  }

  void addValue(const TermChange& change, Draft::Spot element) {
    const auto leaf = setPath(element, change.term, *change.value);
    const auto attribute = qualifierAttributes(document::info(change.term).type).qualifier;
    if (!change.qualifier.empty() && !attribute.empty())
      draft_.setAttribute(leaf, attribute, change.qualifier);
  }

  void changeValue(const TermChange& change, const document::Value& value) {
    const auto leaf = draft_.at(value.place);
    if (!change.value) {
      const auto& steps = ublPathOf(change.term, creditNote_).steps;
      const auto constant = steps.size() < 2 || steps[steps.size() - 2].condition.path.empty()
                                ? std::string_view()
                                : steps[steps.size() - 2].condition.path.front();
      draft_.remove(leaf.node, constant);
      return;
    }
    if (*change.value != value.text) draft_.setText(leaf, *change.value);
    const auto attribute = qualifierAttributes(document::info(change.term).type).qualifier;
    if (!change.qualifier.empty() && !attribute.empty() && change.qualifier != value.qualifier)
      draft_.setAttribute(leaf, attribute, change.qualifier);
  }

  const BusinessDocument& document_;
  Draft draft_;
  bool creditNote_;
  std::map<std::string, Draft::Spot> made_;  // by place
};

}  // namespace

Result<std::string> correctUbl(const xml::Tree& tree, const BusinessDocument& document,
                               const Correction& correction) {
  Corrector corrector(tree, document);
  for (const auto& reference : correction.removedAttachments) CHECK_OK(corrector.detach(reference));
  for (const auto& change : correction.changes) CHECK_OK(corrector.apply(change));
  for (const auto& attachment : correction.attachments) corrector.attach(attachment);
  return corrector.written();
}

}  // namespace postgang::formats
