#include "store/figures.h"

#include <algorithm>

#include "document/business_document.h"
#include "store/sql/cell_sums.h"
#include "store/sql/counterpart_sums.h"
#include "store/sql/cube.h"
#include "store/sql/dialect.h"
#include "store/sql/document_row.h"
#include "store/sql/figure_rows.h"
#include "store/sql/seen.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

using sql::Statement;

bool asks(const FiguresQuery& query, std::initializer_list<Dimension> any) {
  return std::ranges::any_of(any, [&](Dimension dimension) {
    return std::ranges::find(query.groupBy, dimension) != query.groupBy.end();
  });
}

bool isByDays(const FiguresQuery& query) {
  return asks(query, {Dimension::day, Dimension::week});
}

sql::Grain grainOf(const FiguresQuery& query) {
  if (!isByDays(query)) return sql::Grain::coarse;
  const auto periods = std::ranges::count_if(query.groupBy, isPeriod);
  return periods == 1 && asks(query, {Dimension::week}) ? sql::Grain::weeks : sql::Grain::days;
}

// What is summed at once: finer than the groups, by days and currencies.
constexpr std::size_t cells_max = 2'000'000;

auto tooMany() {
  return fail(ProblemKind::invalid, "statistics-too-many", "There are too many groups.", {},
              "Ask for the largest of them with `top`, or for a shorter period.");
}

auto notTogether(std::string_view what) {
  return fail(ProblemKind::invalid, "statistics-not-together", std::string(what), {},
              "Ask for one of them at a time.");
}

Result<sql::Cube> cubeFor(const FiguresQuery& query) {
  const bool byCounterpart = asks(query, {Dimension::counterpart}) || !query.counterparts.empty();
  const bool byOrigin = asks(query, {Dimension::format, Dimension::country});
  const bool byStatus = asks(query, {Dimension::status});
  if (byOrigin && byStatus) return notTogether("Formats and countries are not counted by status.");
  if (byCounterpart && (byOrigin || byStatus))
    return notTogether("Counterparts are not counted by status, format or country.");
  if (byCounterpart && isByDays(query))
    return notTogether("Counterparts are counted by months, not by days and weeks.");
  const bool partly =
      (query.from && query.from->day() != 1) || (query.to && query.to->plusDays(1).day() != 1);
  if (byCounterpart && partly)
    return fail(ProblemKind::invalid, "statistics-whole-months", "Counterparts are counted by whole months.",
                {}, "Ask from the first day of a month to the last of one.");
  if (query.withTimes && (byCounterpart || byOrigin || byStatus || asks(query, {Dimension::currency})))
    return notTogether("Times are counted by company, channel, direction, type and period alone.");
  if (byCounterpart) return sql::Cube::counterparts;
  return byOrigin ? sql::Cube::origins : sql::Cube::traffic;
}

Result<sql::Roots> rootsOf(Reader& reader) {
  sql::Roots roots;
  CHECK_OK(reader.connection().run("SELECT id, group_root FROM companies", {},
                                   [&](const sql::Row& row) { roots[row.number(0)] = row.number(1); }));
  return roots;
}

class Asking {
 public:
  Asking(Reader& reader, const Viewer& viewer, const FiguresQuery& query, sql::Roots roots)
      : reader_(reader), viewer_(viewer), query_(query), rows_(query, std::move(roots)) {}

  // Grouped by counterpart alone.
  Result<LargestFigures> runLargest(const Largest& largest) {
    TRY(const auto sums, summedCounterparts());
    std::vector<__int128> sizes(sums.counterparts());
    std::vector<std::size_t> numbers;
    std::vector<bool> isAsked(sizes.size()), isLargest(sizes.size());
    sums.each([&](const auto& cell, std::size_t number, const auto& sum) {
      if (!rows_.isAsked(cell) || sum == sql::CellNumbers{}) return;
      sizes[number] += sizeOf(largest, cell, sum);
      if (!isAsked[number]) numbers.push_back(number);
      isAsked[number] = true;
    });
    const auto largestEnd =
        numbers.begin() + static_cast<std::ptrdiff_t>(std::min(numbers.size(), largest.count));
    std::ranges::partial_sort(numbers, largestEnd, [&](std::size_t a, std::size_t b) {
      return sizes[a] != sizes[b] ? sizes[a] > sizes[b] : sums.counterpart(a) < sums.counterpart(b);
    });
    std::for_each(numbers.begin(), largestEnd, [&](std::size_t number) { isLargest[number] = true; });
    LargestFigures found{
        .rows = {}, .rest = {}, .restGroups = static_cast<std::size_t>(numbers.end() - largestEnd)};
    std::map<std::string, sql::CellNumbers, std::less<>> rest;  // by currency
    sums.each([&](const auto& cell, std::size_t number, const auto& sum) {
      if (isLargest[number]) return rows_.add(cell, sum);
      if (!rows_.isAsked(cell)) return;
      const auto known = rest.find(cell.back().text);
      sql::addTo(known != rest.end() ? known->second : rest[std::string(cell.back().text)], sum);
    });
    for (const auto& [currency, sum] : rest) sql::addNumbers(found.rest, currency, sum);
    for (auto number = numbers.begin(); number != largestEnd; ++number)
      found.rows.push_back(rows_.take({std::string(sums.counterpart(*number))}));
    return found;
  }

  Result<std::vector<FiguresRow>> run(sql::Cube cube) {
    CHECK_OK(cube == sql::Cube::counterparts ? countCounterparts() : count(cube));
    if (query_.withTimes) CHECK_OK(countTimes());
    return std::move(rows_).inOrder();
  }

 private:
  void addFrom(Statement& statement, sql::Cube cube) const {
    statement << " FROM ";
    sql::addCube(statement, viewer_,
                 {.cube = cube,
                  .days = {query_.from, query_.to},
                  .grain = grainOf(query_),
                  .company = query_.company});
    statement << " WHERE 1 = 1";
    sql::addWays(statement, query_.direction, query_.channels);
    if (!countsOnce()) return;
    const auto once = sql::onceClause(statement, viewer_, "");
    statement << " AND (" << once;
    if (asks(query_, {Dimension::group})) statement << " OR NOT " << sql::internalClause("");
    statement << ")";
  }

  // A document whose both sides are seen counts once, but where it is asked which side.
  bool countsOnce() const {
    return !query_.company && !query_.direction && !asks(query_, {Dimension::company, Dimension::direction});
  }
  // The same of a cell whose counterpart is a company here.
  bool takes(const sql::CellsOf& of, CompanyId counterpart) const {
    if (!countsOnce() || of.direction == name(Direction::sent)) return true;
    if (asks(query_, {Dimension::group}) && rows_.rootOf(of.company.value) != rows_.rootOf(counterpart.value))
      return true;
    const auto kind = document::kindFromName(of.kind).value_or(document::Kind::other);
    return !viewer_.seesAll() && !sql::isSeenAsSent(viewer_, counterpart, kind);
  }
  std::string columnList() const {
    std::string list;
    for (const auto column : rows_.columns()) (list += column) += ", ";
    return list;
  }

  // Rows beyond the limit are passed over as they come.
  Result<sql::CellSums> summed(Statement& statement, std::initializer_list<std::string_view> further,
                               std::size_t measures) {
    std::string kinds;
    const auto add = [&](std::string_view column) { kinds += sql::isNumber(column) ? 'n' : 't'; };
    std::ranges::for_each(rows_.columns(), add);
    std::ranges::for_each(further, add);
    sql::CellSums sums(std::move(kinds), measures);
    CHECK_OK(statement.run(reader_.connection(), [&](const sql::Row& row) {
      isFull_ = isFull_ || sums.cells() > cells_max;
      if (!isFull_) sums.add(row);
    }));
    return sums;
  }

  Outcome count(sql::Cube cube) {
    const auto all = sql::measuresOf(sql::tableOf(cube));
    const std::vector<std::string_view> measures(all.begin(), all.end());
    Statement statement(reader_.connection().dialect());
    statement << "SELECT " << columnList() << "currency, " << sql::summed(statement.dialect(), measures);
    addFrom(statement, cube);
    statement << sql::grouped(statement.dialect(), columnList() + "currency");
    TRY(const auto sums, summed(statement, {"currency"}, measures.size()));
    sums.each([&](const sql::FiguresCell& cell, const std::int64_t* sum) {
      sql::CellNumbers numbers{};
      std::copy_n(sum, numbers.size(), numbers.begin());
      rows_.add(cell, numbers);
    });
    return isFull_ || rows_.isFull() ? Outcome(tooMany()) : Outcome();
  }

  static __int128 sizeOf(const Largest& largest, const sql::FiguresCell& cell, const sql::CellNumbers& sum) {
    const auto& [documents, units, hundredths, sheets, delivered, opened, stopped, cost] = sum;
    const bool isInCurrency = cell.back().text == largest.currency;
    switch (largest.by) {
      case FiguresSize::documents:
        return documents;
      case FiguresSize::sheets:
        return sheets;
      case FiguresSize::amount:
        return isInCurrency ? sql::hundredthsOf(units, hundredths) : 0;
      case FiguresSize::cost:
        return isInCurrency ? cost : 0;
    }
    return 0;
  }

  Result<sql::CounterpartSums> summedCounterparts() {
    auto columns = rows_.columns();
    columns.emplace_back("currency");
    sql::CounterpartSums sums({.columns = std::move(columns),
                               .counterparts = query_.counterparts,
                               .takes = [&](const auto& of, auto company) { return takes(of, company); },
                               .cells_max = cells_max});
    CHECK_OK(sql::visitCells(reader_.connection(), viewer_,
                             {.days = {query_.from, query_.to},
                              .company = query_.company,
                              .direction = query_.direction,
                              .channels = query_.channels},
                             sums));
    if (sums.isFull()) return tooMany();
    return sums;
  }

  Outcome countCounterparts() {
    TRY(const auto sums, summedCounterparts());
    sums.each([&](const auto& cell, std::size_t, const auto& sum) { rows_.add(cell, sum); });
    return isFull_ || rows_.isFull() ? Outcome(tooMany()) : Outcome();
  }

  Outcome countTimes() {
    Statement statement(reader_.connection().dialect());
    statement << "SELECT " << columnList() << "until, bucket, "
              << sql::summed(statement.dialect(), {"documents"});
    addFrom(statement, sql::Cube::times);
    statement << sql::grouped(statement.dialect(), columnList() + "until, bucket");
    TRY(const auto sums, summed(statement, {"until", "bucket"}, 1));
    sums.each([&](const sql::FiguresCell& cell, const std::int64_t* documents) {
      if (*documents == 0) return;
      auto* figures = rows_.of(cell);
      if (!figures) return;
      auto& times =
          cell[rows_.columns().size()].text == "delivered" ? figures->toDelivered : figures->toOpened;
      times.add(static_cast<int>(cell.back().number), *documents);
    });
    return isFull_ || rows_.isFull() ? Outcome(tooMany()) : Outcome();
  }

  Reader& reader_;
  const Viewer& viewer_;
  const FiguresQuery& query_;
  sql::FigureRows rows_;
  bool isFull_ = false;  // something was left out
};

}  // namespace

void Figures::add(const Figures& other) {
  documents += other.documents;
  sheets += other.sheets;
  delivered += other.delivered;
  opened += other.opened;
  stopped += other.stopped;
  const auto addSums = [](std::map<std::string, Decimal>& sums, const std::map<std::string, Decimal>& more) {
    for (const auto& [currency, amount] : more) sql::addSum(sums, currency, amount);
  };
  addSums(amounts, other.amounts);
  addSums(costs, other.costs);
  toDelivered.add(other.toDelivered);
  toOpened.add(other.toOpened);
}

void Figures::subtract(const Figures& part) {
  documents -= part.documents;
  sheets -= part.sheets;
  delivered -= part.delivered;
  opened -= part.opened;
  stopped -= part.stopped;
  const auto subtractSums = [](std::map<std::string, Decimal>& sums,
                               const std::map<std::string, Decimal>& less) {
    for (const auto& [currency, amount] : less) sql::addSum(sums, currency, amount.negated());
    std::erase_if(sums, [](const auto& sum) { return sum.second.isZero(); });
  };
  subtractSums(amounts, part.amounts);
  subtractSums(costs, part.costs);
}

Result<std::vector<FiguresRow>> figures(Reader& reader, const Viewer& viewer, const FiguresQuery& query) {
  TRY(const auto cube, cubeFor(query));
  if (query.company && !viewer.seesAnyOf(*query.company)) return std::vector<FiguresRow>();
  sql::Roots roots;
  if (query.internal || asks(query, {Dimension::internal, Dimension::group})) {
    TRY(roots, rootsOf(reader));
  }
  return Asking(reader, viewer, query, std::move(roots)).run(cube);
}

Result<LargestFigures> largestCounterparts(Reader& reader, const Viewer& viewer, FiguresQuery query,
                                           const Largest& largest) {
  query.groupBy = {Dimension::counterpart};
  query.groups_max = std::max(query.groups_max, largest.count);
  TRY([[maybe_unused]] const auto cube, cubeFor(query));
  if (query.company && !viewer.seesAnyOf(*query.company)) return LargestFigures();
  sql::Roots roots;
  if (query.internal) {
    TRY(roots, rootsOf(reader));
  }
  return Asking(reader, viewer, query, std::move(roots)).runLargest(largest);
}

Result<std::map<std::string, std::string>> counterpartNames(Reader& reader, const Viewer& viewer,
                                                            const std::vector<std::string>& counterparts) {
  std::map<std::string, std::string> names;
  if (counterparts.empty()) return names;
  TRY(const auto companies, sql::companiesSeen(reader, viewer));
  const auto dialect = reader.connection().dialect();
  Statement statement(dialect);
  statement << "SELECT identifier, MAX(name) FROM partners WHERE "
            << sql::companiesClause(dialect, "owner", statement.keep(sql::companiesValue(dialect, companies)))
            << " AND "
            << sql::textsClause(dialect, "identifier", statement.keep(sql::textsValue(dialect, counterparts)))
            << " GROUP BY identifier";
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    auto identifier = c.text();
    names[std::move(identifier)] = c.text();
  }));
  return names;
}

}  // namespace postgang::store
