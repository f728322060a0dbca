// What a list holds, counted by what it can be narrowed to. What only asks for status, channel, kind,
// direction, company and days is answered by the cube of statistics, however many documents there are; any
// other question, by counting the newest entries that it finds. A facet's own filter is asked in memory, so
// that its other values are counted in the same reading.
#include <algorithm>
#include <charconv>
#include <limits>
#include <map>

#include "store/sql/cube.h"
#include "store/sql/dialect.h"
#include "store/sql/document_row.h"
#include "store/sql/entry_filter.h"
#include "store/sql/facet_counts.h"
#include "store/sql/rows.h"
#include "store/sql/search_terms.h"
#include "store/sql/seen.h"

namespace postgang::store {
namespace {

using sql::Alike;
using sql::FacetCounts;
using sql::Statement;

constexpr std::int64_t documents_min = 100;                 // of each question, however many there are …
constexpr std::int64_t read_max = 2 * facet_documents_max;  // … until this many are read

// What is asked, and the parts of it that no facet lifts.
struct Asked {
  Reader& reader;
  const Viewer& viewer;
  const EntryQuery& query;
  EntryQuery hard;
  sql::Search search;
  sql::WalkOf walks;  // what is seen, of either direction
  std::optional<std::vector<CompanyId>> named;
  bool eachSide = false;
  std::int64_t most = facet_documents_max;  // of one company and direction, or of hits found together
};

EntryQuery hardOf(EntryQuery query) {
  query.statuses.clear();
  query.channels.clear();
  query.kinds.clear();
  query.direction.reset();
  query.company.reset();
  query.from.reset();
  query.to.reset();
  query.sort = Sort::received_at;
  return query;
}

bool liftsNothing(const EntryQuery& query) {
  return query.statuses.empty() && query.channels.empty() && query.kinds.empty() && !query.direction &&
         !query.company && !query.from && !query.to;
}

bool isInCube(const Asked& asked) {
  const auto& query = asked.query;
  return asked.search.hits.empty() && asked.search.checks.empty() && query.number.empty() &&
         query.counterpartIdentifier.empty() && !query.dueFrom && !query.dueTo && !query.amountFrom &&
         !query.amountTo;
}

std::string yesOr0(std::string_view condition) {
  return "CASE WHEN " + std::string(condition) + " THEN 1 ELSE 0 END";
}

Outcome countCube(const Asked& asked, FacetCounts& counts) {
  Statement statement(asked.reader.connection().dialect());
  const auto first = yesOr0(sql::onceClause(statement, asked.viewer, ""));
  std::string within = "1";
  if (asked.query.from || asked.query.to) {
    within = "1 = 1";
    if (asked.query.from) within += " AND day >= " + statement.place(sql::dayNumber(*asked.query.from));
    if (asked.query.to) within += " AND day <= " + statement.place(sql::dayNumber(*asked.query.to));
    within = yesOr0(within);
  }
  constexpr std::string_view group = "company, direction, channel, kind, status, currency";
  statement << "SELECT " << group << ", CASE WHEN day > 999999 THEN day / 100 ELSE day END AS month, "
            << first << " AS isFirst, " << within << " AS isWithin, CAST(SUM(documents) AS BIGINT), "
            << sql::cube_amount << " FROM ";
  // Whole months are rows of their own, which is all that is counted where no days are asked for.
  sql::addCube(statement, asked.viewer,
               {.grain = asked.query.from || asked.query.to ? sql::Grain::days : sql::Grain::coarse});
  statement << " WHERE 1 = 1";
  if (asked.query.internal)
    statement << " AND " << (*asked.query.internal ? "" : "NOT ") << sql::internalClause("");
  if (asked.named)
    statement << " AND "
              << sql::companiesClause(statement.dialect(), "company",
                                      statement.keep(sql::companiesValue(statement.dialect(), *asked.named)));
  statement << " GROUP BY " << group << ", month, isFirst, isWithin";
  CHECK_OK(statement.run(asked.reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    Alike alike;
    alike.company = c.company();
    for (auto* text : {&alike.direction, &alike.channel, &alike.kind, &alike.status, &alike.currency})
      *text = c.text();
    alike.month = c.number();
    alike.first = c.yes();
    alike.within = c.yes();
    const auto documents = c.number();
    const __int128 hundredths = sql::readHundredths(c);
    if (documents != 0 || hundredths != 0) counts.add(alike, documents, hundredths);
  }));
  return {};
}

// A missing amount is kept as a key of its own and is no sum.
constexpr std::string_view entry_columns =
    "e.company, e.direction, e.channel, e.kind, e.status, e.currency, e.received_at, e.amount, "
    "e.counterpart_company, e.counterpart";

// Runs a statement of entry_columns with whether it is asked for before them. How many were read.
Result<std::int64_t> countRows(const Asked& asked, Statement& statement, FacetCounts& counts) {
  const auto& query = asked.query;
  std::int64_t since = std::numeric_limits<std::int64_t>::min(), until = -(since + 1);
  if (query.from) since = sql::startOfDayInStockholm(*query.from).microseconds;
  if (query.to) until = sql::startOfDayInStockholm(query.to->plusDays(1)).microseconds;
  std::vector<std::string> counterparts;
  if (!query.counterpartIdentifier.empty()) {
    counterparts.push_back(sql::indexed(query.counterpartIdentifier));
    for (const auto& alias : query.counterpartAliases) counterparts.push_back(sql::indexed(alias));
  }
  Alike alike;
  return statement.run(asked.reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    if (!c.yes()) return;
    alike.company = c.company();
    for (auto* text : {&alike.direction, &alike.channel, &alike.kind, &alike.status, &alike.currency})
      text->assign(c.view());
    const auto* walk = asked.walks.of(alike.company, alike.direction);
    const auto kind = document::kindFromName(alike.kind).value_or(document::Kind::other);
    if (!walk || !sql::takesKind(*walk, kind)) return;
    const auto at = c.instant();
    alike.month = sql::dayNumber(dateInStockholm(at)) / 100;
    alike.within = at.microseconds >= since && at.microseconds < until;
    const auto amount = sql::amountOfKey(c.number());
    const auto sender = c.company();
    alike.first = walk->direction == Direction::sent || !sql::isSeenAsSent(asked.viewer, sender, kind);
    const auto other = c.view();
    alike.ofCounterpart =
        counterparts.empty() || std::ranges::find(counterparts, other) != counterparts.end();
    counts.add(alike, 1, amount, other);
  });
}

// Of the hits of companies that are asked for together; what is not seen or not asked for counts towards the
// most alone.
Result<std::int64_t> countHits(const Asked& asked, std::span<const CompanyId> companies, FacetCounts& counts,
                               bool& partial) {
  Statement statement(asked.reader.connection().dialect());
  auto hard = asked.hard;
  hard.counterpartIdentifier.clear();
  hard.counterpartAliases.clear();
  statement << "SELECT CASE WHEN 1 = 1";
  sql::addFilters(statement, hard, {});
  sql::addChecks(statement, asked.search.checks);
  statement << " THEN 1 ELSE 0 END, " << entry_columns << " FROM ";
  sql::addHits(statement, companies, asked.search, asked.most);
  statement << " AS h CROSS JOIN entries e WHERE e.id = h.id";
  if (statement.dialect() == sql::Dialect::postgres)
    statement << " AND e.company = " << statement.place(companies.front());
  TRY(const auto hits, countRows(asked, statement, counts));
  partial = partial || hits >= asked.most;
  return hits;
}

// The newest of one company and direction, of what `query` asks. How many were read.
Result<std::int64_t> countEntries(const Asked& asked, const sql::Walk& walk, const EntryQuery& query,
                                  FacetCounts& counts, bool& partial) {
  Statement statement(asked.reader.connection().dialect());
  EntryQuery newest = query;
  newest.sort = Sort::received_at;
  const auto index = sql::indexFor(statement.dialect(), newest);
  statement << "SELECT 1, " << entry_columns << " FROM (SELECT * FROM entries AS e" << index.clause
            << " WHERE e.company = " << statement.place(walk.company)
            << " AND e.direction = " << statement.place(name(walk.direction)) << index.condition;
  sql::addKinds(statement, walk.kinds, "e.kind");
  sql::addRange(statement, "e.received_at", sql::sortRange(newest));
  sql::addFilters(statement, newest, Sort::received_at);
  sql::addChecks(statement, asked.search.checks);
  statement << " ORDER BY e.received_at DESC, e.id DESC LIMIT " << statement.place(asked.most) << ") AS e";
  TRY(const auto found, countRows(asked, statement, counts));
  partial = partial || found >= asked.most;
  return found;
}

// Every walk of the viewer's that `query` leaves.
Outcome countNewest(const Asked& asked, const EntryQuery& query, FacetCounts& counts, bool& partial) {
  TRY(const auto walks, sql::walksOf(asked.reader, asked.viewer, query));
  std::int64_t all = 0;
  for (const auto& walk : walks) {
    if (all >= read_max) {
      partial = true;
      break;
    }
    TRY(const auto found, countEntries(asked, walk, query, counts, partial));
    all += found;
  }
  return {};
}

Outcome countFound(const Asked& asked, FacetCounts& counts, bool& partial) {
  std::int64_t all = 0;
  for (const auto companies :
       sql::askedTogether(asked.reader.connection().dialect(), asked.walks.companies())) {
    if (all >= read_max) {
      partial = true;
      break;
    }
    TRY(const auto hits, countHits(asked, companies, counts, partial));
    all += hits;
  }
  return {};
}

// Where what no facet lifts finds more than can be counted, the whole question finds less: what it counts is
// nearer to the truth for all but the facets that are filtered on.
void preferNarrow(const Facets& narrow, const EntryQuery& query, Facets& facets) {
  facets.documents = narrow.documents;
  facets.amounts = narrow.amounts;
  if (query.statuses.empty()) facets.status = narrow.status;
  if (query.channels.empty()) facets.channel = narrow.channel;
  if (query.kinds.empty()) facets.kind = narrow.kind;
  if (!query.direction) facets.direction = narrow.direction;
  if (!query.company) facets.company = narrow.company;
  if (!query.from && !query.to) facets.month = narrow.month;
}

Outcome countPlain(const Asked& asked, Facets& facets) {
  FacetCounts counts(asked.query, asked.eachSide);
  CHECK_OK(countNewest(asked, asked.hard, counts, facets.partial));
  counts.tell(facets);
  if (!facets.partial || liftsNothing(asked.query)) return {};
  FacetCounts narrow(asked.query, asked.eachSide);
  Facets narrowed;
  CHECK_OK(countNewest(asked, asked.query, narrow, narrowed.partial));
  narrow.tell(narrowed);
  preferNarrow(narrowed, asked.query, facets);
  return {};
}

Outcome nameCounterparts(const Asked& asked, const FacetCounts& counts, Facets& facets) {
  for (auto& counted : facets.counterpart)
    CHECK_OK(asked.reader.connection().run("SELECT name FROM partners WHERE owner = ?1 AND identifier = ?2",
                                           {counts.ownerOf(counted.value), counted.value},
                                           [&](const sql::Row& row) { counted.name = row.bytes(0); }));
  return {};
}

Outcome countCounterparts(const Asked& asked, Facets& facets) {
  auto query = asked.query;
  query.counterpartIdentifier.clear();
  query.counterpartAliases.clear();
  FacetCounts counts(query, asked.eachSide);
  CHECK_OK(countNewest(asked, query, counts, facets.counterpartsPartial));
  counts.tellCounterparts(facets);
  return nameCounterparts(asked, counts, facets);
}

// A company is told by its identifier.
Outcome nameCompanies(Reader& reader, Facets& facets) {
  std::map<CompanyId, Facets::Count*> counts;
  std::vector<CompanyId> ids;
  for (auto& counted : facets.company) {
    auto& id = ids.emplace_back();
    std::from_chars(counted.value.data(), counted.value.data() + counted.value.size(), id.value);
    counts[id] = &counted;
  }
  if (ids.empty()) return {};
  Statement statement(reader.connection().dialect());
  statement << "SELECT id, identifier, name FROM companies WHERE "
            << sql::companiesClause(statement.dialect(), "id",
                                    statement.keep(sql::companiesValue(statement.dialect(), ids)));
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& counted = *counts.at(c.company());
    counted.value = c.text();
    counted.name = c.text();
  }));
  return {};
}

}  // namespace

Result<Facets> facets(Reader& reader, const Viewer& viewer, const EntryQuery& query, bool withCounterparts) {
  const auto hard = hardOf(query);
  TRY(const auto walks, sql::walksOf(reader, viewer, hard));
  Asked asked{.reader = reader,
              .viewer = viewer,
              .query = query,
              .hard = hard,
              .search = sql::searchOf(query),
              .walks = sql::WalkOf(walks),
              .named = {}};
  TRY(asked.named, sql::companiesNamed(reader, query));
  asked.eachSide = asked.named.has_value();
  const auto many = asked.search.hits.empty()
                        ? asked.walks.companies().size()
                        : sql::askedTogether(reader.connection().dialect(), asked.walks.companies()).size();
  asked.most = std::max(documents_min,
                        facet_documents_max / std::max<std::int64_t>(1, static_cast<std::int64_t>(many)));

  Facets facets;
  if (!asked.search.hits.empty()) {
    FacetCounts counts(query, asked.eachSide);
    CHECK_OK(countFound(asked, counts, facets.partial));
    counts.tell(facets);
    if (withCounterparts) {
      counts.tellCounterparts(facets);
      CHECK_OK(nameCounterparts(asked, counts, facets));
    }
  } else {
    if (isInCube(asked)) {
      FacetCounts counts(query, asked.eachSide);
      CHECK_OK(countCube(asked, counts));
      counts.tell(facets);
    } else {
      CHECK_OK(countPlain(asked, facets));
    }
    if (withCounterparts) CHECK_OK(countCounterparts(asked, facets));
  }
  facets.counterpartsPartial = facets.counterpartsPartial || facets.partial;
  CHECK_OK(nameCompanies(reader, facets));
  return facets;
}

}  // namespace postgang::store
