// Partners: made by the first document to or from them (sql/pending.cc), or by their owner's own word, which
// then stands. Counts are what is folded plus the deltas that are not folded yet.
#include <algorithm>

#include "base/text.h"
#include "store/companies.h"
#include "store/sql/dialect.h"
#include "store/sql/facts.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view columns =
    "SELECT p.identifier, p.name, p.name_folded, p.person, p.customer_number, p.status, p.email, p.street, "
    "p.postal_code, p.city, p.country, p.channels, p.sent_count, p.received_count, p.last_activity_at, "
    "EXISTS (SELECT 1 FROM company_identifiers i WHERE i.identifier = p.identifier) FROM partners p ";

struct Found {
  Partner partner;
  std::string folded;
};

Found readPartner(const sql::Row& row) {
  sql::Columns c(row);
  Found found;
  auto& partner = found.partner;
  partner.identifier = c.text();
  partner.name = c.text();
  found.folded = c.text();
  partner.person = c.yes();
  partner.customerNumber = c.text();
  const auto status = c.text();
  partner.email = c.text();
  if (c.isNull()) {
    c.skip(4);
  } else {
    auto& address = partner.postalAddress.emplace();
    address.street = c.text();
    address.postalCode = c.text();
    address.city = c.text();
    address.country = c.text();
  }
  partner.channels = sql::decodedTexts(c.view());
  partner.sentCount = c.number();
  partner.receivedCount = c.number();
  partner.lastActivityAt = c.maybe([](sql::Columns& column) { return column.instant(); });
  const bool isCustomer = c.yes();
  partner.status = isCustomer ? "customer" : status.empty() ? "known" : status;
  return found;
}

Outcome addUnfolded(Reader& reader, CompanyId owner, Partner& partner) {
  CHECK_OK(reader.connection().run(
      "SELECT SUM(sent), SUM(received), MAX(last_activity_at) FROM partner_deltas WHERE owner = ?1 AND "
      "identifier = ?2",
      {owner, partner.identifier}, [&](const sql::Row& row) {
        if (row.isNull(0)) return;
        partner.sentCount += row.number(0);
        partner.receivedCount += row.number(1);
        const Instant last{row.number(2)};
        if (last.microseconds > 0)
          partner.lastActivityAt = std::max(partner.lastActivityAt.value_or(last), last);
      }));
  return {};
}

// The cursor is the last one's place in the order: its folded name and its identifier.
std::string cursorAfter(const Found& found) {
  return base64Url(found.folded + '\0' + found.partner.identifier);
}

}  // namespace

Result<PartnerPage> listPartners(Reader& reader, const Viewer& viewer, CompanyId owner, std::string_view text,
                                 int limit, std::string_view cursor) {
  PartnerPage page;
  if (!viewer.sees(owner)) return page;
  std::string name, identifier;
  if (!cursor.empty()) {
    const auto bytes = fromBase64Url(cursor);
    const auto end = bytes ? bytes->find('\0') : std::string::npos;
    if (end == std::string::npos || !isUtf8(*bytes))
      return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is none of ours.", "cursor",
                  "Use nextCursor of the page before, unchanged.");
    name = bytes->substr(0, end);
    identifier = bytes->substr(end + 1);
  }
  auto& connection = reader.connection();
  const auto wanted = sql::containsValue(connection.dialect(), folded(text));
  static const auto statement = [](sql::Dialect dialect) {
    return std::string(columns) + "WHERE p.owner = ?1 AND (p.name_folded, p.identifier) > (?2, ?3) AND (" +
           sql::containsClause(dialect, "p.name_folded", "?4") + " OR " +
           sql::containsClause(dialect, "p.identifier", "?4") + " OR " +
           sql::containsClause(dialect, "p.customer_number", "?4") +
           ") ORDER BY p.name_folded, p.identifier LIMIT ?5";
  };
  limit = std::clamp(limit, 1, 200);
  std::vector<Found> found;
  CHECK_OK(connection.run(statement(connection.dialect()), {owner, name, identifier, wanted, limit + 1},
                          [&](const sql::Row& row) { found.push_back(readPartner(row)); }));
  if (static_cast<int>(found.size()) > limit) {
    found.pop_back();
    page.nextCursor = cursorAfter(found.back());
  }
  for (auto& one : found) {
    CHECK_OK(addUnfolded(reader, owner, one.partner));
    page.items.push_back(std::move(one.partner));
  }
  return page;
}

Result<std::optional<Partner>> partner(Reader& reader, const Viewer& viewer, CompanyId owner,
                                       std::string_view identifier) {
  std::optional<Partner> found;
  if (!viewer.sees(owner)) return found;
  static const std::string by_identifier = std::string(columns) + "WHERE p.owner = ?1 AND p.identifier = ?2";
  CHECK_OK(reader.connection().run(by_identifier, {owner, identifier},
                                   [&](const sql::Row& row) { found = readPartner(row).partner; }));
  if (found) CHECK_OK(addUnfolded(reader, owner, *found));
  return found;
}

Outcome putPartner(Transaction& tx, CompanyId owner, const Partner& partner) {
  const auto& address = partner.postalAddress;
  const auto part = [&](std::string PostalAddress::*field) {
    return address ? std::optional((*address).*field) : std::nullopt;
  };
  const auto street = part(&PostalAddress::street), postalCode = part(&PostalAddress::postalCode),
             city = part(&PostalAddress::city), country = part(&PostalAddress::country);
  return tx.connection().later(
      "INSERT INTO partners (owner, identifier, name, name_folded, person, customer_number, status, email, "
      "street, "
      "postal_code, city, country, channels, named_by_owner) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
      "?10, ?11, "
      "?12, ?13, 1) ON CONFLICT (owner, identifier) DO UPDATE SET name = excluded.name, "
      "name_folded = excluded.name_folded, person = excluded.person, customer_number = "
      "excluded.customer_number, "
      "status = excluded.status, email = excluded.email, street = excluded.street, "
      "postal_code = excluded.postal_code, city = excluded.city, country = excluded.country, "
      "channels = excluded.channels, named_by_owner = 1",
      {owner, partner.identifier, partner.name, folded(partner.name), partner.person, partner.customerNumber,
       partner.status == "customer" || partner.status == "known" ? std::string() : partner.status,
       partner.email, street, postalCode, city, country, sql::encodedTexts(partner.channels)});
}

}  // namespace postgang::store
