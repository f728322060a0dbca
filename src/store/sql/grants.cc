#include "store/grants.h"

#include "store/sql/dialect.h"
#include "store/sql/facts.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view select_grant =
    "SELECT g.owner, g.viewer, g.sent, g.received, g.kinds, g.may_act, g.changed_at, g.changed_by FROM "
    "grants g";

Grant readGrant(const sql::Row& row) {
  sql::Columns c(row);
  Grant grant;
  grant.owner = c.company();
  grant.viewer = c.company();
  grant.sent = c.yes();
  grant.received = c.yes();
  // A kind that a later version knew must not leave the list empty, which means every kind.
  for (const auto& kind : sql::decodedTexts(c.view()))
    grant.kinds.push_back(document::kindFromName(kind).value_or(document::Kind::other));
  grant.mayAct = c.yes();
  grant.changedAt = c.instant();
  grant.changedBy = c.text();
  return grant;
}

}  // namespace

Outcome putGrant(Transaction& tx, const Grant& grant) {
  if (grant.owner == grant.viewer)
    return fail(ProblemKind::invalid, "grant-to-itself", "A company sees its own traffic.", "viewer",
                "Choose another company of the group.");
  if (!grant.sent && !grant.received)
    return fail(ProblemKind::invalid, "grant-of-nothing", "Neither sent nor received documents are shown.",
                "directions", "Choose one of them at least, or remove the insight.");
  std::vector<std::string> kinds;
  for (const auto kind : grant.kinds) kinds.emplace_back(document::name(kind));
  return tx.connection().later(
      "INSERT INTO grants (owner, viewer, sent, received, kinds, may_act, changed_at, changed_by) VALUES "
      "(?1, "
      "?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (owner, viewer) DO UPDATE SET sent = excluded.sent, received "
      "= "
      "excluded.received, kinds = excluded.kinds, may_act = excluded.may_act, changed_at = "
      "excluded.changed_at, changed_by = excluded.changed_by",
      {grant.owner, grant.viewer, grant.sent, grant.received, sql::encodedTexts(kinds), grant.mayAct,
       grant.changedAt, grant.changedBy});
}

Outcome removeGrant(Transaction& tx, CompanyId owner, CompanyId viewer) {
  TRY(const auto removed,
      tx.connection().run("DELETE FROM grants WHERE owner = ?1 AND viewer = ?2", {owner, viewer}));
  if (removed == 0) return fail(ProblemKind::not_found, "not-found", "There is no such insight.");
  return {};
}

Result<std::vector<Grant>> grantsTo(Reader& reader, CompanyId viewer) {
  std::vector<Grant> grants;
  CHECK_OK(reader.connection().run(
      std::string(select_grant) +
          " JOIN companies o ON o.id = g.owner JOIN companies v ON v.id = g.viewer AND v.group_root = "
          "o.group_root WHERE g.viewer = ?1 ORDER BY g.owner",
      {viewer}, [&](const sql::Row& row) { grants.push_back(readGrant(row)); }));
  return grants;
}

Result<std::vector<Grant>> listGrants(Reader& reader, const Viewer& viewer) {
  auto& connection = reader.connection();
  std::vector<Grant> grants;
  const auto take = [&](const sql::Row& row) { grants.push_back(readGrant(row)); };
  constexpr std::string_view order = " ORDER BY g.owner, g.viewer";
  if (viewer.seesAll()) {
    CHECK_OK(connection.run(std::string(select_grant) += order, {}, take));
    return grants;
  }
  const auto dialect = connection.dialect();
  CHECK_OK(connection.run(std::string(select_grant) + " WHERE " +
                              sql::companiesClause(dialect, "g.owner", "?1") + " OR " +
                              sql::companiesClause(dialect, "g.viewer", "?1") += order,
                          {sql::companiesValue(dialect, viewer.companies())}, take));
  return grants;
}

}  // namespace postgang::store
