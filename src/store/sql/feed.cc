// A cursor is "<transaction>.<id>". On SQLite there is one writer, ids are in order of commit, and the
// transaction is 0. On PostgreSQL a transaction may commit after a later one: rows are read in order of
// transaction, and only those below the oldest one that still runs, so that nothing can appear behind the
// cursor.
#include "store/feed.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "base/text.h"
#include "store/sql/dialect.h"
#include "store/sql/document_row.h"
#include "store/sql/entry_filter.h"
#include "store/sql/sandbox_rows.h"
#include "store/sql/seen.h"

namespace postgang::store {
namespace {

using sql::Statement;

constexpr int limit_max = 1'000;

struct Place {
  std::int64_t transaction = 0, id = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

std::string textOf(const Place& place) {
  return std::to_string(place.transaction) + "." + std::to_string(place.id);
}

Result<Place> placeOf(std::string_view cursor) {
  Place place;
  if (cursor.empty()) return place;
  const auto parts = split(cursor, '.');
  const auto read = [](std::string_view text, std::int64_t& number) {
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    return end.ec == std::errc() && end.ptr == text.data() + text.size() && number >= 0;
  };
  if (parts.size() == 2 && read(parts[0], place.transaction) && read(parts[1], place.id)) return place;
  return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is none of ours.", "cursor",
              "Begin again without a cursor.");
}

struct Fed {
  Place place;
  FeedItem item;
};

Fed readFed(const sql::Row& row) {
  sql::Columns c(row);
  Fed fed;
  fed.place.transaction = c.number();
  fed.place.id = c.number();
  auto& item = fed.item;
  item.cursor = textOf(fed.place);
  item.company = c.company();
  item.document = c.id<DocumentId>();
  item.direction = c.view() == "received" ? Direction::received : Direction::sent;
  item.event = document::eventTypeFromName(c.view()).value_or(EventType::received);
  item.status = document::statusFromName(c.view()).value_or(Status::received);
  item.at = c.instant();
  item.kind = document::kindFromName(c.view()).value_or(document::Kind::other);
  item.number = c.text();
  item.counterpartName = c.text();
  return fed;
}

bool isPostgres(const Statement& statement) {
  return statement.dialect() == sql::Dialect::postgres;
}

void start(Statement& statement) {
  statement << "SELECT " << (isPostgres(statement) ? "CAST(CAST(f.transaction AS TEXT) AS BIGINT)" : "0")
            << ", f.id, f.company, f.document, f.direction, f.event, f.status, f.at, d.kind, d.number, "
               "CASE f.direction WHEN 'received' THEN d.seller_name ELSE d.buyer_name END "
               "FROM feed f JOIN documents d ON d.id = f.document WHERE ";
  statement << (isPostgres(statement) ? "f.transaction < pg_snapshot_xmin(pg_current_snapshot())" : "1 = 1");
}

void addAfter(Statement& statement, const Place& after) {
  if (!isPostgres(statement)) {
    statement << " AND f.id > " << statement.place(after.id);
    return;
  }
  statement << " AND (f.transaction, f.id) > (CAST(CAST(" << statement.place(after.transaction)
            << " AS TEXT) AS XID8), " << statement.place(after.id) << ")";
}

void finish(Statement& statement, bool newestFirst, int limit) {
  const std::string_view way = newestFirst ? " DESC" : "";
  statement << " ORDER BY ";
  if (isPostgres(statement)) statement << "f.transaction" << way << ", ";
  statement << "f.id" << way << " LIMIT " << statement.place(limit);
}

// Steps on the way, which say nothing that the event after them doesn't.
constexpr std::string_view without_steps =
    " AND f.event NOT IN ('recognised', 'checked', 'routed', 'delivery-started')";

enum class Steps { with, without };

// One walk per company in its own index, or one over everybody's.
Result<std::vector<Fed>> walk(Reader& reader, const Viewer& viewer, std::optional<Place> after, int limit,
                              Steps steps = Steps::with) {
  limit = std::clamp(limit, 1, limit_max);
  std::vector<Fed> found;
  const auto read = [&](std::optional<CompanyId> company, const Viewer::Part* part = nullptr) -> Outcome {
    Statement statement(reader.connection().dialect());
    start(statement);
    if (company) statement << " AND f.company = " << statement.place(*company);
    statement << " AND " << sql::realClause(viewer, "f.company");
    if (part) {
      statement << " AND f.direction = " << statement.place(name(part->direction));
      sql::addKinds(statement, part->kinds, "d.kind");
    }
    if (after) addAfter(statement, *after);
    if (steps == Steps::without) statement << without_steps;
    finish(statement, !after, limit);
    CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) { found.push_back(readFed(row)); }));
    return {};
  };
  if (viewer.seesAll()) CHECK_OK(read({}));
  for (const auto company : viewer.companies()) CHECK_OK(read(company));
  for (const auto& part : viewer.parts()) CHECK_OK(read(part.company, &part));
  std::ranges::sort(
      found, [&](const Fed& a, const Fed& b) { return after ? a.place < b.place : a.place > b.place; });
  if (found.size() > static_cast<std::size_t>(limit)) found.resize(static_cast<std::size_t>(limit));
  return found;
}

Result<std::vector<FeedItem>> items(Result<std::vector<Fed>> found) {
  TRY(auto all, std::move(found));
  std::vector<FeedItem> items;
  for (auto& fed : all) items.push_back(std::move(fed.item));
  return items;
}

}  // namespace

Result<std::vector<FeedItem>> feedAfter(Reader& reader, const Viewer& viewer, std::string_view cursor,
                                        int limit) {
  TRY(const auto after, placeOf(cursor));
  return items(walk(reader, viewer, after, limit));
}

Result<std::string> feedEnd(Reader& reader) {
  TRY(const auto newest, walk(reader, Viewer::system(), {}, 1));
  return textOf(newest.empty() ? Place() : newest.front().place);
}

Result<std::vector<FeedItem>> latest(Reader& reader, const Viewer& viewer, int limit) {
  return items(walk(reader, viewer, {}, limit, Steps::without));
}

}  // namespace postgang::store
