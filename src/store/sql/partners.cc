// Partners: made by the first document to or from them (sql/pending.cc), or by their owner's own word, which
// then stands. Counts and last activity are what is folded plus the deltas that are not folded yet. So a page
// in order of activity is two lists merged: the partners that have deltas, which are as many as had news
// within the last seconds, and the others, in their index.
#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <tuple>

#include "base/text.h"
#include "store/companies.h"
#include "store/sql/dialect.h"
#include "store/sql/facts.h"
#include "store/sql/rows.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view columns =
    "SELECT p.identifier, p.name, p.name_sorted, p.person, p.customer_number, p.status, p.email, "
    "p.email_verified_at, p.email_verified_by, p.street, p.postal_code, p.city, p.country, p.channels, "
    "p.sent_count, p.received_count, p.last_activity_at, "
    "EXISTS (SELECT 1 FROM company_identifiers i JOIN companies c ON c.id = i.company WHERE i.identifier = "
    "p.identifier "
    "AND c.customer = 1) FROM partners p ";

// A place in either order; in order of name all have the same activity.
struct Place {
  std::int64_t activity = std::numeric_limits<std::int64_t>::max();
  std::string name, identifier;
  auto rank() const { return std::tuple(-activity, std::string_view(name), std::string_view(identifier)); }
};

struct Found {
  Partner partner;
  std::string name;  // sorted by

  Place place(PartnerSort sort) const {
    const auto activity = partner.lastActivityAt ? partner.lastActivityAt->microseconds : 0;
    return {sort == PartnerSort::name ? 0 : activity, name, partner.identifier};
  }
};

Found readPartner(const sql::Row& row) {
  sql::Columns c(row);
  Found found;
  auto& partner = found.partner;
  partner.identifier = c.text();
  partner.name = c.text();
  found.name = c.text();
  partner.person = c.yes();
  partner.customerNumber = c.text();
  const auto status = c.text();
  partner.email = c.text();
  partner.emailVerifiedAt = c.maybe([](sql::Columns& column) { return column.instant(); });
  partner.emailVerifiedBy = c.text();
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

using Unfolded = std::map<std::string, sql::PartnerDelta, std::less<>>;

// Of one partner, or of all of them.
Result<Unfolded> unfolded(Reader& reader, CompanyId owner, std::optional<std::string_view> identifier = {}) {
  Unfolded deltas;
  const auto read = [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& delta = deltas[c.text()];
    delta.sent = c.number();
    delta.received = c.number();
    delta.lastActivityAt = c.instant();
  };
  constexpr std::string_view sums =
      "SELECT identifier, CAST(SUM(sent) AS BIGINT), CAST(SUM(received) AS BIGINT), MAX(last_activity_at) "
      "FROM partner_deltas WHERE owner = ?1";
  static const std::string all = std::string(sums) + " GROUP BY identifier";
  static const std::string one = std::string(sums) + " AND identifier = ?2 GROUP BY identifier";
  if (identifier)
    CHECK_OK(reader.connection().run(one, {owner, *identifier}, read));
  else
    CHECK_OK(reader.connection().run(all, {owner}, read));
  return deltas;
}

void add(const Unfolded& deltas, Partner& partner) {
  const auto found = deltas.find(partner.identifier);
  if (found == deltas.end()) return;
  partner.sentCount += found->second.sent;
  partner.receivedCount += found->second.received;
  const auto last = found->second.lastActivityAt;
  if (last.microseconds > 0) partner.lastActivityAt = std::max(partner.lastActivityAt.value_or(last), last);
}

// The cursor is the last one's place: which order, its activity, its name in that order, its identifier.
std::string_view letterOf(PartnerSort sort) {
  return sort == PartnerSort::name ? "n" : "a";
}

std::string cursorAt(PartnerSort sort, const Place& place) {
  return base64Url(
      joined({std::string(letterOf(sort)), std::to_string(place.activity), place.name, place.identifier},
             std::string_view("\0", 1)));
}

Result<Place> placeIn(const PartnerQuery& query) {
  Place place;
  if (query.cursor.empty()) return place;
  const auto bytes = fromBase64Url(query.cursor);
  const auto parts = split(bytes ? std::string_view(*bytes) : std::string_view(), '\0');
  const auto isNumber = [&](std::string_view text) {
    const auto end = std::from_chars(text.data(), text.data() + text.size(), place.activity);
    return end.ec == std::errc() && end.ptr == text.data() + text.size() && place.activity >= 0;
  };
  if (parts.size() != 4 || parts[0] != letterOf(query.sort) || !isNumber(parts[1]) || !isUtf8(*bytes))
    return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is none of ours.", "cursor",
                "Use nextCursor of the page before, unchanged.");
  place.name = parts[2];
  place.identifier = parts[3];
  return place;
}

std::string matching(sql::Dialect dialect, std::string_view parameter) {
  return "(" + sql::containsClause(dialect, "p.name_folded", parameter) + " OR " +
         sql::containsClause(dialect, "p.identifier", parameter) + " OR " +
         sql::containsClause(dialect, "p.customer_number", parameter) + ")";
}

struct Asked {
  CompanyId owner;
  Place after;
  std::string wanted;  // made by containsValue
  int limit = 0;
};

Outcome readByName(Reader& reader, const Asked& asked, std::vector<Found>& found) {
  const auto statement =
      std::string(columns) + "WHERE p.owner = ?1 AND (p.name_sorted, p.identifier) > (?2, ?3) AND " +
      matching(reader.connection().dialect(), "?4") + " ORDER BY p.name_sorted, p.identifier LIMIT ?5";
  CHECK_OK(reader.connection().run(
      statement, {asked.owner, asked.after.name, asked.after.identifier, asked.wanted, asked.limit},
      [&](const sql::Row& row) { found.push_back(readPartner(row)); }));
  return {};
}

// Those whose deltas are folded, in their order.
Outcome readFolded(Reader& reader, const Asked& asked, std::vector<Found>& found) {
  const auto statement =
      std::string(columns) +
      "WHERE p.owner = ?1 AND COALESCE(p.last_activity_at, 0) <= ?2 AND (COALESCE(p.last_activity_at, 0) < "
      "?2 "
      "OR (p.name_sorted, p.identifier) > (?3, ?4)) AND " +
      matching(reader.connection().dialect(), "?5") +
      " AND NOT EXISTS (SELECT 1 FROM partner_deltas d WHERE d.owner = p.owner AND d.identifier = "
      "p.identifier) ORDER BY COALESCE(p.last_activity_at, 0) DESC, p.name_sorted, p.identifier LIMIT ?6";
  CHECK_OK(reader.connection().run(statement,
                                   {asked.owner, asked.after.activity, asked.after.name,
                                    asked.after.identifier, asked.wanted, asked.limit},
                                   [&](const sql::Row& row) { found.push_back(readPartner(row)); }));
  return {};
}

// Those with news: every one that there is, since what is folded does not say where it stands.
Outcome readUnfolded(Reader& reader, const Asked& asked, std::vector<Found>& found) {
  const auto statement =
      std::string(columns) +
      "WHERE p.owner = ?1 AND p.identifier IN (SELECT d.identifier FROM partner_deltas d WHERE d.owner = ?1) "
      "AND " +
      matching(reader.connection().dialect(), "?2");
  CHECK_OK(reader.connection().run(statement, {asked.owner, asked.wanted},
                                   [&](const sql::Row& row) { found.push_back(readPartner(row)); }));
  return {};
}

}  // namespace

Result<PartnerPage> listPartners(Reader& reader, const Viewer& viewer, CompanyId owner,
                                 const PartnerQuery& query) {
  PartnerPage page;
  if (!viewer.sees(owner)) return page;
  const auto limit = std::clamp(query.limit, 1, 200);
  TRY(auto after, placeIn(query));
  const Asked asked{owner, after, sql::containsValue(reader.connection().dialect(), folded(query.text)),
                    limit + 1};
  TRY(const auto deltas, unfolded(reader, owner));
  std::vector<Found> found;
  if (query.sort == PartnerSort::name) {
    CHECK_OK(readByName(reader, asked, found));
  } else {
    CHECK_OK(readFolded(reader, asked, found));
    if (!deltas.empty()) CHECK_OK(readUnfolded(reader, asked, found));
  }
  for (auto& one : found) add(deltas, one.partner);
  if (query.sort == PartnerSort::activity) {
    std::erase_if(found, [&](const Found& one) { return one.place(query.sort).rank() <= after.rank(); });
    std::ranges::sort(found, [&](const Found& a, const Found& b) {
      return a.place(query.sort).rank() < b.place(query.sort).rank();
    });
  }
  if (static_cast<int>(found.size()) > limit) {
    found.resize(static_cast<std::size_t>(limit));
    page.nextCursor = cursorAt(query.sort, found.back().place(query.sort));
  }
  for (auto& one : found) page.items.push_back(std::move(one.partner));
  return page;
}

Result<std::optional<Partner>> partner(Reader& reader, const Viewer& viewer, CompanyId owner,
                                       std::string_view identifier) {
  std::optional<Partner> found;
  if (!viewer.sees(owner)) return found;
  static const std::string by_identifier = std::string(columns) + "WHERE p.owner = ?1 AND p.identifier = ?2";
  CHECK_OK(reader.connection().run(by_identifier, {owner, identifier},
                                   [&](const sql::Row& row) { found = readPartner(row).partner; }));
  if (!found) return found;
  TRY(const auto deltas, unfolded(reader, owner, identifier));
  add(deltas, *found);
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
      "INSERT INTO partners (owner, identifier, name, name_folded, name_sorted, person, customer_number, "
      "status, email, email_verified_at, email_verified_by, street, postal_code, city, country, channels, "
      "named_by_owner) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?15, ?16, ?10, ?11, ?12, ?13, ?14, 1) ON "
      "CONFLICT (owner, identifier) DO UPDATE SET name = excluded.name, name_folded = excluded.name_folded, "
      "name_sorted = excluded.name_sorted, person = excluded.person, customer_number = "
      "excluded.customer_number, status = excluded.status, email = excluded.email, email_verified_at = "
      "excluded.email_verified_at, email_verified_by = excluded.email_verified_by, street = excluded.street, "
      "postal_code = excluded.postal_code, city = excluded.city, country = excluded.country, channels = "
      "excluded.channels, named_by_owner = 1",
      {owner, partner.identifier, partner.name, folded(partner.name), sql::sortedName(partner.name),
       partner.person, partner.customerNumber,
       partner.status == "customer" || partner.status == "known" ? std::string() : partner.status,
       partner.email, street, postalCode, city, country, sql::encodedTexts(partner.channels),
       partner.emailVerifiedAt, partner.emailVerifiedBy});
}

}  // namespace postgang::store
