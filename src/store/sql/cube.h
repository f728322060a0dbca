// A cube as a statement sees it: what is folded and what is not yet, as one table c. Of counterparts, the
// rows alone: most of its cells lie packed (counterpart_cells.h).
#pragma once

#include <string>
#include <string_view>

#include "base/decimal.h"
#include "store/sql/connection.h"
#include "store/sql/cubes.h"
#include "store/sql/entry_filter.h"
#include "store/viewer.h"

namespace postgang::store::sql {

struct Days {
  std::optional<Date> from = {}, to = {};  // both included
};
// What `day` is in the rows: as few rows as there may be, a whole month in one (202611) and days at the ends;
// whole weeks, each by its Monday (120261123), and days at the ends; or days alone, as for weeks where the
// cube has none.
enum class Grain { coarse, weeks, days };

// Of a day as a number; of what is a month or a week already, the same.
std::int64_t inGrain(std::int64_t day, Grain grain);

// "(SELECT … UNION ALL SELECT …) AS c": only cells of those days and of what the viewer sees, of one company
// where one is given. Columns: company, day, the cube's keys, documents, amount_units, amount, sheets,
// delivered, opened, stopped, cost; of times: documents alone. Counterparts are asked for by whole months.
struct CubeQuery {
  Cube cube = Cube::traffic;
  Days days = {};
  Grain grain = Grain::coarse;
  std::optional<CompanyId> company = {};
};
void addCube(Statement& statement, const Viewer& viewer, const CubeQuery& query);

std::int64_t monthNumber(Date date);  // 202611

// " AND …": of a direction, of some channels, where they are given.
void addWays(Statement& statement, std::optional<Direction> direction,
             const std::vector<std::string>& channels);

// Sums whose parts are any 64 bits: in two columns, so that no database overflows. Read by readSum.
std::string sumColumns(std::string_view hundredths);
inline constexpr std::string_view cube_amount =
    "CAST(COALESCE(SUM(amount_units), 0) AS BIGINT), CAST(COALESCE(SUM(amount), 0) AS BIGINT)";
__int128 hundredthsOf(std::int64_t units, std::int64_t amount);
__int128 readHundredths(Columns& c);
Decimal readSum(Columns& c);

}  // namespace postgang::store::sql
