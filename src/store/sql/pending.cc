#include "store/sql/pending.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "base/text.h"
#include "store/sql/rows.h"
#include "store/sql/search.h"

namespace postgang::store::sql {
namespace {

// Sums stay within 64 bits whatever amounts hostile documents carry.
std::int64_t saturated(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return a < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

Outcome flushPartner(Connection& connection, const PartnerKey& key, const PartnerDelta& delta) {
  bool known = false, stale = false;
  CHECK_OK(
      connection.run("SELECT name, customer_number, email, named_by_owner FROM partners WHERE owner = ?1 AND "
                     "identifier = ?2",
                     {key.owner, key.identifier}, [&](const Row& row) {
                       Columns c(row);
                       known = true;
                       bool same = c.view() == delta.name;
                       same = c.view() == delta.customerNumber && same;
                       same = c.view() == delta.email && same;
                       const bool namedByOwner = c.yes();
                       stale = !same && !namedByOwner;
                     }));
  if (!known)
    CHECK_OK(connection.later(
        "INSERT INTO partners (owner, identifier, name, name_folded, name_sorted, person, customer_number, "
        "email) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        {key.owner, key.identifier, delta.name, folded(delta.name), sortedName(delta.name), delta.person,
         delta.customerNumber, delta.email}));
  if (stale)
    CHECK_OK(connection.later(
        "UPDATE partners SET name = ?3, name_folded = ?4, name_sorted = ?5, customer_number = ?6, email = ?7 "
        "WHERE owner = ?1 AND identifier = ?2",
        {key.owner, key.identifier, delta.name, folded(delta.name), sortedName(delta.name),
         delta.customerNumber, delta.email}));
  return connection.later(
      "INSERT INTO partner_deltas (owner, identifier, sent, received, last_activity_at) VALUES (?1, ?2, ?3, "
      "?4, ?5)",
      {key.owner, key.identifier, delta.sent, delta.received, delta.lastActivityAt});
}

}  // namespace

void Pending::count(const Cell& cell, std::int64_t documents, std::int64_t hundredths) {
  auto& delta = statistics[cell];
  delta.documents += documents;
  delta.hundredths = saturated(delta.hundredths, hundredths);
}

void Pending::touch(const PartnerKey& key, PartnerDelta delta) {
  auto [place, isNew] = partners.try_emplace(key, delta);
  if (isNew) return;
  delta.sent += place->second.sent;
  delta.received += place->second.received;
  delta.lastActivityAt = std::max(delta.lastActivityAt, place->second.lastActivityAt);
  place->second = std::move(delta);
}

void Pending::add(Pending&& other) {
  for (const auto& [cell, delta] : other.statistics) count(cell, delta.documents, delta.hundredths);
  for (auto& [key, delta] : other.partners) touch(key, std::move(delta));
  std::ranges::move(other.texts, std::back_inserter(texts));
  other = {};
}

Outcome flush(Connection& connection, Pending& pending) {
  for (const auto& [cell, delta] : pending.statistics)
    if (delta.documents != 0 || delta.hundredths != 0)
      CHECK_OK(
          connection.later("INSERT INTO statistics_deltas (company, day, direction, channel, kind, status, "
                           "currency, documents, amount) "
                           "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                           {cell.company, cell.day, cell.direction, cell.channel, cell.kind, cell.status,
                            cell.currency, delta.documents, delta.hundredths}));
  for (const auto& [key, delta] : pending.partners) CHECK_OK(flushPartner(connection, key, delta));
  std::ranges::stable_sort(pending.texts, {}, &IndexedText::entry);
  for (const auto& text : pending.texts) CHECK_OK(indexText(connection, text));
  pending = {};
  return {};
}

}  // namespace postgang::store::sql
