// Merging and splitting: what is counted lies in cells under the identifier that documents name, and is added
// up anew into the rows of the partners concerned.
#include <map>

#include "base/saturated.h"
#include "store/partner_doubles.h"
#include "store/sql/partner_counts.h"
#include "store/sql/partner_distinctions.h"
#include "store/sql/partner_rows.h"
#include "store/sql/session.h"
#include "store/user_changes.h"

namespace postgang::store {
namespace {

tl::unexpected<Problem> partnerNotFound() {
  return fail(ProblemKind::not_found, "not-found", "There is no such partner.", {},
              "Check the identifier, and for which company you ask.");
}

tl::unexpected<Problem> conflict(std::string code, std::string detail, std::string advice) {
  return fail(ProblemKind::conflict, std::move(code), std::move(detail), "/other", std::move(advice));
}

}  // namespace

namespace sql {

Result<std::string> keptPartner(Connection& connection, CompanyId owner, std::string_view identifier) {
  std::string kept(identifier);
  CHECK_OK(connection.run(
      "SELECT merged_into FROM partners WHERE owner = ?1 AND identifier = ?2 AND merged_into <> ''",
      {owner, identifier}, [&](const Row& row) { kept = Columns(row).text(); }));
  return kept;
}

Result<std::vector<std::string>> aliasesOf(Connection& connection, CompanyId owner,
                                           std::string_view identifier) {
  std::vector<std::string> aliases;
  CHECK_OK(
      connection.run("SELECT identifier FROM partners WHERE owner = ?1 AND merged_into = ?2 AND merged_into "
                     "<> '' ORDER BY identifier",
                     {owner, identifier}, [&](const Row& row) { aliases.push_back(Columns(row).text()); }));
  return aliases;
}

namespace {

struct Sum {
  std::int64_t sent = 0, received = 0, stops = 0, hundredths = 0;
  Instant first, last;
};

Outcome addCells(Connection& connection, CompanyId owner, std::string_view identifier, Sum& sum) {
  CHECK_OK(
      connection.run("SELECT direction, currency, documents, amount, stops FROM partner_cells WHERE owner = "
                     "?1 AND identifier = "
                     "?2 AND direction IN ('sent', 'received')",
                     {owner, identifier}, [&](const Row& row) {
                       Columns c(row);
                       const bool isSent = c.view() == "sent";
                       const bool sorts = c.view() == "SEK";
                       (isSent ? sum.sent : sum.received) += c.number();
                       const auto hundredths = c.number();
                       if (sorts) sum.hundredths = saturated(sum.hundredths, hundredths);
                       sum.stops += c.number();
                     }));
  CHECK_OK(
      connection.run("SELECT MIN(received_at), MAX(received_at) FROM entries WHERE company = ?1 AND "
                     "counterpart = ?2 AND counterpart <> ''",
                     {owner, identifier}, [&](const Row& row) {
                       if (row.isNull(0)) return;
                       Columns c(row);
                       sum.first = earlier(sum.first, c.instant());
                       sum.last = std::max(sum.last, c.instant());
                     }));
  return {};
}

}  // namespace

Outcome recountPartner(Connection& connection, CompanyId owner, std::string_view identifier) {
  TRY(auto identifiers, aliasesOf(connection, owner, identifier));
  identifiers.emplace_back(identifier);
  CHECK_OK(foldAllOf(connection, owner, identifiers));
  Sum sum;
  for (const auto& one : identifiers) CHECK_OK(addCells(connection, owner, one, sum));
  const auto orNone = [](Instant at) { return at.microseconds == 0 ? std::nullopt : std::optional(at); };
  const auto first = orNone(sum.first), last = orNone(sum.last);
  const auto silent =
      first && last ? std::optional(silentFrom(*first, *last, sum.sent + sum.received)) : std::nullopt;
  CHECK_OK(connection.run(
      "UPDATE partners SET sent_count = ?3, received_count = ?4, open_stops = ?5, amount = ?6, "
      "first_activity_at = ?7, last_activity_at = ?8, silent_at = ?9 WHERE owner = ?1 AND identifier = ?2",
      {owner, identifier, sum.sent, sum.received, sum.stops, sum.hundredths, first, last, silent}));
  return recountAccounts(connection, owner, identifier);
}

}  // namespace sql

namespace {

// Nobody else folds, and the rows of both and of their aliases are ours: in the order in which commits of
// documents lock them, too.
Outcome lockBoth(Transaction& tx, CompanyId owner, std::string_view one, std::string_view other) {
  CHECK_OK(lockCompany(tx, owner));  // two at once could leave an alias of an alias
  auto& connection = tx.connection();
  if (connection.dialect() != sql::Dialect::postgres) return {};
  CHECK_OK(sql::foldAlone(connection));
  CHECK_OK(connection.run(
      "SELECT identifier FROM partners WHERE owner = ?1 AND (identifier IN (?2, ?3) OR merged_into IN (?2, "
      "?3)) ORDER BY identifier FOR UPDATE",
      {owner, one, other}));
  return {};
}

Outcome becomeAlias(sql::Connection& connection, CompanyId owner, std::string_view alias,
                    std::string_view kept, Instant at, std::string_view by) {
  CHECK_OK(
      connection.run("UPDATE partners SET merged_into = ?3 WHERE owner = ?1 AND merged_into = ?2 AND "
                     "merged_into <> ''",
                     {owner, alias, kept}));
  CHECK_OK(connection.run(
      "UPDATE partners SET merged_into = ?3, merged_at = ?4, merged_by = ?5, sent_count = 0, received_count "
      "= 0, "
      "open_stops = 0, amount = 0, accounts_changed = 0, first_activity_at = NULL, last_activity_at = NULL, "
      "silent_at = NULL WHERE owner = ?1 AND identifier = ?2",
      {owner, alias, kept, at, by}));
  return {};
}

}  // namespace

Outcome mergePartners(Transaction& tx, const Viewer& viewer, CompanyId owner, std::string_view keep,
                      std::string_view other) {
  auto& connection = tx.connection();
  if (!viewer.sees(owner)) return partnerNotFound();
  CHECK_OK(lockBoth(tx, owner, keep, other));
  TRY(const auto kept, partner(tx, viewer, owner, keep));
  TRY(const auto gone, partner(tx, viewer, owner, other));
  if (!kept || !gone) return partnerNotFound();
  if (kept->identifier == gone->identifier)
    return conflict("merge-with-itself", "They are one partner already.", "Choose two partners.");
  if (kept->customer && gone->customer)
    return conflict(
        "merge-customers",
        "Both are customers here, each with its own inbox: documents to one never reach the other.",
        "Ask the operator to give one company both identifiers.");
  CHECK_OK(sql::tellOfBroughtAccounts(tx, owner, kept->identifier, gone->identifier));
  CHECK_OK(becomeAlias(connection, owner, gone->identifier, kept->identifier, tx.clock().now(),
                       viewer.actor().name));
  CHECK_OK(sql::forgetApart(connection, owner, kept->identifier, gone->identifier));
  return sql::recountPartner(connection, owner, kept->identifier);
}

Outcome splitPartner(Transaction& tx, const Viewer& viewer, CompanyId owner, std::string_view kept,
                     std::string_view alias) {
  if (!viewer.sees(owner)) return partnerNotFound();
  auto& connection = tx.connection();
  CHECK_OK(lockBoth(tx, owner, kept, alias));
  TRY(const auto one, sql::keptPartner(connection, owner, alias));
  if (one != kept || alias == kept) return partnerNotFound();
  CHECK_OK(
      connection.run("UPDATE partners SET merged_into = '', merged_at = NULL, merged_by = '' WHERE owner = "
                     "?1 AND identifier = ?2",
                     {owner, alias}));
  for (const auto identifier : {kept, alias}) CHECK_OK(sql::recountPartner(connection, owner, identifier));
  return {};
}

Result<std::vector<Alias>> aliasesOf(Reader& reader, const Viewer& viewer, CompanyId owner,
                                     std::string_view identifier) {
  std::vector<Alias> aliases;
  if (!viewer.sees(owner)) return aliases;
  CHECK_OK(reader.connection().run(
      "SELECT identifier, name, merged_at, merged_by FROM partners WHERE owner = ?1 AND merged_into = ?2 AND "
      "merged_into <> '' ORDER BY merged_at, identifier",
      {owner, identifier}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& alias = aliases.emplace_back();
        alias.identifier = c.text();
        alias.name = c.text();
        alias.mergedAt = c.maybe([](sql::Columns& column) { return column.instant(); }).value_or(Instant{});
        alias.mergedBy = c.text();
      }));
  return aliases;
}

Result<std::vector<std::string>> identifiersOf(Reader& reader, const Viewer& viewer, CompanyId owner,
                                               std::string_view identifier) {
  std::vector<std::string> all{std::string(identifier)};
  if (!viewer.sees(owner)) return all;
  TRY(all.front(), sql::keptPartner(reader.connection(), owner, identifier));
  TRY(const auto aliases, sql::aliasesOf(reader.connection(), owner, all.front()));
  all.insert(all.end(), aliases.begin(), aliases.end());
  return all;
}

}  // namespace postgang::store
