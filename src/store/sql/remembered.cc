#include "store/remembered.h"

#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view select_remembered =
    "SELECT id, company, counterpart, counterpart_name, term, value, cause, created_at, created_by, "
    "withdrawn_at, "
    "withdrawn_by, used FROM remembered WHERE ";

Remembered readRemembered(const sql::Row& row) {
  sql::Columns c(row);
  Remembered found;
  found.id = c.id<RememberedId>();
  found.company = c.company();
  found.counterpart = c.text();
  found.counterpartName = c.text();
  found.term = c.text();
  found.value = c.text();
  found.cause = c.text();
  found.createdAt = c.instant();
  found.createdBy = c.text();
  found.withdrawnAt = c.maybe([](sql::Columns& column) { return column.instant(); });
  found.withdrawnBy = c.text();
  found.used = c.number();
  return found;
}

}  // namespace

Outcome remember(Transaction& tx, const Remembered& remembered) {
  CHECK_OK(
      tx.connection().later("UPDATE remembered SET withdrawn_at = ?5, withdrawn_by = ?6 WHERE company = ?1 "
                            "AND counterpart = ?2 AND term = ?3 "
                            "AND cause = ?4 AND withdrawn_at IS NULL",
                            {remembered.company, remembered.counterpart, remembered.term, remembered.cause,
                             remembered.createdAt, remembered.createdBy}));
  return tx.connection().later(
      "INSERT INTO remembered (id, company, counterpart, counterpart_name, term, value, cause, created_at, "
      "created_by, "
      "withdrawn_by, used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '', 0)",
      {remembered.id, remembered.company, remembered.counterpart, remembered.counterpartName, remembered.term,
       remembered.value, remembered.cause, remembered.createdAt, remembered.createdBy});
}

Result<std::vector<Remembered>> listRemembered(Reader& reader, const Viewer& viewer, CompanyId company) {
  std::vector<Remembered> found;
  if (!viewer.sees(company)) return found;
  CHECK_OK(reader.connection().run(
      std::string(select_remembered) + "company = ?1 ORDER BY created_at DESC, id DESC", {company},
      [&](const sql::Row& row) { found.push_back(readRemembered(row)); }));
  return found;
}

Result<std::vector<Remembered>> rememberedFor(Reader& reader, CompanyId company,
                                              std::string_view counterpart) {
  std::vector<Remembered> found;
  CHECK_OK(reader.connection().run(
      std::string(select_remembered) +
          "company = ?1 AND counterpart = ?2 AND withdrawn_at IS NULL ORDER BY created_at",
      {company, counterpart}, [&](const sql::Row& row) { found.push_back(readRemembered(row)); }));
  return found;
}

Outcome withdraw(Transaction& tx, const Viewer& viewer, RememberedId id, Instant at) {
  std::optional<CompanyId> company;
  CHECK_OK(tx.connection().run("SELECT company FROM remembered WHERE id = ?1", {id},
                               [&](const sql::Row& row) { company = CompanyId{row.number(0)}; }));
  if (!company || !viewer.sees(*company))
    return fail(ProblemKind::not_found, "remembered-not-found", "There is no such rule.", {},
                "Look in the list of what is remembered.");
  return tx.connection().later(
      "UPDATE remembered SET withdrawn_at = ?2, withdrawn_by = ?3 WHERE id = ?1 AND withdrawn_at IS NULL",
      {id, at, viewer.actor().name});
}

Outcome countUse(Transaction& tx, RememberedId id) {
  return tx.connection().later("UPDATE remembered SET used = used + 1 WHERE id = ?1", {id});
}

}  // namespace postgang::store
