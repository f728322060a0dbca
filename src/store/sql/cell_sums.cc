#include "store/sql/cell_sums.h"

#include <cstring>

#include "base/saturated.h"

namespace postgang::store::sql {

std::string summed(Dialect dialect, const std::vector<std::string_view>& measures) {
  std::string columns;
  for (const auto measure : measures) {
    if (!columns.empty()) columns += ", ";
    const std::string name(measure);
    columns += dialect == Dialect::postgres ? "CAST(SUM(" + name + ") AS BIGINT)" : name;
  }
  return columns;
}

std::string grouped(Dialect dialect, const std::string& keys) {
  return dialect == Dialect::postgres ? " GROUP BY " + keys : std::string();
}

// A number as its bytes, a text behind its length.
void CellSums::append(std::int64_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  key_.append(bytes, sizeof number);
}

void CellSums::append(std::string_view text) {
  append(static_cast<std::int64_t>(text.size()));
  key_ += text;
}

std::int64_t* CellSums::place() {
  if (places_.empty() || key_ != last_) {
    const auto [place, isNew] = places_.try_emplace(key_, sums_.size());
    if (isNew) sums_.resize(sums_.size() + measures_);
    last_ = key_;
    last_place_ = place->second;
  }
  return &sums_[last_place_];
}

void CellSums::add(const Row& row) {
  key_.clear();
  int column = 0;
  for (const char kind : keys_) {
    if (kind == 'n')
      append(row.number(column++));
    else
      append(row.bytes(column++));
  }
  auto* sums = place();
  for (std::size_t i = 0; i < measures_; ++i) sums[i] = saturated(sums[i], row.number(column++));
}

void CellSums::add(const std::vector<CellValue>& key, const std::int64_t* numbers) {
  key_.clear();
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (isNumber(i))
      append(key[i].number);
    else
      append(key[i].text);
  }
  auto* sums = place();
  for (std::size_t i = 0; i < measures_; ++i) sums[i] = saturated(sums[i], numbers[i]);
}

std::vector<CellValue> CellSums::valuesOf(std::string_view key) const {
  std::vector<CellValue> values;
  for (const char kind : keys_) {
    auto& value = values.emplace_back();
    std::memcpy(&value.number, key.data(), sizeof value.number);
    key.remove_prefix(sizeof value.number);
    if (kind == 'n') continue;
    value.text = key.substr(0, static_cast<std::size_t>(value.number));
    key.remove_prefix(value.text.size());
  }
  return values;
}

}  // namespace postgang::store::sql
