#include "store/identity_providers.h"

#include "store/sql/session.h"

namespace postgang::store {

namespace {

constexpr std::string_view select_provider =
    "SELECT p.company, p.issuer, p.client_id, p.client_secret, p.active, p.alone, p.first_role, p.tried_at, "
    "p.last_try, p.changed_at, p.changed_by FROM identity_providers p";

std::optional<Instant> maybeInstant(sql::Columns& c) {
  return c.maybe([](sql::Columns& column) { return column.instant(); });
}

IdentityProvider readProvider(const sql::Row& row) {
  sql::Columns c(row);
  IdentityProvider provider;
  provider.company = c.company();
  provider.issuer = c.text();
  provider.clientId = c.text();
  provider.clientSecret = c.text();
  provider.active = c.yes();
  provider.alone = c.yes();
  provider.firstRole = c.text();
  provider.triedAt = maybeInstant(c);
  provider.lastTry = c.text();
  provider.changedAt = c.instant();
  provider.changedBy = c.text();
  return provider;
}

Result<std::optional<IdentityProvider>> oneProvider(Reader& reader, std::string_view where, sql::Value key) {
  std::optional<IdentityProvider> found;
  CHECK_OK(reader.connection().run(std::string(select_provider) + std::string(where), {key},
                                   [&](const sql::Row& row) { found = readProvider(row); }));
  return found;
}

}  // namespace

Outcome putIdentityProvider(Transaction& tx, const IdentityProvider& provider) {
  CHECK_OK(tx.connection().run(
      "INSERT INTO identity_providers (company, issuer, client_id, client_secret, active, alone, first_role, "
      "tried_at, last_try, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON "
      "CONFLICT (company) DO UPDATE SET issuer = excluded.issuer, client_id = excluded.client_id, "
      "client_secret = excluded.client_secret, active = excluded.active, alone = excluded.alone, first_role "
      "= "
      "excluded.first_role, tried_at = excluded.tried_at, last_try = excluded.last_try, changed_at = "
      "excluded.changed_at, changed_by = excluded.changed_by",
      {provider.company, provider.issuer, provider.clientId, provider.clientSecret, provider.active,
       provider.alone, provider.firstRole, provider.triedAt, provider.lastTry, provider.changedAt,
       provider.changedBy}));
  return {};
}

Outcome deleteIdentityProvider(Transaction& tx, CompanyId company) {
  for (const std::string_view table :
       {"identity_providers", "sign_in_domains", "identity_bindings", "provider_sign_ins"})
    CHECK_OK(tx.connection().run("DELETE FROM " + std::string(table) + " WHERE company = ?1", {company}));
  return {};
}

Result<std::optional<IdentityProvider>> identityProvider(Reader& reader, CompanyId company) {
  return oneProvider(reader, " WHERE p.company = ?1", company);
}

Result<std::optional<IdentityProvider>> identityProviderOf(Reader& reader, std::string_view domain) {
  return oneProvider(reader,
                     " JOIN sign_in_domains d ON d.company = p.company WHERE d.domain = ?1 AND "
                     "d.confirmed_at IS NOT NULL",
                     domain);
}

Outcome putSignInDomain(Transaction& tx, const SignInDomain& domain) {
  CHECK_OK(deleteSignInDomain(tx, domain.company, domain.domain));
  TRY(const auto made,
      tx.connection().run(
          "INSERT INTO sign_in_domains (company, domain, challenge, confirmed_at, "
          "confirmed_by) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
          {domain.company, domain.domain, domain.challenge, domain.confirmedAt, domain.confirmedBy}));
  if (made == 1) return {};
  return fail(ProblemKind::conflict, "domain-taken", "Another company signs in with this domain.", "/domains",
              "Only one company can. Tell whoever runs this Postgång if the domain is yours.");
}

Outcome deleteSignInDomain(Transaction& tx, CompanyId company, std::string_view domain) {
  CHECK_OK(tx.connection().run("DELETE FROM sign_in_domains WHERE company = ?1 AND domain = ?2",
                               {company, domain}));
  return {};
}

Result<std::vector<SignInDomain>> signInDomains(Reader& reader, CompanyId company) {
  std::vector<SignInDomain> found;
  CHECK_OK(reader.connection().run(
      "SELECT domain, challenge, confirmed_at, confirmed_by FROM sign_in_domains WHERE company = ?1 ORDER BY "
      "domain",
      {company}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& domain = found.emplace_back();
        domain.company = company;
        domain.domain = c.text();
        domain.challenge = c.text();
        domain.confirmedAt = maybeInstant(c);
        domain.confirmedBy = c.text();
      }));
  return found;
}

Result<std::optional<CompanyId>> companyOfDomain(Reader& reader, std::string_view domain) {
  std::optional<CompanyId> found;
  CHECK_OK(reader.connection().run(
      "SELECT company FROM sign_in_domains WHERE domain = ?1 AND confirmed_at IS NOT NULL", {domain},
      [&](const sql::Row& row) { found = CompanyId{row.number(0)}; }));
  return found;
}

Outcome bindIdentity(Transaction& tx, const IdentityBinding& binding) {
  TRY(const auto made,
      tx.connection().run(
          "INSERT INTO identity_bindings (company, issuer, subject, user_id, bound_at) VALUES "
          "(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
          {binding.company, binding.issuer, binding.subject, binding.user, binding.boundAt}));
  if (made == 1) return {};
  return fail(ProblemKind::conflict, "identity-of-another",
              "The user signs in as somebody else at this provider, or this one is another user.", {},
              "An administrator can let the provider's users be bound anew.");
}

Result<std::optional<UserId>> boundUser(Reader& reader, CompanyId company, std::string_view issuer,
                                        std::string_view subject) {
  std::optional<UserId> found;
  CHECK_OK(reader.connection().run(
      "SELECT user_id FROM identity_bindings WHERE company = ?1 AND issuer = ?2 AND subject = ?3",
      {company, issuer, subject}, [&](const sql::Row& row) { found = sql::Columns(row).id<UserId>(); }));
  return found;
}

Outcome forgetBindings(Transaction& tx, CompanyId company) {
  CHECK_OK(tx.connection().run("DELETE FROM identity_bindings WHERE company = ?1", {company}));
  return {};
}

Result<int> boundUsers(Reader& reader, CompanyId company) {
  int count = 0;
  CHECK_OK(reader.connection().run("SELECT COUNT(*) FROM identity_bindings WHERE company = ?1", {company},
                                   [&](const sql::Row& row) { count = static_cast<int>(row.number(0)); }));
  return count;
}

Outcome putProviderSignIn(Transaction& tx, const ProviderSignIn& signIn) {
  CHECK_OK(tx.connection().run("DELETE FROM provider_sign_ins WHERE expires_at <= ?1", {signIn.createdAt}));
  CHECK_OK(tx.connection().run(
      "INSERT INTO provider_sign_ins (state_digest, browser_digest, company, issuer, client_id, tried_by, "
      "onwards, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      {signIn.stateDigest, signIn.browserDigest, signIn.company, signIn.issuer, signIn.clientId,
       signIn.triedBy, signIn.onwards, signIn.createdAt, signIn.expiresAt}));
  return {};
}

Result<std::optional<ProviderSignIn>> takeProviderSignIn(Transaction& tx, const Digest& stateDigest) {
  std::optional<ProviderSignIn> found;
  CHECK_OK(tx.connection().run(
      "DELETE FROM provider_sign_ins WHERE state_digest = ?1 RETURNING browser_digest, company, issuer, "
      "client_id, tried_by, onwards, created_at, expires_at",
      {stateDigest}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& signIn = found.emplace();
        signIn.stateDigest = stateDigest;
        signIn.browserDigest = c.digest();
        signIn.company = c.company();
        signIn.issuer = c.text();
        signIn.clientId = c.text();
        signIn.triedBy = c.maybe([](sql::Columns& column) { return column.id<UserId>(); });
        signIn.onwards = c.text();
        signIn.createdAt = c.instant();
        signIn.expiresAt = c.instant();
      }));
  return found;
}

}  // namespace postgang::store
