#include "store/company_profile.h"

#include <algorithm>

#include "store/sql/session.h"

namespace postgang::store {
namespace {

tl::unexpected<Problem> noSuchCompany() {
  return fail(ProblemKind::not_found, "company-not-found", "There is no such company.");
}

Result<std::vector<CompanyAddress>> addressesOf(Reader& reader, CompanyId company) {
  std::vector<CompanyAddress> found;
  CHECK_OK(reader.connection().run(
      "SELECT kind, street, postal_code, city, country FROM company_addresses WHERE company = ?1 ORDER BY "
      "CASE kind WHEN 'visiting' THEN 0 WHEN 'postal' THEN 1 ELSE 2 END",
      {company}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& each = found.emplace_back();
        each.kind = c.text();
        each.address.street = c.text();
        each.address.postalCode = c.text();
        each.address.city = c.text();
        each.address.country = c.text();
      }));
  return found;
}

Result<std::vector<CompanyContact>> contactsOf(Reader& reader, CompanyId company) {
  std::vector<CompanyContact> found;
  CHECK_OK(reader.connection().run(
      "SELECT role, name, email, phone FROM company_contacts WHERE company = ?1 ORDER BY position", {company},
      [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& each = found.emplace_back();
        each.role = c.text();
        each.name = c.text();
        each.email = c.text();
        each.phone = c.text();
      }));
  return found;
}

Outcome checkFree(Transaction& tx, CompanyId company, const std::string& identifier) {
  TRY(const auto taken,
      tx.connection().run("SELECT 1 FROM company_identifiers WHERE identifier = ?1 AND company <> ?2",
                          {identifier, company}, [](const sql::Row&) {}));
  if (taken == 0) return {};
  return fail(ProblemKind::conflict, "identifier-taken", "Another company has this identifier.", identifier,
              "Use that company, or correct the identifier.");
}

}  // namespace

Result<CompanyProfile> companyProfile(Reader& reader, CompanyId company) {
  CompanyProfile profile;
  TRY(profile.addresses, addressesOf(reader, company));
  TRY(profile.contacts, contactsOf(reader, company));
  return profile;
}

Outcome setCompanyAddresses(Transaction& tx, CompanyId company,
                            const std::vector<CompanyAddress>& addresses) {
  auto& connection = tx.connection();
  CHECK_OK(connection.run("DELETE FROM company_addresses WHERE company = ?1", {company}));
  for (const auto& each : addresses)
    CHECK_OK(
        connection.run("INSERT INTO company_addresses (company, kind, street, postal_code, city, country) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                       {company, each.kind, each.address.street, each.address.postalCode, each.address.city,
                        each.address.country}));
  return {};
}

Outcome setCompanyContacts(Transaction& tx, CompanyId company, const std::vector<CompanyContact>& contacts) {
  auto& connection = tx.connection();
  CHECK_OK(connection.run("DELETE FROM company_contacts WHERE company = ?1", {company}));
  std::int64_t position = 0;
  for (const auto& each : contacts)
    CHECK_OK(
        connection.run("INSERT INTO company_contacts (company, position, role, name, email, phone) VALUES "
                       "(?1, ?2, ?3, ?4, ?5, ?6)",
                       {company, position++, each.role, each.name, each.email, each.phone}));
  return {};
}

Outcome setCompanyName(Transaction& tx, CompanyId company, std::string_view name) {
  TRY(const auto changed,
      tx.connection().run("UPDATE companies SET name = ?2 WHERE id = ?1", {company, name}));
  if (changed == 0) return noSuchCompany();
  return {};
}

Outcome setCompanyIdentifiers(Transaction& tx, CompanyId company, std::string_view main,
                              const std::vector<std::string>& identifiers) {
  auto all = identifiers;
  all.emplace_back(main);
  std::ranges::sort(all);
  all.erase(std::ranges::unique(all).begin(), all.end());
  for (const auto& identifier : all) CHECK_OK(checkFree(tx, company, identifier));
  auto& connection = tx.connection();
  CHECK_OK(connection.run("DELETE FROM company_identifiers WHERE company = ?1", {company}));
  for (const auto& identifier : all)
    CHECK_OK(connection.run("INSERT INTO company_identifiers (identifier, company) VALUES (?1, ?2)",
                            {identifier, company}));
  TRY(const auto changed,
      connection.run("UPDATE companies SET identifier = ?2 WHERE id = ?1", {company, main}));
  if (changed == 0) return noSuchCompany();
  return {};
}

Outcome makeCustomer(Transaction& tx, CompanyId company, std::string_view name) {
  TRY(const auto changed,
      tx.connection().run("UPDATE companies SET customer = 1, name = ?2 WHERE id = ?1 AND customer = 0",
                          {company, name}));
  if (changed == 0) return noSuchCompany();
  return {};
}

Result<std::vector<Company>> companiesOfGroup(Reader& reader, CompanyId company) {
  TRY(const auto self, store::company(reader, company));
  TRY(auto ids, subsidiariesOf(reader, self.group));
  ids.push_back(self.group);
  TRY(auto found, listCompanies(reader, Viewer::ofCompanies(std::move(ids), {})));
  std::erase_if(found, [](const Company& each) { return each.sandboxOf.has_value() || !each.isCustomer; });
  return found;
}

}  // namespace postgang::store
