// A company's own identity provider, whose sign-in its people use (OpenID Connect Core 1.0), the e-mail
// domains that it may speak for, which of its subjects is which user, and sign-ins that are under way.
//
//   provider   one a company; its secret is sealed (base/vault.h, context "identity-provider:<company>")
//   domain     claimed by a company, and confirmed once it has shown that the domain is its own: of one
//              company alone then
//   binding    (company, issuer, subject) is this user, from the first sign-in on
//   sign-in    from the way out to the provider until the way back, once: the digests of its state and of
//              what the browser was given
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "store/store.h"

namespace postgang::store {

struct IdentityProvider {
  CompanyId company;
  std::string issuer;             // exactly as its tokens name it
  std::string clientId;           // what the provider knows us by
  std::string clientSecret = {};  // sealed; empty: a public client
  bool active = false;            // people may sign in with it
  bool alone = false;             // … and with nothing else: its domains' passwords open nothing
  std::string firstRole = {};     // of whoever is no user before the first sign-in; empty: only the invited
  std::optional<Instant> triedAt = {};  // when a sign-in by these settings was last tried, and was good
  std::string lastTry = {};             // what that showed, or why it was not good: JSON
  Instant changedAt;
  std::string changedBy;
};
Outcome putIdentityProvider(Transaction& tx, const IdentityProvider& provider);  // creates or updates
Outcome deleteIdentityProvider(Transaction& tx, CompanyId company);              // with domains and bindings
Result<std::optional<IdentityProvider>> identityProvider(Reader& reader, CompanyId company);
// By the domain of an e-mail address, lower case: of the company that has it confirmed.
Result<std::optional<IdentityProvider>> identityProviderOf(Reader& reader, std::string_view domain);

struct SignInDomain {
  CompanyId company;
  std::string domain;     // lower case, without a dot at its end
  std::string challenge;  // what its TXT record must say
  std::optional<Instant> confirmedAt = {};
  std::string confirmedBy = {};  // "dns", or who of the staff said so
};
// Creates or updates. Code domain-taken (conflict): confirmed, and another company has it confirmed.
Outcome putSignInDomain(Transaction& tx, const SignInDomain& domain);
Outcome deleteSignInDomain(Transaction& tx, CompanyId company, std::string_view domain);
Result<std::vector<SignInDomain>> signInDomains(Reader& reader, CompanyId company);  // by name
// Who has it confirmed.
Result<std::optional<CompanyId>> companyOfDomain(Reader& reader, std::string_view domain);

struct IdentityBinding {
  CompanyId company;
  std::string issuer, subject;
  UserId user;
  Instant boundAt;
};
// Code identity-of-another (conflict): the subject is another user, or the user another subject.
Outcome bindIdentity(Transaction& tx, const IdentityBinding& binding);
Result<std::optional<UserId>> boundUser(Reader& reader, CompanyId company, std::string_view issuer,
                                        std::string_view subject);
Outcome forgetBindings(Transaction& tx, CompanyId company);
Result<int> boundUsers(Reader& reader, CompanyId company);

struct ProviderSignIn {
  Digest stateDigest{}, browserDigest{};
  CompanyId company;
  std::string issuer, clientId;     // as they were when it began
  std::optional<UserId> triedBy{};  // a trial of the settings, by this user: opens no session
  std::string onwards;              // the portal's path that it ends at
  Instant createdAt, expiresAt;
};
Outcome putProviderSignIn(Transaction& tx, const ProviderSignIn& signIn);  // those that are over go
// There once: whoever takes it has it alone. Empty where there is none, or none any more.
Result<std::optional<ProviderSignIn>> takeProviderSignIn(Transaction& tx, const Digest& stateDigest);

}  // namespace postgang::store
