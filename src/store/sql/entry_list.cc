// Lists. For each company and direction an index holds the entries in each of the orders, so a page is a
// short walk in each of these indexes, and the nearest of what they give; the worst of a full page bounds the
// walks that follow. The rows themselves are read for the page alone.
//
// A walk that keeps few of the entries it passes (a status that hardly any document has) would pass them all.
// So it first glances at the nearest few hundred; where they are not enough, the cube of statistics says on
// which days there is anything to find, and only those days are walked.
//
// Kinds, and what is seen as its sender's as well, are asked here of each row that comes, rather than of the
// database for each walk: a viewer's companies are many, the rows that a page needs are few.
//
// A search walks what it finds instead (list_found.cc).
#include <algorithm>

#include "store/sql/cube.h"
#include "store/sql/cursor.h"
#include "store/sql/dialect.h"
#include "store/sql/document_row.h"
#include "store/sql/list_walk.h"
#include "store/sql/rows.h"

namespace postgang::store {
namespace {

using Asked = sql::ListAsked;
using sql::EntryKey;
using sql::Hit;
using sql::KeyRange;
using sql::Nearest;
using sql::Position;
using sql::Statement;
using sql::Walk;

constexpr int limit_max = 200;
constexpr std::int64_t glanced = 500;

Result<bool> walkIndex(const Asked& asked, const Walk& walk, const KeyRange& range, Nearest& nearest,
                       std::int64_t mayRead = sql::read_all) {
  auto& [reader, viewer, query, search] = asked;
  const auto column = sql::sortColumn(query.sort);
  const std::string_view way = nearest.downwards() ? " DESC" : "";
  const bool asksRows = walk.once || !walk.kinds.empty();
  const auto ask = [&](std::int64_t most, const KeyRange& from) -> Result<sql::Found> {
    Statement statement(reader.connection().dialect());
    const auto index = sql::indexFor(statement.dialect(), query);
    statement << "SELECT " << column << ", e.id" << (asksRows ? ", e.counterpart_company, e.kind" : "")
              << " FROM entries AS e" << index.clause
              << " WHERE e.company = " << statement.place(walk.company)
              << " AND e.direction = " << statement.place(name(walk.direction)) << index.condition;
    sql::addRange(statement, column, from);
    sql::addFilters(statement, query, query.sort);
    sql::addChecks(statement, search.checks);
    statement << " ORDER BY " << column << way << ", e.id" << way << " LIMIT " << statement.place(most);
    sql::Found found;
    TRY(found.read, statement.run(reader.connection(), [&](const sql::Row& row) {
      found.last = {row.number(0), row.number(1)};
      if (!asksRows || sql::takes(walk, viewer, CompanyId{row.number(2)}, row.bytes(3)))
        found.hits.push_back({found.last, walk.company});
    }));
    return found;
  };
  return sql::readOn(nearest, range, nearest.most(), mayRead, ask);
}

Outcome walkAll(const Asked& asked, const Walk& walk, const KeyRange& range, Nearest& nearest) {
  CHECK_OK(walkIndex(asked, walk, range, nearest));
  return {};
}

bool isNarrowed(const EntryQuery& query) {
  return !query.statuses.empty() || !query.channels.empty() || !query.kinds.empty() || query.internal;
}

bool keepsFew(const Asked& asked, const Walk& walk) {
  const auto& query = asked.query;
  return (isNarrowed(query) || !walk.kinds.empty()) && query.number.empty() &&
         query.counterpartIdentifier.empty() &&
         sql::indexFor(asked.reader.connection().dialect(), query).condition.empty();
}

// Whether the nearest entries alone were enough, or were all there are.
Result<bool> glance(const Asked& asked, const Walk& walk, Nearest& nearest) {
  auto& [reader, viewer, query, search] = asked;
  Statement statement(reader.connection().dialect());
  const auto column = sql::sortColumn(query.sort);
  const std::string_view way = nearest.downwards() ? " DESC" : "";
  statement << "SELECT " << column << ", e.id, CASE WHEN 1 = 1";
  sql::addWalk(statement, walk, viewer, "e.");
  sql::addFilters(statement, query, query.sort);
  sql::addChecks(statement, search.checks);
  statement << " THEN 1 ELSE 0 END FROM (SELECT * FROM entries AS e"
            << sql::indexFor(statement.dialect(), query).clause
            << " WHERE e.company = " << statement.place(walk.company)
            << " AND e.direction = " << statement.place(name(walk.direction));
  sql::addRange(statement, column, nearest.range());
  statement << " ORDER BY " << column << way << ", e.id" << way << " LIMIT " << statement.place(glanced)
            << ") AS e";
  statement << " ORDER BY " << column << way << ", e.id" << way;
  std::vector<Hit> hits;
  TRY(const auto seen, statement.run(reader.connection(), [&](const sql::Row& row) {
    if (row.number(2) != 0) hits.push_back({{row.number(0), row.number(1)}, walk.company});
  }));
  const bool enough = seen < glanced || hits.size() >= static_cast<std::size_t>(nearest.most());
  nearest.merge(std::move(hits));
  return enough;
}

// The days on which there is anything of these statuses, channels and kinds.
Result<std::vector<Date>> daysWithAny(const Asked& asked, const Walk& walk) {
  auto& [reader, viewer, query, search] = asked;
  Statement statement(reader.connection().dialect());
  statement << "SELECT day FROM ";
  sql::addCube(statement, viewer,
               {.days = {query.from, query.to}, .grain = sql::Grain::days, .company = walk.company});
  statement << " WHERE direction = " << statement.place(name(walk.direction));
  sql::addWalk(statement, walk, viewer, "");
  sql::addNames(statement, query, "");
  if (query.internal) statement << " AND " << (*query.internal ? "" : "NOT ") << sql::internalClause("");
  statement << " GROUP BY day HAVING SUM(documents) > 0 ORDER BY day";
  std::vector<Date> days;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    if (const auto day = sql::dayOfNumber(row.number(0))) days.push_back(*day);
  }));
  return days;
}

Outcome walkDays(const Asked& asked, const Walk& walk, Nearest& nearest) {
  TRY(auto days, daysWithAny(asked, walk));
  if (days.empty()) return {};
  if (asked.query.sort != Sort::received_at) return walkAll(asked, walk, nearest.range(), nearest);
  if (nearest.downwards()) std::ranges::reverse(days);
  for (const auto day : days) {
    EntryQuery ofDay;
    ofDay.from = ofDay.to = day;
    auto range = nearest.range();
    const auto inside = sql::sortRange(ofDay);
    range.raise(*inside.above);
    range.lower(*inside.below);
    if (!range.isEmpty()) CHECK_OK(walkAll(asked, walk, range, nearest));
  }
  return {};
}

Outcome walkEntries(const Asked& asked, const Walk& walk, Nearest& nearest) {
  if (!keepsFew(asked, walk)) return walkAll(asked, walk, nearest.range(), nearest);
  auto near = nearest;
  TRY(const bool enough, isNarrowed(asked.query) ? glance(asked, walk, near)
                                                 : walkIndex(asked, walk, near.range(), near, glanced));
  if (!enough) return walkDays(asked, walk, nearest);
  nearest = std::move(near);
  return {};
}

}  // namespace

Result<EntryPage> listEntries(Reader& reader, const Viewer& viewer, const EntryQuery& query) {
  std::optional<sql::Cursor> cursor;
  if (!query.cursor.empty()) {
    TRY(cursor, sql::decodedCursor(query));
  }
  const bool backwards = cursor && cursor->backwards;
  const bool downwards = query.ascending == backwards;
  const auto search = sql::searchOf(query);
  const bool byNumber =
      !search.hits.empty() && query.sort == Sort::received_at;  // received_at is a filter then
  auto range = byNumber ? KeyRange() : sql::sortRange(query);
  if (cursor) downwards ? range.lower(cursor->position) : range.raise(cursor->position);

  const auto limit = static_cast<std::size_t>(std::clamp(query.limit, 1, limit_max));
  Nearest nearest(limit + 1, downwards, range);
  TRY(const auto walks, sql::walksOf(reader, viewer, query));
  const Asked asked{reader, viewer, query, search};
  if (!search.hits.empty()) CHECK_OK(sql::walkFound(asked, walks, byNumber, nearest));
  for (const auto& walk : walks)
    if (search.hits.empty()) CHECK_OK(walkEntries(asked, walk, nearest));

  auto hits = nearest.taken();
  const bool more = hits.size() > limit;
  if (more) hits.pop_back();
  if (backwards) std::ranges::reverse(hits);
  std::vector<EntryKey> keys;
  for (const auto& hit : hits) keys.push_back({hit.company, hit.position.id});
  EntryPage page;
  TRY(page.items, sql::loadEntries(reader.connection(), keys));
  if (hits.empty()) return page;
  if (more || backwards) page.nextCursor = sql::encoded({hits.back().position, false}, query);
  if (backwards ? more : cursor.has_value())
    page.previousCursor = sql::encoded({hits.front().position, true}, query);
  return page;
}

}  // namespace postgang::store
