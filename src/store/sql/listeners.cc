#include "store/listeners.h"

#include <set>

#include "store/sql/session.h"

namespace postgang::store {

namespace {

constexpr int levels_max = 100;  // of a group; a ring would be a fault of ours, and ends here

constexpr std::string_view chosen_columns =
    ", COALESCE(s.digest_hour, 7), n.how, w.shown FROM users u LEFT JOIN own_settings s ON s.user_id = u.id "
    "LEFT JOIN own_notices n ON n.user_id = u.id AND n.kind = ?2 LEFT JOIN own_news w ON w.user_id = u.id "
    "AND w.kind = ?2";

const std::string most = " LIMIT " + std::to_string(listeners_max);

Listener readListener(const sql::Row& row) {
  sql::Columns c(row);
  Listener listener;
  listener.user = c.id<UserId>();
  listener.email = c.text();
  listener.role = c.text();
  listener.digestHour = c.small();
  listener.mail = c.maybe([](sql::Columns& in) { return in.text(); });
  listener.portal = c.maybe([](sql::Columns& in) { return in.yes(); });
  return listener;
}

Result<std::vector<Listener>> ownOf(Reader& reader, CompanyId company, std::string_view kind) {
  static const std::string statement =
      "SELECT u.id, u.email, m.role" + std::string(chosen_columns) +
      " JOIN user_companies m ON m.user_id = u.id WHERE m.company = ?1 AND u.active = 1 AND u.staff = 0 "
      "ORDER BY u.id" +
      most;
  std::vector<Listener> found;
  CHECK_OK(reader.connection().run(statement, {company, kind},
                                   [&](const sql::Row& row) { found.push_back(readListener(row)); }));
  return found;
}

Result<std::optional<CompanyId>> parentOf(Reader& reader, CompanyId company) {
  std::optional<CompanyId> parent;
  CHECK_OK(reader.connection().run(
      "SELECT parent FROM companies WHERE id = ?1", {company}, [&](const sql::Row& row) {
        parent = sql::Columns(row).maybe([](sql::Columns& c) { return c.company(); });
      }));
  return parent;
}

// Those who have asked for it, of the companies above, and of those that the company lets see its traffic and
// the ones above these.
Result<std::vector<Listener>> furtherOf(Reader& reader, CompanyId company, std::string_view kind) {
  static const std::string statement =
      "WITH RECURSIVE above (id) AS (SELECT id FROM companies WHERE id = ?1 OR id IN (SELECT viewer FROM "
      "grants WHERE owner = ?1) UNION SELECT c.parent FROM companies c JOIN above a ON c.id = a.id WHERE "
      "c.parent IS NOT NULL) SELECT u.id, u.email, m.role" +
      std::string(chosen_columns) +
      " JOIN user_companies m ON m.user_id = u.id WHERE s.also_seen = 1 AND u.active = 1 AND u.staff = 0 AND "
      "m.company <> ?1 AND m.company IN (SELECT id FROM above) ORDER BY u.id, m.company" +
      most;
  std::vector<Listener> found;
  CHECK_OK(reader.connection().run(statement, {company, kind}, [&](const sql::Row& row) {
    found.push_back(readListener(row));
    found.back().own = false;
  }));
  return found;
}

}  // namespace

Result<std::vector<Listener>> listenersOf(Reader& reader, CompanyId company, std::string_view kind) {
  std::vector<Listener> all;
  std::optional<CompanyId> at = company;
  for (int level = 0; at && all.empty() && level < levels_max; ++level) {
    TRY(all, ownOf(reader, *at, kind));
    TRY(at, parentOf(reader, *at));
  }
  std::set<UserId> known;
  for (const auto& each : all) known.insert(each.user);
  TRY(const auto further, furtherOf(reader, company, kind));
  for (const auto& each : further)
    if (known.insert(each.user).second) all.push_back(each);
  return all;
}

Result<std::vector<Listener>> staffListeners(Reader& reader, std::string_view kind) {
  static const std::string statement = "SELECT u.id, u.email, 'operator'" + std::string(chosen_columns) +
                                       " WHERE u.staff = ?1 AND u.active = 1 ORDER BY u.id" + most;
  std::vector<Listener> found;
  CHECK_OK(reader.connection().run(statement, {true, kind},
                                   [&](const sql::Row& row) { found.push_back(readListener(row)); }));
  return found;
}

// In which company it is told does not matter to what it has chosen itself, nor does its role where it is
// told alone.
Result<std::optional<Listener>> listener(Reader& reader, UserId user, std::string_view kind) {
  static const std::string statement =
      "SELECT u.id, u.email, 'operator'" + std::string(chosen_columns) + " WHERE u.id = ?1 AND u.active = 1";
  std::optional<Listener> found;
  CHECK_OK(reader.connection().run(statement, {user, kind},
                                   [&](const sql::Row& row) { found = readListener(row); }));
  return found;
}

}  // namespace postgang::store
