// The cubes that statistics are answered from, and how they come about. A change writes one row of deltas
// with every dimension; the fold (cube_fold.h) sums rows of deltas into each cube, by days and by months
// (202611), traffic by weeks as well, each by its Monday (120261123). What a cube leaves out is what nobody
// asks for together:
//
//   traffic       company, day, direction, channel, kind, status, currency, counterpart_company
//   origins       … format and country instead of the status
//   counterparts  … the counterpart instead of the status; of months alone; most lie packed
//                 (counterpart_packing.h)
//   times         … without the currency; until "delivered" or "opened", bucket of durations.h → documents
//
// All have what says who sees it: the company, the direction and the kind, and for what is counted once the
// counterpart where that is a company here.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/sql/connection.h"
#include "store/sql/pending.h"

namespace postgang::store::sql {

enum class Cube { traffic, origins, counterparts, times };

struct CubeTable {
  Cube cube{};
  std::string_view name;
  std::vector<std::string_view> keys;  // after the company and the day; of deltas, too, but for times
  bool hasDays = true, hasWeeks = false;
};
// What `day` is in the rows, by its size.
inline constexpr std::int64_t months_end = 999'999, days_end = 99'999'999, weeks_begin = 100'000'000;
const std::vector<CubeTable>& cubeTables();
// "documents" alone of times; of all others amount_units, amount, sheets, delivered, opened, stopped and cost
// as well, in this order.
std::span<const std::string_view> measuresOf(const CubeTable& table);
const CubeTable& tableOf(Cube cube);
bool isNumber(std::string_view column);  // of a cube, and no text

// Many rows to a statement.
Outcome writeDeltas(Connection& connection, const std::map<Cell, CellDelta>& cells);
Outcome clearCubes(Connection& connection);  // and what lies packed, and the deltas
// The rows of weeks anew, from those of days.
Outcome sumWeeks(Connection& connection);
// What does not say what these cells do: "statistics_times by months".
Result<std::vector<std::string>> wrongCubes(Connection& connection, const std::map<Cell, CellDelta>& cells);

}  // namespace postgang::store::sql
