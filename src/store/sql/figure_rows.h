// Sums of cells become the rows that a question asks for: by its groups, of what it does not leave out.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/figures.h"
#include "store/sql/cell_sums.h"
#include "store/sql/packed_cells.h"
#include "store/sql/text_numbers.h"

namespace postgang::store::sql {

using Roots = std::map<std::int64_t, std::int64_t>;  // by number, the top of each company's tree
// What a cell is of, in the order of columns(); then whatever was summed by beside.
using FiguresCell = std::vector<CellValue>;

void addSum(std::map<std::string, Decimal>& sums, const std::string& currency, const Decimal& amount);
void addNumbers(Figures& figures, const std::string& currency, const CellNumbers& sum);

class FigureRows {
 public:
  FigureRows(const FiguresQuery& query, Roots roots);  // the query must live as long

  // What cells are summed by, once each; a row's values are worked out of them.
  const std::vector<std::string_view>& columns() const { return columns_; }
  std::int64_t rootOf(std::int64_t company) const;
  bool isAsked(const FiguresCell& cell) const {
    return !query_.internal || *query_.internal == isInternal(cell);
  }

  // Of the cell's row; nullptr where the question leaves the cell out, or where there are too many rows.
  Figures* of(const FiguresCell& cell);
  void add(const FiguresCell& cell, const CellNumbers& sum);  // the currency is the cell's last value
  bool isFull() const { return isFull_; }                     // something was left out

  FiguresRow take(const std::vector<std::string>& values);  // of a row that is there
  std::vector<FiguresRow> inOrder() &&;                     // by their values

 private:
  const CellValue& valueOf(const FiguresCell& cell, std::string_view column) const;
  std::string valueOf(const FiguresCell& cell, Dimension dimension) const;
  std::int64_t rootOf(const FiguresCell& cell, std::string_view column) const {
    return rootOf(valueOf(cell, column).number);
  }
  bool isInternal(const FiguresCell& cell) const;
  const std::string& keyOf(const std::vector<std::string>& values);

  const FiguresQuery& query_;
  Roots roots_;
  std::vector<std::string_view> columns_;
  std::deque<FiguresRow> rows_;
  TextNumbers numbers_;  // of rows, by their values
  std::vector<std::string> values_;
  std::string key_;
  bool isFull_ = false;
};

}  // namespace postgang::store::sql
