#include "store/sql/partner_distinctions.h"

#include "store/partner_distinctions.h"
#include "store/sql/session.h"
#include "store/user_changes.h"

namespace postgang::store {

namespace sql {

std::pair<std::string, std::string> pairOf(std::string_view one, std::string_view another) {
  if (another < one) std::swap(one, another);
  return {std::string(one), std::string(another)};
}

Result<ApartPairs> apartPairs(Connection& connection, CompanyId owner) {
  ApartPairs pairs;
  CHECK_OK(connection.run("SELECT identifier, other FROM partner_distinctions WHERE owner = ?1", {owner},
                          [&](const Row& row) {
                            Columns c(row);
                            auto first = c.text();
                            pairs.emplace(std::move(first), c.text());
                          }));
  return pairs;
}

Result<std::int64_t> forgetApart(Connection& connection, CompanyId owner, std::string_view one,
                                 std::string_view another) {
  const auto pair = pairOf(one, another);
  return connection.run(
      "DELETE FROM partner_distinctions WHERE owner = ?1 AND identifier = ?2 AND other = ?3",
      {owner, pair.first, pair.second});
}

}  // namespace sql

namespace {

tl::unexpected<Problem> distinctionNotFound() {
  return fail(ProblemKind::not_found, "not-found", "Nobody has said that these two are not the same.", {},
              "Check both identifiers, and for which company you ask.");
}

}  // namespace

Result<std::vector<Distinction>> partnerDistinctions(Reader& reader, const Viewer& viewer, CompanyId owner,
                                                     std::string_view identifier) {
  std::vector<Distinction> all;
  if (!viewer.sees(owner)) return all;
  CHECK_OK(reader.connection().run(
      "SELECT d.identifier, COALESCE(a.name, ''), d.other, COALESCE(b.name, ''), d.said_at, d.said_by FROM "
      "partner_distinctions d LEFT JOIN partners a ON a.owner = d.owner AND a.identifier = d.identifier LEFT "
      "JOIN partners b ON b.owner = d.owner AND b.identifier = d.other WHERE d.owner = ?1 AND (?2 = '' OR "
      "d.identifier = ?2 OR d.other = ?2) ORDER BY d.said_at DESC, d.identifier, d.other LIMIT ?3",
      {owner, identifier, static_cast<std::int64_t>(distinctions_max)}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& one = all.emplace_back();
        for (auto* text : {&one.identifier, &one.name, &one.other, &one.otherName}) *text = c.text();
        one.saidAt = c.instant();
        one.saidBy = c.text();
        if (one.other != identifier) return;
        std::swap(one.identifier, one.other);
        std::swap(one.name, one.otherName);
      }));
  return all;
}

Result<Distinction> distinguishPartners(Transaction& tx, const Viewer& viewer, CompanyId owner,
                                        std::string_view identifier, std::string_view other) {
  CHECK_OK(lockCompany(tx, owner));  // or one could become the other's alias meanwhile
  TRY(const auto one, partner(tx, viewer, owner, identifier));
  TRY(const auto another, partner(tx, viewer, owner, other));
  if (!one || !another)
    return fail(ProblemKind::not_found, "not-found", "There is no such partner.", {},
                "Check the identifiers, and for which company you ask.");
  if (one->identifier == another->identifier)
    return fail(ProblemKind::conflict, "partners-are-one", "They are one partner.", "/other",
                "Choose two partners, or split the alias from its partner first.");
  const auto pair = sql::pairOf(one->identifier, another->identifier);
  auto& connection = tx.connection();
  CHECK_OK(connection.run(
      "INSERT INTO partner_distinctions (owner, identifier, other, said_at, said_by) VALUES (?1, ?2, ?3, ?4, "
      "?5) ON CONFLICT DO NOTHING",
      {owner, pair.first, pair.second, tx.clock().now(), viewer.actor().name}));
  Distinction said{.identifier = one->identifier,
                   .name = one->name,
                   .other = another->identifier,
                   .otherName = another->name,
                   .saidAt = {},
                   .saidBy = {}};
  CHECK_OK(
      connection.run("SELECT said_at, said_by FROM partner_distinctions WHERE owner = ?1 AND identifier = ?2 "
                     "AND other = ?3",
                     {owner, pair.first, pair.second}, [&](const sql::Row& row) {
                       sql::Columns c(row);
                       said.saidAt = c.instant();
                       said.saidBy = c.text();
                     }));
  return said;
}

Outcome takeBackDistinction(Transaction& tx, const Viewer& viewer, CompanyId owner,
                            std::string_view identifier, std::string_view other) {
  if (!viewer.sees(owner)) return distinctionNotFound();
  TRY(const auto gone, sql::forgetApart(tx.connection(), owner, identifier, other));
  if (gone == 0) return distinctionNotFound();
  return {};
}

}  // namespace postgang::store
