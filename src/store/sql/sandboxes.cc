#include "store/sandboxes.h"

#include <algorithm>

#include "store/sql/dialect.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view open_twin =
    "SELECT id FROM companies WHERE sandbox_of = ?1 AND customer = 1 ORDER BY id DESC LIMIT 1";

tl::unexpected<Problem> conflict(std::string code, std::string detail, std::string advice) {
  return fail(ProblemKind::conflict, std::move(code), std::move(detail), {}, std::move(advice));
}

Result<std::optional<CompanyId>> openTwin(Reader& reader, CompanyId company) {
  std::optional<CompanyId> found;
  CHECK_OK(reader.connection().run(open_twin, {company},
                                   [&](const sql::Row& row) { found = CompanyId{row.number(0)}; }));
  return found;
}

Result<Company> makeTwin(Transaction& tx, const Company& of) {
  Company twin;
  twin.identifier = of.identifier;
  twin.name = of.name;
  twin.sandboxOf = of.id;
  twin.design = of.design;
  TRY(const auto id, createCompany(tx, twin));
  return company(tx, id);
}

bool goesBy(const Company& company, std::string_view identifier) {
  return std::ranges::find(company.identifiers, identifier) != company.identifiers.end();
}

}  // namespace

Result<std::optional<Company>> sandboxOf(Reader& reader, CompanyId of) {
  std::optional<Company> found;
  TRY(const auto twin, openTwin(reader, of));
  if (!twin) return found;
  TRY(found, company(reader, *twin));
  return found;
}

Result<std::vector<Company>> sandboxesOf(Reader& reader, const std::vector<CompanyId>& companies) {
  auto& connection = reader.connection();
  std::vector<CompanyId> ids;
  CHECK_OK(connection.run("SELECT id FROM companies WHERE customer = 1 AND " +
                              sql::companiesClause(connection.dialect(), "sandbox_of", "?1"),
                          {sql::companiesValue(connection.dialect(), companies)},
                          [&](const sql::Row& row) { ids.push_back(CompanyId{row.number(0)}); }));
  std::vector<Company> found;
  for (const auto id : ids) {
    TRY(auto twin, company(reader, id));
    found.push_back(std::move(twin));
  }
  std::ranges::sort(found, {}, [](const Company& one) { return std::pair(one.name, one.id); });
  return found;
}

Result<Company> makeSandbox(Transaction& tx, const Company& of) {
  if (of.sandboxOf)
    return conflict("sandbox-of-sandbox", "A sandbox has none of its own.", "Use the one that you are in.");
  TRY(const auto twin, openTwin(tx, of.id));
  if (twin)
    return conflict("sandbox-exists", "The company has a sandbox already.",
                    "Use it, or empty it with POST /sandbox/reset.");
  return makeTwin(tx, of);
}

Result<Company> renewSandbox(Transaction& tx, const Company& of) {
  TRY(const auto old, openTwin(tx, of.id));
  if (!old) return fail(ProblemKind::not_found, "not-found", "The company has no sandbox.");
  auto& connection = tx.connection();
  CHECK_OK(connection.run("UPDATE companies SET customer = 0 WHERE id = ?1", {*old}));
  TRY(auto made, makeTwin(tx, of));
  CHECK_OK(connection.run("UPDATE api_keys SET company = ?2 WHERE company = ?1", {*old, made.id}));
  CHECK_OK(connection.run("UPDATE sessions SET company = ?2 WHERE company = ?1", {*old, made.id}));
  return made;
}

Result<bool> isSandbox(Reader& reader, CompanyId company) {
  bool sandbox = false;
  CHECK_OK(reader.connection().run("SELECT 1 FROM companies WHERE id = ?1 AND sandbox_of IS NOT NULL",
                                   {company}, [&](const sql::Row&) { sandbox = true; }));
  return sandbox;
}

Result<std::optional<Company>> companyInSandbox(Reader& reader, CompanyId of, std::string_view identifier) {
  std::vector<CompanyId> ids;
  CHECK_OK(reader.connection().run(
      "SELECT id FROM companies WHERE sandbox_of = ?1 ORDER BY customer DESC, id DESC", {of},
      [&](const sql::Row& row) { ids.push_back(CompanyId{row.number(0)}); }));
  for (const auto id : ids) {
    TRY(auto found, company(reader, id));
    if (goesBy(found, identifier)) return std::optional(std::move(found));
  }
  return std::nullopt;
}

Result<std::int64_t> makeDue(Transaction& tx, DocumentId document, std::string_view kind) {
  return tx.connection().run(
      "UPDATE jobs SET due_at = ?3 WHERE document = ?1 AND kind = ?2 AND state = 0 AND "
      "leased = 0 AND due_at > ?3",
      {document, kind, tx.clock().now()});
}

}  // namespace postgang::store
