// The cube of counterparts, by far the one with the most cells. The fold lays them as rows
// (statistics_counterparts); where rows of one company, month and direction have become many beside what is
// packed of it, they are packed too: one row of statistics_packed for each channel, kind and currency, with
// its cells in its bytes (packed_cells.h).
//
// Where documents were erased, rows say that there are fewer, and what lies packed has the counterpart's
// name: that is packed as soon as the rows are folded, however few they are.
#pragma once

#include <string_view>
#include <vector>

#include "store/sql/cube_fold.h"
#include "store/sql/packed_cells.h"

namespace postgang::store::sql {

// Where rows have come: packed where they are many.
Outcome packMany(Connection& connection, const std::vector<CellPlace>& places);
Outcome packEverything(Connection& connection);

// Where documents were erased. Asked before what is folded then, and packed after it.
struct ErasedPlace {
  std::int64_t id = 0;
  CellPlace place;
};
Result<std::vector<ErasedPlace>> erasedPlaces(Connection& connection);
Outcome packErased(Connection& connection, const std::vector<ErasedPlace>& erased);

// A row's cell, from `column` on.
inline constexpr std::string_view cell_columns =
    "counterpart, counterpart_company, documents, amount_units, amount, sheets, delivered, opened, stopped, "
    "cost";
PackedCell readCell(const Row& row, int column);

}  // namespace postgang::store::sql
