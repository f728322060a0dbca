// Correct, then read the new file and hold it against the old one: whatever the draft did, nothing but what
// was asked for may differ.
#include "formats/correct.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "document/difference.h"
#include "formats/correct_attachment.h"
#include "formats/correct_ubl.h"
#include "formats/format.h"

namespace postgang::formats {
namespace {

using document::BusinessDocument;
using document::Correctable;
using document::Group;
using document::GroupView;
using document::Term;

tl::unexpected<Problem> at(const TermChange& change, Problem problem) {
  if (!change.place.empty()) problem.parameters["place"] = truncated(withoutControls(change.place), 100);
  return fail(std::move(problem));
}

// An electronic address that says no scheme, and shows none of itself, keeps the one that stands there.
Result<CheckedValue> checkedAs(const TermChange& change, const BusinessDocument& document) {
  auto checked = checkedValue(change.term, change.value.value_or("-"), change.value ? change.qualifier : "");
  const auto before = document.find(change.term);
  if (checked || change.term != Term::BT_49 || !change.value || !change.qualifier.empty() || !before ||
      before->qualifier.empty())
    return checked;
  const auto why = checked.error().parameters.find("reason");
  if (why == checked.error().parameters.end() || why->second != "scheme-missing") return checked;
  return checkedValue(change.term, *change.value, before->qualifier);
}

// The changes as they are to be written; of several for one value the last counts.
Result<std::vector<TermChange>> judged(const std::vector<TermChange>& changes,
                                       const BusinessDocument& document) {
  std::vector<TermChange> good;
  for (const auto& change : changes) {
    auto checked = checkedAs(change, document);
    const bool isRefused = !checked && (change.value || checked.error().code == "term-not-correctable");
    if (isRefused) return at(change, checked.error());
    std::erase_if(good, [&](const TermChange& earlier) {
      return earlier.term == change.term && earlier.place == change.place;
    });
    good.push_back(change);
    if (!change.value) continue;
    good.back().value = checked->value;
    good.back().qualifier = checked->qualifier;
  }
  return good;
}

tl::unexpected<Problem> needsAnother(Term term, Term needed) {
  Problem problem{ProblemKind::invalid,
                  "term-needs-another",
                  std::string(document::info(term).english) + " cannot stand without " +
                      std::string(document::info(needed).english) + ".",
                  std::string(name(term)),
                  "Give a value to " + std::string(name(needed)) + ", too, or take away what needs it.",
                  {}};
  problem.parameters["term"] = name(term);
  problem.parameters["needs"] = name(needed);
  return fail(std::move(problem));
}

void collect(const GroupView& group, Group wanted, std::vector<GroupView>& found) {
  if (group.id() == wanted) found.push_back(group);
  for (const auto& inner : group.groups()) collect(inner, wanted, found);
}

std::size_t lacking(const BusinessDocument& document, Group group, Term term) {
  std::vector<GroupView> found;
  collect(document.root(), group, found);
  return static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [&](const GroupView& view) {
    return !view.find(term) && (!view.values().empty() || !view.groups().empty());
  }));
}

// What the standard demands within a group (a country in an address) and UBL of an order reference; only what
// the correction itself made lacking.
Outcome checkCompany(const BusinessDocument& before, const BusinessDocument& after,
                     const std::vector<TermChange>& changes) {
  for (const auto& change : changes) {
    const auto group = document::info(change.term).group;
    for (const auto& term : document::terms())
      if (term.group == group && group != Group::BG_0 && required(term.cardinality) &&
          term.correctable == Correctable::freely &&
          lacking(after, group, term.term) > lacking(before, group, term.term))
        return at(change, std::move(needsAnother(change.term, term.term).value()));
  }
  const auto lacksOrder = [](const BusinessDocument& document) {
    return document.find(Term::BT_14) && !document.find(Term::BT_13);
  };
  if (lacksOrder(after) && !lacksOrder(before)) return needsAnother(Term::BT_14, Term::BT_13);
  return {};
}

// Within a group that repeats, taking one away moves the others' values: they all may differ.
Outcome checkDifference(const BusinessDocument& before, const BusinessDocument& after,
                        const Correction& correction) {
  std::set<Term> terms;
  std::set<Group> groups;
  for (const auto& change : correction.changes) {
    terms.insert(change.term);
    const auto group = document::info(change.term).group;
    if (repeats(document::info(group).cardinality)) groups.insert(group);
  }
  if (!correction.attachments.empty() || !correction.removedAttachments.empty()) groups.insert(Group::BG_24);
  const auto differences = difference(before, after);
  for (const auto& change : differences) {
    const auto& information = document::info(change.term);
    if (information.correctable == Correctable::freely &&
        (terms.contains(change.term) || groups.contains(information.group)))
      continue;
    return fail(
        ProblemKind::unsupported, "format-not-corrected",
        "The file is built so that this change would alter " + std::string(information.english) + " as well.",
        std::string(name(change.term)), "Correct it in the system that made the file.");
  }
  if (!differences.empty()) return {};
  return fail(ProblemKind::conflict, "nothing-changed", "The document says all this already.", {},
              "Change a value, or send the document again as it is.");
}

// The file is UTF-8 now, whatever it was; a byte order mark stays where it said just that.
std::string withItsEncodingSaid(std::string file, std::string_view original) {
  const auto end = file.starts_with("<?xml") ? file.find("?>") : 0;
  const auto said = file.find("encoding");
  if (said < end) {
    const auto quote = file.find_first_of("\"'", said);
    const auto length = file.find(file[quote], quote + 1) - quote - 1;
    if (lowered(file.substr(quote + 1, length)) != "utf-8") file.replace(quote + 1, length, "UTF-8");
  }
  if (original.starts_with("\xef\xbb\xbf")) file.insert(0, "\xef\xbb\xbf");
  return file;
}

Outcome checkCount(std::size_t count) {
  if (count > corrections_max)
    return fail(ProblemKind::too_large, "correction-too-large",
                "More than " + std::to_string(corrections_max) + " changes at once.", {},
                "Send fewer at a time.");
  return {};
}

}  // namespace

Result<std::string> correct(std::string_view original, const std::vector<TermChange>& changes,
                            const std::vector<NewAttachment>& attachments,
                            const std::vector<std::string>& removedAttachments) {
  CHECK_OK(checkCount(changes.size() + attachments.size() + removedAttachments.size()));
  TRY(const auto tree, treeOf(original));
  TRY(const auto reading, readDocument(tree));
  const auto& format = *reading.recognised.format;
  if (format.correct == nullptr)
    return fail(ProblemKind::unsupported, "format-not-corrected",
                "A " + std::string(format.name) + " is read, but not corrected here.", {},
                "Correct it in the system that made it, and send it again.");
  Correction correction;
  TRY(correction.changes, judged(changes, reading.document));
  TRY(correction.attachments, checkedAttachments(attachments, reading.document, removedAttachments));
  correction.removedAttachments = removedAttachments;
  TRY(auto written, format.correct(tree, reading.document, correction));
  auto corrected = withItsEncodingSaid(std::move(written), original);
  TRY(const auto again, readDocument(corrected));
  CHECK_OK(checkCompany(reading.document, again.document, correction.changes));
  CHECK_OK(checkDifference(reading.document, again.document, correction));
  return corrected;
}

}  // namespace postgang::formats
