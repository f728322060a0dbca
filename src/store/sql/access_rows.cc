#include "store/access_rows.h"

#include "store/sql/dialect.h"
#include "store/sql/facts.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view select_user =
    "SELECT id, email, name, password_hash, language, staff, active FROM users";

Result<std::optional<User>> oneUser(Reader& reader, std::string_view statement, sql::Value value) {
  std::optional<User> found;
  CHECK_OK(reader.connection().run(statement, {value}, [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& user = found.emplace();
    user.id = c.id<UserId>();
    user.email = c.text();
    user.name = c.text();
    user.passwordHash = c.text();
    user.language = c.text();
    user.staff = c.yes();
    user.active = c.yes();
  }));
  if (!found) return found;
  CHECK_OK(
      reader.connection().run("SELECT company, role FROM user_companies WHERE user_id = ?1 ORDER BY position",
                              {found->id}, [&](const sql::Row& row) {
                                sql::Columns c(row);
                                auto& own = found->memberships.emplace_back();
                                own.company = c.company();
                                own.role = c.text();
                              }));
  return found;
}

Outcome writeCompanies(Transaction& tx, const User& user) {
  CHECK_OK(tx.connection().later("DELETE FROM user_companies WHERE user_id = ?1", {user.id}));
  int position = 0;
  for (const auto& own : user.memberships)
    CHECK_OK(tx.connection().later(
        "INSERT INTO user_companies (user_id, company, role, position) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT DO NOTHING",
        {user.id, own.company, own.role, position++}));
  return {};
}

Key readKey(const sql::Row& row) {
  sql::Columns c(row);
  const auto instant = [](sql::Columns& column) { return column.instant(); };
  Key key;
  key.id = c.id<KeyId>();
  key.secretDigest = c.digest();
  key.company = c.company();
  key.name = c.text();
  key.scopes = sql::decodedTexts(c.view());
  key.createdAt = c.instant();
  key.madeBy = c.maybe([](sql::Columns& column) { return column.id<UserId>(); });
  key.expiresAt = c.maybe(instant);
  key.revokedAt = c.maybe(instant);
  key.lastUsedAt = c.maybe(instant);
  return key;
}

constexpr std::string_view select_key =
    "SELECT id, secret_digest, company, name, scopes, created_at, made_by, expires_at, revoked_at, "
    "last_used_at FROM api_keys";

}  // namespace

Outcome createUser(Transaction& tx, const User& user) {
  TRY(const auto made,
      tx.connection().run(
          "INSERT INTO users (id, email, name, password_hash, language, staff, active) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
          {user.id, user.email, user.name, user.passwordHash, user.language, user.staff, user.active}));
  if (made != 1)
    return fail(ProblemKind::conflict, "email-taken", "Another user has this e-mail address.", user.email,
                "Use that user, or another address.");
  return writeCompanies(tx, user);
}

Outcome updateUser(Transaction& tx, const User& user) {
  TRY(const auto changed,
      tx.connection().run(
          "UPDATE users SET email = ?2, name = ?3, password_hash = ?4, language = ?5, staff = ?6, "
          "active = ?7 WHERE id = ?1",
          {user.id, user.email, user.name, user.passwordHash, user.language, user.staff, user.active}));
  if (changed != 1) return fail(ProblemKind::not_found, "user-not-found", "There is no such user.");
  return writeCompanies(tx, user);
}

Result<std::optional<User>> userByEmail(Reader& reader, std::string_view email) {
  static const std::string by_email = std::string(select_user) + " WHERE email = ?1";
  return oneUser(reader, by_email, email);
}

Result<std::optional<User>> user(Reader& reader, UserId id) {
  static const std::string by_id = std::string(select_user) + " WHERE id = ?1";
  return oneUser(reader, by_id, id);
}

Result<std::vector<User>> listUsers(Reader& reader, const Viewer& viewer) {
  auto& connection = reader.connection();
  std::vector<UserId> ids;
  const auto take = [&](const sql::Row& row) { ids.push_back(sql::Columns(row).id<UserId>()); };
  if (viewer.seesAll()) {
    CHECK_OK(connection.run("SELECT id FROM users ORDER BY email", {}, take));
  } else {
    CHECK_OK(connection.run("SELECT id FROM users WHERE id IN (SELECT user_id FROM user_companies WHERE " +
                                sql::companiesClause(connection.dialect(), "company", "?1") +
                                ") ORDER BY email",
                            {sql::companiesValue(connection.dialect(), viewer.companies())}, take));
  }
  std::vector<User> users;
  for (const auto id : ids) {
    TRY(auto found, user(reader, id));
    if (found) users.push_back(std::move(*found));
  }
  return users;
}

namespace {

constexpr std::string_view select_session =
    "SELECT token_digest, id, user_id, company, everything, reason, method, address, device, csrf_token, "
    "created_at, last_seen_at, expires_at FROM sessions";

Session readSession(const sql::Row& row) {
  sql::Columns c(row);
  Session session;
  session.tokenDigest = c.digest();
  session.id = c.id<SessionId>();
  session.user = c.id<UserId>();
  session.company = c.company();
  session.everything = c.yes();
  for (auto* text : {&session.reason, &session.method, &session.address, &session.device, &session.csrfToken})
    *text = c.text();
  session.createdAt = c.instant();
  session.lastSeenAt = c.instant();
  session.expiresAt = c.instant();
  return session;
}

}  // namespace

Outcome putSession(Transaction& tx, const Session& session) {
  CHECK_OK(tx.connection().later("DELETE FROM sessions WHERE expires_at < ?1", {tx.clock().now()}));
  return tx.connection().later(
      "INSERT INTO sessions (token_digest, id, user_id, company, everything, reason, method, address, "
      "device, "
      "csrf_token, created_at, last_seen_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
      "?11, "
      "?12, ?13) ON CONFLICT (token_digest) DO UPDATE SET company = excluded.company, everything = "
      "excluded.everything, reason = excluded.reason, csrf_token = excluded.csrf_token, last_seen_at = "
      "excluded.last_seen_at, expires_at = excluded.expires_at",
      {session.tokenDigest, session.id, session.user, session.company, session.everything, session.reason,
       session.method, session.address, session.device, session.csrfToken, session.createdAt,
       session.lastSeenAt, session.expiresAt});
}

Result<std::optional<Session>> session(Reader& reader, const Digest& tokenDigest) {
  std::optional<Session> found;
  static const std::string by_token = std::string(select_session) + " WHERE token_digest = ?1";
  CHECK_OK(reader.connection().run(by_token, {tokenDigest},
                                   [&](const sql::Row& row) { found = readSession(row); }));
  return found;
}

Result<std::vector<Session>> sessionsOf(Reader& reader, UserId user) {
  std::vector<Session> sessions;
  CHECK_OK(reader.connection().run(
      std::string(select_session) + " WHERE user_id = ?1 AND expires_at > ?2 ORDER BY last_seen_at DESC, id",
      {user, reader.clock().now()}, [&](const sql::Row& row) { sessions.push_back(readSession(row)); }));
  return sessions;
}

Outcome deleteSession(Transaction& tx, const Digest& tokenDigest) {
  return tx.connection().later("DELETE FROM sessions WHERE token_digest = ?1", {tokenDigest});
}

Outcome createKey(Transaction& tx, const Key& key) {
  return tx.connection().later(
      "INSERT INTO api_keys (id, secret_digest, company, name, scopes, created_at, made_by, expires_at, "
      "revoked_at, last_used_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      {key.id, key.secretDigest, key.company, key.name, sql::encodedTexts(key.scopes), key.createdAt,
       key.madeBy, key.expiresAt, key.revokedAt, key.lastUsedAt});
}

Outcome updateKey(Transaction& tx, const Key& key) {
  TRY(const auto changed,
      tx.connection().run(
          "UPDATE api_keys SET name = ?2, scopes = ?3, made_by = ?4, expires_at = ?5, "
          "revoked_at = ?6 WHERE id = ?1",
          {key.id, key.name, sql::encodedTexts(key.scopes), key.madeBy, key.expiresAt, key.revokedAt}));
  if (changed != 1) return fail(ProblemKind::not_found, "not-found", "There is no such key.");
  return {};
}

Outcome touchKey(Transaction& tx, KeyId id, Instant usedAt) {
  return tx.connection().later("UPDATE api_keys SET last_used_at = ?2 WHERE id = ?1", {id, usedAt});
}

Result<std::optional<Key>> keyByDigest(Reader& reader, const Digest& secretDigest) {
  std::optional<Key> found;
  static const std::string by_digest = std::string(select_key) + " WHERE secret_digest = ?1";
  CHECK_OK(
      reader.connection().run(by_digest, {secretDigest}, [&](const sql::Row& row) { found = readKey(row); }));
  return found;
}

Result<std::vector<Key>> listKeys(Reader& reader, const Viewer& viewer) {
  auto& connection = reader.connection();
  std::vector<Key> keys;
  const auto take = [&](const sql::Row& row) { keys.push_back(readKey(row)); };
  if (viewer.seesAll()) {
    CHECK_OK(connection.run(std::string(select_key) + " ORDER BY created_at, id", {}, take));
  } else {
    CHECK_OK(connection.run(std::string(select_key) + " WHERE " +
                                sql::companiesClause(connection.dialect(), "company", "?1") +
                                " ORDER BY created_at, id",
                            {sql::companiesValue(connection.dialect(), viewer.companies())}, take));
  }
  return keys;
}

Outcome recordLoginFailure(Transaction& tx, std::string_view subject, Instant at) {
  // A day back is more than any limit looks; a flood does not fill the table.
  CHECK_OK(tx.connection().later("DELETE FROM login_failures WHERE at < ?1", {at.plusSeconds(-86'400)}));
  return tx.connection().later("INSERT INTO login_failures (subject, at) VALUES (?1, ?2)", {subject, at});
}

Outcome clearLoginFailures(Transaction& tx, std::string_view subject) {
  return tx.connection().later("DELETE FROM login_failures WHERE subject = ?1", {subject});
}

Result<LoginFailures> loginFailures(Reader& reader, std::string_view subject, Instant since) {
  LoginFailures failures;
  CHECK_OK(
      reader.connection().run("SELECT COUNT(*), MAX(at) FROM login_failures WHERE subject = ?1 AND at >= ?2",
                              {subject, since}, [&](const sql::Row& row) {
                                failures.count = static_cast<int>(row.number(0));
                                if (!row.isNull(1)) failures.last = Instant{row.number(1)};
                              }));
  return failures;
}

Result<std::optional<StoredReply>> storedReply(Reader& reader, std::string_view scope, std::string_view key) {
  std::optional<StoredReply> found;
  CHECK_OK(reader.connection().run(
      "SELECT request_digest, status, body FROM replies WHERE scope = ?1 AND key = ?2 AND expires_at > ?3",
      {scope, key, reader.clock().now()}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& reply = found.emplace();
        reply.requestDigest = c.digest();
        reply.status = c.small();
        reply.body = c.text();
      }));
  return found;
}

Outcome storeReply(Transaction& tx, std::string_view scope, std::string_view key, const StoredReply& reply,
                   Instant expiresAt) {
  auto& connection = tx.connection();
  CHECK_OK(connection.later("DELETE FROM replies WHERE expires_at <= ?1", {tx.clock().now()}));
  TRY(const auto made,
      connection.run("INSERT INTO replies (scope, key, request_digest, status, body, expires_at) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                     {scope, key, reply.requestDigest, reply.status, reply.body, expiresAt}));
  if (made == 1) return {};
  return fail(ProblemKind::conflict, "idempotency-key-taken",
              "Another request answers this Idempotency-Key just now.", {},
              "Send it again: the answer is kept.");
}

}  // namespace postgang::store
