// Who comes in when a company's identity provider has said who it is. The provider speaks for the company's
// confirmed domains and for nobody else: not for staff of the operator's, unless it is the operator's own.
#include <algorithm>
#include <boost/json.hpp>

#include "access/access.h"
#include "access/manage.h"
#include "access/provider_sign_in.h"
#include "access/visibility.h"
#include "base/text.h"
#include "store/sql/session.h"
#include "store/user_changes.h"

namespace postgang::access {

namespace {

tl::unexpected<Problem> unknown() {
  return fail(ProblemKind::unauthenticated, "identity-unknown",
              "Nobody comes in here under what the provider says.", {},
              "Ask whoever administers Postgång at your company to invite you.");
}

tl::unexpected<Problem> ofOtherDomain() {
  return fail(ProblemKind::unauthenticated, "identity-unverified",
              "The e-mail address is not of a domain that the company has confirmed.", {},
              "Ask whoever administers Postgång at your company to add the domain.");
}

store::User newUser(const Identity& identity, UserId id) {
  store::User user;
  user.id = id;
  user.email = identity.email;
  user.name = identity.name.empty() ? identity.email : identity.name;
  return user;  // without a password: none opens it
}

}  // namespace

Result<bool> Access::mustUseProvider(std::string_view email) {
  bool must = false;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto provider, store::identityProviderOf(reader, lowered(domainOf(trimmed(email)))));
    must = provider && provider->active && provider->alone;
    return {};
  }));
  return must;
}

Outcome Access::passwordMayOpen(std::string_view email) {
  TRY(const bool elsewhere, mustUseProvider(email));
  if (!elsewhere) return {};
  return fail(ProblemKind::forbidden, "sign-in-elsewhere",
              "Addresses of this domain sign in with their company's own sign-in.", {},
              "Write the e-mail address on the sign-in page and go on from there.");
}

// Whoever has been invited comes in by that; the provider answers for the address as a mailed link does.
Result<bool> Access::takeInvitationsOf(store::Transaction& tx, store::User& user, bool isNew,
                                       const From& from, Instant now) {
  TRY(auto invitations, store::invitationsTo(tx, user.email));
  bool taken = false;
  for (auto& invitation : invitations) {
    if (!invitation.isUsable(now)) continue;
    const bool first = isNew && !taken;
    if (first) {
      user.language = invitation.language;
      if (user.name == user.email && !invitation.name.empty()) user.name = invitation.name;
    }
    CHECK_OK(takeInvitation(tx, invitation, user, first, from, now));
    taken = true;
  }
  return taken;
}

Result<store::User> Access::userAtFirst(store::Transaction& tx, const store::ProviderSignIn& signIn,
                                        const Identity& identity, const From& from, Instant now) {
  TRY(const auto known, store::userByEmail(tx, identity.email));
  auto user = known ? *known : newUser(identity, ids_.next<UserId>());
  if (known && !known->active) return unknown();
  TRY(const bool invited, takeInvitationsOf(tx, user, !known, from, now));
  if (!known && !invited) {
    TRY(const auto provider, store::identityProvider(tx, signIn.company));
    if (!provider || provider->firstRole.empty()) return unknown();
    user.memberships = {{signIn.company, provider->firstRole}};
    CHECK_OK(store::createUser(tx, user));
    CHECK_OK(
        recordOfUser(tx, {store::ActorKind::person, user.id.text(), user.name}, {}, signIn.company, user,
                     {"user.made-at-sign-in", R"({"role":")" + provider->firstRole + "\"}", from.address}));
  }
  CHECK_OK(store::bindIdentity(tx, {signIn.company, signIn.issuer, identity.subject, user.id, now}));
  return user;
}

Result<SignedIn> Access::signInBy(const store::ProviderSignIn& signIn, const Identity& identity,
                                  const From& from, std::optional<std::string> replaces) {
  const Instant now = clock_.now();
  store::User user;
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    // One at a time in a company: two first sign-ins of the same person make one user.
    CHECK_OK(store::lockCompany(tx, signIn.company));
    TRY(const auto owner, store::companyOfDomain(tx, domainOf(identity.email)));
    if (owner != signIn.company) return ofOtherDomain();
    TRY(const auto bound, store::boundUser(tx, signIn.company, signIn.issuer, identity.subject));
    if (bound) {
      TRY(const auto found, store::userToChange(tx, *bound));
      if (!found || !found->active) return unknown();
      user = *found;
      TRY(const bool invited, takeInvitationsOf(tx, user, false, from, now));
      (void)invited;
    } else {
      TRY(user, userAtFirst(tx, signIn, identity, from, now));
    }
    TRY(const auto ownDomain, store::companyOfDomain(tx, domainOf(user.email)));
    TRY(const auto company, store::company(tx, signIn.company));
    if (ownDomain != signIn.company || (user.staff && !company.isOperator)) return unknown();
    TRY(const auto companies, access::companiesToActFor(tx, user));
    return companies.empty() ? Outcome(unknown()) : Outcome();
  }));
  cache_.forgetUser(user.id);
  return onwards(user, std::move(replaces), now, from, "oidc");
}

Outcome Access::refusedBy(const store::ProviderSignIn& signIn, std::string_view email, const Problem& problem,
                          const From& from) {
  return store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    store::AuditEntry entry;
    entry.company = signIn.company;
    entry.action = "session.refused";
    entry.object = "identity-provider";
    entry.objectId = std::to_string(signIn.company.value);
    entry.objectName = signIn.issuer;
    boost::json::object detail{{"why", "oidc"}, {"code", problem.code}, {"detail", problem.detail}};
    if (!email.empty()) detail["email"] = email;
    entry.detail = boost::json::serialize(detail);
    entry.address = from.address;
    return store::recordAudit(tx, entry);
  });
}

}  // namespace postgang::access
