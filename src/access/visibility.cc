#include "access/visibility.h"

#include <algorithm>
#include <set>

namespace postgang::access {

namespace {

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
  for (const CompanyId own : user.companies) {
    TRY(const auto companies, itselfAndBeneath(reader, own));
    ids.insert(companies.begin(), companies.end());
  }
  return ids;
}

}  // namespace

Result<std::vector<store::Company>> companiesToActFor(store::Reader& reader, const store::User& user) {
  TRY(auto companies, store::listCompanies(reader, store::Viewer::system()));
  if (user.role != "operator") {
    TRY(const auto ids, idsToActFor(reader, user));
    std::erase_if(companies, [&](const store::Company& company) { return !ids.contains(company.id); });
  }
  std::ranges::sort(companies, {},
                    [](const store::Company& company) { return std::pair(company.name, company.id); });
  return companies;
}

Result<store::Company> companyToActFor(store::Reader& reader, const store::User& user, CompanyId company) {
  if (user.role != "operator") {
    TRY(const auto ids, idsToActFor(reader, user));
    if (!ids.contains(company)) return noSuchCompany();
  }
  auto found = store::company(reader, company);
  if (!found && found.error().kind == ProblemKind::not_found) return noSuchCompany();
  return found;
}

Result<store::Viewer> viewerOf(store::Reader& reader, const store::User& user,
                               const store::Company& actingFor) {
  store::Actor actor{store::ActorKind::person, user.id.text(), user.name};
  if (user.role == "operator" && actingFor.isOperator) return store::Viewer::ofStaff(std::move(actor));
  TRY(auto companies, itselfAndBeneath(reader, actingFor.id));
  return store::Viewer::ofCompanies(std::move(companies), std::move(actor));
}

Result<store::Viewer> viewerOf(store::Reader& reader, const store::Key& key) {
  TRY(auto companies, itselfAndBeneath(reader, key.company));
  return store::Viewer::ofCompanies(std::move(companies),
                                    store::Actor{store::ActorKind::key, key.id.text(), key.name});
}

}  // namespace postgang::access
