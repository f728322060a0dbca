#include "store/sql/cubes.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <span>

#include "store/sql/many_rows.h"

namespace postgang::store::sql {
namespace {

constexpr std::string_view measures[] = {"documents", "amount_units", "amount",  "sheets",
                                         "delivered", "opened",       "stopped", "cost"};

// --- Deltas
constexpr std::string_view delta_columns =
    "company, day, direction, channel, kind, status, currency, counterpart_company, counterpart, format, "
    "country, to_delivered, to_opened, documents, amount, sheets, delivered, opened, stopped, cost";

// As many rows as it takes until what is left fits 64 bits.
using DeltaRow = std::pair<const Cell*, CellDelta>;
void addRows(std::vector<DeltaRow>& rows, const Cell& cell, CellDelta delta) {
  constexpr __int128 most = std::numeric_limits<std::int64_t>::max();
  while (delta.hundredths > most || delta.hundredths < -most) {
    const auto part = delta.hundredths > 0 ? most : -most;
    rows.emplace_back(&cell, CellDelta{.hundredths = part});
    delta.hundredths -= part;
  }
  if (!delta.isZero()) rows.emplace_back(&cell, delta);
}

void addValues(std::vector<Value>& values, const Cell& cell, const CellDelta& delta) {
  values.insert(values.end(), {cell.company,
                               cell.day,
                               cell.direction,
                               cell.channel,
                               cell.kind,
                               cell.status,
                               cell.currency,
                               cell.counterpartCompany,
                               cell.counterpart,
                               cell.format,
                               cell.country,
                               cell.toDelivered,
                               cell.toOpened,
                               delta.documents,
                               static_cast<std::int64_t>(delta.hundredths),
                               delta.sheets,
                               delta.delivered,
                               delta.opened,
                               delta.stopped,
                               delta.cost});
}

// --- Weeks
// The Monday, of a day as a number.
std::string weekOf(Dialect dialect) {
  const auto begin = std::to_string(weeks_begin) + " + CAST(";
  if (dialect == Dialect::postgres)
    return begin +
           "to_char(date_trunc('week', to_date(CAST(day AS TEXT), 'YYYYMMDD')), 'YYYYMMDD') AS BIGINT)";
  return begin +
         "REPLACE(date(printf('%04d-%02d-%02d', day / 10000, day / 100 % 100, day % 100), 'weekday 0', "
         "'-6 days'), '-', '') AS BIGINT)";
}

std::string joinedNames(std::span<const std::string_view> names) {
  std::string text;
  for (const auto name : names) (text += ", ") += name;
  return text;
}

// Rows of `source` into a cube's, summed by `day`.
std::string sumInto(const CubeTable& table, const std::string& day, const std::string& summed,
                    const std::string& source) {
  const auto keys = joinedNames(table.keys);
  return "INSERT INTO " + std::string(table.name) + " (company, day" + keys + joinedNames(measures) +
         ") SELECT company, " + day + keys + ", " + summed + " FROM " + source + " GROUP BY company, " + day +
         keys;
}

}  // namespace

const std::vector<CubeTable>& cubeTables() {
  static const std::vector<CubeTable> tables = {
      {Cube::traffic,
       "statistics",
       {"direction", "channel", "kind", "status", "currency", "counterpart_company"},
       true,
       true},
      {Cube::origins,
       "statistics_origins",
       {"direction", "channel", "kind", "format", "country", "currency", "counterpart_company"}},
      {Cube::counterparts,
       "statistics_counterparts",
       {"direction", "counterpart", "channel", "kind", "currency", "counterpart_company"},
       false},
      {Cube::times,
       "statistics_times",
       {"direction", "channel", "kind", "counterpart_company", "until", "bucket"}},
  };
  return tables;
}

bool isNumber(std::string_view column) {
  return column == "company" || column == "counterpart_company" || column == "day" || column == "bucket";
}

std::span<const std::string_view> measuresOf(const CubeTable& table) {
  return std::span(measures).first(table.cube == Cube::times ? 1 : std::size(measures));
}

const CubeTable& tableOf(Cube cube) {
  const auto found = std::ranges::find(cubeTables(), cube, &CubeTable::cube);
  assert(found != cubeTables().end());
  return *found;
}

Outcome writeDeltas(Connection& connection, const std::map<Cell, CellDelta>& cells) {
  static const ManyRows deltas("statistics_deltas", delta_columns);
  std::vector<DeltaRow> rows;
  for (const auto& [cell, delta] : cells) addRows(rows, cell, delta);
  return deltas.write(connection, rows, [](std::vector<Value>& values, const DeltaRow& row) {
    addValues(values, *row.first, row.second);
  });
}

Outcome sumWeeks(Connection& connection) {
  std::string summed;
  for (const auto sum : measures)
    (summed += summed.empty() ? "CAST(SUM(" : ", CAST(SUM(") += std::string(sum) + ") AS BIGINT)";
  for (const auto& table : cubeTables()) {
    if (!table.hasWeeks) continue;
    const std::string name(table.name);
    CHECK_OK(connection.run("DELETE FROM " + name + " WHERE day >= ?1", {weeks_begin}));
    CHECK_OK(connection.run(
        sumInto(table, weekOf(connection.dialect()), summed, name + " WHERE day > ?1 AND day <= ?2"),
        {months_end, days_end}));
  }
  return {};
}

Outcome clearCubes(Connection& connection) {
  for (const auto& table : cubeTables()) CHECK_OK(connection.run("DELETE FROM " + std::string(table.name)));
  CHECK_OK(connection.run("DELETE FROM statistics_packed"));
  CHECK_OK(connection.run("DELETE FROM statistics_erased"));
  CHECK_OK(connection.run("DELETE FROM statistics_deltas"));
  return {};
}

}  // namespace postgang::store::sql
