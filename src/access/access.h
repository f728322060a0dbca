// The door: signing in and out, sessions, API keys. Gives a Caller for a cookie's token or a key, or a
// Problem that does not say more than it must.
//
//   Access access(store, clock);
//   TRY(auto signedIn, access.signIn("karin@nordhamn.example", password, "192.0.2.7"));   → cookie
//   signedIn.token TRY(auto caller, access.bySession(token));                                          every
//   request TRY(auto caller, access.byKey("pg_live_…"));
//
// Tokens and keys are 256 random bits; the store has only their SHA-256. What was looked up is remembered for
// a second (cacheMilliseconds), so that a thousand calls a second cost one look-up; what this process itself
// changes is forgotten at once. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.h"
#include "access/caller_cache.h"
#include "access/password.h"
#include "base/problem.h"
#include "base/time.h"
#include "store/store.h"

namespace postgang::access {

struct AccessOptions {
  PasswordCost passwordCost;
  std::int64_t sessionIdleSeconds = 12 * 3600;      // without a request
  std::int64_t sessionLifeSeconds = 7 * 24 * 3600;  // since signing in
  std::int64_t touchSeconds = 60;  // last use of a session or key is written at most so often
  std::int64_t cacheMilliseconds = 1000;
};

struct SignedIn {
  std::string token;  // for the cookie; nowhere else
  CallerPointer caller;
};

struct NewUser {
  std::string email, name, password;
  std::string role = "clerk";
  std::string language = "sv";
  std::vector<CompanyId> companies;
};

struct NewKey {
  CompanyId company;
  std::string name;
  std::vector<std::string> scopes;  // "documents:read" …
  std::optional<Instant> expiresAt;
};
struct MadeKey {
  KeyId id;
  std::string secret;  // "pg_live_…", shown once and never again
};

class Access {
 public:
  Access(store::Store& store, const Clock& clock, AccessOptions options = {});

  // Always a new token, whatever the caller held before (session fixation); `replaces` is the token it had,
  // which ends. Codes: credentials-wrong (unauthenticated) for a wrong e-mail, a wrong password and an
  // inactive user alike, in the same time; too-many-attempts, sign-in-busy (rate_limited; parameter seconds).
  Result<SignedIn> signIn(std::string_view email, std::string_view password, std::string_view address,
                          std::optional<std::string> replaces = {});
  Outcome signOut(std::string_view token);
  // Code not-found where the user may not act for that company.
  Result<CallerPointer> switchCompany(std::string_view token, CompanyId company);

  Result<CallerPointer> bySession(std::string_view token);  // code not-signed-in (unauthenticated)
  Result<CallerPointer> byKey(std::string_view secret);     // code key-invalid (unauthenticated)
  Result<std::vector<store::Company>> companiesToActFor(const Caller& caller);

  // Set-up. Codes: email-malformed, email-taken, name-missing, role-unknown, language-unknown,
  // user-without-company, password-too-short; scope-unknown, key-without-scope.
  Result<UserId> createUser(IdMaker& ids, const NewUser& user);
  Result<MadeKey> createKey(IdMaker& ids, const NewKey& key);

 private:
  Outcome admitAttempt(std::string_view email, std::string_view address, Instant now);
  Result<SignedIn> openSession(const store::User& user, std::optional<std::string> replaces, Instant now);
  Result<CallerPointer> readSession(const Digest& tokenDigest, Instant now);
  Result<CallerPointer> readKey(const Digest& secretDigest, Instant now);
  bool isLive(const store::Session& session, Instant now) const;

  store::Store& store_;
  const Clock& clock_;
  const AccessOptions options_;
  Passwords passwords_;
  CallerCache cache_;
};

}  // namespace postgang::access
