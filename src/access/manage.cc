#include "access/manage.h"

#include <algorithm>
#include <set>

#include "access/provider_sign_in.h"
#include "access/visibility.h"
#include "store/second_factors.h"
#include "store/sql/session.h"
#include "store/user_changes.h"

namespace postgang::access {

namespace {

constexpr int administrator_rank = 4;  // rankOfRole()

tl::unexpected<Problem> wrong(std::string code, std::string detail, std::string where) {
  return fail(ProblemKind::invalid, std::move(code), std::move(detail), std::move(where));
}

// The company and all above it.
Result<std::vector<CompanyId>> itselfAndAbove(store::Reader& reader, CompanyId company) {
  std::vector<CompanyId> chain;
  std::optional<CompanyId> next = company;
  while (next && std::ranges::find(chain, *next) == chain.end()) {
    chain.push_back(*next);
    const auto found = store::company(reader, *next);
    if (!found && found.error().kind != ProblemKind::not_found) return fail(found.error());
    next = found ? found->parent : std::nullopt;
  }
  return chain;
}

}  // namespace

Result<bool> mayAdminister(store::Reader& reader, const Caller& caller, CompanyId company) {
  if (!caller.acting.sees(company)) return false;
  if (!caller.user) return true;
  auto found = store::company(reader, company);
  if (!found) return found.error().kind == ProblemKind::not_found ? Result<bool>(false) : fail(found.error());
  TRY(const auto role, roleIn(reader, *caller.user, *found));
  return rankOfRole(role) >= administrator_rank;
}

Outcome checkMemberships(store::Reader& reader, const Caller& caller,
                         const std::vector<store::Membership>& memberships) {
  std::set<CompanyId> seen;
  for (std::size_t i = 0; i < memberships.size(); ++i) {
    const auto where = "/memberships/" + std::to_string(i);
    const auto& membership = memberships[i];
    if (!isRole(membership.role) || membership.role == "operator")
      return wrong("role-unknown", "A role is reader, clerk, support or administrator.", where + "/role");
    TRY(const bool may, mayAdminister(reader, caller, membership.company));
    if (!may)
      return wrong("company-unknown", "There is no such company among those that you administer.",
                   where + "/companyId");
    if (!seen.insert(membership.company).second)
      return wrong("company-twice", "A user has one role in a company.", where + "/companyId");
  }
  return {};
}

Outcome leavesAdministrator(store::Transaction& tx, const store::User& user, CompanyId company) {
  TRY(const auto chain, itselfAndAbove(tx, company));
  CHECK_OK(store::lockCompany(tx, chain.back()));
  TRY(const auto users, store::listUsers(tx, store::Viewer::ofCompanies(chain, {})));
  const auto administers = [&](const store::User& other) {
    return other.active && other.id != user.id && std::ranges::any_of(chain, [&](CompanyId each) {
             return roleAt(other.memberships, each) == "administrator";
           });
  };
  if (std::ranges::any_of(users, administers)) return {};
  return fail(ProblemKind::conflict, "last-administrator", "The user is the company's last administrator.",
              {}, "Make another user administrator first.");
}

Result<bool> demandedOf(store::Reader& reader, const store::User& user, std::optional<CompanyId> metBy) {
  TRY(const auto demands, store::secondFactorDemands(reader));
  if (demands.empty()) return false;
  for (const auto& membership : user.memberships) {
    TRY(const auto chain, itselfAndAbove(reader, membership.company));
    // From itself upwards: what stands above whoever runs the provider has its own say.
    const auto met = metBy ? std::ranges::find(chain, *metBy) : chain.end();
    for (auto each = met == chain.end() ? chain.begin() : std::next(met); each != chain.end(); ++each)
      if (std::ranges::binary_search(demands, *each)) return true;
  }
  return false;
}

Result<bool> mustEnrol(store::Reader& reader, const store::User& user, std::string_view sessionMethod) {
  std::optional<CompanyId> metBy;
  if (sessionMethod == "oidc") {
    TRY(metBy, store::companyOfDomain(reader, domainOf(user.email)));
  }
  TRY(const bool demanded, demandedOf(reader, user, metBy));
  if (!demanded) return false;
  TRY(const auto factor, store::secondFactor(reader, user.id));
  return !factor || !factor->confirmedAt;
}

std::string_view roleAt(const std::vector<store::Membership>& memberships, CompanyId company) {
  const auto found = std::ranges::find(memberships, company, &store::Membership::company);
  return found == memberships.end() ? std::string_view() : std::string_view(found->role);
}

Outcome recordOfUser(store::Transaction& tx, const store::Actor& actor, std::string_view reason,
                     CompanyId company, const store::User& user, const Told& told) {
  store::AuditEntry entry;
  entry.company = company;
  entry.actor = actor;
  entry.reason = reason;
  entry.action = told.action;
  entry.object = "user";
  entry.objectId = user.id.text();
  entry.objectName = user.name;
  entry.detail = told.detail;
  entry.address = told.address;
  return store::recordAudit(tx, entry);
}

Outcome recordOfOwn(store::Transaction& tx, const store::User& user, const Told& told) {
  const store::Actor actor{store::ActorKind::person, user.id.text(), user.name};
  for (const auto& membership : user.memberships)
    CHECK_OK(recordOfUser(tx, actor, {}, membership.company, user, told));
  return {};
}

std::string_view reasonOf(const Caller& caller) {
  return caller.session ? std::string_view(caller.session->reason) : std::string_view();
}

Outcome mailToUser(store::Transaction& tx, std::string_view what, const store::User& user, const From& from,
                   Instant at) {
  store::AccountMail mail;
  mail.what = what;
  mail.email = user.email;
  mail.at = at;
  mail.address = from.address;
  mail.device = from.device;
  const auto company = user.memberships.empty() ? CompanyId() : user.memberships.front().company;
  return store::enqueue(tx, store::accountMailJob(mail, company, tx.clock().now()));
}

}  // namespace postgang::access
