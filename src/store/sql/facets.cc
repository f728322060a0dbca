// What a list holds, counted by what it can be narrowed to. What only asks for status, channel, kind,
// direction and days is answered by the cube of statistics, however many documents there are; any other
// question, by counting the newest 10,000 entries that it finds.
#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "store/sql/cube.h"
#include "store/sql/dialect.h"
#include "store/sql/document_row.h"
#include "store/sql/entry_filter.h"
#include "store/sql/rows.h"
#include "store/sql/search.h"

namespace postgang::store {
namespace {

using sql::Statement;

struct Counter {
  std::map<std::string, std::int64_t> status, channel, kind, direction;
  std::map<std::string, Decimal> amounts;
  std::int64_t documents = 0;

  // direction, channel, kind, status, currency
  void add(const std::array<std::string, 5>& values, std::int64_t count, const Decimal& sum) {
    direction[values[0]] += count;
    channel[values[1]] += count;
    kind[values[2]] += count;
    status[values[3]] += count;
    documents += count;
    auto& amount = amounts[values[4]];
    amount = amount.plus(sum).value_or(amount);
  }
  // … and documents, sum
  void add(sql::Columns& c) {
    std::array<std::string, 5> values;
    for (auto& value : values) value = c.text();
    const auto count = c.number();
    add(values, count, sql::readSum(c));
  }
};

// Rows that are alike, counted together in memory. SQLite would sort 10,000 rows to group them, which takes
// half as long again as finding them.
class Tally {
 public:
  // direction, channel, kind, status, currency, amount
  void add(sql::Columns& c) {
    alike_.clear();
    std::array<std::string_view, 5> values;
    for (auto& value : values) (alike_ += value = c.view()) += '\n';
    auto place = groups_.find(alike_);
    if (place == groups_.end()) {
      place = groups_.try_emplace(alike_).first;
      std::ranges::copy(values, place->second.values.begin());
    }
    ++place->second.documents;
    place->second.hundredths += c.number();
  }
  void addTo(Counter& counter) const {
    for (const auto& [alike, group] : groups_)
      counter.add(group.values, group.documents, Decimal::fromScaled(group.hundredths, 2));
  }

 private:
  struct Group {
    std::array<std::string, 5> values;
    std::int64_t documents = 0;
    __int128 hundredths = 0;
  };
  std::string alike_;
  std::unordered_map<std::string, Group> groups_;
};

bool isInCube(const EntryQuery& query) {
  return trimmed(query.text).empty() && query.number.empty() && query.counterpartIdentifier.empty() &&
         !query.dueFrom && !query.dueTo && !query.amountFrom && !query.amountTo;
}

constexpr std::string_view group = "direction, channel, kind, status, currency";

Outcome countCube(Reader& reader, const Viewer& viewer, const EntryQuery& query, Counter& counter) {
  const auto dialect = reader.connection().dialect();
  Statement statement(dialect);
  statement << "SELECT " << group << ", CAST(SUM(documents) AS BIGINT), " << sql::sumColumns("amount")
            << " FROM ";
  const auto companies = viewer.seesAll() ? std::string() : sql::companiesValue(dialect, viewer.companies());
  sql::addCube(statement, companies, query.from, query.to);
  statement << " WHERE 1 = 1";
  if (query.direction) statement << " AND direction = " << statement.place(name(*query.direction));
  sql::addNames(statement, query, "");
  statement << " GROUP BY " << group;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    counter.add(c);
  }));
  return {};
}

constexpr std::string_view entry_group = "e.direction, e.channel, e.kind, e.status, e.currency";

// A missing amount is kept as a key of its own and is no sum.
constexpr std::string_view entry_amount =
    "(CASE WHEN e.amount > -9223372036854775807 THEN e.amount ELSE 0 END)";

std::string entryColumns(sql::Dialect dialect) {
  if (dialect == sql::Dialect::sqlite) return std::string(entry_group) + ", " + std::string(entry_amount);
  return std::string(entry_group) + ", COUNT(*), " + sql::sumColumns(entry_amount);
}

// Runs a statement of entryColumns() with `kept` before them, and counts what it keeps.
Result<std::int64_t> countRows(Reader& reader, Statement& statement, Counter& counter) {
  const bool grouped = statement.dialect() == sql::Dialect::postgres;
  if (grouped) statement << " GROUP BY kept, " << entry_group;
  Tally tally;
  std::int64_t found = 0;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    found += grouped ? row.number(6) : 1;
    sql::Columns c(row);
    if (c.yes()) grouped ? counter.add(c) : tally.add(c);
  }));
  tally.addTo(counter);
  return found;
}

// Counts what one company's hits are; those that the filters leave out count towards the 10,000 alone.
Outcome countHits(Reader& reader, const EntryQuery& query, const std::vector<sql::SearchTerm>& terms,
                  CompanyId company, Counter& counter, bool& partial) {
  Statement statement(reader.connection().dialect());
  statement << "SELECT CASE WHEN 1 = 1";
  if (query.direction) statement << " AND e.direction = " << statement.place(name(*query.direction));
  sql::addFilters(statement, query, {});
  statement << " THEN 1 ELSE 0 END AS kept, " << entryColumns(statement.dialect()) << " FROM ";
  sql::addHits(statement, company, terms);
  statement << " AS h CROSS JOIN entries e WHERE e.id = h.id AND e.company = " << statement.place(company);
  TRY(const auto hits, countRows(reader, statement, counter));
  partial = partial || hits >= sql::hits_max;
  return {};
}

Outcome countEntries(Reader& reader, const EntryQuery& query, CompanyId company, Direction direction,
                     Counter& counter, bool& partial) {
  Statement statement(reader.connection().dialect());
  EntryQuery newest = query;
  newest.sort = Sort::received_at;
  const auto index = sql::indexFor(statement.dialect(), newest);
  statement << "SELECT 1 AS kept, " << entryColumns(statement.dialect())
            << " FROM (SELECT * FROM entries AS e" << index.clause
            << " WHERE e.company = " << statement.place(company)
            << " AND e.direction = " << statement.place(name(direction)) << index.condition;
  sql::addRange(statement, "e.received_at", sql::sortRange(newest));
  sql::addFilters(statement, newest, Sort::received_at);
  statement << " ORDER BY e.received_at DESC, e.id DESC LIMIT " << statement.place(sql::hits_max) << ") AS e";
  TRY(const auto found, countRows(reader, statement, counter));
  partial = partial || found >= sql::hits_max;
  return {};
}

std::vector<Facets::Count> countsOf(const std::map<std::string, std::int64_t>& counted) {
  std::vector<Facets::Count> counts;
  for (const auto& [value, documents] : counted)
    if (!value.empty() && documents > 0) counts.push_back({value, documents});
  std::ranges::stable_sort(counts, std::greater<>(), &Facets::Count::documents);
  return counts;
}

}  // namespace

Result<Facets> facets(Reader& reader, const Viewer& viewer, const EntryQuery& query) {
  Counter counter;
  Facets facets;
  if (isInCube(query)) {
    CHECK_OK(countCube(reader, viewer, query, counter));
  } else {
    const auto terms = sql::searchTerms(query.text);
    TRY(const auto companies, sql::companiesSeen(reader, viewer));
    for (const auto company : companies) {
      if (!terms.empty()) {
        CHECK_OK(countHits(reader, query, terms, company, counter, facets.partial));
        continue;
      }
      for (const auto direction : {Direction::sent, Direction::received})
        if (query.direction.value_or(direction) == direction)
          CHECK_OK(countEntries(reader, query, company, direction, counter, facets.partial));
    }
  }
  facets.status = countsOf(counter.status);
  facets.channel = countsOf(counter.channel);
  facets.kind = countsOf(counter.kind);
  facets.direction = countsOf(counter.direction);
  facets.documents = counter.documents;
  for (const auto& [currency, amount] : counter.amounts)
    if (!currency.empty()) facets.amounts.push_back({currency, amount});
  return facets;
}

}  // namespace postgang::store
