#include "store/second_factors.h"

#include "store/sql/session.h"

namespace postgang::store {

Outcome putSecondFactor(Transaction& tx, const SecondFactor& factor) {
  return tx.connection().later(
      "INSERT INTO second_factors (user_id, sealed_seed, confirmed_at, last_step) VALUES (?1, ?2, ?3, ?4) ON "
      "CONFLICT (user_id) DO UPDATE SET sealed_seed = excluded.sealed_seed, confirmed_at = "
      "excluded.confirmed_at, last_step = excluded.last_step",
      {factor.user, factor.sealedSeed, factor.confirmedAt, factor.lastStep});
}

Outcome deleteSecondFactor(Transaction& tx, UserId user) {
  CHECK_OK(tx.connection().later("DELETE FROM recovery_codes WHERE user_id = ?1", {user}));
  return tx.connection().later("DELETE FROM second_factors WHERE user_id = ?1", {user});
}

Result<std::optional<SecondFactor>> secondFactor(Reader& reader, UserId user) {
  std::optional<SecondFactor> found;
  CHECK_OK(reader.connection().run(
      "SELECT sealed_seed, confirmed_at, last_step FROM second_factors WHERE user_id = ?1", {user},
      [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& factor = found.emplace();
        factor.user = user;
        factor.sealedSeed = c.text();
        factor.confirmedAt = c.maybe([](sql::Columns& column) { return column.instant(); });
        factor.lastStep = c.number();
      }));
  return found;
}

Outcome putRecoveryCodes(Transaction& tx, UserId user, const std::vector<Digest>& codes) {
  CHECK_OK(tx.connection().later("DELETE FROM recovery_codes WHERE user_id = ?1", {user}));
  for (const auto& code : codes)
    CHECK_OK(
        tx.connection().later("INSERT INTO recovery_codes (user_id, digest) VALUES (?1, ?2)", {user, code}));
  return {};
}

Result<bool> useRecoveryCode(Transaction& tx, UserId user, const Digest& code) {
  TRY(const auto gone,
      tx.connection().run("DELETE FROM recovery_codes WHERE user_id = ?1 AND digest = ?2", {user, code}));
  return gone == 1;
}

Result<int> recoveryCodesLeft(Reader& reader, UserId user) {
  int left = 0;
  CHECK_OK(reader.connection().run("SELECT COUNT(*) FROM recovery_codes WHERE user_id = ?1", {user},
                                   [&](const sql::Row& row) { left = static_cast<int>(row.number(0)); }));
  return left;
}

Outcome setSecondFactorDemand(Transaction& tx, CompanyId company, bool demanded) {
  if (demanded)
    return tx.connection().later(
        "INSERT INTO second_factor_demands (company) VALUES (?1) ON CONFLICT DO NOTHING", {company});
  return tx.connection().later("DELETE FROM second_factor_demands WHERE company = ?1", {company});
}

Result<std::vector<CompanyId>> secondFactorDemands(Reader& reader) {
  std::vector<CompanyId> companies;
  CHECK_OK(reader.connection().run("SELECT company FROM second_factor_demands ORDER BY company", {},
                                   [&](const sql::Row& row) { companies.push_back({row.number(0)}); }));
  return companies;
}

}  // namespace postgang::store
