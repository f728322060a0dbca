#include "store/companies.h"

#include <algorithm>

#include "base/bytes.h"
#include "store/sql/dialect.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view select_company =
    "SELECT c.id, c.identifier, c.name, c.parent, c.group_root, c.is_operator, c.customer, c.sandbox_of, "
    "c.design, c.created_at FROM companies c";

// A sandbox's company is kept by its identifier, a blank and what tells it from the real one.
std::string untilBlank(const std::string& kept) {
  return kept.substr(0, kept.find(' '));
}
std::string keptIdentifier(const Company& company) {
  constexpr std::size_t token_bytes = 9;
  return company.sandboxOf ? company.identifier + " " + randomToken(token_bytes) : company.identifier;
}

Company readCompany(const sql::Row& row) {
  sql::Columns c(row);
  Company company;
  company.id = c.company();
  company.identifier = untilBlank(c.text());
  company.name = c.text();
  company.parent = c.maybe([](sql::Columns& column) { return column.company(); });
  company.group = c.company();
  company.isOperator = c.yes();
  company.isCustomer = c.yes();
  company.sandboxOf = c.maybe([](sql::Columns& column) { return column.company(); });
  company.design = c.text();
  company.createdAt = c.instant();
  return company;
}

// A twin goes by its company's, a sender in a sandbox by its own one, which no table of identifiers has.
Outcome loadIdentifiers(Reader& reader, Company& company) {
  if (company.sandboxOf && !company.isCustomer) {
    company.identifiers = {company.identifier};
    return {};
  }
  CHECK_OK(reader.connection().run(
      "SELECT identifier FROM company_identifiers WHERE company = ?1 ORDER BY identifier",
      {company.sandboxOf.value_or(company.id)},
      [&](const sql::Row& row) { company.identifiers.emplace_back(row.bytes(0)); }));
  return {};
}

auto identifierTaken(std::string_view identifier) {
  return fail(ProblemKind::conflict, "identifier-taken", "Another company has this identifier.",
              std::string(identifier), "Use that company, or correct the identifier.");
}

}  // namespace

Result<CompanyId> createCompany(Transaction& tx, const Company& company) {
  auto& connection = tx.connection();
  auto identifiers = company.identifiers;
  if (std::ranges::find(identifiers, company.identifier) == identifiers.end())
    identifiers.push_back(company.identifier);
  if (company.sandboxOf) identifiers.clear();  // nobody is to find it by them
  const auto kept = keptIdentifier(company);
  for (const auto& identifier : identifiers) {
    TRY(const auto taken, connection.run("SELECT 1 FROM company_identifiers WHERE identifier = ?1",
                                         {identifier}, [](const sql::Row&) {}));
    if (taken > 0) return identifierTaken(identifier);
  }
  CompanyId id;
  CHECK_OK(connection.run(
      "INSERT INTO companies (identifier, name, parent, is_operator, customer, sandbox_of, design, "
      "created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id",
      {kept, company.name, company.parent, company.isOperator, company.isCustomer, company.sandboxOf,
       company.design, tx.clock().now()},
      [&](const sql::Row& row) { id = CompanyId{row.number(0)}; }));
  CHECK_OK(
      connection.run("UPDATE companies SET group_root = COALESCE((SELECT p.group_root FROM companies p "
                     "WHERE p.id = companies.parent), id) WHERE id = ?1",
                     {id}));
  for (const auto& identifier : identifiers) {
    TRY(const auto made,
        connection.run("INSERT INTO company_identifiers (identifier, company) VALUES (?1, ?2) "
                       "ON CONFLICT DO NOTHING",
                       {identifier, id}));
    if (made != 1) return identifierTaken(identifier);
  }
  return id;
}

Outcome setDesign(Transaction& tx, CompanyId company, std::string_view designJson) {
  CHECK_OK(tx.connection().run("UPDATE companies SET design = ?2 WHERE id = ?1", {company, designJson}));
  return {};
}

Result<std::vector<Company>> listCompanies(Reader& reader, const Viewer& viewer) {
  auto& connection = reader.connection();
  std::vector<Company> companies;
  const auto take = [&](const sql::Row& row) { companies.push_back(readCompany(row)); };
  if (viewer.seesAll()) {
    CHECK_OK(connection.run(
        std::string(select_company) + " WHERE c.customer = 1 AND c.sandbox_of IS NULL ORDER BY c.name, c.id",
        {}, take));
  } else {
    const auto visible = sql::companiesValue(connection.dialect(), viewer.companies());
    CHECK_OK(connection.run(std::string(select_company) + " WHERE " +
                                sql::companiesClause(connection.dialect(), "c.id", "?1") +
                                " ORDER BY c.name, c.id",
                            {visible}, take));
  }
  for (auto& company : companies) CHECK_OK(loadIdentifiers(reader, company));
  return companies;
}

Result<Company> company(Reader& reader, CompanyId id) {
  std::optional<Company> found;
  static const std::string by_id = std::string(select_company) + " WHERE c.id = ?1";
  CHECK_OK(reader.connection().run(by_id, {id}, [&](const sql::Row& row) { found = readCompany(row); }));
  if (!found) return fail(ProblemKind::not_found, "company-not-found", "There is no such company.");
  CHECK_OK(loadIdentifiers(reader, *found));
  return std::move(*found);
}

Result<std::optional<Company>> companyByIdentifier(Reader& reader, std::string_view identifier) {
  std::optional<Company> found;
  static const std::string by_identifier =
      std::string(select_company) + " JOIN company_identifiers i ON i.company = c.id WHERE i.identifier = ?1";
  CHECK_OK(reader.connection().run(by_identifier, {identifier},
                                   [&](const sql::Row& row) { found = readCompany(row); }));
  if (found) CHECK_OK(loadIdentifiers(reader, *found));
  return found;
}

Outcome setParent(Transaction& tx, CompanyId company, std::optional<CompanyId> parent) {
  TRY(auto moved, subsidiariesOf(tx, company));
  moved.push_back(company);
  if (parent && std::ranges::find(moved, *parent) != moved.end())
    return fail(ProblemKind::conflict, "parent-beneath-itself", "The company would be beneath itself.",
                "parent", "Choose a company that is not beneath this one.");
  CompanyId root = company;
  if (parent) {
    TRY(const auto above, store::company(tx, *parent));
    root = above.group;
  }
  auto& connection = tx.connection();
  CHECK_OK(connection.run("UPDATE companies SET parent = ?2 WHERE id = ?1", {company, parent}));
  return connection.later(
      "UPDATE companies SET group_root = ?1 WHERE " + sql::companiesClause(connection.dialect(), "id", "?2"),
      {root, sql::companiesValue(connection.dialect(), moved)});
}

Result<std::vector<CompanyId>> subsidiariesOf(Reader& reader, CompanyId id) {
  std::vector<CompanyId> found;
  // UNION (not ALL) ends the walk even if somebody has tied the tree into a ring.
  CHECK_OK(
      reader.connection().run("WITH RECURSIVE below(id) AS (SELECT id FROM companies WHERE parent = ?1 UNION "
                              "SELECT c.id FROM companies c JOIN below b ON c.parent = b.id) SELECT id FROM "
                              "below WHERE id <> ?1 ORDER BY id",
                              {id}, [&](const sql::Row& row) { found.push_back(CompanyId{row.number(0)}); }));
  return found;
}

}  // namespace postgang::store
