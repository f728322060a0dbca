#include "access/visibility.h"

#include <algorithm>
#include <set>

#include "store/grants.h"
#include "store/sandboxes.h"

namespace postgang::access {

namespace {

using Sights = std::vector<store::Sight>;

tl::unexpected<Problem> noSuchCompany() {
  return fail(ProblemKind::not_found, "not-found", "There is no such company.");
}

Result<std::vector<CompanyId>> itselfAndBeneath(store::Reader& reader, CompanyId company) {
  TRY(std::vector<CompanyId> companies, store::subsidiariesOf(reader, company));
  companies.insert(companies.begin(), company);
  return companies;
}

Result<std::set<CompanyId>> idsToActFor(store::Reader& reader, const store::User& user) {
  std::set<CompanyId> ids;
  for (const auto& own : user.memberships) {
    TRY(const auto companies, itselfAndBeneath(reader, own.company));
    ids.insert(companies.begin(), companies.end());
  }
  TRY(const auto sandboxes, store::sandboxesOf(reader, {ids.begin(), ids.end()}));
  for (const auto& sandbox : sandboxes) ids.insert(sandbox.id);
  return ids;
}

// What a company sees: itself and all beneath it whole, of others what they let it see.
Outcome addSights(store::Reader& reader, CompanyId company, bool mayAct, Sights& sights) {
  TRY(const auto companies, itselfAndBeneath(reader, company));
  for (const auto own : companies) sights.push_back(store::Sight::ofOwn(own, mayAct));
  TRY(const auto grants, store::grantsTo(reader, company));
  for (const auto& grant : grants)
    sights.push_back(
        {grant.owner, grant.sent, grant.received, grant.kinds, mayAct && grant.mayAct, /*whole=*/false});
  return {};
}

bool mayAct(std::string_view role) {
  return scopesOfRole(role).has(Scope::documents_write);
}

}  // namespace

Result<std::vector<store::Company>> companiesToActFor(store::Reader& reader, const store::User& user) {
  TRY(auto companies, store::listCompanies(reader, store::Viewer::system()));
  if (!user.staff) {
    TRY(const auto ids, idsToActFor(reader, user));
    std::erase_if(companies, [&](const store::Company& company) { return !ids.contains(company.id); });
    TRY(const auto sandboxes, store::sandboxesOf(reader, {ids.begin(), ids.end()}));
    companies.insert(companies.end(), sandboxes.begin(), sandboxes.end());
  }
  std::ranges::sort(companies, {},
                    [](const store::Company& company) { return std::pair(company.name, company.id); });
  return companies;
}

Result<store::Company> companyToActFor(store::Reader& reader, const store::User& user, CompanyId company) {
  if (!user.staff) {
    TRY(const auto ids, idsToActFor(reader, user));
    if (!ids.contains(company)) return noSuchCompany();
  }
  auto found = store::company(reader, company);
  if (!found && found.error().kind == ProblemKind::not_found) return noSuchCompany();
  return found;
}

Result<std::string> roleIn(store::Reader& reader, const store::User& user, const store::Company& company) {
  std::string role = user.staff ? "operator" : "";
  std::set<CompanyId> passed;
  std::optional<CompanyId> above = company.id;
  auto parent = company.sandboxOf ? company.sandboxOf : company.parent;  // in its sandbox as in the company
  while (above && passed.insert(*above).second) {
    for (const auto& own : user.memberships)
      if (own.company == *above && rankOfRole(own.role) > rankOfRole(role)) role = own.role;
    above = parent;
    if (!above) break;
    TRY(const auto next, store::company(reader, *above));
    parent = next.parent;
  }
  return role;
}

Result<store::Viewer> viewerOf(store::Reader& reader, const store::User& user,
                               const store::Company& actingFor, bool everything) {
  store::Actor actor{store::ActorKind::person, user.id.text(), user.name};
  if (user.staff && actingFor.isOperator) return store::Viewer::ofStaff(std::move(actor), actingFor.id);
  Sights sights;
  std::vector<store::Company> as{actingFor};
  if (everything && !user.staff) {
    TRY(const auto ids, idsToActFor(reader, user));
    for (const auto id : ids) {
      if (id == actingFor.id) continue;
      TRY(auto company, store::company(reader, id));
      // A sandbox is seen by acting for it, never among what is real.
      if (!company.sandboxOf) as.push_back(std::move(company));
    }
  }
  for (const auto& company : as) {
    TRY(const auto role, roleIn(reader, user, company));
    CHECK_OK(addSights(reader, company.id, mayAct(role), sights));
  }
  return store::Viewer::ofSights(std::move(sights), std::move(actor));
}

Result<store::Viewer> everythingSeenBy(store::Reader& reader, const store::User& user) {
  store::Actor actor{store::ActorKind::person, user.id.text(), user.name};
  if (user.staff) return store::Viewer::ofStaff(std::move(actor));
  Sights sights;
  std::set<CompanyId> own;
  for (const auto& membership : user.memberships) {
    TRY(const auto companies, itselfAndBeneath(reader, membership.company));
    own.insert(companies.begin(), companies.end());
  }
  for (const auto company : own) {
    sights.push_back(store::Sight::ofOwn(company, /*mayAct=*/false));
    TRY(const auto grants, store::grantsTo(reader, company));
    for (const auto& grant : grants)
      sights.push_back({grant.owner, grant.sent, grant.received, grant.kinds, false, /*whole=*/false});
  }
  return store::Viewer::ofSights(std::move(sights), std::move(actor));
}

Result<store::Viewer> viewerOf(store::Reader& reader, const store::Key& key) {
  Sights sights;
  CHECK_OK(addSights(reader, key.company, /*mayAct=*/true, sights));
  return store::Viewer::ofSights(std::move(sights),
                                 store::Actor{store::ActorKind::key, key.id.text(), key.name});
}

}  // namespace postgang::access
