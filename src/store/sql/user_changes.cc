#include "store/user_changes.h"

#include "store/sql/dialect.h"
#include "store/sql/session.h"

namespace postgang::store {

namespace {

Outcome lockRow(Transaction& tx, std::string_view select, sql::Value key) {
  auto& connection = tx.connection();
  CHECK_OK(connection.run(std::string(select) + std::string(sql::locked(connection.dialect(), " FOR UPDATE")),
                          {key}));
  return {};
}

Result<bool> changedOne(Transaction& tx, std::string_view statement,
                        std::initializer_list<sql::Value> values) {
  TRY(const auto changed, tx.connection().run(statement, values));
  return changed == 1;
}

}  // namespace

Result<std::optional<User>> userToChange(Transaction& tx, UserId id) {
  CHECK_OK(lockRow(tx, "SELECT id FROM users WHERE id = ?1", id));
  return user(tx, id);
}

Outcome lockCompany(Transaction& tx, CompanyId company) {
  return lockRow(tx, "SELECT id FROM companies WHERE id = ?1", company);
}

Result<std::optional<Invitation>> invitationToTake(Transaction& tx, const Digest& tokenDigest) {
  CHECK_OK(lockRow(tx, "SELECT id FROM invitations WHERE token_digest = ?1", tokenDigest));
  return invitationByToken(tx, tokenDigest);
}

Result<bool> takePendingSignIn(Transaction& tx, const Digest& tokenDigest) {
  return changedOne(tx, "DELETE FROM pending_sign_ins WHERE token_digest = ?1", {tokenDigest});
}

Result<bool> takePasswordReset(Transaction& tx, const Digest& tokenDigest) {
  return changedOne(tx, "DELETE FROM password_resets WHERE token_digest = ?1", {tokenDigest});
}

Result<bool> takeStep(Transaction& tx, UserId user, std::int64_t step) {
  return changedOne(tx, "UPDATE second_factors SET last_step = ?2 WHERE user_id = ?1 AND last_step < ?2",
                    {user, step});
}

}  // namespace postgang::store
