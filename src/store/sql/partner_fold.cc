// How counts of partners come into their rows. flushPartners() runs before every commit and writes what the
// documents of a group add; foldPartners() runs beside the traffic, and is the only one that changes the rows
// that lists are sorted by.
#include <algorithm>
#include <map>
#include <vector>

#include "base/saturated.h"
#include "base/text.h"
#include "store/sql/dialect.h"
#include "store/sql/many_rows.h"
#include "store/sql/partner_counts.h"
#include "store/sql/partner_rows.h"
#include "store/sql/rows.h"

namespace postgang::store::sql {
namespace {

constexpr std::string_view sorted_currency = "SEK";
constexpr std::string_view nowhere = "none";  // as `taken`: no channel reached it

struct Sums {
  const PartnerDelta* delta = nullptr;
  const PartnerRoute* route = nullptr;
  std::int64_t stops = 0, hundredths = 0;
};

std::map<PartnerKey, Sums> sumsOf(const Pending& pending) {
  std::map<PartnerKey, Sums> sums;
  for (const auto& [key, delta] : pending.partners) sums[key].delta = &delta;
  for (const auto& [key, route] : pending.routes) sums[key].route = &route;
  for (const auto& [cell, count] : pending.partnerCells) {
    const bool sorts = count.hundredths != 0 && cell.currency == sorted_currency;
    if (count.stops == 0 && !sorts) continue;
    auto& sum = sums[{cell.owner, cell.identifier}];
    sum.stops += count.stops;
    if (sorts) sum.hundredths = saturated(sum.hundredths, count.hundredths);
  }
  return sums;
}

struct Known {
  bool isThere = false, isStale = false;
  std::string mergedInto;
};

Result<Known> knownOf(Connection& connection, const PartnerKey& key, const PartnerDelta* delta) {
  Known known;
  CHECK_OK(connection.run(
      "SELECT name, customer_number, email, named_by_owner, merged_into FROM partners WHERE owner = ?1 AND "
      "identifier = ?2",
      {key.owner, key.identifier}, [&](const Row& row) {
        Columns c(row);
        known.isThere = true;
        const auto name = c.view(), customerNumber = c.view(), email = c.view();
        const bool isSame =
            delta && name == delta->name && customerNumber == delta->customerNumber && email == delta->email;
        const bool namedByOwner = c.yes();
        known.isStale = delta && !isSame && !namedByOwner;
        known.mergedInto = c.text();
      }));
  if (known.mergedInto.empty() || connection.dialect() != Dialect::postgres) return known;
  // An alias that is split off meanwhile takes what it has had along: that waits for this commit.
  CHECK_OK(connection.run("SELECT merged_into FROM partners WHERE owner = ?1 AND identifier = ?2 FOR SHARE",
                          {key.owner, key.identifier},
                          [&](const Row& row) { known.mergedInto = Columns(row).text(); }));
  return known;
}

Outcome writeName(Connection& connection, const PartnerKey& key, const PartnerDelta& delta,
                  const Known& known) {
  if (delta.countsAlone) return {};
  if (!known.isThere)
    return connection.later(
        "INSERT INTO partners (owner, identifier, name, name_folded, name_sorted, person, customer_number, "
        "email) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        {key.owner, key.identifier, delta.name, folded(delta.name), sortedName(delta.name), delta.person,
         delta.customerNumber, delta.email});
  if (!known.isStale) return {};
  return connection.later(
      "UPDATE partners SET name = ?3, name_folded = ?4, name_sorted = ?5, customer_number = ?6, email = ?7 "
      "WHERE owner = ?1 AND identifier = ?2",
      {key.owner, key.identifier, delta.name, folded(delta.name), sortedName(delta.name),
       delta.customerNumber, delta.email});
}

Outcome writeRoute(Connection& connection, const PartnerKey& key, const PartnerRoute& route) {
  TRY(const auto before, reachRow(connection, key));
  if (!before || route.at < before->at) return {};
  const auto first = std::ranges::find_if(route.plan, &PlanStep::reachable);
  const std::string_view taken = first == route.plan.end() ? nowhere : std::string_view(first->channel);
  return writeReach(connection, key, *before, route.plan, route.at, taken);
}

// What is to be folded into the row of the partner that is kept.
struct Flushed {
  PartnerKey kept;
  const PartnerDelta* delta = nullptr;
  std::int64_t stops = 0, hundredths = 0;
};

Outcome flushPartner(Connection& connection, const PartnerKey& key, const Sums& sums,
                     std::vector<Flushed>& flushed) {
  TRY(const auto known, knownOf(connection, key, sums.delta));
  if (sums.delta) CHECK_OK(writeName(connection, key, *sums.delta, known));
  PartnerKey kept{key.owner, known.mergedInto.empty() ? key.identifier : known.mergedInto};
  if (sums.route) CHECK_OK(writeRoute(connection, kept, *sums.route));
  static const PartnerDelta nothing;
  if (sums.delta || sums.stops != 0 || sums.hundredths != 0)
    flushed.push_back({std::move(kept), sums.delta ? sums.delta : &nothing, sums.stops, sums.hundredths});
  return {};
}

// --- Folding
Outcome foldCell(Connection& connection, const PartnerCell& cell, const PartnerCount& count) {
  auto sum = count;
  CHECK_OK(connection.run(
      "SELECT documents, amount, firsts, faults, gone, stops FROM partner_cells WHERE owner = ?1 AND "
      "identifier = ?2 AND direction = ?3 AND period = ?4 AND channel = ?5 AND currency = ?6",
      {cell.owner, cell.identifier, cell.direction, cell.period, cell.channel, cell.currency},
      [&](const Row& row) {
        Columns c(row);
        addTo(sum, readPartnerCount(c));
      }));
  if (sum.isNothing())
    return connection.later(
        "DELETE FROM partner_cells WHERE owner = ?1 AND identifier = ?2 AND direction = ?3 AND period = ?4 "
        "AND "
        "channel = ?5 AND currency = ?6",
        {cell.owner, cell.identifier, cell.direction, cell.period, cell.channel, cell.currency});
  return connection.later(
      "INSERT INTO partner_cells (owner, identifier, direction, period, channel, currency, documents, "
      "amount, "
      "firsts, faults, gone, stops) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT "
      "(owner, identifier, direction, period, channel, currency) DO UPDATE SET documents = "
      "excluded.documents, amount = excluded.amount, firsts = excluded.firsts, faults = excluded.faults, "
      "gone "
      "= excluded.gone, stops = excluded.stops",
      {cell.owner, cell.identifier, cell.direction, cell.period, cell.channel, cell.currency, sum.documents,
       sum.hundredths, sum.firsts, sum.faults, sum.gone, sum.stops});
}

// What RETURNING gives of partner_cell_deltas, added up by cell.
class Cells {
 public:
  void read(const Row& row) { addTo(cells_, row); }
  Outcome fold(Connection& connection) const {
    for (const auto& [cell, count] : cells_) CHECK_OK(foldCell(connection, cell, count));
    return {};
  }

 private:
  std::map<PartnerCell, PartnerCount> cells_;
};

struct Totals {
  PartnerDelta delta;
  std::int64_t stops = 0, hundredths = 0;
};

// What RETURNING gives of partner_deltas.
class Deltas {
 public:
  void read(const Row& row) {
    Columns c(row);
    PartnerKey key;
    key.owner = c.company();
    key.identifier = c.text();
    auto& totals = totals_[key];
    totals.delta.sent += c.number();
    totals.delta.received += c.number();
    totals.delta.lastActivityAt = std::max(totals.delta.lastActivityAt, c.instant());
    totals.delta.firstActivityAt = earlier(totals.delta.firstActivityAt, c.instant());
    totals.stops += c.number();
    totals.hundredths = saturated(totals.hundredths, c.number());
  }
  Outcome fold(Connection& connection) const {
    // One that became an alias while its news waited counts with the one that is kept.
    for (const auto& [key, totals] : totals_) {
      TRY(const auto kept, keptPartner(connection, key.owner, key.identifier));
      CHECK_OK(foldOne(connection, {key.owner, kept}, totals));
    }
    return {};
  }

 private:
  static Outcome foldOne(Connection& connection, const PartnerKey& key, Totals totals) {
    bool isThere = false;
    std::int64_t documents = totals.delta.sent + totals.delta.received;
    CHECK_OK(connection.run(
        "SELECT COALESCE(first_activity_at, 0), COALESCE(last_activity_at, 0), amount, sent_count + "
        "received_count FROM partners WHERE owner = ?1 AND identifier = ?2",
        {key.owner, key.identifier}, [&](const Row& row) {
          Columns c(row);
          isThere = true;
          totals.delta.firstActivityAt = earlier(totals.delta.firstActivityAt, c.instant());
          totals.delta.lastActivityAt = std::max(totals.delta.lastActivityAt, c.instant());
          totals.hundredths = saturated(totals.hundredths, c.number());
          documents += c.number();
        }));
    if (!isThere) return {};
    const auto orNone = [](Instant at) { return at.microseconds == 0 ? std::nullopt : std::optional(at); };
    const auto first = orNone(totals.delta.firstActivityAt), last = orNone(totals.delta.lastActivityAt);
    const auto silent = first && last ? std::optional(silentFrom(*first, *last, documents)) : std::nullopt;
    return connection.later(
        "UPDATE partners SET sent_count = sent_count + ?3, received_count = received_count + ?4, "
        "first_activity_at = ?5, last_activity_at = ?6, silent_at = ?7, open_stops = open_stops + ?8, amount "
        "= "
        "?9 WHERE owner = ?1 AND identifier = ?2",
        {key.owner, key.identifier, totals.delta.sent, totals.delta.received, first, last, silent,
         totals.stops, totals.hundredths});
  }

  std::map<PartnerKey, Totals> totals_;
};

constexpr std::string_view cell_delta_columns =
    "owner, identifier, direction, period, channel, currency, documents, amount, firsts, faults, gone, stops";
constexpr std::string_view delta_columns =
    "owner, identifier, sent, received, last_activity_at, first_activity_at, open_stops, amount";

}  // namespace

Outcome flushPartners(Connection& connection, const Pending& pending) {
  static const ManyRows deltas("partner_deltas", delta_columns),
      cells("partner_cell_deltas", cell_delta_columns);
  std::vector<Flushed> flushed;
  for (const auto& [key, sums] : sumsOf(pending)) CHECK_OK(flushPartner(connection, key, sums, flushed));
  CHECK_OK(deltas.write(connection, flushed, [](std::vector<Value>& values, const Flushed& one) {
    const auto& delta = *one.delta;
    values.insert(values.end(), {one.kept.owner, one.kept.identifier, delta.sent, delta.received,
                                 delta.lastActivityAt, delta.firstActivityAt, one.stops, one.hundredths});
  }));
  using Counted = std::pair<const PartnerCell, PartnerCount>;
  std::vector<const Counted*> counted;
  for (const auto& one : pending.partnerCells)
    if (!one.second.isNothing()) counted.push_back(&one);
  CHECK_OK(cells.write(connection, counted, [](std::vector<Value>& values, const Counted* one) {
    const auto& [cell, count] = *one;
    values.insert(values.end(),
                  {cell.owner, cell.identifier, cell.direction, cell.period, cell.channel, cell.currency,
                   count.documents, count.hundredths, count.firsts, count.faults, count.gone, count.stops});
  }));
  for (const auto& [key, delta] : pending.accounts)
    CHECK_OK(connection.later(
        "INSERT INTO partner_account_deltas (owner, identifier, account, documents, first_at, last_at, "
        "document) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        {key.owner, key.identifier, key.account, delta.documents, delta.firstAt, delta.lastAt,
         delta.document}));
  return {};
}

Outcome foldAlone(Connection& connection) {
  if (connection.dialect() != Dialect::postgres) return {};
  CHECK_OK(connection.run("SELECT 1 FROM (SELECT pg_advisory_xact_lock(7607475)) AS alone"));
  return {};
}

Result<bool> foldPartners(Transaction& tx, int rows_max) {
  auto& connection = tx.connection();
  CHECK_OK(foldAlone(connection));
  static const auto taking = [](std::string_view table, std::string_view columns) {
    const std::string of(table);
    return "DELETE FROM " + of + " WHERE id IN (SELECT id FROM " + of + " ORDER BY id LIMIT ?1) RETURNING " +
           std::string(columns);
  };
  static const auto take_cells = taking("partner_cell_deltas", cell_delta_columns);
  static const auto take_deltas = taking("partner_deltas", delta_columns);
  Cells cells;
  TRY(const auto ofCells, connection.run(take_cells, {rows_max}, [&](const Row& row) { cells.read(row); }));
  CHECK_OK(cells.fold(connection));
  Deltas deltas;
  TRY(const auto ofDeltas,
      connection.run(take_deltas, {rows_max}, [&](const Row& row) { deltas.read(row); }));
  CHECK_OK(deltas.fold(connection));
  TRY(const bool ofAccounts, foldAccounts(tx, rows_max));
  return ofCells >= rows_max || ofDeltas >= rows_max || ofAccounts;
}

// On PostgreSQL each statement sees what others have committed by then. A document's cells and its totals are
// counted together or not at all, so which rows are folded is asked once.
Outcome foldAllOf(Connection& connection, CompanyId owner, std::span<const std::string> identifiers) {
  CHECK_OK(foldAlone(connection));
  const auto dialect = connection.dialect();
  const auto waiting = [&](std::string_view kind, std::string_view table) {
    return "SELECT CAST(" + std::string(kind) + " AS BIGINT), id FROM " + std::string(table) +
           " WHERE owner = ?1 AND " + textsClause(dialect, "identifier", "?2");
  };
  std::vector<std::int64_t> cellRows, deltaRows;
  CHECK_OK(
      connection.run(waiting("0", "partner_cell_deltas") + " UNION ALL " + waiting("1", "partner_deltas"),
                     {owner, textsValue(dialect, identifiers)}, [&](const Row& row) {
                       Columns c(row);
                       const bool isCell = c.number() == 0;
                       (isCell ? cellRows : deltaRows).push_back(c.number());
                     }));
  const auto taking = [&](std::string_view table, std::string_view columns) {
    return "DELETE FROM " + std::string(table) + " WHERE " + numbersClause(dialect, "id", "?1") +
           " RETURNING " + std::string(columns);
  };
  Cells cells;
  CHECK_OK(connection.run(taking("partner_cell_deltas", cell_delta_columns),
                          {numbersValue(dialect, cellRows)}, [&](const Row& row) { cells.read(row); }));
  CHECK_OK(cells.fold(connection));
  Deltas deltas;
  CHECK_OK(connection.run(taking("partner_deltas", delta_columns), {numbersValue(dialect, deltaRows)},
                          [&](const Row& row) { deltas.read(row); }));
  return deltas.fold(connection);
}

}  // namespace postgang::store::sql
