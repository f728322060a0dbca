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
#include "access/device.h"
#include "access/id_token.h"
#include "access/password.h"
#include "base/problem.h"
#include "base/time.h"
#include "base/vault.h"
#include "store/audit.h"
#include "store/identity_providers.h"
#include "store/invitations.h"
#include "store/second_factors.h"
#include "store/store.h"

namespace postgang::access {

struct AccessOptions {
  PasswordCost passwordCost;
  std::int64_t sessionIdleSeconds = 12 * 3600;      // without a request
  std::int64_t sessionLifeSeconds = 7 * 24 * 3600;  // since signing in
  std::int64_t touchSeconds = 60;  // last use of a session or key is written at most so often
  std::int64_t cacheMilliseconds = 1000;
  const Vault* vault = nullptr;                    // what second factors' seeds are sealed with
  std::int64_t pendingSeconds = 300;               // between the two steps of signing in
  std::int64_t invitationSeconds = 7 * 24 * 3600;  // how long its link can be used
  std::int64_t passwordLinkSeconds = 3600;         // and one to a new password
  std::int64_t deviceSeconds = 90LL * 24 * 3600;   // a device not seen for so long is new again
};

struct SignedIn {
  std::string token;         // for the cookie; nowhere else
  CallerPointer caller;      // null where the second step is yet to come
  std::string pending = {};  // then: what secondStep() takes
};

struct NewUser {
  std::string email, name, password;
  std::string role = "clerk";  // in each of the companies; "operator" makes staff
  std::string language = "sv";
  std::vector<CompanyId> companies;
};

// A user as one administrator sees it.
struct ManagedUser {
  store::User user;    // memberships: of the companies that the caller administers
  bool whole = false;  // it has no others: the caller may do what concerns all of it
  bool secondFactor = false;
  std::optional<Instant> lastSeenAt = {};    // of its sessions that still live
  std::vector<CompanyId> administered = {};  // where the caller may change its role: those it is in
};
struct UserChange {
  std::optional<std::string> name = {};
  std::optional<bool> active = {};
  // All within the companies that the caller administers; the others stand.
  std::optional<std::vector<store::Membership>> memberships = {};
};

struct NewInvitation {
  std::string email, name, language = "sv";
  std::vector<store::Membership> memberships = {};
};
struct MadeInvitation {
  store::Invitation invitation;
  std::string token;  // where no mail leaves the house: for whoever invited, to hand over. Shown once
};
struct OpenInvitation {
  store::Invitation invitation;
  std::vector<std::string> companies;  // names, in its order
  bool known = false;                  // a user already: its own password accepts
};

struct Enrolment {
  std::string secret, uri;  // the seed as people type it, and as an app reads it
};

struct NewKey {
  CompanyId company;
  std::string name;
  std::vector<std::string> scopes;  // "documents:read" …
  std::optional<Instant> expiresAt;
  std::optional<UserId> madeBy = {};
};
struct MadeKey {
  KeyId id;
  std::string secret;  // "pg_live_…", a sandbox's "pg_test_…": shown once and never again
};

class Access {
 public:
  Access(store::Store& store, const Clock& clock, AccessOptions options = {});

  // Always a new token, whatever the caller held before (session fixation); `replaces` is the token it had,
  // which ends. Codes: credentials-wrong (unauthenticated) for a wrong e-mail, a wrong password and an
  // inactive user alike, in the same time; too-many-attempts, sign-in-busy (rate_limited; parameter seconds);
  // sign-in-elsewhere (forbidden) for every address of a domain that signs in with its company's provider
  // alone.
  Result<SignedIn> signIn(std::string_view email, std::string_view password, std::string_view address,
                          std::optional<std::string> replaces = {}, std::string_view device = {});
  // The code of an authenticator app, or a recovery code. Codes: sign-in-over (unauthenticated: begin again),
  // second-factor-wrong (unauthenticated), too-many-attempts.
  Result<SignedIn> secondStep(std::string_view pending, std::string_view code, const From& from,
                              std::optional<std::string> replaces = {});
  // By a company's identity provider, which has said who it is (provider_sign_in.h): the user that its
  // subject is bound to, or, once, whose address it is; one who is none yet comes in by an invitation, or in
  // the role that the company gives. Codes: identity-unverified, identity-unknown (unauthenticated),
  // identity-of-another (conflict).
  Result<SignedIn> signInBy(const store::ProviderSignIn& signIn, const Identity& identity, const From& from,
                            std::optional<std::string> replaces);
  // Told in the company's trail.
  Outcome refusedBy(const store::ProviderSignIn& signIn, std::string_view email, const Problem& problem,
                    const From& from);
  Outcome signOut(std::string_view token);
  struct Switch {
    CompanyId company;
    bool everything = false;  // see all that the user may see, not this company's alone
    std::string reason = {};  // staff who act for a customer say why
  };
  // Codes: not-found where the user may not act for that company; reason-missing (invalid) where staff give
  // none. Why staff act for a customer is written to that customer's audit trail.
  Result<CallerPointer> switchCompany(std::string_view token, const Switch& to);

  Result<CallerPointer> bySession(std::string_view token);  // code not-signed-in (unauthenticated)
  // `address`: whence, for the list of keys. Code key-invalid (unauthenticated).
  Result<CallerPointer> byKey(std::string_view secret, std::string_view address = {});
  void forget(const Digest& digest) { cache_.forget(digest); }  // of a session or key that was changed
  Instant now() const { return clock_.now(); }                  // by which sessions, links and keys live
  void forgetCallers();  // for whom keys and sessions act was changed in the store
  Result<std::vector<store::Company>> companiesToActFor(const Caller& caller);
  // Whether the caller sees the document, though it may do nothing with it.
  bool seesWithoutActing(const Caller& caller, DocumentId document);

  // --- Users, as administrators manage them (users.cc). A user that the caller administers in no company is
  // not-found. Codes besides: role-unknown, company-unknown (invalid), own-role (forbidden: nobody changes
  // what he may himself), user-of-others (forbidden: it has memberships that the caller does not administer),
  // last-administrator (conflict).
  Result<std::vector<ManagedUser>> users(const Caller& caller);
  Result<ManagedUser> managedUser(const Caller& caller, UserId user);
  Result<ManagedUser> changeUser(const Caller& caller, UserId user, const UserChange& change,
                                 std::string_view address);
  Outcome resetSecondFactor(const Caller& caller, UserId user, std::string_view address);
  Outcome endSessionsOf(const Caller& caller, UserId user, std::string_view address);
  // Whether everybody with a role in the caller's company, or beneath it, needs a second step.
  Result<bool> demandsSecondFactor(const Caller& caller);
  Outcome demandSecondFactor(const Caller& caller, bool demanded, std::string_view address);

  // --- Invitations (invitations.cc). With `byMail` a job mails the link. Codes: as users', already-member
  // (conflict), invitation-open (conflict: the address has one already).
  Result<MadeInvitation> invite(const Caller& caller, const NewInvitation& invitation, bool byMail,
                                std::string_view address);
  Result<std::vector<store::Invitation>> invitations(const Caller& caller);
  Result<MadeInvitation> inviteAgain(const Caller& caller, InvitationId id, bool byMail,
                                     std::string_view address);
  Outcome withdrawInvitation(const Caller& caller, InvitationId id, std::string_view address);
  // By the link. Code link-invalid (not_found): used, withdrawn, expired, or never made.
  Result<OpenInvitation> openInvitation(std::string_view token);
  // Codes besides: the password's; for who is a user already credentials-wrong, too-many-attempts.
  Result<SignedIn> acceptInvitation(std::string_view token, std::string_view name, std::string_view password,
                                    const From& from, std::optional<std::string> replaces = {});

  // --- One's own account (own_account.cc). Codes: password-wrong (invalid), the password's.
  Outcome changePassword(const Caller& caller, std::string_view old, std::string_view chosen,
                         const From& from);
  // Answers alike and as fast whether the address is a user's. Code too-many-attempts.
  Outcome askForNewPassword(std::string_view email, std::string_view address);
  // For the command line: whoever has it has the data. Codes user-not-found, the password's.
  Outcome setPasswordOf(std::string_view email, std::string_view password);
  Outcome checkPasswordLink(std::string_view token);  // code link-invalid (not_found)
  Outcome setNewPassword(std::string_view token, std::string_view password, const From& from);
  Result<std::vector<store::Session>> ownSessions(const Caller& caller);
  Outcome endOwnSession(const Caller& caller, SessionId id);  // code not-found
  Outcome endOtherSessions(const Caller& caller);
  Outcome renameSelf(const Caller& caller, std::string_view name, std::string_view language);

  // --- One's own second step (second_factor.cc). Codes: password-wrong, second-factor-wrong (invalid),
  // second-factor-on, second-factor-off (conflict), second-factor-demanded (conflict),
  // second-factor-unavailable.
  struct SecondFactorState {
    bool on = false, demanded = false;
    int recoveryCodesLeft = 0;
  };
  Result<SecondFactorState> secondFactorState(const Caller& caller);
  Result<Enrolment> enrolSecondFactor(const Caller& caller, std::string_view password);
  // Turns it on; answers the recovery codes, which are shown once.
  Result<std::vector<std::string>> confirmSecondFactor(const Caller& caller, std::string_view code,
                                                       const From& from);
  Result<std::vector<std::string>> renewRecoveryCodes(const Caller& caller, std::string_view password,
                                                      const From& from);
  Outcome removeSecondFactor(const Caller& caller, std::string_view password, const From& from);

  // Set-up. Codes: email-malformed, email-taken, name-missing, role-unknown, language-unknown,
  // user-without-company, password-too-short; scope-unknown, key-without-scope, scope-not-held (keys.h).
  Result<UserId> createUser(IdMaker& ids, const NewUser& user);
  Result<MadeKey> createKey(IdMaker& ids, const NewKey& key);

 private:
  Outcome admitAttempt(std::string_view email, std::string_view address, Instant now);
  Result<SignedIn> openSession(const store::User& user, std::optional<std::string> replaces, Instant now,
                               std::string_view method, const From& from);
  // Whose e-mail and password these are: signIn()'s codes.
  Result<store::User> proven(std::string_view email, std::string_view password, std::string_view address,
                             Instant now);
  Result<SignedIn> onwards(const store::User& user, std::optional<std::string> replaces, Instant now,
                           const From& from, std::string_view method = "password");
  Result<bool> mustUseProvider(std::string_view email);
  Outcome passwordMayOpen(std::string_view email);
  Result<bool> takeInvitationsOf(store::Transaction& tx, store::User& user, bool isNew, const From& from,
                                 Instant now);
  Result<store::User> userAtFirst(store::Transaction& tx, const store::ProviderSignIn& signIn,
                                  const Identity& identity, const From& from, Instant now);
  // Where the user has a second step: what it is let on with to that. Empty where it has none.
  Result<std::string> pendingFor(const store::User& user, Instant now);
  Outcome refused(std::string_view email, const std::optional<store::User>& user, std::string_view address,
                  Instant now);
  Outcome checkOwnPassword(const Caller& caller, std::string_view password);
  Outcome admitCode(UserId user, Instant now);
  Result<bool> isRightCode(store::Transaction& tx, UserId user, std::string_view code, Instant now,
                           std::string& method);
  Result<std::string> hashedFor(const store::User& user, std::string_view password);
  Outcome replacePassword(store::User user, std::string_view password, const From& from,
                          const std::optional<Digest>& keep, const std::optional<Digest>& link = {});
  Result<std::vector<std::string>> newRecoveryCodes(store::Transaction& tx, UserId user);
  Result<MadeInvitation> sendInvitation(store::Transaction& tx, store::Invitation invitation, bool byMail);
  Outcome takeInvitation(store::Transaction& tx, store::Invitation& invitation, store::User& user, bool isNew,
                         const From& from, Instant now);
  Result<CallerPointer> readSession(const Digest& tokenDigest, Instant now);
  Result<CallerPointer> readKey(const Digest& secretDigest, std::string_view address, Instant now);
  bool isLive(const store::Session& session, Instant now) const;

  store::Store& store_;
  const Clock& clock_;
  const AccessOptions options_;
  IdMaker ids_;
  Passwords passwords_;
  CallerCache cache_;
};

}  // namespace postgang::access
