#include "app/demo/group_profile.h"

#include "store/company_profile.h"
#include "store/company_settings.h"
#include "store/grants.h"
#include "store/sql/session.h"

namespace postgang::app::demo {

namespace {

constexpr auto set_by = "Mats Hedin";  // who administers the group

store::PostalAddress postal(const Address& address) {
  return {address.street, address.postCode, address.city, "SE"};
}

Outcome introduce(store::Transaction& tx, const Company& company, CompanyId id) {
  const store::PostalAddress box{"Box 112", company.address.postCode, company.address.city, "SE"};
  CHECK_OK(store::setCompanyAddresses(tx, id, {{"visiting", postal(company.address)}, {"billing", box}}));
  return store::setCompanyContacts(
      tx, id,
      {{"Kundreskontra", company.seller.name, company.seller.email, company.seller.telephone},
       {"Leverantörsreskontra", company.reader.name, company.reader.email, company.reader.telephone}});
}

// The group says once what holds for all; one of them says it for itself.
Outcome setUp(store::Transaction& tx, const std::vector<CompanyId>& companies) {
  CHECK_OK(store::setCompanySetting(tx, companies[0], "language", R"("sv")", set_by));
  CHECK_OK(store::setCompanySetting(tx, companies[0], "supportEmail", R"("kundservice@nordhamn.example")",
                                    set_by));
  return store::setCompanySetting(tx, companies[4], "supportEmail", R"("dispatch@nordhamn.example")", set_by);
}

// Two that share a support desk: the one sees what the other has invoiced.
Outcome share(store::Transaction& tx, const std::vector<CompanyId>& companies) {
  store::Grant grant;
  grant.owner = companies[energy_company];
  grant.viewer = companies[1];
  grant.received = false;
  grant.kinds = {document::Kind::invoice, document::Kind::credit_note};
  grant.changedAt = tx.clock().now();
  grant.changedBy = set_by;
  return store::putGrant(tx, grant);
}

}  // namespace

Outcome introduceGroup(store::Transaction& tx, const World& world, const std::vector<CompanyId>& companies) {
  for (std::size_t i = 0; i < World::group_size; ++i)
    CHECK_OK(introduce(tx, world.companies[i], companies[i]));
  CHECK_OK(setUp(tx, companies));
  return share(tx, companies);
}

}  // namespace postgang::app::demo
