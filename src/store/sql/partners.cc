// Partners: made by the first document to or from them (sql/partner_fold.cc), or by their owner's own word,
// which then stands. Counts and last activity are what is folded plus the deltas that are not folded yet. So
// a page is two lists merged: the partners that have deltas, which are as many as had news within the last
// seconds, and the others, in the index of the order that is asked for.
#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <tuple>

#include "base/saturated.h"
#include "base/text.h"
#include "document/identifiers.h"
#include "store/sql/entry_filter.h"
#include "store/sql/facts.h"
#include "store/sql/partner_asked.h"
#include "store/sql/partner_counts.h"
#include "store/sql/partner_rows.h"
#include "store/sql/rows.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

using Found = sql::PartnerRow;

// A place in any order; in order of name all have the same key.
struct Place {
  std::int64_t key = 0;
  std::string name, identifier;
  bool backwards = false;  // towards the list's beginning
  auto rank() const { return std::tuple(-key, std::string_view(name), std::string_view(identifier)); }
};

std::int64_t keyOf(const Partner& partner, PartnerSort sort) {
  switch (sort) {
    case PartnerSort::name:
      return 0;
    case PartnerSort::documents:
      return partner.sentCount + partner.receivedCount;
    case PartnerSort::amount:
      return std::max(partner.amount, -std::numeric_limits<std::int64_t>::max());
    case PartnerSort::activity:
      break;
  }
  return partner.lastActivityAt ? partner.lastActivityAt->microseconds : 0;
}

std::string_view columnOf(PartnerSort sort) {
  switch (sort) {
    case PartnerSort::name:
      return "";
    case PartnerSort::documents:
      return "(p.sent_count + p.received_count)";
    case PartnerSort::amount:
      return "p.amount";
    case PartnerSort::activity:
      break;
  }
  return "COALESCE(p.last_activity_at, 0)";
}

Place placeOf(const Found& found, PartnerSort sort) {
  return {keyOf(found.partner, sort), found.sortedName, found.partner.identifier};
}

struct Unfolded {
  std::int64_t sent = 0, received = 0, stops = 0, hundredths = 0;
  Instant first, last;
};
using AllUnfolded = std::map<std::string, Unfolded, std::less<>>;

// Of one partner, or of all of them; an alias's with the partner's that is kept.
Result<AllUnfolded> unfolded(Reader& reader, CompanyId owner,
                             std::optional<std::string_view> identifier = {}) {
  AllUnfolded deltas;
  const auto read = [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& delta = deltas[c.text()];
    delta.sent += c.number();
    delta.received += c.number();
    delta.last = std::max(delta.last, c.instant());
    delta.first = sql::earlier(delta.first, c.instant());
    delta.stops += c.number();
    delta.hundredths = saturated(delta.hundredths, c.number());
  };
  constexpr std::string_view rows =
      "SELECT COALESCE(NULLIF(p.merged_into, ''), d.identifier), d.sent, d.received, d.last_activity_at, "
      "d.first_activity_at, d.open_stops, d.amount FROM partner_deltas d LEFT JOIN partners p ON p.owner = "
      "d.owner AND p.identifier = d.identifier WHERE d.owner = ?1";
  static const std::string all(rows);
  static const std::string one = std::string(rows) + " AND d.identifier = ?2";
  if (identifier)
    CHECK_OK(reader.connection().run(one, {owner, *identifier}, read));
  else
    CHECK_OK(reader.connection().run(all, {owner}, read));
  return deltas;
}

void add(const AllUnfolded& deltas, Partner& partner) {
  const auto found = deltas.find(partner.identifier);
  if (found == deltas.end()) return;
  const auto& delta = found->second;
  partner.sentCount += delta.sent;
  partner.receivedCount += delta.received;
  partner.openStops += delta.stops;
  partner.amount = saturated(partner.amount, delta.hundredths);
  const auto last = std::max(partner.lastActivityAt.value_or(Instant{}), delta.last);
  if (last.microseconds > 0) partner.lastActivityAt = last;
  const auto first = sql::earlier(partner.firstActivityAt.value_or(Instant{}), delta.first);
  if (first.microseconds > 0) partner.firstActivityAt = first;
}

// The cursor is a place: which order and which way, its key, its name in Swedish order, its identifier.
std::string letterOf(PartnerSort sort) {
  switch (sort) {
    case PartnerSort::name:
      return "n";
    case PartnerSort::documents:
      return "d";
    case PartnerSort::amount:
      return "s";
    case PartnerSort::activity:
      break;
  }
  return "a";
}

std::string cursorAt(PartnerSort sort, const Place& place, bool backwards) {
  return base64Url(joined(
      {letterOf(sort) + (backwards ? "b" : "f"), std::to_string(place.key), place.name, place.identifier},
      std::string_view("\0", 1)));
}

Result<std::optional<Place>> placeIn(const PartnerQuery& query) {
  if (query.cursor.empty()) return std::optional<Place>();
  Place place;
  const auto bytes = fromBase64Url(query.cursor);
  const auto parts = split(bytes ? std::string_view(*bytes) : std::string_view(), '\0');
  const auto isNumber = [&](std::string_view text) {
    const auto end = std::from_chars(text.data(), text.data() + text.size(), place.key);
    return end.ec == std::errc() && end.ptr == text.data() + text.size() &&
           place.key > std::numeric_limits<std::int64_t>::min();
  };
  const auto letter = letterOf(query.sort);
  if (parts.size() != 4 || (parts[0] != letter + "f" && parts[0] != letter + "b") || !isNumber(parts[1]) ||
      !isUtf8(*bytes))
    return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is none of ours.", "cursor",
                "Use nextCursor or previousCursor of the page before, unchanged.");
  place.backwards = parts[0].ends_with('b');
  place.name = parts[2];
  place.identifier = parts[3];
  return std::optional(std::move(place));
}

constexpr std::string_view without_news =
    " AND NOT EXISTS (SELECT 1 FROM partner_deltas d WHERE d.owner = p.owner AND d.identifier = "
    "p.identifier)";

// Those whose counts are folded, from the place on, in their order.
Outcome readFolded(Reader& reader, CompanyId owner, const PartnerQuery& query,
                   const std::optional<Place>& from, std::vector<Found>& found) {
  sql::Statement statement(reader.connection().dialect());
  const auto column = columnOf(query.sort);
  const bool backwards = from && from->backwards;
  statement << sql::partner_columns;
  sql::addAsked(statement, owner, query);
  sql::addStandings(statement, query, reader.clock().now());
  statement << without_news;
  if (from) {
    const auto names = "(p.name_sorted, p.identifier) " + std::string(backwards ? "< (" : "> (") +
                       statement.keep(from->name) + ", " + statement.keep(from->identifier) + ")";
    if (column.empty()) {
      statement << " AND " << names;
    } else {
      const auto key = statement.place(from->key);
      statement << " AND " << column << (backwards ? " >= " : " <= ") << key << " AND (" << column
                << (backwards ? " > " : " < ") << key << " OR " << names << ")";
    }
  }
  statement << " ORDER BY ";
  if (!column.empty()) statement << column << (backwards ? " ASC, " : " DESC, ");
  statement << "p.name_sorted" << (backwards ? " DESC" : "") << ", p.identifier" << (backwards ? " DESC" : "")
            << " LIMIT " << statement.place(query.limit + 1);
  CHECK_OK(statement.run(reader.connection(),
                         [&](const sql::Row& row) { found.push_back(sql::readPartner(row)); }));
  return {};
}

// Those with news: every one that there is, since what is folded does not say where it stands.
Result<std::vector<Found>> readWithNews(Reader& reader, CompanyId owner, const PartnerQuery& query) {
  std::vector<Found> found;
  sql::Statement statement(reader.connection().dialect());
  statement << sql::partner_columns;
  sql::addAsked(statement, owner, query);
  statement << " AND p.identifier IN (SELECT d.identifier FROM partner_deltas d WHERE d.owner = "
            << statement.place(owner) << ")";
  CHECK_OK(statement.run(reader.connection(),
                         [&](const sql::Row& row) { found.push_back(sql::readPartner(row)); }));
  return found;
}

bool isAsked(const PartnerQuery& query, Standing standing) {
  return query.standings.empty() || std::ranges::find(query.standings, standing) != query.standings.end();
}

// In their order, cut to the page; says where the pages before and after begin.
void cut(std::vector<Found> found, const PartnerQuery& query, const std::optional<Place>& from,
         PartnerPage& page) {
  const auto rank = [&](const Found& one) { return placeOf(one, query.sort); };
  const bool backwards = from && from->backwards;
  std::ranges::sort(found, [&](const Found& a, const Found& b) {
    const auto one = rank(a), other = rank(b);
    return backwards ? one.rank() > other.rank() : one.rank() < other.rank();
  });
  const bool more = static_cast<int>(found.size()) > query.limit;
  if (more) found.resize(static_cast<std::size_t>(query.limit));
  if (backwards) std::ranges::reverse(found);
  if (found.empty()) return;
  if (backwards ? from.has_value() : more) page.nextCursor = cursorAt(query.sort, rank(found.back()), false);
  if (backwards ? more : from.has_value())
    page.previousCursor = cursorAt(query.sort, rank(found.front()), true);
  for (auto& one : found) page.items.push_back(std::move(one.partner));
}

// As everybody who asks for it writes it; one that cannot be asked for is refused.
Result<std::string> canonical(const std::string& identifier) {
  if (identifier.starts_with("customer:")) return identifier;
  TRY(const auto parsed, document::parseIdentifier(identifier));
  return parsed.text();
}

}  // namespace

Result<PartnerPage> listPartners(Reader& reader, const Viewer& viewer, CompanyId owner,
                                 const PartnerQuery& asked) {
  PartnerPage page;
  if (!viewer.sees(owner)) return page;
  auto query = asked;
  query.limit = std::clamp(asked.limit, 1, 200);
  TRY(const auto from, placeIn(query));
  const auto now = reader.clock().now();
  TRY(const auto deltas, unfolded(reader, owner));
  std::vector<Found> found;
  CHECK_OK(readFolded(reader, owner, query, from, found));
  if (!deltas.empty()) {
    TRY(auto news, readWithNews(reader, owner, query));
    for (auto& one : news) {
      add(deltas, one.partner);
      one.partner.standing = sql::standingOf(one.partner, now);
      if (!isAsked(query, one.partner.standing)) continue;
      const auto place = placeOf(one, query.sort);
      if (from && (from->backwards ? place.rank() >= from->rank() : place.rank() <= from->rank())) continue;
      found.push_back(std::move(one));
    }
  }
  for (auto& one : found) one.partner.standing = sql::standingOf(one.partner, now);
  cut(std::move(found), query, from, page);
  return page;
}

Result<std::vector<std::pair<Standing, std::int64_t>>> partnerFacets(Reader& reader, const Viewer& viewer,
                                                                     CompanyId owner,
                                                                     const PartnerQuery& query) {
  std::map<Standing, std::int64_t> counts;
  for (const auto standing : {Standing::stopped, Standing::not_reachable, Standing::no_documents,
                              Standing::is_new, Standing::long_silent, Standing::active})
    counts[standing] = 0;
  if (viewer.sees(owner)) {
    const auto now = reader.clock().now();
    sql::Statement statement(reader.connection().dialect());
    const auto at = statement.place(now), since = statement.place(now.plusSeconds(-new_seconds));
    statement << "SELECT standing, COUNT(*) FROM (SELECT " << sql::standingClause(at, since)
              << " AS standing FROM partners p";
    sql::addAsked(statement, owner, query);
    statement << ") AS s GROUP BY standing";
    CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
      sql::Columns c(row);
      const auto standing = standingFromName(c.view());
      const auto count = c.number();
      if (standing) counts[*standing] += count;
    }));
    // Those with news were counted as they stood before it.
    TRY(const auto deltas, unfolded(reader, owner));
    if (!deltas.empty()) {
      TRY(auto news, readWithNews(reader, owner, query));
      for (auto& one : news) {
        --counts[sql::standingOf(one.partner, now)];
        add(deltas, one.partner);
        ++counts[sql::standingOf(one.partner, now)];
      }
    }
  }
  return std::vector<std::pair<Standing, std::int64_t>>(counts.begin(), counts.end());
}

Result<std::optional<Partner>> partner(Reader& reader, const Viewer& viewer, CompanyId owner,
                                       std::string_view identifier) {
  if (!viewer.sees(owner)) return std::optional<Partner>();
  static const std::string by_identifier = sql::partner_columns + "WHERE p.owner = ?1 AND p.identifier = ?2";
  std::optional<Found> found;
  const auto read = [&](const sql::Row& row) { found = sql::readPartner(row); };
  CHECK_OK(reader.connection().run(by_identifier, {owner, identifier}, read));
  if (found && !found->mergedInto.empty()) {
    const auto kept = found->mergedInto;
    found.reset();
    CHECK_OK(reader.connection().run(by_identifier, {owner, kept}, read));
  }
  if (!found) return std::optional<Partner>();
  auto partner = std::move(found->partner);
  TRY(const auto deltas, unfolded(reader, owner, partner.identifier));
  add(deltas, partner);
  partner.standing = sql::standingOf(partner, reader.clock().now());
  return std::optional(std::move(partner));
}

Outcome putPartner(Transaction& tx, CompanyId owner, const Partner& partner) {
  TRY(const auto identifier, canonical(partner.identifier));
  TRY(const auto kept, sql::keptPartner(tx.connection(), owner, identifier));
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
      {owner, kept, partner.name, folded(partner.name), sql::sortedName(partner.name), partner.person,
       partner.customerNumber, std::string_view(), partner.email, street, postalCode, city, country,
       sql::encodedTexts(partner.channels), partner.emailVerifiedAt, partner.emailVerifiedBy});
}

}  // namespace postgang::store
