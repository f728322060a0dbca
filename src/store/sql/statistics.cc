#include "store/statistics.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/saturated.h"
#include "store/sql/cube.h"
#include "store/sql/cube_fold.h"
#include "store/sql/dialect.h"
#include "store/sql/partner_counts.h"
#include "store/sql/pending.h"
#include "store/sql/period.h"
#include "store/sql/seen.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

using sql::Statement;

constexpr std::array<std::pair<Dimension, std::string_view>, 16> names = {{
    {Dimension::company, "company"},
    {Dimension::day, "day"},
    {Dimension::month, "month"},
    {Dimension::direction, "direction"},
    {Dimension::channel, "channel"},
    {Dimension::kind, "kind"},
    {Dimension::status, "status"},
    {Dimension::currency, "currency"},
    {Dimension::internal, "internal"},
    {Dimension::group, "group"},
    {Dimension::week, "week"},
    {Dimension::quarter, "quarter"},
    {Dimension::year, "year"},
    {Dimension::counterpart, "counterpart"},
    {Dimension::format, "format"},
    {Dimension::country, "country"},
}};

std::string columnOf(Dimension dimension) {
  switch (dimension) {
    case Dimension::month:
      return "(CASE WHEN day > 999999 THEN day / 100 ELSE day END)";
    case Dimension::internal:
      return "(CASE WHEN " + sql::internalClause("") + " THEN 'true' ELSE 'false' END)";
    default:
      return std::string(name(dimension));
  }
}

std::string readValue(sql::Columns& c, Dimension dimension) {
  switch (dimension) {
    case Dimension::company:
      return std::to_string(c.number());
    case Dimension::day:
    case Dimension::month:
      return sql::periodOf(dimension, c.number());
    default:
      return c.text();
  }
}

bool countsOnce(const StatisticsQuery& query) {
  const auto asks = [&](Dimension dimension) {
    return std::ranges::find(query.groupBy, dimension) != query.groupBy.end();
  };
  return !query.company && !query.direction && !asks(Dimension::company) && !asks(Dimension::direction);
}

}  // namespace

std::string_view name(Dimension dimension) {
  for (const auto& [known, text] : names)
    if (known == dimension) return text;
  return {};
}

std::optional<Dimension> dimensionFromName(std::string_view text) {
  for (const auto& [dimension, known] : names)
    if (known == text) return dimension;
  return std::nullopt;
}

bool isPeriod(Dimension dimension) {
  return dimension == Dimension::day || dimension == Dimension::week || dimension == Dimension::month ||
         dimension == Dimension::quarter || dimension == Dimension::year;
}

Result<std::vector<StatisticsRow>> statistics(Reader& reader, const Viewer& viewer,
                                              const StatisticsQuery& query) {
  std::vector<StatisticsRow> rows;
  if (query.company && !viewer.seesAnyOf(*query.company)) return rows;
  const auto dialect = reader.connection().dialect();
  std::string group;
  for (const auto dimension : query.groupBy) group += columnOf(dimension) + ", ";
  group += "currency";
  Statement statement(dialect);
  statement << "SELECT " << group << ", CAST(SUM(documents) AS BIGINT), " << sql::cube_amount << " FROM ";
  const bool byDay = std::ranges::find(query.groupBy, Dimension::day) != query.groupBy.end();
  sql::addCube(statement, viewer,
               {.days = {query.from, query.to},
                .grain = byDay ? sql::Grain::days : sql::Grain::coarse,
                .company = query.company});
  statement << " WHERE 1 = 1";
  if (query.direction) statement << " AND direction = " << statement.place(name(*query.direction));
  if (query.internal) statement << " AND " << (*query.internal ? "" : "NOT ") << sql::internalClause("");
  if (countsOnce(query)) sql::addOnce(statement, viewer, "");
  statement << " GROUP BY " << group << " HAVING SUM(documents) <> 0 ORDER BY " << group;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& found = rows.emplace_back();
    for (const auto dimension : query.groupBy) found.values.push_back(readValue(c, dimension));
    found.currency = c.text();
    found.documents = c.number();
    found.amount = sql::readSum(c);
  }));
  return rows;
}

Outcome foldStatistics(Transaction& tx, int rows_max) {
  CHECK_OK(foldCubes(tx, rows_max));
  TRY([[maybe_unused]] const bool more, foldPartners(tx, rows_max));
  return {};
}

Outcome foldCubes(Transaction& tx, int rows_max) {
  return sql::foldAndPack(tx.connection(), rows_max);
}

Result<bool> foldPartners(Transaction& tx, int rows_max) {
  return sql::foldPartners(tx, rows_max);
}

}  // namespace postgang::store
