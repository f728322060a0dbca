// Lists. For each company and direction an index holds the entries in each of the orders, so a page is a
// short walk in each of these indexes, and the nearest of what they give; the worst of a full page bounds the
// walks that follow. The rows themselves are read for the page alone.
//
// A walk that keeps few of the entries it passes (a status that hardly any document has) would pass them all.
// So it first glances at the nearest few hundred; where they are not enough, the cube of statistics says on
// which days there is anything to find, and only those days are walked.
//
// A search walks the company's hits instead: newest first, as FTS5 gives them, when that is the order asked
// for (which the entries' numbers tell as well as received_at); in another order, the newest 10,000 hits.
#include <algorithm>

#include "store/sql/cube.h"
#include "store/sql/cursor.h"
#include "store/sql/dialect.h"
#include "store/sql/document_row.h"
#include "store/sql/entry_filter.h"
#include "store/sql/search.h"

namespace postgang::store {
namespace {

using sql::EntryKey;
using sql::KeyRange;
using sql::Position;
using sql::Statement;

constexpr int limit_max = 200;
constexpr std::int64_t glanced = 500;

struct Hit {
  Position position;
  CompanyId company;
};

// The entries nearest to where the page begins, in the order of walking.
class Nearest {
 public:
  Nearest(std::size_t most, bool downwards, KeyRange range)
      : most_(most), downwards_(downwards), range_(range) {}

  bool downwards() const { return downwards_; }
  std::int64_t most() const { return static_cast<std::int64_t>(most_); }
  // Narrower than at first once there are enough: only what is nearer can still matter.
  KeyRange range() const {
    auto range = range_;
    if (hits_.size() == most_)
      downwards_ ? range.raise(hits_.back().position) : range.lower(hits_.back().position);
    return range;
  }
  void merge(std::vector<Hit> found) {
    std::vector<Hit> both;
    std::ranges::merge(hits_, found, std::back_inserter(both), [this](const Hit& a, const Hit& b) {
      return downwards_ ? a.position > b.position : a.position < b.position;
    });
    if (both.size() > most_) both.resize(most_);
    hits_ = std::move(both);
  }
  std::vector<Hit> taken() { return std::move(hits_); }

 private:
  std::size_t most_;
  bool downwards_;
  KeyRange range_;
  std::vector<Hit> hits_;
};

Outcome run(Reader& reader, Statement& statement, std::string_view key, std::string_view id,
            CompanyId company, Nearest& nearest) {
  const std::string way = nearest.downwards() ? " DESC" : "";
  statement << " ORDER BY " << key << way;
  if (key != id) statement << ", " << id << way;
  statement << " LIMIT " << statement.place(nearest.most());
  std::vector<Hit> hits;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    hits.push_back({{row.number(0), row.number(1)}, company});
  }));
  nearest.merge(std::move(hits));
  return {};
}

Outcome walkIndex(Reader& reader, const EntryQuery& query, CompanyId company, Direction direction,
                  const KeyRange& range, Nearest& nearest) {
  Statement statement(reader.connection().dialect());
  const auto column = sql::sortColumn(query.sort);
  const auto index = sql::indexFor(statement.dialect(), query);
  statement << "SELECT " << column << ", e.id FROM entries AS e" << index.clause
            << " WHERE e.company = " << statement.place(company)
            << " AND e.direction = " << statement.place(name(direction)) << index.condition;
  sql::addRange(statement, column, range);
  sql::addFilters(statement, query, query.sort);
  return run(reader, statement, column, "e.id", company, nearest);
}

bool keepsFew(sql::Dialect dialect, const EntryQuery& query) {
  const bool narrowed = !query.statuses.empty() || !query.channels.empty() || !query.kinds.empty();
  return narrowed && query.number.empty() && query.counterpartIdentifier.empty() &&
         sql::indexFor(dialect, query).condition.empty();
}

// Whether the nearest entries alone were enough, or were all there are.
Result<bool> glance(Reader& reader, const EntryQuery& query, CompanyId company, Direction direction,
                    Nearest& nearest) {
  Statement statement(reader.connection().dialect());
  const auto column = sql::sortColumn(query.sort);
  const std::string_view way = nearest.downwards() ? " DESC" : "";
  statement << "SELECT " << column << ", e.id, CASE WHEN 1 = 1";
  sql::addFilters(statement, query, query.sort);
  statement << " THEN 1 ELSE 0 END FROM (SELECT * FROM entries AS e"
            << sql::indexFor(statement.dialect(), query).clause
            << " WHERE e.company = " << statement.place(company)
            << " AND e.direction = " << statement.place(name(direction));
  sql::addRange(statement, column, nearest.range());
  statement << " ORDER BY " << column << way << ", e.id" << way << " LIMIT " << statement.place(glanced)
            << ") AS e";
  statement << " ORDER BY " << column << way << ", e.id" << way;
  std::vector<Hit> hits;
  TRY(const auto seen, statement.run(reader.connection(), [&](const sql::Row& row) {
    if (row.number(2) != 0) hits.push_back({{row.number(0), row.number(1)}, company});
  }));
  const bool enough = seen < glanced || hits.size() >= static_cast<std::size_t>(nearest.most());
  nearest.merge(std::move(hits));
  return enough;
}

// The days on which the company received anything of these statuses, channels and kinds.
Result<std::vector<Date>> daysWithAny(Reader& reader, const EntryQuery& query, CompanyId company,
                                      Direction direction) {
  const auto dialect = reader.connection().dialect();
  Statement statement(dialect);
  statement << "SELECT day FROM ";
  sql::addCube(statement, sql::companiesValue(dialect, std::span(&company, 1)), query.from, query.to);
  statement << " WHERE direction = " << statement.place(name(direction));
  sql::addNames(statement, query, "");
  statement << " GROUP BY day HAVING SUM(documents) > 0 ORDER BY day";
  std::vector<Date> days;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    auto text = std::to_string(row.number(0));
    if (text.size() != 8) return;
    if (const auto day = Date::parse(text.insert(6, "-").insert(4, "-"))) days.push_back(*day);
  }));
  return days;
}

Outcome walkDays(Reader& reader, const EntryQuery& query, CompanyId company, Direction direction,
                 Nearest& nearest) {
  TRY(auto days, daysWithAny(reader, query, company, direction));
  if (days.empty()) return {};
  if (query.sort != Sort::received_at)
    return walkIndex(reader, query, company, direction, nearest.range(), nearest);
  if (nearest.downwards()) std::ranges::reverse(days);
  for (const auto day : days) {
    EntryQuery ofDay;
    ofDay.from = ofDay.to = day;
    auto range = nearest.range();
    const auto inside = sql::sortRange(ofDay);
    range.raise(*inside.above);
    range.lower(*inside.below);
    if (!range.isEmpty()) CHECK_OK(walkIndex(reader, query, company, direction, range, nearest));
  }
  return {};
}

Outcome walkDirection(Reader& reader, const EntryQuery& query, CompanyId company, Direction direction,
                      Nearest& nearest) {
  if (!keepsFew(reader.connection().dialect(), query))
    return walkIndex(reader, query, company, direction, nearest.range(), nearest);
  auto near = nearest;
  TRY(const bool enough, glance(reader, query, company, direction, near));
  if (!enough) return walkDays(reader, query, company, direction, nearest);
  nearest = std::move(near);
  return {};
}

void addDirection(Statement& statement, const EntryQuery& query) {
  if (query.direction) statement << " AND e.direction = " << statement.place(name(*query.direction));
}

// Newest or oldest first: the index of texts is in that order itself.
Outcome walkHits(Reader& reader, const EntryQuery& query, const std::vector<sql::SearchTerm>& terms,
                 CompanyId company, Nearest& nearest) {
  Statement statement(reader.connection().dialect());
  const bool postgres = statement.dialect() == sql::Dialect::postgres;
  const bool sure = !postgres && sql::tokensProve(terms);
  const std::string_view id = postgres ? "t.id" : "x.rowid";
  if (postgres)
    statement
        << "SELECT t.id, t.id FROM search_texts t JOIN entries e ON e.company = t.company AND e.id = t.id "
           "WHERE t.company = "
        << statement.place(company);
  else
    statement << "SELECT x.rowid, x.rowid FROM search_index x "
              << (sure ? "" : "CROSS JOIN search_texts t ON t.id = x.rowid ")
              << "CROSS JOIN entries e ON e.id = x.rowid WHERE search_index MATCH "
              << statement.keep(sql::matchExpression(std::span(&company, 1), terms));
  const auto range = nearest.range();
  if (range.above) statement << " AND " << id << " > " << statement.place(range.above->id);
  if (range.below) statement << " AND " << id << " < " << statement.place(range.below->id);
  if (!sure) sql::addTerms(statement, terms);
  addDirection(statement, query);
  sql::addFilters(statement, query, {});
  return run(reader, statement, id, id, company, nearest);
}

Outcome sortHits(Reader& reader, const EntryQuery& query, const std::vector<sql::SearchTerm>& terms,
                 CompanyId company, Nearest& nearest) {
  Statement statement(reader.connection().dialect());
  const auto column = sql::sortColumn(query.sort);
  statement << "SELECT " << column << ", e.id FROM ";
  sql::addHits(statement, company, terms);
  statement << " AS h CROSS JOIN entries e WHERE e.id = h.id AND e.company = " << statement.place(company);
  sql::addRange(statement, column, nearest.range());
  addDirection(statement, query);
  sql::addFilters(statement, query, query.sort);
  return run(reader, statement, column, "e.id", company, nearest);
}

Outcome walk(Reader& reader, const EntryQuery& query, const std::vector<sql::SearchTerm>& terms,
             CompanyId company, Nearest& nearest) {
  if (!terms.empty())
    return query.sort == Sort::received_at ? walkHits(reader, query, terms, company, nearest)
                                           : sortHits(reader, query, terms, company, nearest);
  for (const auto direction : {Direction::sent, Direction::received})
    if (query.direction.value_or(direction) == direction)
      CHECK_OK(walkDirection(reader, query, company, direction, nearest));
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
  const auto terms = sql::searchTerms(query.text);
  const bool byNumber = !terms.empty() && query.sort == Sort::received_at;  // received_at is a filter then
  auto range = byNumber ? KeyRange() : sql::sortRange(query);
  if (cursor) downwards ? range.lower(cursor->position) : range.raise(cursor->position);

  const auto limit = static_cast<std::size_t>(std::clamp(query.limit, 1, limit_max));
  Nearest nearest(limit + 1, downwards, range);
  TRY(const auto companies, sql::companiesSeen(reader, viewer));
  for (const auto company : companies) CHECK_OK(walk(reader, query, terms, company, nearest));

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
