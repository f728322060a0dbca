#include "store/sql/figure_rows.h"

#include <algorithm>

#include "store/sql/cube.h"
#include "store/sql/period.h"

namespace postgang::store::sql {
namespace {

// What the statement groups by, once each; a row's values are worked out of them.
std::vector<std::string_view> columnsOf(const FiguresQuery& query) {
  std::vector<std::string_view> columns;
  const auto add = [&](std::string_view column) {
    if (std::ranges::find(columns, column) == columns.end()) columns.push_back(column);
  };
  if (query.internal) {
    add("company");
    add("counterpart_company");
  }
  for (const auto dimension : query.groupBy) {
    if (isPeriod(dimension)) {
      add("day");
    } else if (dimension == Dimension::internal) {
      add("company");
      add("counterpart_company");
    } else {
      add(dimension == Dimension::group ? "company" : name(dimension));
    }
  }
  return columns;
}

}  // namespace

void addSum(std::map<std::string, Decimal>& sums, const std::string& currency, const Decimal& amount) {
  auto& sum = sums[currency];
  sum = sum.plus(amount).value_or(sum);
}

void addNumbers(Figures& figures, const std::string& currency, const CellNumbers& sum) {
  const auto& [documents, units, hundredths, sheets, delivered, opened, stopped, cost] = sum;
  figures.documents += documents;
  figures.sheets += sheets;
  figures.delivered += delivered;
  figures.opened += opened;
  figures.stopped += stopped;
  const auto amount = Decimal::fromScaled(hundredthsOf(units, hundredths), 2);
  if (documents != 0 || !amount.isZero()) addSum(figures.amounts, currency, amount);
  if (cost != 0) addSum(figures.costs, currency, Decimal::fromScaled(cost, 2));
}

FigureRows::FigureRows(const FiguresQuery& query, Roots roots)
    : query_(query), roots_(std::move(roots)), columns_(columnsOf(query)) {}

std::int64_t FigureRows::rootOf(std::int64_t company) const {
  const auto found = roots_.find(company);
  return found == roots_.end() ? 0 : found->second;
}

const CellValue& FigureRows::valueOf(const FiguresCell& cell, std::string_view column) const {
  return cell[static_cast<std::size_t>(std::ranges::find(columns_, column) - columns_.begin())];
}

bool FigureRows::isInternal(const FiguresCell& cell) const {
  return valueOf(cell, "counterpart_company").number != 0 &&
         rootOf(cell, "company") == rootOf(cell, "counterpart_company");
}

std::string FigureRows::valueOf(const FiguresCell& cell, Dimension dimension) const {
  if (isPeriod(dimension)) return periodOf(dimension, valueOf(cell, "day").number);
  if (dimension == Dimension::internal) return isInternal(cell) ? "true" : "false";
  if (dimension == Dimension::group) return std::to_string(rootOf(cell, "company"));
  if (dimension == Dimension::company) return std::to_string(valueOf(cell, "company").number);
  return std::string(valueOf(cell, name(dimension)).text);
}

const std::string& FigureRows::keyOf(const std::vector<std::string>& values) {
  key_.clear();
  for (const auto& value : values) ((key_ += std::to_string(value.size())) += ' ') += value;
  return key_;
}

Figures* FigureRows::of(const FiguresCell& cell) {
  if (!isAsked(cell)) return nullptr;
  values_.clear();
  for (const auto dimension : query_.groupBy) values_.push_back(valueOf(cell, dimension));
  const auto number = numbers_.numberOf(keyOf(values_));
  if (number < rows_.size()) return &rows_[number].figures;
  isFull_ = isFull_ || rows_.size() >= query_.groups_max;
  if (isFull_) return nullptr;
  rows_.push_back({values_, {}});
  return &rows_.back().figures;
}

void FigureRows::add(const FiguresCell& cell, const CellNumbers& sum) {
  if (auto* figures = of(cell)) addNumbers(*figures, std::string(cell.back().text), sum);
}

FiguresRow FigureRows::take(const std::vector<std::string>& values) {
  return std::move(rows_[numbers_.numberOf(keyOf(values))]);
}

// What are sorted are their places: a row is some hundred bytes of maps.
std::vector<FiguresRow> FigureRows::inOrder() && {
  std::vector<FiguresRow*> places;
  for (auto& row : rows_)
    if (row.figures != Figures()) places.push_back(&row);
  std::ranges::sort(
      places, {}, [](const FiguresRow* row) -> const auto& { return row->values; });
  std::vector<FiguresRow> rows;
  rows.reserve(places.size());
  for (auto* place : places) rows.push_back(std::move(*place));
  return rows;
}

}  // namespace postgang::store::sql
