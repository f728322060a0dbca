#include "rules/term_index.h"

#include <algorithm>

namespace postgang::rules {

using document::Group;
using document::Term;

namespace {

std::string step(Group group, std::uint32_t ordinal) {
  std::string text(document::name(group));
  if (ordinal > 1) text += "[" + std::to_string(ordinal) + "]";
  return text;
}

}  // namespace

TermIndex::TermIndex(const document::BusinessDocument& document) {
  groups_.reserve(64);
  groups_.push_back({Group::BG_0, 0, 1, 0, document.root().place()});
  std::vector<Occurrence> found;
  found.reserve(256);
  if (document.root()) walk(document.root(), 0, found);
  sort(found);
}

void TermIndex::walk(const document::GroupView& group, std::uint32_t index, std::vector<Occurrence>& found) {
  const auto line = groups_[index].line;
  for (const auto& value : group.values()) {
    if (value.term == Term::BT_125) continue;
    if (!value.text.empty()) found.push_back({value, line, index});
    const bool hasUnit = value.term == Term::BT_129 || value.term == Term::BT_149;
    if (hasUnit && !value.qualifier.empty()) {
      const auto unit = value.term == Term::BT_129 ? Term::BT_130 : Term::BT_150;
      found.push_back({{unit, value.qualifier, {}, {}, value.place}, line, index});
    }
  }
  Group last = Group::BG_0;  // groups of a kind stand together
  std::uint32_t ordinal = 0;
  for (const auto& inner : group.groups()) {
    ordinal = inner.id() == last ? ordinal + 1 : 1;
    last = inner.id();
    const auto own = static_cast<std::uint32_t>(groups_.size());
    if (last == Group::BG_25) lines_.push_back(own);
    groups_.push_back({last, index, ordinal, last == Group::BG_25 ? lineCount() : line, inner.place()});
    walk(inner, own, found);
  }
}

// By counting: a document has far more values than there are terms.
void TermIndex::sort(const std::vector<Occurrence>& found) {
  for (const auto& occurrence : found) ++first_[static_cast<std::size_t>(occurrence.value.term) + 1];
  for (std::size_t i = 1; i <= terms_end; ++i) first_[i] += first_[i - 1];
  auto next = first_;
  occurrences_.resize(found.size());
  for (const auto& occurrence : found)
    occurrences_[next[static_cast<std::size_t>(occurrence.value.term)]++] = occurrence;
}

std::string TermIndex::groupPlace(const Occurrence& occurrence) const {
  std::string place;
  for (auto i = occurrence.group; i != 0; i = groups_[i].parent)
    place = step(groups_[i].id, groups_[i].ordinal) + (place.empty() ? "" : "/" + place);
  return place;
}

std::string TermIndex::expectedPlace(Group group, std::uint32_t line) const {
  std::string place;
  for (; group != Group::BG_0; group = document::info(group).parent)
    place = step(group, group == Group::BG_25 ? std::max(line, 1U) : 1) + (place.empty() ? "" : "/" + place);
  return place;
}

const TermIndex::GroupEntry* TermIndex::nearest(Group group, std::uint32_t line) const {
  const auto first = line > 0 ? lines_[line - 1] : 0;
  for (std::size_t i = first; i < groups_.size(); ++i) {
    if (line > 0 && groups_[i].line != line) break;
    if (groups_[i].id == group) return &groups_[i];
  }
  return nullptr;
}

document::Place TermIndex::nearestPlace(Group group, std::uint32_t line) const {
  for (; group != Group::BG_0; group = document::info(group).parent)
    if (const auto* found = nearest(group, line)) return found->place;
  return groups_.front().place;
}

}  // namespace postgang::rules
