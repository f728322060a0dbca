// The cubes held against what is counted from events: each by days, weeks and months.
#include <array>

#include "store/sql/counterpart_cells.h"
#include "store/sql/cube.h"
#include "store/sql/cubes.h"
#include "store/sql/rows.h"

namespace postgang::store::sql {
namespace {

// documents, hundredths, sheets, delivered, opened, stopped, cost; of times the first alone
using Sums = std::array<__int128, 7>;
using Counts = std::map<std::string, Sums>;

struct GrainName {
  Grain grain{};
  std::string_view words;
};
constexpr GrainName grains[] = {
    {Grain::days, " by days"}, {Grain::weeks, " by weeks"}, {Grain::coarse, " by months"}};

Sums sumsOf(const CellDelta& delta) {
  return {delta.documents, delta.hundredths, delta.sheets, delta.delivered,
          delta.opened,    delta.stopped,    delta.cost};
}

std::string keyOf(const CubeTable& table, const Cell& cell, std::int64_t day) {
  std::string key = std::to_string(cell.company.value) + "\n" + std::to_string(day);
  for (const auto name : table.keys) {
    if (name == "until" || name == "bucket") continue;
    key += '\n';
    if (name == "direction") key += cell.direction;
    if (name == "channel") key += cell.channel;
    if (name == "kind") key += cell.kind;
    if (name == "status") key += cell.status;
    if (name == "currency") key += cell.currency;
    if (name == "counterpart_company") key += std::to_string(cell.counterpartCompany.value);
    if (name == "counterpart") key += cell.counterpart;
    if (name == "format") key += cell.format;
    if (name == "country") key += cell.country;
  }
  return key;
}

void addTo(Counts& counts, const CubeTable& table, const std::string& key, const Cell& cell,
           const CellDelta& delta) {
  if (table.cube == Cube::times) {
    for (const auto& [until, bucket] : {std::pair("delivered", cell.toDelivered), {"opened", cell.toOpened}})
      if (bucket != Cell::no_bucket)
        counts[key + "\n" + until + "\n" + std::to_string(bucket)][0] += delta.documents;
    return;
  }
  auto& sums = counts[key];
  const auto more = sumsOf(delta);
  for (std::size_t i = 0; i < sums.size(); ++i) sums.at(i) += more.at(i);
}

class CountedCells final : public CellVisitor {
 public:
  void begin(const CellsOf& of) override {
    cell_.company = of.company;
    cell_.day = of.month;
    cell_.direction = of.direction;
    cell_.channel = of.channel;
    cell_.kind = of.kind;
    cell_.currency = of.currency;
  }
  void add(const PackedCell& cell) override {
    cell_.counterpart = cell.counterpart;
    cell_.counterpartCompany = CompanyId{cell.counterpartCompany};
    const auto& [documents, units, amount, sheets, delivered, opened, stopped, cost] = cell.numbers;
    addTo(counts, tableOf(Cube::counterparts), keyOf(tableOf(Cube::counterparts), cell_, cell_.day), cell_,
          {documents, hundredthsOf(units, amount), sheets, delivered, opened, stopped, cost});
  }
  Counts counts;

 private:
  Cell cell_;
};

Result<Counts> keptOfCounterparts(Connection& connection) {
  CountedCells cells;
  const auto visited = visitCells(connection, Viewer::system(), {}, cells);
  if (!visited && visited.error().code != cells_damaged) return fail(visited.error());
  return std::move(cells.counts);  // without those that cannot be read, which are missed
}

Result<Counts> keptAsRows(Connection& connection, const CubeTable& table, Grain grain) {
  Counts counts;
  Statement statement(connection.dialect());
  std::string keys = "company, day";
  for (const auto key : table.keys) (keys += ", ") += key;
  const bool isOfTimes = table.cube == Cube::times;
  statement << "SELECT " << keys << ", CAST(SUM(documents) AS BIGINT)";
  if (!isOfTimes) {
    statement << ", " << cube_amount;
    for (const std::string_view sum : {"sheets", "delivered", "opened", "stopped", "cost"})
      statement << ", CAST(SUM(" << sum << ") AS BIGINT)";
  }
  statement << " FROM ";
  addCube(statement, Viewer::system(), {.cube = table.cube, .grain = grain});
  statement << " GROUP BY " << keys;
  CHECK_OK(statement.run(connection, [&](const Row& row) {
    Columns c(row);
    auto key = std::to_string(c.number());
    key += "\n" + std::to_string(inGrain(c.number(), grain));
    for (const auto name : table.keys) key += "\n" + (isNumber(name) ? std::to_string(c.number()) : c.text());
    Sums sums{};
    sums[0] = c.number();
    if (!isOfTimes) {
      sums[1] = readSum(c).coefficient();
      for (std::size_t i = 2; i < sums.size(); ++i) sums.at(i) = c.number();
    }
    auto& all = counts[key];  // days at the ends and what is not folded yet come beside
    for (std::size_t i = 0; i < sums.size(); ++i) all.at(i) += sums.at(i);
  }));
  return counts;
}

Result<Counts> kept(Connection& connection, const CubeTable& table, Grain grain) {
  TRY(auto counts, table.cube == Cube::counterparts ? keptOfCounterparts(connection)
                                                    : keptAsRows(connection, table, grain));
  std::erase_if(counts, [](const auto& count) { return count.second == Sums{}; });
  return counts;
}

}  // namespace

Result<std::vector<std::string>> wrongCubes(Connection& connection, const std::map<Cell, CellDelta>& cells) {
  std::vector<std::string> wrong;
  for (const auto& table : cubeTables())
    for (const auto& [grain, words] : grains) {
      if ((grain == Grain::days && !table.hasDays) || (grain == Grain::weeks && !table.hasWeeks)) continue;
      Counts wanted;
      for (const auto& [cell, delta] : cells)
        addTo(wanted, table, keyOf(table, cell, inGrain(cell.day, grain)), cell, delta);
      std::erase_if(wanted, [](const auto& count) { return count.second == Sums{}; });
      TRY(const auto found, kept(connection, table, grain));
      if (found != wanted) wrong.push_back(std::string(table.name) + std::string(words));
    }
  return wrong;
}

}  // namespace postgang::store::sql
