// The values of one document by term, with the line and the group each stands in: made once per document, so
// that two hundred demands need not walk it.
//
// Empty values and the content of binary objects are left out; the units BT-130 and BT-150 are values of
// their own.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "document/business_document.h"

namespace postgang::rules {

struct Occurrence {
  document::Value value;
  std::uint32_t line = 0;   // which of the lines, from 1; 0 outside them
  std::uint32_t group = 0;  // for TermIndex::groupPlace
};

class TermIndex {
 public:
  explicit TermIndex(const document::BusinessDocument& document);
  std::span<const Occurrence> of(document::Term term) const {
    const auto number = static_cast<std::size_t>(term);
    return {occurrences_.data() + first_[number], occurrences_.data() + first_[number + 1]};
  }
  std::uint32_t lineCount() const { return static_cast<std::uint32_t>(lines_.size()); }

  // "BG-25[2]/BG-31"
  std::string groupPlace(const Occurrence& occurrence) const;
  // Where a term that is absent ought to stand, in that line or (0) outside the lines.
  std::string expectedPlace(document::Group group, std::uint32_t line) const;
  // Of the nearest group that is there.
  document::Place nearestPlace(document::Group group, std::uint32_t line) const;

 private:
  struct GroupEntry {
    document::Group id{};
    std::uint32_t parent = 0;   // itself for the document
    std::uint32_t ordinal = 1;  // the how manieth of its kind within its parent
    std::uint32_t line = 0;
    document::Place place;
  };
  void walk(const document::GroupView& group, std::uint32_t index, std::vector<Occurrence>& found);
  void sort(const std::vector<Occurrence>& found);
  const GroupEntry* nearest(document::Group group, std::uint32_t line) const;

  static constexpr std::size_t terms_end = 166;
  std::array<std::uint32_t, terms_end + 1> first_{};
  std::vector<Occurrence> occurrences_;  // by term, then in the order of the document
  std::vector<GroupEntry> groups_;
  std::vector<std::uint32_t> lines_;  // the groups BG-25
};

}  // namespace postgang::rules
