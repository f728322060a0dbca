// Rows of deltas become cells of the cubes. They are summed here, by all that they are of: most of what a
// document passes through on its way comes and goes between two folds, and touches no cube.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/sql/cubes.h"

namespace postgang::store::sql {

// Of the cube of counterparts.
struct CellPlace {
  CompanyId company;
  std::int64_t month = 0;  // 202611
  std::string direction;
};
struct Folded {
  std::vector<CellPlace> places;  // where rows of counterparts came
  bool more = false;              // there may be further deltas
};
// The oldest rows: all at once in memory, so that there should not be many.
Result<Folded> foldDeltas(Connection& connection, std::int64_t rows_max);
// However many there are, some at a time; packed.
Outcome foldAndPack(Connection& connection, std::int64_t rows_max);

}  // namespace postgang::store::sql
