// `postgang admin identity-provider off`: for when a company's own sign-in is gone and passwords were turned
// off.
#include <iostream>

#include "app/admin.h"
#include "app/command.h"
#include "store/audit.h"
#include "store/identity_providers.h"
#include "store/sql/session.h"

namespace postgang::app {

namespace {

std::vector<Setting> settings() {
  auto all = dataSettings();
  all.push_back({"company", "", "whose provider it is", "0007:…"});
  return all;
}

Outcome turnOff(store::Transaction& tx, CompanyId company) {
  TRY(auto provider, store::identityProvider(tx, company));
  if (!provider)
    return fail(ProblemKind::not_found, "identity-provider-unknown", "The company has no identity provider.");
  provider->active = false;
  CHECK_OK(store::putIdentityProvider(tx, *provider));
  store::AuditEntry entry;
  entry.company = company;
  entry.action = "identity-provider.changed";
  entry.object = "identity-provider";
  entry.objectId = std::to_string(company.value);
  entry.objectName = provider->issuer;
  entry.detail = R"({"active":[true,false]})";
  return store::recordAudit(tx, entry);
}

Result<int> off(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(const auto identifier, needed(settings, "company"));
  TRY(const auto house, House::open(settings));
  TRY(const auto company, companyNamed(*house, identifier));
  CHECK_OK(house->store().write(store::Priority::background,
                                [&](store::Transaction& tx) { return turnOff(tx, company.id); }));
  std::cout << company.name << " signs in with passwords\n";
  return 0;
}

}  // namespace

const Command identity_provider_off_command{
    "admin identity-provider off", "--data DIR --company 0007:…",
    "turns a company's own sign-in off: its people sign in with passwords again", settings, off};

}  // namespace postgang::app
