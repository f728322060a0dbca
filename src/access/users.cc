// What administrators do with users. Who may is asked for each company by itself (manage.h): the same user
// may be another's administrator elsewhere, and what concerns all of it needs somebody who administers all of
// it.
#include <algorithm>

#include "access/access.h"
#include "access/listed.h"
#include "access/manage.h"
#include "access/visibility.h"
#include "base/json_text.h"
#include "base/text.h"
#include "store/news.h"
#include "store/sign_ins.h"
#include "store/sql/session.h"
#include "store/user_changes.h"

namespace postgang::access {

namespace {

constexpr std::size_t name_points_max = 200;

tl::unexpected<Problem> noSuchUser() {
  return fail(ProblemKind::not_found, "not-found", "There is no such user.");
}

// Staff are the operator's: no customer's administrator sees or changes them.
bool mayTouch(const Caller& caller, const store::User& user) {
  return !user.staff || (caller.isStaff() && caller.company.isOperator);
}

Result<ManagedUser> managed(store::Reader& reader, const Caller& caller, store::User user, Instant now) {
  ManagedUser shown;
  shown.whole = mayTouch(caller, user);
  std::vector<store::Membership> own;
  for (auto& membership : user.memberships) {
    TRY(const bool may, mayAdminister(reader, caller, membership.company));
    shown.whole = shown.whole && may;
    if (!may) continue;
    shown.administered.push_back(membership.company);
    own.push_back(std::move(membership));
  }
  user.memberships = std::move(own);
  TRY(const auto factor, store::secondFactor(reader, user.id));
  shown.secondFactor = factor && factor->confirmedAt;
  TRY(const auto sessions, store::sessionsOf(reader, user.id));
  for (const auto& session : sessions)
    if (now < session.expiresAt)
      shown.lastSeenAt = std::max(shown.lastSeenAt.value_or(Instant()), session.lastSeenAt);
  shown.user = std::move(user);
  return shown;
}

// The user, where the caller administers it in some company at least.
Result<store::User> ifManaged(store::Reader& reader, const Caller& caller, std::optional<store::User> found) {
  if (!found || !mayTouch(caller, *found)) return noSuchUser();
  for (const auto& membership : found->memberships) {
    TRY(const bool may, mayAdminister(reader, caller, membership.company));
    if (may) return std::move(*found);
  }
  return noSuchUser();
}

Result<store::User> userToManage(store::Transaction& tx, const Caller& caller, UserId id) {
  TRY(auto found, store::userToChange(tx, id));
  return ifManaged(tx, caller, std::move(found));
}

Outcome wholly(store::Reader& reader, const Caller& caller, const store::User& user) {
  for (const auto& membership : user.memberships) {
    TRY(const bool may, mayAdminister(reader, caller, membership.company));
    if (!may)
      return fail(ProblemKind::forbidden, "user-of-others",
                  "The user has roles in companies that you do not administer.", {},
                  "Take its role in yours away, or ask who administers all of them.");
  }
  return {};
}

std::string roleChange(std::string_view from, std::string_view to) {
  std::string detail = R"({"role":[)";
  for (const auto role : {from, to}) {
    if (detail.back() != '[') detail += ',';
    if (role.empty())
      detail += "null";
    else
      appendJsonString(detail, role);
  }
  return detail + "]}";
}

store::NewJob newsOfRole(store::Transaction& tx, UserId user, CompanyId company) {
  const auto now = tx.clock().now();
  store::News news;
  news.kind = "account-changed";
  news.company = company;
  news.path = "/account";
  news.only = user;
  news.key = std::to_string(now.microseconds);
  return store::newsJob(news, now);
}

// The user's memberships with those of the caller's companies as wanted, each change in its company's trail.
Outcome changeMemberships(store::Transaction& tx, const Caller& caller, store::User& user,
                          const std::vector<store::Membership>& wanted, std::string_view address) {
  if (caller.user && caller.user->id == user.id)
    return fail(ProblemKind::forbidden, "own-role", "Nobody changes what he may do himself.", "/memberships",
                "Ask another administrator.");
  CHECK_OK(checkMemberships(tx, caller, wanted));
  std::vector<store::Membership> kept;
  const auto tell = [&](CompanyId company, std::string_view from, std::string_view to) -> Outcome {
    // Whoever has left sees nothing of the company any longer, this neither.
    if (!to.empty()) CHECK_OK(store::enqueue(tx, newsOfRole(tx, user.id, company)));
    return recordOfUser(tx, caller.viewer.actor(), reasonOf(caller), company, user,
                        {"user.role-changed", roleChange(from, to), address});
  };
  for (const auto& had : user.memberships) {
    TRY(const bool may, mayAdminister(tx, caller, had.company));
    const auto role = may ? roleAt(wanted, had.company) : std::string_view(had.role);
    if (role != had.role) {
      if (had.role == "administrator" && user.active) CHECK_OK(leavesAdministrator(tx, user, had.company));
      CHECK_OK(tell(had.company, had.role, role));
    }
    if (!role.empty()) kept.push_back({had.company, std::string(role)});
  }
  for (const auto& added : wanted) {
    if (!roleAt(user.memberships, added.company).empty()) continue;
    CHECK_OK(tell(added.company, {}, added.role));
    kept.push_back(added);
  }
  user.memberships = std::move(kept);
  return {};
}

Outcome changeActive(store::Transaction& tx, const Caller& caller, store::User& user, bool active,
                     std::string_view address) {
  if (user.active == active) return {};
  if (caller.user && caller.user->id == user.id)
    return fail(ProblemKind::forbidden, "own-role", "Nobody closes his own account.", "/active",
                "Ask another administrator.");
  CHECK_OK(wholly(tx, caller, user));
  for (const auto& membership : user.memberships) {
    if (!active && membership.role == "administrator")
      CHECK_OK(leavesAdministrator(tx, user, membership.company));
    CHECK_OK(recordOfUser(tx, caller.viewer.actor(), reasonOf(caller), membership.company, user,
                          {active ? "user.reactivated" : "user.deactivated", {}, address}));
  }
  user.active = active;
  return {};
}

Outcome changeName(store::Transaction& tx, const Caller& caller, store::User& user, const std::string& wanted,
                   std::string_view address) {
  const auto name = collapsed(wanted);
  if (name.empty() || codePoints(name) > name_points_max)
    return fail(ProblemKind::invalid, "name-missing", "A user needs a name, of at most 200 characters.",
                "/name");
  if (name == user.name) return {};
  CHECK_OK(wholly(tx, caller, user));
  std::string detail = R"({"name":[)";
  appendJsonString(detail, user.name);
  detail += ',';
  appendJsonString(detail, name);
  detail += "]}";
  for (const auto& membership : user.memberships)
    CHECK_OK(recordOfUser(tx, caller.viewer.actor(), reasonOf(caller), membership.company, user,
                          {"user.renamed", detail, address}));
  user.name = name;
  return {};
}

Outcome endAll(store::Transaction& tx, UserId user) {
  CHECK_OK(store::deletePendingSignIns(tx, user));
  TRY(const auto sessions, store::sessionsOf(tx, user));
  for (const auto& session : sessions) CHECK_OK(store::deleteSession(tx, session.tokenDigest));
  return {};
}

Outcome changeIn(store::Transaction& tx, const Caller& caller, store::User user, const UserChange& change,
                 std::string_view address) {
  if (change.name) CHECK_OK(changeName(tx, caller, user, *change.name, address));
  if (change.active) CHECK_OK(changeActive(tx, caller, user, *change.active, address));
  if (change.memberships) CHECK_OK(changeMemberships(tx, caller, user, *change.memberships, address));
  CHECK_OK(store::updateUser(tx, user));
  if (!user.active || (user.memberships.empty() && !user.staff)) CHECK_OK(endAll(tx, user.id));
  return {};
}

}  // namespace

Result<std::vector<ManagedUser>> Access::users(const Caller& caller) {
  std::vector<ManagedUser> all;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto found, store::listUsers(reader, caller.acting));
    for (const auto& user : found) {
      if (!mayTouch(caller, user)) continue;
      TRY(auto shown, managed(reader, caller, user, clock_.now()));
      if (!shown.administered.empty()) all.push_back(std::move(shown));
    }
    return {};
  }));
  std::ranges::stable_sort(all, {}, [](const ManagedUser& each) {
    return std::pair(swedishOrder(each.user.name), each.user.email);
  });
  return all;
}

Result<ManagedUser> Access::managedUser(const Caller& caller, UserId id) {
  std::optional<ManagedUser> shown;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(auto found, store::user(reader, id));
    TRY(const auto user, ifManaged(reader, caller, std::move(found)));
    TRY(shown, managed(reader, caller, user, clock_.now()));
    return {};
  }));
  return std::move(*shown);
}

Outcome changeListed(store::Transaction& tx, const Caller& caller, UserId id, const ListedChange& change,
                     std::string_view address) {
  TRY(auto user, userToManage(tx, caller, id));
  UserChange wanted{change.name};
  if (change.membership) {
    auto& memberships = wanted.memberships.emplace();
    for (const auto& each : user.memberships) {
      TRY(const bool may, mayAdminister(tx, caller, each.company));
      if (may && each.company != change.membership->company) memberships.push_back(each);
    }
    memberships.push_back(*change.membership);
  }
  return changeIn(tx, caller, std::move(user), wanted, address);
}

Result<ManagedUser> Access::changeUser(const Caller& caller, UserId id, const UserChange& change,
                                       std::string_view address) {
  std::optional<ManagedUser> shown;
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto user, userToManage(tx, caller, id));
    CHECK_OK(changeIn(tx, caller, std::move(user), change, address));
    TRY(auto changed, store::user(tx, id));
    TRY(shown, managed(tx, caller, std::move(*changed), clock_.now()));
    return {};
  }));
  cache_.forgetUser(id);
  return std::move(*shown);
}

Result<std::vector<store::Session>> sessionsOf(store::Reader& reader, const Caller& caller, UserId id,
                                               Instant now) {
  TRY(auto found, store::user(reader, id));
  TRY(const auto user, ifManaged(reader, caller, std::move(found)));
  CHECK_OK(wholly(reader, caller, user));
  TRY(auto live, store::sessionsOf(reader, id));
  const auto idle = AccessOptions().sessionIdleSeconds;
  std::erase_if(live, [&](const store::Session& each) {
    return each.expiresAt <= now || each.lastSeenAt.plusSeconds(idle) <= now;
  });
  return live;
}

Outcome Access::resetSecondFactor(const Caller& caller, UserId id, std::string_view address) {
  const auto now = clock_.now();
  const auto reset = store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto user, userToManage(tx, caller, id));
    CHECK_OK(wholly(tx, caller, user));
    TRY(const auto factor, store::secondFactor(tx, id));
    if (!factor || !factor->confirmedAt)
      return fail(ProblemKind::conflict, "second-factor-off", "The user has no second step of signing in.");
    CHECK_OK(store::deleteSecondFactor(tx, id));
    CHECK_OK(endAll(tx, id));
    for (const auto& membership : user.memberships)
      CHECK_OK(recordOfUser(tx, caller.viewer.actor(), reasonOf(caller), membership.company, user,
                            {"user.second-factor-reset", {}, address}));
    return mailToUser(tx, "second-factor-reset", user, {}, now);
  });
  cache_.forgetUser(id);
  return reset;
}

Outcome Access::endSessionsOf(const Caller& caller, UserId id, std::string_view address) {
  const auto ended = store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto user, userToManage(tx, caller, id));
    CHECK_OK(wholly(tx, caller, user));
    CHECK_OK(endAll(tx, id));
    for (const auto& membership : user.memberships)
      CHECK_OK(recordOfUser(tx, caller.viewer.actor(), reasonOf(caller), membership.company, user,
                            {"user.sessions-ended", {}, address}));
    return {};
  });
  cache_.forgetUser(id);
  return ended;
}

Result<bool> Access::demandsSecondFactor(const Caller& caller) {
  bool demanded = false;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto demands, store::secondFactorDemands(reader));
    demanded = std::ranges::binary_search(demands, caller.company.id);
    return {};
  }));
  return demanded;
}

Outcome Access::demandSecondFactor(const Caller& caller, bool demanded, std::string_view address) {
  const auto kept = store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const bool may, mayAdminister(tx, caller, caller.company.id));
    if (!may) return fail(ProblemKind::not_found, "not-found", "There is no such company.");
    CHECK_OK(store::setSecondFactorDemand(tx, caller.company.id, demanded));
    store::AuditEntry entry;
    entry.company = caller.company.id;
    entry.actor = caller.viewer.actor();
    entry.reason = reasonOf(caller);
    entry.action = "company.second-factor-demanded";
    entry.object = "company";
    entry.objectId = std::to_string(caller.company.id.value);
    entry.objectName = caller.company.name;
    entry.detail = demanded ? R"({"demanded":true})" : R"({"demanded":false})";
    entry.address = address;
    return store::recordAudit(tx, entry);
  });
  cache_.forgetAll();
  return kept;
}

}  // namespace postgang::access
