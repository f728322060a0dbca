#include "store/sql/cube_fold.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "store/sql/cell_sums.h"
#include "store/sql/counterpart_packing.h"
#include "store/sql/cube.h"
#include "store/sql/many_rows.h"
#include "store/sql/packed_cells.h"
#include "store/sql/rows.h"

namespace postgang::store::sql {
namespace {

// --- What deltas say
constexpr std::string_view delta_keys[] = {"company",     "day",    "direction", "channel",
                                           "kind",        "status", "currency",  "counterpart_company",
                                           "counterpart", "format", "country",   "to_delivered",
                                           "to_opened"};
constexpr std::string_view delta_numbers =
    "documents, amount / 1000000000, amount % 1000000000, sheets, delivered, opened, stopped, cost";

std::size_t placeOf(std::string_view key) {
  return static_cast<std::size_t>(std::ranges::find(delta_keys, key) - std::begin(delta_keys));
}

bool isNumberOfDelta(std::string_view key) {
  return isNumber(key) || key == "to_delivered" || key == "to_opened";
}

// Only what is taken away is counted, so that on PostgreSQL what others commit meanwhile waits for the next.
Result<CellSums> takenDeltas(Connection& connection, std::int64_t rows_max, bool& more) {
  std::string columns, kinds;
  for (const auto key : delta_keys) {
    (columns += key) += ", ";
    kinds += isNumberOfDelta(key) ? 'n' : 't';
  }
  static const std::string statement =
      "DELETE FROM statistics_deltas WHERE id IN (SELECT id FROM statistics_deltas ORDER BY id LIMIT ?1) "
      "RETURNING " +
      columns + std::string(delta_numbers);
  if (connection.dialect() == Dialect::postgres)  // one at a time, of however many nodes
    CHECK_OK(connection.run("SELECT 1 FROM (SELECT pg_advisory_xact_lock(7607474)) AS alone"));
  CellSums deltas(std::move(kinds), CellNumbers().size());
  TRY(const auto taken, connection.run(statement, {rows_max}, [&](const Row& row) { deltas.add(row); }));
  more = taken >= rows_max;
  return deltas;
}

// --- What cubes get of them
// One cube in one grain.
class Cells {
 public:
  Cells(const CubeTable& table, Grain grain)
      : table_(table), grain_(grain), sums_(kindsOf(table), measuresOf(table).size()) {
    for (const auto key : table.keys) places_.push_back(placeOf(key));
  }

  void add(const std::vector<CellValue>& delta, const std::int64_t* numbers) {
    values_.clear();
    values_.push_back(delta[0]);
    values_.push_back({.number = inGrain(delta[1].number, grain_), .text = {}});
    for (const auto place : places_) values_.push_back(place < delta.size() ? delta[place] : CellValue());
    if (table_.cube != Cube::times) return sums_.add(values_, numbers);
    // The last two: until when, and how long it took.
    for (const std::string_view until : {"delivered", "opened"}) {
      const auto bucket = delta[placeOf(until == "delivered" ? "to_delivered" : "to_opened")];
      if (bucket.number < 0) continue;
      values_[values_.size() - 2] = {.number = 0, .text = until};
      values_.back() = bucket;
      sums_.add(values_, numbers);
    }
  }

  Cube cube() const { return table_.cube; }

  // In the order of the table's key.
  Outcome write(Connection& connection) const {
    std::vector<Summed> cells;
    sums_.each([&](std::vector<CellValue> values, const std::int64_t* numbers) {
      if (std::any_of(numbers, numbers + sums_.measures(), [](auto number) { return number != 0; }))
        cells.push_back({std::move(values), numbers});
    });
    std::ranges::sort(cells, [](const Summed& a, const Summed& b) {
      return std::ranges::lexicographical_compare(
          a.values, b.values, [](const CellValue& x, const CellValue& y) {
            return std::tie(x.number, x.text) < std::tie(y.number, y.text);
          });
    });
    return rowsOf(table_).write(connection, cells, [&](std::vector<Value>& values, const Summed& cell) {
      for (std::size_t i = 0; i < cell.values.size(); ++i)
        values.push_back(sums_.isNumber(i) ? Value(cell.values[i].number) : Value(cell.values[i].text));
      values.insert(values.end(), cell.numbers, cell.numbers + sums_.measures());
    });
  }

  // Company, month and direction.
  std::vector<CellPlace> places() const {
    std::set<std::tuple<std::int64_t, std::int64_t, std::string_view>> found;
    sums_.each([&](const std::vector<CellValue>& values, const std::int64_t*) {
      found.emplace(values[0].number, values[1].number, values[2].text);
    });
    std::vector<CellPlace> places;
    for (const auto& [company, month, direction] : found)
      places.push_back({CompanyId{company}, month, std::string(direction)});
    return places;
  }

 private:
  struct Summed {
    std::vector<CellValue> values;
    const std::int64_t* numbers = nullptr;
  };

  static std::string kindsOf(const CubeTable& table) {
    std::string kinds = "nn";
    for (const auto key : table.keys) kinds += sql::isNumber(key) ? 'n' : 't';
    return kinds;
  }
  static ManyRows makeRows(const CubeTable& table) {
    std::vector<std::string> keys{"company", "day"}, numbers, sums;
    keys.insert(keys.end(), table.keys.begin(), table.keys.end());
    for (const auto measure : measuresOf(table)) numbers.emplace_back(measure);
    for (const auto& number : numbers)
      sums.push_back(number + " = " + std::string(table.name) + "." + number + " + excluded." + number);
    return {table.name, joined(keys, ", ") + ", " + joined(numbers, ", "),
            " ON CONFLICT (" + joined(keys, ", ") + ") DO UPDATE SET " + joined(sums, ", ")};
  }
  static const ManyRows& rowsOf(const CubeTable& table) {
    static const std::vector<ManyRows> rows = [] {
      std::vector<ManyRows> made;
      for (const auto& each : cubeTables()) made.push_back(makeRows(each));
      return made;
    }();
    return rows[static_cast<std::size_t>(&table - cubeTables().data())];
  }

  const CubeTable& table_;
  Grain grain_;
  CellSums sums_;
  std::vector<std::size_t> places_;  // of the table's keys, in deltas
  std::vector<CellValue> values_;
};

std::vector<Cells> emptyCells() {
  std::vector<Cells> cells;
  for (const auto& table : cubeTables()) {
    cells.emplace_back(table, Grain::coarse);
    if (table.hasDays) cells.emplace_back(table, Grain::days);
    if (table.hasWeeks) cells.emplace_back(table, Grain::weeks);
  }
  return cells;
}

// Of a cell without documents, what else is nothing. A row of counterparts is a part of its cell, and may say
// of documents that lie packed that they were opened.
std::string furtherNothing(Cube cube) {
  if (cube == Cube::times) return "";
  std::string nothing = " AND amount_units = 0 AND amount = 0 AND cost = 0";
  if (cube == Cube::counterparts)
    nothing += " AND sheets = 0 AND delivered = 0 AND opened = 0 AND stopped = 0";
  return nothing;
}

// Cells that have come to nothing. Each cube has an index of them, named for SQLite, which would read all of
// the cube to find that there are none.
Outcome deleteNothing(Connection& connection) {
  for (const auto& table : cubeTables()) {
    const std::string name(table.name);
    const auto index =
        connection.dialect() == Dialect::sqlite ? " INDEXED BY " + name + "_empty" : std::string();
    CHECK_OK(
        connection.run("DELETE FROM " + name + index + " WHERE documents = 0" + furtherNothing(table.cube)));
  }
  return {};
}

}  // namespace

Result<Folded> foldDeltas(Connection& connection, std::int64_t rows_max) {
  Folded folded;
  TRY(const auto deltas, takenDeltas(connection, rows_max, folded.more));
  if (deltas.cells() == 0) return folded;
  auto cubes = emptyCells();
  deltas.each([&](const std::vector<CellValue>& delta, const std::int64_t* numbers) {
    if (std::all_of(numbers, numbers + deltas.measures(), [](auto number) { return number == 0; })) return;
    for (auto& cells : cubes) cells.add(delta, numbers);
  });
  for (const auto& cells : cubes) {
    CHECK_OK(cells.write(connection));
    if (cells.cube() == Cube::counterparts) folded.places = cells.places();
  }
  CHECK_OK(deleteNothing(connection));
  return folded;
}

Outcome foldAndPack(Connection& connection, std::int64_t rows_max) {
  constexpr std::int64_t rows_at_once = 20'000;
  // Asked first: what was erased by then is among the rows that are folded.
  TRY(const auto erased, erasedPlaces(connection));
  for (bool more = true; more && rows_max > 0; rows_max -= rows_at_once) {
    TRY(const auto folded, foldDeltas(connection, std::min(rows_max, rows_at_once)));
    CHECK_OK(packMany(connection, folded.places));
    more = folded.more;
    if (!more) return packErased(connection, erased);
  }
  return {};
}

}  // namespace postgang::store::sql
