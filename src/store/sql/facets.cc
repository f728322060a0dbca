// What a list holds, counted by what it can be narrowed to. What only asks for status, channel, kind,
// direction and days is answered by the cube of statistics, however many documents there are; any other
// question, by counting the newest 10,000 entries that it finds.
#include <algorithm>
#include <map>

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

  // direction, channel, kind, status, currency, documents, sum
  void add(sql::Columns& c) {
    const std::string direction_ = c.text(), channel_ = c.text(), kind_ = c.text(), status_ = c.text(),
                      currency = c.text();
    const auto count = c.number();
    const auto sum = sql::readSum(c);
    direction[direction_] += count;
    channel[channel_] += count;
    kind[kind_] += count;
    status[status_] += count;
    documents += count;
    auto& amount = amounts[currency];
    amount = amount.plus(sum).value_or(amount);
  }
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

std::string entryCounts() {
  // A missing amount is kept as a key of its own and is no sum.
  return std::string(entry_group) + ", COUNT(*), " +
         sql::sumColumns("(CASE WHEN e.amount > -9223372036854775807 THEN e.amount ELSE 0 END)");
}

// Counts what one company's hits are; those that the filters leave out count towards the 10,000 alone.
Outcome countHits(Reader& reader, const EntryQuery& query, const std::vector<sql::SearchTerm>& terms,
                  CompanyId company, Counter& counter, bool& partial) {
  Statement statement(reader.connection().dialect());
  statement << "SELECT CASE WHEN 1 = 1";
  if (query.direction) statement << " AND e.direction = " << statement.place(name(*query.direction));
  sql::addFilters(statement, query, {});
  statement << " THEN 1 ELSE 0 END AS kept, " << entryCounts() << " FROM ";
  sql::addHits(statement, company, terms);
  statement << " AS h CROSS JOIN entries e WHERE e.id = h.id AND e.company = " << statement.place(company)
            << " GROUP BY kept, " << entry_group;
  std::int64_t hits = 0;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    hits += row.number(6);
    if (c.yes()) counter.add(c);
  }));
  partial = partial || hits >= sql::hits_max;
  return {};
}

Outcome countEntries(Reader& reader, const EntryQuery& query, CompanyId company, Direction direction,
                     Counter& counter, bool& partial) {
  Statement statement(reader.connection().dialect());
  EntryQuery newest = query;
  newest.sort = Sort::received_at;
  const auto index = sql::indexFor(statement.dialect(), newest);
  statement << "SELECT " << entryCounts() << " FROM (SELECT * FROM entries AS e" << index.clause
            << " WHERE e.company = " << statement.place(company)
            << " AND e.direction = " << statement.place(name(direction)) << index.condition;
  sql::addRange(statement, "e.received_at", sql::sortRange(newest));
  sql::addFilters(statement, newest, Sort::received_at);
  statement << " ORDER BY e.received_at DESC, e.id DESC LIMIT " << statement.place(sql::hits_max)
            << ") AS e GROUP BY " << entry_group;
  std::int64_t found = 0;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    found += row.number(5);
    counter.add(c);
  }));
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
