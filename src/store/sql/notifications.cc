#include "store/notifications.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "store/sql/dialect.h"
#include "store/sql/entry_filter.h"
#include "store/sql/seen.h"
#include "store/sql/session.h"

namespace postgang::store {

namespace {

constexpr std::string_view columns =
    "n.id, n.user_id, n.news, n.company, n.direction, n.kind, n.document, n.path, n.words, n.count, "
    "n.personal, n.administrators, n.desk, n.shown, n.mail, n.first_at, n.last_at, n.read_at, n.mailed_at";

Instant instantIn(sql::Columns& c) {
  return c.instant();
}

Notification readNotification(const sql::Row& row) {
  sql::Columns c(row);
  Notification read;
  read.id = c.id<NotificationId>();
  read.user = c.id<UserId>();
  read.kind = c.text();
  read.company = c.company();
  if (const auto direction = c.view(); !direction.empty())
    read.direction = direction == "received" ? Direction::received : Direction::sent;
  read.type = document::kindFromName(c.view());
  read.document = c.maybe([](sql::Columns& in) { return in.id<DocumentId>(); });
  read.path = c.text();
  read.words = wordsFrom(c.view());
  read.count = c.number();
  read.personal = c.yes();
  read.administrators = c.yes();
  read.desk = c.maybe([](sql::Columns& in) { return in.company(); });
  read.shown = c.yes();
  read.mail = c.text();
  read.firstAt = c.instant();
  read.lastAt = c.instant();
  read.readAt = c.maybe(instantIn);
  read.mailedAt = c.maybe(instantIn);
  return read;
}

std::string nameOf(const std::optional<Direction>& direction) {
  return direction ? std::string(name(*direction)) : std::string();
}

std::string nameOf(const std::optional<document::Kind>& type) {
  return type ? std::string(document::name(*type)) : std::string();
}

// What one is told alone may be about a company that one sees in part: a ticket, a finished export.
void addHeard(sql::Statement& statement, const Hearer& hearer) {
  const auto dialect = statement.dialect();
  statement << " WHERE n.user_id = " << statement.place(hearer.user) << " AND (";
  statement << sql::seenClause(statement, hearer.viewer, "n.");
  std::vector<CompanyId> inPart;
  for (const auto& part : hearer.viewer.parts()) inPart.push_back(part.company);
  if (!inPart.empty())
    statement << " OR (n.personal = 1 AND n.direction = '' AND "
              << sql::companiesClause(dialect, "n.company",
                                      statement.keep(sql::companiesValue(dialect, inPart)))
              << ")";
  statement << ") AND (n.administrators = 0 OR "
            << sql::companiesClause(dialect, "n.company",
                                    statement.keep(sql::companiesValue(dialect, hearer.administers)))
            << ")";
}

struct Place {
  std::int64_t unread = 0, at = 0;
  NotificationId id;
};

std::string encoded(const Place& place) {
  return base64Url(std::to_string(place.unread) + " " + std::to_string(place.at) + " " + place.id.text());
}

Result<Place> decoded(std::string_view cursor) {
  const auto malformed = [] {
    return fail(ProblemKind::invalid, "cursor-malformed", "This is no cursor of this list.", "cursor",
                "Leave it out, or use one that the list has answered.");
  };
  const auto text = fromBase64Url(cursor);
  if (!text) return malformed();
  const auto parts = split(*text, ' ');
  if (parts.size() != 3 || (parts[0] != "0" && parts[0] != "1")) return malformed();
  const auto id = NotificationId::parse(parts[2]);
  if (!id || parts[1].empty() || parts[1].size() > 18 || digitsOf(parts[1]) != parts[1]) return malformed();
  Place place;
  place.unread = parts[0] == "1" ? 1 : 0;
  for (const char digit : parts[1]) place.at = place.at * 10 + (digit - '0');
  place.id = *id;
  return place;
}

std::string idsClause(sql::Statement& statement, std::string_view column,
                      const std::vector<NotificationId>& ids) {
  std::string clause = std::string(column) + " IN (";
  for (const auto& id : ids) clause += (clause.back() == '(' ? "" : ", ") + statement.place(id);
  return clause + ")";
}

}  // namespace

Result<bool> tellOnce(Transaction& tx, CompanyId company, std::string_view kind, std::string_view key,
                      Instant at) {
  TRY(const auto made, tx.connection().run("INSERT INTO news_told (company, news, key, at) VALUES (?1, ?2, "
                                           "?3, ?4) ON CONFLICT DO NOTHING",
                                           {company, kind, key, at}));
  return made == 1;
}

Result<std::optional<NotificationId>> notificationToJoin(Reader& reader, const Notification& like,
                                                         Instant since, Instant begunSince) {
  std::optional<NotificationId> found;
  const auto direction = nameOf(like.direction), type = nameOf(like.type);
  const std::string alike =
      like.desk ? "desk = ?7" : "company = ?7 AND direction = ?8 AND kind = ?9 AND personal = 0";
  std::vector<sql::Value> values = {
      like.user, since, begunSince, like.kind, like.mail, like.shown, like.desk.value_or(like.company)};
  if (!like.desk) values.insert(values.end(), {direction, type});
  CHECK_OK(reader.connection().run(
      "SELECT id FROM notifications WHERE user_id = ?1 AND unread = 1 AND last_at >= ?2 AND first_at >= ?3 "
      "AND news = ?4 AND mailed_at IS NULL AND mail = ?5 AND shown = ?6 AND " +
          alike + " ORDER BY last_at DESC LIMIT 1",
      values, [&](const sql::Row& row) { found = sql::Columns(row).id<NotificationId>(); }));
  return found;
}

Result<bool> joinNotification(Transaction& tx, NotificationId id, std::string_view path, Instant at,
                              const NewsWords& words) {
  const auto ofAll = serializedWords(words);
  TRY(const auto joined,
      tx.connection().run(
          "UPDATE notifications SET count = count + 1, last_at = ?2, path = ?3, words = ?4, document = NULL, "
          "company = COALESCE(desk, company), direction = CASE WHEN desk IS NULL THEN direction ELSE '' END, "
          "kind = CASE WHEN desk IS NULL THEN kind ELSE '' END WHERE id = ?1 AND unread = 1 AND mailed_at IS "
          "NULL",
          {id, at, path, ofAll}));
  return joined == 1;
}

Outcome createNotification(Transaction& tx, const Notification& n) {
  const auto direction = nameOf(n.direction), type = nameOf(n.type), words = serializedWords(n.words);
  return tx.connection().later(
      "INSERT INTO notifications (id, user_id, news, company, direction, kind, document, path, words, count, "
      "personal, administrators, shown, unread, mail, mailed_at, first_at, last_at, read_at, desk) VALUES "
      "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 1, ?14, ?15, ?16, ?17, NULL, ?18)",
      {n.id, n.user, n.kind, n.company, direction, type, n.document, n.path, words, n.count, n.personal,
       n.administrators, n.shown, n.mail, n.mailedAt, n.firstAt, n.lastAt, n.desk});
}

Result<std::optional<Instant>> lastMailedAt(Reader& reader, const Notification& like) {
  std::optional<Instant> at;
  CHECK_OK(reader.connection().run(
      "SELECT MAX(mailed_at) FROM notifications WHERE user_id = ?1 AND news = ?2 AND " +
          std::string(like.desk ? "desk" : "company") + " = ?3 AND mail = 'each'",
      {like.user, like.kind, like.desk.value_or(like.company)},
      [&](const sql::Row& row) { at = sql::Columns(row).maybe(instantIn); }));
  return at;
}

Result<NotificationPage> listNotifications(Reader& reader, const Hearer& hearer,
                                           const NotificationQuery& query) {
  auto& connection = reader.connection();
  Place after;
  if (!query.cursor.empty()) {
    TRY(after, decoded(query.cursor));
  }
  sql::Statement statement(connection.dialect());
  statement << "SELECT " << columns << " FROM notifications n";
  addHeard(statement, hearer);
  statement << " AND n.shown = 1";
  if (query.unreadOnly) statement << " AND n.unread = 1";
  if (!query.kind.empty()) statement << " AND n.news = " << statement.place(query.kind);
  if (!query.cursor.empty())
    statement << " AND (n.unread, n.last_at, n.id) < (" << statement.place(after.unread) << ", "
              << statement.place(after.at) << ", " << statement.place(after.id) << ")";
  statement << " ORDER BY n.unread DESC, n.last_at DESC, n.id DESC LIMIT "
            << statement.place(query.limit + 1);
  NotificationPage page;
  CHECK_OK(
      statement.run(connection, [&](const sql::Row& row) { page.items.push_back(readNotification(row)); }));
  if (page.items.size() <= static_cast<std::size_t>(query.limit)) return page;
  page.items.resize(static_cast<std::size_t>(query.limit));
  const auto& last = page.items.back();
  page.nextCursor = encoded({last.readAt ? 0 : 1, last.lastAt.microseconds, last.id});
  return page;
}

Result<std::vector<NotificationCount>> countNotifications(Reader& reader, const Hearer& hearer) {
  auto& connection = reader.connection();
  sql::Statement statement(connection.dialect());
  statement << "SELECT n.news, CAST(COUNT(*) AS BIGINT) FROM notifications n";
  addHeard(statement, hearer);
  statement << " AND n.shown = 1 AND n.unread = 1 GROUP BY n.news ORDER BY n.news";
  std::vector<NotificationCount> counts;
  CHECK_OK(statement.run(connection, [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& count = counts.emplace_back();
    count.kind = c.text();
    count.unread = c.number();
  }));
  return counts;
}

Result<std::vector<Notification>> toMail(Reader& reader, const Hearer& hearer, std::string_view mail) {
  auto& connection = reader.connection();
  sql::Statement statement(connection.dialect());
  statement << "SELECT " << columns << " FROM notifications n";
  addHeard(statement, hearer);
  statement << " AND n.unread = 1 AND n.mailed_at IS NULL AND n.mail <> '' AND n.mail = "
            << statement.place(mail) << " ORDER BY n.news, n.last_at DESC, n.id LIMIT "
            << statement.place(digest_rows_max);
  std::vector<Notification> rows;
  CHECK_OK(statement.run(connection, [&](const sql::Row& row) { rows.push_back(readNotification(row)); }));
  return rows;
}

Result<std::optional<Notification>> toMail(Reader& reader, const Hearer& hearer, NotificationId id) {
  auto& connection = reader.connection();
  sql::Statement statement(connection.dialect());
  statement << "SELECT " << columns << " FROM notifications n";
  addHeard(statement, hearer);
  statement << " AND n.unread = 1 AND n.mailed_at IS NULL AND n.mail = 'each' AND n.id = "
            << statement.place(id);
  std::optional<Notification> found;
  CHECK_OK(statement.run(connection, [&](const sql::Row& row) { found = readNotification(row); }));
  return found;
}

Outcome markMailed(Transaction& tx, const std::vector<NotificationId>& ids, Instant at) {
  for (const auto& id : ids)
    CHECK_OK(tx.connection().later("UPDATE notifications SET mailed_at = ?2 WHERE id = ?1", {id, at}));
  return {};
}

Result<std::int64_t> markRead(Transaction& tx, UserId user, const std::vector<NotificationId>& ids,
                              Instant at) {
  if (ids.empty()) return 0;
  auto& connection = tx.connection();
  sql::Statement statement(connection.dialect());
  statement << "UPDATE notifications SET unread = 0, read_at = " << statement.place(at)
            << " WHERE user_id = " << statement.place(user) << " AND unread = 1 AND "
            << idsClause(statement, "id", ids);
  return statement.run(connection, [](const sql::Row&) {});
}

Result<std::int64_t> markReadUntil(Transaction& tx, UserId user, Instant until, Instant at) {
  return tx.connection().run(
      "UPDATE notifications SET unread = 0, read_at = ?3 WHERE user_id = ?1 AND unread = 1 AND shown = 1 AND "
      "last_at <= ?2",
      {user, until, at});
}

Result<std::vector<NotificationChange>> notificationsSince(Reader& reader, Instant since, int limit) {
  std::vector<NotificationChange> changes;
  CHECK_OK(reader.connection().run(
      "SELECT user_id, id, count, last_at FROM notifications WHERE last_at >= ?1 AND shown = 1 ORDER BY "
      "last_at DESC LIMIT ?2",
      {since, limit}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& change = changes.emplace_back();
        change.user = c.id<UserId>();
        change.id = c.id<NotificationId>();
        change.count = c.number();
        change.at = c.instant();
      }));
  return changes;
}

Result<Instant> newestNotification(Reader& reader) {
  Instant newest;
  CHECK_OK(reader.connection().run("SELECT MAX(last_at) FROM notifications", {}, [&](const sql::Row& row) {
    newest = sql::Columns(row).maybe(instantIn).value_or(Instant());
  }));
  return newest;
}

Outcome forgetNotifications(Transaction& tx, Instant before) {
  CHECK_OK(tx.connection().later("DELETE FROM notifications WHERE last_at < ?1", {before}));
  return tx.connection().later("DELETE FROM news_told WHERE at < ?1", {before});
}

}  // namespace postgang::store
