#include "store/sql/counterpart_packing.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/log.h"

namespace postgang::store::sql {
namespace {

// Rows are read at a microsecond each: of what is packed, they may be one in 32. Each row that comes later
// then has some hundreds of bytes written for it.
constexpr std::int64_t rows_least = 32, packed_a_row = 32;
constexpr int erased_at_once = 1'000;

using CounterpartKey = std::pair<std::string, std::int64_t>;  // and the company that it is
using Rows = std::map<CounterpartKey, CellNumbers>;
struct PackedKey {
  std::string channel, kind, currency;
};

constexpr std::string_view of_place = " WHERE company = ?1 AND day = ?2 AND direction = ?3";
constexpr std::string_view of_key =
    " WHERE company = ?1 AND day = ?2 AND direction = ?3 AND channel = ?4 AND kind = ?5 AND currency = ?6";

Result<std::vector<PackedKey>> keysOf(Connection& connection, const CellPlace& place) {
  std::vector<PackedKey> keys;
  CHECK_OK(connection.run(
      "SELECT DISTINCT channel, kind, currency FROM statistics_counterparts" + std::string(of_place),
      {place.company, place.month, place.direction}, [&](const Row& row) {
        keys.push_back({std::string(row.bytes(0)), std::string(row.bytes(1)), std::string(row.bytes(2))});
      }));
  return keys;
}

Result<Rows> rowsOf(Connection& connection, const CellPlace& place, const PackedKey& key) {
  Rows rows;
  CHECK_OK(connection.run(
      "SELECT " + std::string(cell_columns) + " FROM statistics_counterparts" + std::string(of_key),
      {place.company, place.month, place.direction, key.channel, key.kind, key.currency},
      [&](const Row& row) {
        const auto cell = readCell(row, 0);
        rows[{std::string(cell.counterpart), cell.counterpartCompany}] = cell.numbers;
      }));
  return rows;
}

// Two in order become one.
Result<CellPacker> merged(std::string_view packed, const Rows& rows) {
  CellPacker packer;
  auto row = rows.begin();
  const auto addRow = [&] {
    if (row->second != CellNumbers{}) packer.add({row->first.first, row->first.second, row->second});
    ++row;
  };
  CellReader reader(packed);
  for (PackedCell cell; reader.next(cell);) {
    const auto key = std::pair(cell.counterpart, cell.counterpartCompany);
    while (row != rows.end() && std::pair<std::string_view, std::int64_t>(row->first) < key) addRow();
    if (row != rows.end() && std::pair<std::string_view, std::int64_t>(row->first) == key)
      addTo(cell.numbers, row++->second);
    if (cell.numbers != CellNumbers{}) packer.add(cell);
  }
  CHECK_OK(reader.outcome());
  while (row != rows.end()) addRow();
  return packer;
}

Outcome packKey(Connection& connection, const CellPlace& place, const PackedKey& key) {
  const auto run = [&](
                       std::string_view what, RowVisitor visit = [](const Row&) {}) {
    return connection.run(std::string(what) + std::string(of_key),
                          {place.company, place.month, place.direction, key.channel, key.kind, key.currency},
                          visit);
  };
  TRY(const auto rows, rowsOf(connection, place, key));
  std::string packed;
  CHECK_OK(run("SELECT cells FROM statistics_packed", [&](const Row& row) { packed = row.bytes(0); }));
  TRY(const auto packer, merged(packed, rows));
  CHECK_OK(run("DELETE FROM statistics_packed"));
  CHECK_OK(run("DELETE FROM statistics_counterparts"));
  if (packer.cells() == 0) return {};
  CHECK_OK(connection.run(
      "INSERT INTO statistics_packed (company, day, direction, channel, kind, currency, count, cells) VALUES "
      "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      {place.company, place.month, place.direction, key.channel, key.kind, key.currency,
       static_cast<std::int64_t>(packer.cells()), Value::bytes(packer.bytes())}));
  return {};
}

// What cannot be read is left as it is, with the rows beside it: verify names it, questions fail on it, and
// nothing else waits for it.
Outcome pack(Connection& connection, const CellPlace& place) {
  TRY(const auto keys, keysOf(connection, place));
  for (const auto& key : keys) {
    const auto packed = packKey(connection, place, key);
    if (packed) continue;
    if (packed.error().code != cells_damaged) return packed;
    const auto company = std::to_string(place.company.value), month = std::to_string(place.month);
    log::error("statistics by counterpart cannot be read",
               {{"company", company}, {"month", month}, {"advice", packed.error().advice}});
  }
  return {};
}

Result<bool> areMany(Connection& connection, const CellPlace& place) {
  std::int64_t packed = 0, rows = 0;
  CHECK_OK(connection.run(
      "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM statistics_packed" + std::string(of_place),
      {place.company, place.month, place.direction}, [&](const Row& row) { packed = row.number(0); }));
  const auto many = std::max(rows_least, packed / packed_a_row);
  CHECK_OK(connection.run("SELECT COUNT(*) FROM (SELECT 1 FROM statistics_counterparts" +
                              std::string(of_place) + " LIMIT ?4) AS r",
                          {place.company, place.month, place.direction, many},
                          [&](const Row& row) { rows = row.number(0); }));
  return rows >= many;
}

}  // namespace

PackedCell readCell(const Row& row, int column) {
  PackedCell cell{.counterpart = row.bytes(column), .counterpartCompany = row.number(column + 1)};
  column += 2;
  for (auto& number : cell.numbers) number = row.number(column++);
  return cell;
}

Outcome packMany(Connection& connection, const std::vector<CellPlace>& places) {
  for (const auto& place : places) {
    TRY(const bool many, areMany(connection, place));
    if (many) CHECK_OK(pack(connection, place));
  }
  return {};
}

Result<std::vector<ErasedPlace>> erasedPlaces(Connection& connection) {
  std::vector<ErasedPlace> places;
  CHECK_OK(connection.run("SELECT id, company, day, direction FROM statistics_erased ORDER BY id LIMIT ?1",
                          {erased_at_once}, [&](const Row& row) {
                            Columns c(row);
                            auto& erased = places.emplace_back();
                            erased.id = c.number();
                            erased.place.company = c.company();
                            erased.place.month = c.number();
                            erased.place.direction = c.text();
                          }));
  return places;
}

Outcome packErased(Connection& connection, const std::vector<ErasedPlace>& erased) {
  std::set<std::tuple<std::int64_t, std::int64_t, std::string_view>> packed;
  for (const auto& [id, place] : erased) {
    if (packed.emplace(place.company.value, place.month, place.direction).second)
      CHECK_OK(pack(connection, place));
    CHECK_OK(connection.run("DELETE FROM statistics_erased WHERE id = ?1", {id}));
  }
  return {};
}

Outcome packEverything(Connection& connection) {
  std::vector<CellPlace> places;
  CHECK_OK(connection.run(
      "SELECT DISTINCT company, day, direction FROM statistics_counterparts", {}, [&](const Row& row) {
        places.push_back({CompanyId{row.number(0)}, row.number(1), std::string(row.bytes(2))});
      }));
  for (const auto& place : places) CHECK_OK(pack(connection, place));
  return {};
}

}  // namespace postgang::store::sql
