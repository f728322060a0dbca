// What a search finds, as the walks of a list take it. FTS5 gives hits newest or oldest first, which the
// entries' numbers tell as well as received_at does: that order is walked as far as the page needs, for many
// companies in one question, whose hits FTS5 merges. In any other order the newest hits_max are sorted.
#include <algorithm>

#include "store/sql/dialect.h"
#include "store/sql/list_walk.h"

namespace postgang::store::sql {
namespace {

// Rows begin with their position, then say what they are of.
constexpr std::string_view of_entry = ", e.company, e.direction, e.counterpart_company, e.kind";

Result<Found> foundBy(const ListAsked& asked, const WalkOf& walks, Statement& statement) {
  Found found;
  TRY(found.read, statement.run(asked.reader.connection(), [&](const Row& row) {
    Columns c(row);
    found.last.key = c.number();
    found.last.id = c.number();
    const auto company = c.company();
    const auto* walk = walks.of(company, c.view());
    const auto counterpart = c.company();
    if (walk && takes(*walk, asked.viewer, counterpart, c.view()))
      found.hits.push_back({found.last, company});
  }));
  return found;
}

void addIdRange(Statement& statement, std::string_view id, const KeyRange& range) {
  if (range.above) statement << " AND " << id << " > " << statement.place(range.above->id);
  if (range.below) statement << " AND " << id << " < " << statement.place(range.below->id);
}

Outcome walkHits(const ListAsked& asked, const WalkOf& walks, std::span<const CompanyId> companies,
                 Nearest& nearest) {
  const auto dialect = asked.reader.connection().dialect();
  const auto id = hitId(dialect);
  const auto ask = [&](std::int64_t most, const KeyRange& from) {
    Statement statement(dialect);
    statement << "SELECT " << id << ", " << id << of_entry;
    addMatches(statement, companies, asked.search.hits,
               dialect == Dialect::postgres ? " JOIN entries e ON e.company = t.company AND e.id = t.id"
                                            : " CROSS JOIN entries e ON e.id = x.rowid");
    addIdRange(statement, id, from);
    addFilters(statement, asked.query, {});
    addChecks(statement, asked.search.checks);
    statement << (nearest.downwards() ? " ORDER BY 1 DESC" : " ORDER BY 1") << " LIMIT "
              << statement.place(most);
    return foundBy(asked, walks, statement);
  };
  // Half as many again at first: of a document within a group the search finds both sides.
  CHECK_OK(readOn(nearest, nearest.range(), nearest.most() * 3 / 2, read_all, ask));
  return {};
}

// What a term that says a range finds besides, in the order of walkHits.
Outcome walkSpan(const ListAsked& asked, const WalkOf& walks, const Walk& walk, Nearest& nearest) {
  Statement statement(asked.reader.connection().dialect());
  const auto& span = *asked.search.alternative;
  statement << "SELECT e.id, e.id" << of_entry << " FROM entries AS e"
            << spanIndex(statement.dialect(), span.of)
            << " WHERE e.company = " << statement.place(walk.company)
            << " AND e.direction = " << statement.place(name(walk.direction));
  addSpan(statement, span, "e.");
  addWalk(statement, walk, asked.viewer, "e.");
  addIdRange(statement, "e.id", nearest.range());
  addFilters(statement, asked.query, {});
  addChecks(statement, asked.search.checks);
  statement << (nearest.downwards() ? " ORDER BY 1 DESC" : " ORDER BY 1") << " LIMIT "
            << statement.place(nearest.most());
  TRY(auto found, foundBy(asked, walks, statement));
  nearest.merge(std::move(found.hits));
  return {};
}

Outcome sortHits(const ListAsked& asked, const WalkOf& walks, std::span<const CompanyId> companies,
                 Nearest& nearest) {
  Statement statement(asked.reader.connection().dialect());
  const auto column = sortColumn(asked.query.sort);
  const std::string_view way = nearest.downwards() ? " DESC" : "";
  statement << "SELECT " << column << ", e.id" << of_entry << " FROM ";
  addHits(statement, companies, asked.search, hits_max);
  statement << " AS h CROSS JOIN entries e WHERE e.id = h.id";
  if (statement.dialect() == Dialect::postgres)
    statement << " AND e.company = " << statement.place(companies.front());
  addRange(statement, column, nearest.range());
  addFilters(statement, asked.query, asked.query.sort);
  addChecks(statement, asked.search.checks);
  statement << " ORDER BY 1" << way << ", 2" << way;
  TRY(auto found, foundBy(asked, walks, statement));
  nearest.merge(std::move(found.hits));
  return {};
}

}  // namespace

Outcome walkFound(const ListAsked& asked, std::span<const Walk> walks, bool byNumber, Nearest& nearest) {
  const WalkOf walkOf(walks);
  for (const auto companies : askedTogether(asked.reader.connection().dialect(), walkOf.companies()))
    CHECK_OK(byNumber ? walkHits(asked, walkOf, companies, nearest)
                      : sortHits(asked, walkOf, companies, nearest));
  if (byNumber && asked.search.alternative)
    for (const auto& walk : walks) CHECK_OK(walkSpan(asked, walkOf, walk, nearest));
  return {};
}

}  // namespace postgang::store::sql
