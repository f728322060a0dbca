#include "store/sql/cube.h"

#include "store/sql/dialect.h"
#include "store/sql/rows.h"

namespace postgang::store::sql {
namespace {

constexpr std::int64_t unit = 1'000'000'000;

}  // namespace

void addCube(Statement& statement, std::string_view companies, std::optional<Date> from,
             std::optional<Date> to) {
  std::string conditions;
  const auto add = [&](const std::string& condition) {
    conditions += (conditions.empty() ? " WHERE " : " AND ") + condition;
  };
  if (!companies.empty())
    add(companiesClause(statement.dialect(), "company", statement.keep(std::string(companies))));
  if (from) add("day >= " + statement.place(dayNumber(*from)));
  if (to) add("day <= " + statement.place(dayNumber(*to)));
  constexpr std::string_view columns =
      "SELECT company, day, direction, channel, kind, status, currency, documents, amount FROM ";
  statement << "(" << columns << "statistics" << conditions << " UNION ALL " << columns << "statistics_deltas"
            << conditions << ") AS c";
}

std::string sumColumns(std::string_view hundredths) {
  const std::string column(hundredths), by = std::to_string(unit);
  return "CAST(COALESCE(SUM(" + column + " / " + by + "), 0) AS BIGINT), CAST(COALESCE(SUM(" + column +
         " % " + by + "), 0) AS BIGINT)";
}

Decimal readSum(Columns& c) {
  const __int128 units = c.number();
  return Decimal::fromScaled(units * unit + c.number(), 2);
}

}  // namespace postgang::store::sql
