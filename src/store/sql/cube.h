// The cube of counts and sums as a statement sees it: what is folded and what is not yet, as one table c.
#pragma once

#include <string>
#include <string_view>

#include "base/decimal.h"
#include "store/sql/connection.h"
#include "store/sql/entry_filter.h"

namespace postgang::store::sql {

// "(SELECT … UNION ALL SELECT …) AS c": only cells that hold for `companies` (companiesValue; empty: all) and
// days.
void addCube(Statement& statement, std::string_view companies, std::optional<Date> from,
             std::optional<Date> to);

// Sums whose parts are any 64 bits: in two columns, so that no database overflows. Read by readSum.
std::string sumColumns(std::string_view hundredths);
Decimal readSum(Columns& c);

}  // namespace postgang::store::sql
