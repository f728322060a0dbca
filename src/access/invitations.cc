// Inviting: who may, the link, and what following it does. The link's token is made where the mail is sent
// (flow/account_mail.cc); where no mail leaves the house it is made here and handed to whoever invited.
#include <algorithm>

#include "access/access.h"
#include "access/listed.h"
#include "access/manage.h"
#include "access/visibility.h"
#include "base/json_text.h"
#include "base/text.h"
#include "store/sql/session.h"
#include "store/user_changes.h"

namespace postgang::access {

namespace {

constexpr std::size_t name_points_max = 200;

tl::unexpected<Problem> linkInvalid() {
  return fail(ProblemKind::not_found, "link-invalid", "This link has been used, or can no longer be used.",
              {}, "Ask whoever invited you for a new one.");
}

tl::unexpected<Problem> noSuchInvitation() {
  return fail(ProblemKind::not_found, "not-found", "There is no such invitation.");
}

Outcome wellFormed(const NewInvitation& invitation) {
  if (!looksLikeEmail(trimmed(invitation.email)))
    return fail(ProblemKind::invalid, "email-malformed", "This is not an e-mail address.", "/email");
  const auto name = collapsed(invitation.name);
  if (name.empty() || codePoints(name) > name_points_max)
    return fail(ProblemKind::invalid, "name-missing", "A user needs a name, of at most 200 characters.",
                "/name");
  if (invitation.language != "sv" && invitation.language != "en")
    return fail(ProblemKind::invalid, "language-unknown", "A language is sv or en.", "/language");
  if (invitation.memberships.empty())
    return fail(ProblemKind::invalid, "memberships-missing", "Say which company, and in which role.",
                "/memberships");
  return {};
}

Outcome notThereYet(store::Reader& reader, const NewInvitation& wanted, Instant now) {
  const auto email = lowered(trimmed(wanted.email));
  TRY(const auto user, store::userByEmail(reader, email));
  if (user && std::ranges::all_of(wanted.memberships, [&](const store::Membership& each) {
        return !roleAt(user->memberships, each.company).empty();
      }))
    return fail(ProblemKind::conflict, "already-member", "The user has a role there already.", "/email",
                "Change its role instead.");
  std::vector<CompanyId> companies;
  for (const auto& each : wanted.memberships) companies.push_back(each.company);
  TRY(const auto open, store::listInvitations(reader, store::Viewer::ofCompanies(companies, {})));
  if (std::ranges::any_of(
          open, [&](const store::Invitation& each) { return each.email == email && each.isUsable(now); }))
    return fail(ProblemKind::conflict, "invitation-open", "The address has been invited already.", "/email",
                "Send that invitation again, or withdraw it first.");
  return {};
}

Outcome record(store::Transaction& tx, const Caller& caller, const store::Invitation& invitation,
               std::string_view action, std::string_view address) {
  for (const auto& membership : invitation.memberships) {
    store::AuditEntry entry;
    entry.company = membership.company;
    entry.actor = caller.viewer.actor();
    entry.reason = reasonOf(caller);
    entry.action = action;
    entry.object = "invitation";
    entry.objectId = invitation.id.text();
    entry.objectName = invitation.email;
    entry.detail = R"({"role":)";
    appendJsonString(entry.detail, membership.role);
    entry.detail += '}';
    entry.address = address;
    CHECK_OK(store::recordAudit(tx, entry));
  }
  return {};
}

// All of it is in companies that the caller administers.
Result<bool> mayManage(store::Reader& reader, const Caller& caller, const store::Invitation& invitation) {
  for (const auto& membership : invitation.memberships) {
    TRY(const bool may, mayAdminister(reader, caller, membership.company));
    if (!may) return false;
  }
  return true;
}

Result<store::Invitation> invitationToManage(store::Reader& reader, const Caller& caller, InvitationId id) {
  TRY(const auto found, store::invitation(reader, id));
  if (!found || !found->isOpen()) return noSuchInvitation();
  TRY(const bool may, mayManage(reader, caller, *found));
  if (!may) return noSuchInvitation();
  return *found;
}

// Whoever invited must still be able to: a role that was taken away takes its invitations along.
Result<bool> stillMay(store::Reader& reader, const store::Invitation& invitation) {
  TRY(const auto inviter, store::user(reader, invitation.invitedBy));
  if (!inviter || !inviter->active) return false;
  for (const auto& membership : invitation.memberships) {
    auto company = store::company(reader, membership.company);
    if (!company)
      return company.error().kind == ProblemKind::not_found ? Result<bool>(false) : fail(company.error());
    TRY(const auto role, roleIn(reader, *inviter, *company));
    if (rankOfRole(role) < rankOfRole("administrator")) return false;
  }
  return true;
}

Result<store::Invitation> ifUsable(store::Reader& reader, const std::optional<store::Invitation>& found,
                                   Instant now) {
  if (!found || !found->isUsable(now)) return linkInvalid();
  TRY(const bool may, stillMay(reader, *found));
  if (!may) return linkInvalid();
  return *found;
}

Outcome mailInvitation(store::Transaction& tx, const store::Invitation& invitation, Instant now) {
  store::AccountMail mail;
  mail.what = "invitation";
  mail.invitation = invitation.id;
  mail.at = now;
  mail.expiresAt = invitation.expiresAt;
  const auto company = invitation.memberships.front().company;
  return store::enqueue(tx, store::accountMailJob(mail, company, tx.clock().now()));
}

Result<store::Invitation> newInvitation(const Inviting& by, const NewInvitation& wanted) {
  CHECK_OK(wellFormed(wanted));
  if (!by.caller.user)
    return fail(ProblemKind::forbidden, "not-a-person", "Only a person who has signed in may do this.", {},
                "Do it in the portal.");
  store::Invitation row;
  row.id = by.ids.next<InvitationId>();
  row.email = lowered(trimmed(wanted.email));
  row.name = collapsed(wanted.name);
  row.language = wanted.language;
  row.memberships = wanted.memberships;
  row.invitedBy = by.caller.user->id;
  row.invitedByName = by.caller.user->name;
  row.createdAt = by.now;
  return row;
}

}  // namespace

Result<MadeInvitation> Access::sendInvitation(store::Transaction& tx, store::Invitation invitation,
                                              bool byMail) {
  MadeInvitation made;
  const auto now = clock_.now();
  invitation.expiresAt = now.plusSeconds(options_.invitationSeconds);
  invitation.tokenDigest.reset();  // an earlier link ends here
  if (byMail) {
    CHECK_OK(mailInvitation(tx, invitation, now));
  } else {
    made.token = randomToken();
    invitation.tokenDigest = sha256(made.token);
  }
  CHECK_OK(store::putInvitation(tx, invitation));
  made.invitation = std::move(invitation);
  return made;
}

Outcome inviteListed(store::Transaction& tx, const Inviting& by, const NewInvitation& wanted) {
  TRY(auto row, newInvitation(by, wanted));
  CHECK_OK(checkMemberships(tx, by.caller, row.memberships));
  TRY(const auto open, store::invitationsTo(tx, row.email));
  for (const auto& each : open) {
    TRY(const bool may, mayManage(tx, by.caller, each));
    if (!may) continue;
    row.id = each.id;
    row.createdAt = each.createdAt;
    for (const auto& membership : each.memberships)
      if (roleAt(row.memberships, membership.company).empty()) row.memberships.push_back(membership);
    break;
  }
  CHECK_OK(record(tx, by.caller, row, "user.invited", by.address));
  row.expiresAt = by.now.plusSeconds(AccessOptions().invitationSeconds);
  if (by.byMail) CHECK_OK(mailInvitation(tx, row, by.now));
  return store::putInvitation(tx, row);
}

Result<MadeInvitation> Access::invite(const Caller& caller, const NewInvitation& wanted, bool byMail,
                                      std::string_view address) {
  TRY(const auto row, newInvitation({caller, ids_, clock_.now()}, wanted));
  MadeInvitation made;
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(checkMemberships(tx, caller, row.memberships));
    CHECK_OK(notThereYet(tx, wanted, row.createdAt));
    CHECK_OK(record(tx, caller, row, "user.invited", address));
    TRY(made, sendInvitation(tx, row, byMail));
    return {};
  }));
  return made;
}

Result<std::vector<store::Invitation>> Access::invitations(const Caller& caller) {
  std::vector<store::Invitation> shown;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(auto found, store::listInvitations(reader, caller.acting));
    for (auto& each : found) {
      TRY(const bool may, mayManage(reader, caller, each));
      if (may) shown.push_back(std::move(each));
    }
    return {};
  }));
  return shown;
}

Result<MadeInvitation> Access::inviteAgain(const Caller& caller, InvitationId id, bool byMail,
                                           std::string_view address) {
  MadeInvitation made;
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto invitation, invitationToManage(tx, caller, id));
    CHECK_OK(record(tx, caller, invitation, "user.invited-again", address));
    TRY(made, sendInvitation(tx, invitation, byMail));
    return {};
  }));
  return made;
}

Outcome Access::withdrawInvitation(const Caller& caller, InvitationId id, std::string_view address) {
  return store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto invitation, invitationToManage(tx, caller, id));
    invitation.withdrawnAt = clock_.now();
    invitation.tokenDigest.reset();
    CHECK_OK(store::putInvitation(tx, invitation));
    return record(tx, caller, invitation, "user.invitation-withdrawn", address);
  });
}

Result<OpenInvitation> Access::openInvitation(std::string_view token) {
  OpenInvitation open;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto found, store::invitationByToken(reader, sha256(token)));
    TRY(open.invitation, ifUsable(reader, found, clock_.now()));
    for (const auto& membership : open.invitation.memberships) {
      TRY(const auto company, store::company(reader, membership.company));
      open.companies.push_back(company.name);
    }
    TRY(const auto user, store::userByEmail(reader, open.invitation.email));
    open.known = user && user->active;
    return {};
  }));
  return open;
}

Outcome Access::takeInvitation(store::Transaction& tx, store::Invitation& invitation, store::User& user,
                               bool isNew, const From& from, Instant now) {
  for (const auto& membership : invitation.memberships) {
    auto had = std::ranges::find(user.memberships, membership.company, &store::Membership::company);
    if (had == user.memberships.end())
      user.memberships.push_back(membership);
    else if (rankOfRole(membership.role) > rankOfRole(had->role))
      had->role = membership.role;
  }
  CHECK_OK(isNew ? store::createUser(tx, user) : store::updateUser(tx, user));
  invitation.acceptedAt = now;
  invitation.tokenDigest.reset();
  CHECK_OK(store::putInvitation(tx, invitation));
  const store::Actor actor{store::ActorKind::person, user.id.text(), user.name};
  for (const auto& membership : invitation.memberships)
    CHECK_OK(recordOfUser(tx, actor, {}, membership.company, user,
                          {"user.invitation-accepted", {}, from.address}));
  return {};
}

Result<SignedIn> Access::acceptInvitation(std::string_view token, std::string_view name,
                                          std::string_view password, const From& from,
                                          std::optional<std::string> replaces) {
  const auto now = clock_.now();
  TRY(const auto open, openInvitation(token));
  CHECK_OK(passwordMayOpen(open.invitation.email));
  store::User user;
  if (open.known) {
    // Its own password, with all that guards one; where it has a second step the session comes after that.
    TRY(user, proven(open.invitation.email, password, from.address, now));
  } else {
    user.id = ids_.next<UserId>();
    user.email = open.invitation.email;
    user.name = collapsed(name);
    user.language = open.invitation.language;
    if (user.name.empty() || codePoints(user.name) > name_points_max)
      return fail(ProblemKind::invalid, "name-missing", "A user needs a name, of at most 200 characters.",
                  "/name");
    user.memberships = open.invitation.memberships;
    TRY(user.passwordHash, hashedFor(user, password));
  }
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto found, store::invitationToTake(tx, sha256(token)));
    TRY(auto invitation, ifUsable(tx, found, now));  // twice at once: one of them finds it used
    auto row = user;
    TRY(const auto known, store::userByEmail(tx, invitation.email));
    if (open.known && known) {
      TRY(const auto locked, store::userToChange(tx, known->id));
      if (locked) row = *locked;
    }
    if (!open.known && known) {
      // Closed since, or made a user by another invitation meanwhile.
      if (!known->active) return linkInvalid();
      return fail(ProblemKind::conflict, "email-taken", "Another user has this e-mail address.", {},
                  "Open the link again.");
    }
    CHECK_OK(takeInvitation(tx, invitation, row, !open.known, from, now));
    user = std::move(row);
    return {};
  }));
  cache_.forgetUser(user.id);
  return onwards(user, std::move(replaces), now, from, open.known ? "password" : "invitation");
}

}  // namespace postgang::access
