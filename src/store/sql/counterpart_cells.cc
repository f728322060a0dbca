#include "store/sql/counterpart_cells.h"

#include "store/sql/counterpart_packing.h"
#include "store/sql/dialect.h"
#include "store/sql/rows.h"
#include "store/sql/seen.h"

namespace postgang::store::sql {
namespace {

constexpr std::string_view place_columns = "company, day, direction, channel, kind, currency";
constexpr int first_own = 6;  // column, after those
CellsOf placeOf(const Row& row) {
  return {CompanyId{row.number(0)}, row.number(1), row.bytes(2), row.bytes(3), row.bytes(4), row.bytes(5)};
}

Outcome visitRows(Connection& connection, const Viewer& viewer, const CellQuery& query,
                  CellVisitor& visitor) {
  Statement statement(connection.dialect());
  statement << "SELECT " << place_columns << ", " << cell_columns << " FROM ";
  addCube(statement, viewer, {.cube = Cube::counterparts, .days = query.days, .company = query.company});
  statement << " WHERE 1 = 1";
  addWays(statement, query.direction, query.channels);
  CHECK_OK(statement.run(connection, [&](const Row& row) {
    auto of = placeOf(row);
    if (of.month > months_end) of.month /= 100;  // not folded yet
    visitor.begin(of);
    visitor.add(readCell(row, first_own));
  }));
  return {};
}

// Of one month, or of all of them.
Outcome visitPacked(Connection& connection, const Viewer& viewer, const CellQuery& query,
                    std::optional<std::int64_t> month, CellVisitor& visitor) {
  Statement statement(connection.dialect());
  statement << "SELECT " << place_columns << ", cells FROM statistics_packed WHERE "
            << seenClause(statement, viewer, "");
  if (query.company) statement << " AND company = " << statement.place(*query.company);
  addWays(statement, query.direction, query.channels);
  const auto& [from, to] = query.days;
  if (from) statement << " AND day >= " << statement.place(monthNumber(*from));
  if (to) statement << " AND day <= " << statement.place(monthNumber(*to));
  if (month) statement << " AND day = " << statement.place(*month);
  Outcome read;
  CHECK_OK(statement.run(connection, [&](const Row& row) {
    if (!read || visitor.isFull()) return;
    visitor.begin(placeOf(row));
    CellReader reader(row.bytes(first_own));
    for (PackedCell cell; reader.next(cell);) visitor.add(cell);
    read = reader.outcome();
  }));
  return read;
}

// PostgreSQL's answers are held whole: there each month is asked for by itself.
Outcome visitAllPacked(Connection& connection, const Viewer& viewer, const CellQuery& query,
                       CellVisitor& visitor) {
  if (connection.dialect() == Dialect::sqlite) return visitPacked(connection, viewer, query, {}, visitor);
  std::vector<std::int64_t> months;
  CHECK_OK(connection.run("SELECT DISTINCT day FROM statistics_packed ORDER BY day", {},
                          [&](const Row& row) { months.push_back(row.number(0)); }));
  for (const auto month : months) CHECK_OK(visitPacked(connection, viewer, query, month, visitor));
  return {};
}

}  // namespace

Outcome visitCells(Connection& connection, const Viewer& viewer, const CellQuery& query,
                   CellVisitor& visitor) {
  CHECK_OK(visitAllPacked(connection, viewer, query, visitor));
  return visitRows(connection, viewer, query, visitor);
}

}  // namespace postgang::store::sql
