#include "store/sign_ins.h"

#include "store/sql/session.h"

namespace postgang::store {

Outcome putPendingSignIn(Transaction& tx, const PendingSignIn& pending) {
  CHECK_OK(tx.connection().later("DELETE FROM pending_sign_ins WHERE expires_at <= ?1", {pending.createdAt}));
  return tx.connection().later(
      "INSERT INTO pending_sign_ins (token_digest, user_id, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)",
      {pending.tokenDigest, pending.user, pending.createdAt, pending.expiresAt});
}

Result<std::optional<PendingSignIn>> pendingSignIn(Reader& reader, const Digest& tokenDigest) {
  std::optional<PendingSignIn> found;
  CHECK_OK(reader.connection().run(
      "SELECT user_id, created_at, expires_at FROM pending_sign_ins WHERE token_digest = ?1", {tokenDigest},
      [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& pending = found.emplace();
        pending.tokenDigest = tokenDigest;
        pending.user = c.id<UserId>();
        pending.createdAt = c.instant();
        pending.expiresAt = c.instant();
      }));
  return found;
}

Outcome deletePendingSignIns(Transaction& tx, UserId user) {
  return tx.connection().later("DELETE FROM pending_sign_ins WHERE user_id = ?1", {user});
}

Outcome putPasswordReset(Transaction& tx, const PasswordReset& reset) {
  CHECK_OK(tx.connection().later("DELETE FROM password_resets WHERE expires_at <= ?1", {reset.createdAt}));
  return tx.connection().later(
      "INSERT INTO password_resets (token_digest, user_id, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)",
      {reset.tokenDigest, reset.user, reset.createdAt, reset.expiresAt});
}

Result<std::optional<PasswordReset>> passwordReset(Reader& reader, const Digest& tokenDigest) {
  std::optional<PasswordReset> found;
  CHECK_OK(reader.connection().run(
      "SELECT user_id, created_at, expires_at FROM password_resets WHERE token_digest = ?1", {tokenDigest},
      [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& reset = found.emplace();
        reset.tokenDigest = tokenDigest;
        reset.user = c.id<UserId>();
        reset.createdAt = c.instant();
        reset.expiresAt = c.instant();
      }));
  return found;
}

Outcome deletePasswordResets(Transaction& tx, UserId user) {
  return tx.connection().later("DELETE FROM password_resets WHERE user_id = ?1", {user});
}

Result<bool> rememberDevice(Transaction& tx, UserId user, const Digest& device, Instant now, Instant since) {
  auto& connection = tx.connection();
  CHECK_OK(connection.run("DELETE FROM user_devices WHERE user_id = ?1 AND seen_at < ?2", {user, since}));
  TRY(const auto known,
      connection.run("UPDATE user_devices SET seen_at = ?3 WHERE user_id = ?1 AND device = ?2",
                     {user, device, now}));
  if (known == 1) return false;
  CHECK_OK(connection.run("INSERT INTO user_devices (user_id, device, seen_at) VALUES (?1, ?2, ?3)",
                          {user, device, now}));
  return true;
}

Result<bool> hasDevices(Reader& reader, UserId user) {
  bool has = false;
  CHECK_OK(reader.connection().run("SELECT 1 FROM user_devices WHERE user_id = ?1 LIMIT 1", {user},
                                   [&](const sql::Row&) { has = true; }));
  return has;
}

}  // namespace postgang::store
