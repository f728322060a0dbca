#include "store/sql/counterpart_sums.h"

#include <algorithm>

namespace postgang::store::sql {
namespace {

CellValue valueOf(std::string_view column, const CellsOf& of, std::int64_t counterpartCompany) {
  if (column == "company") return {.number = of.company.value, .text = {}};
  if (column == "day") return {.number = of.month, .text = {}};
  if (column == "counterpart_company") return {.number = counterpartCompany, .text = {}};
  if (column == "direction") return {.text = of.direction};
  if (column == "channel") return {.text = of.channel};
  if (column == "kind") return {.text = of.kind};
  if (column == "currency") return {.text = of.currency};
  return {};  // the counterpart, which a group has not
}

bool has(const std::vector<std::string_view>& columns, std::string_view column) {
  return std::ranges::find(columns, column) != columns.end();
}

}  // namespace

CounterpartSums::CounterpartSums(SummedBy by)
    : by_(std::move(by)),
      byCounterpart_(has(by_.columns, "counterpart")),
      byCompany_(has(by_.columns, "counterpart_company")) {
  for (const auto& counterpart : by_.counterparts) asked_.numberOf(counterpart);
}

CounterpartSums::Group& CounterpartSums::groupOf(std::int64_t counterpartCompany) {
  key_.clear();
  for (const auto column : by_.columns) {
    const auto value = valueOf(column, of_, counterpartCompany);
    key_ += std::to_string(value.number);
    key_ += '\n';
    key_ += value.text;
    key_ += '\n';
  }
  const auto [found, isNew] = groupsByKey_.try_emplace(key_);
  if (isNew) {
    found->second.number = static_cast<std::uint32_t>(groups_.size());
    groups_.push_back(&found->second);
    for (const auto column : by_.columns) {
      const auto value = valueOf(column, of_, counterpartCompany);
      found->second.numbers.push_back(value.number);
      found->second.texts.emplace_back(value.text);
    }
  }
  return found->second;
}

void CounterpartSums::begin(const CellsOf& of) {
  of_ = of;
  group_ = &groupOf(0);
}

// Most questions have one group or few, and a table of their own for each of these spares a look-up among
// all keys; of many groups most would be empty.
std::size_t CounterpartSums::placeOf(Group& group, std::size_t counterpart) {
  constexpr std::uint32_t with_places = 4, none = UINT32_MAX;
  const auto next = static_cast<std::uint32_t>(sums_.size());
  if (group.number >= with_places) return places_.numberOf(keyOf(group, counterpart), next);
  if (counterpart >= group.places.size())
    group.places.resize(std::max(counterpart + 1, 2 * group.places.size()), none);
  auto& place = group.places[counterpart];
  if (place == none) place = next;
  return place;
}

void CounterpartSums::add(const PackedCell& cell) {
  if (isFull() || (asked_.size() != 0 && !asked_.find(cell.counterpart))) return;
  const CompanyId company{cell.counterpartCompany};
  if (company.value != 0 && !by_.takes(of_, company)) return;
  auto& group = byCompany_ && company.value != 0 ? groupOf(company.value) : *group_;
  const auto counterpart = byCounterpart_ ? counterparts_.numberOf(cell.counterpart) : 0;
  const auto place = placeOf(group, counterpart);
  if (place == sums_.size())
    sums_.push_back({keyOf(group, counterpart), cell.numbers});
  else
    addTo(sums_[place].numbers, cell.numbers);
}

std::vector<CellValue> CounterpartSums::valuesOf(const Group& group) const {
  std::vector<CellValue> values;
  for (std::size_t i = 0; i < by_.columns.size(); ++i) values.push_back({group.numbers[i], group.texts[i]});
  return values;
}

}  // namespace postgang::store::sql
