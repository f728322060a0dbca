#include "store/partner_facts.h"

#include <algorithm>

#include "store/sql/cube.h"
#include "store/sql/dialect.h"
#include "store/sql/entry_filter.h"
#include "store/sql/lead_time.h"
#include "store/sql/partner_counts.h"
#include "store/sql/partner_rows.h"
#include "store/sql/rows.h"
#include "store/sql/session.h"
#include "store/tickets.h"

namespace postgang::store {
namespace {

using sql::Statement;

constexpr int months_of_a_year = 12;

struct Adding {
  std::map<std::string, PartnerAmount> amounts;
  std::map<std::string, ChannelUse> uses;
  std::map<std::int64_t, std::int64_t> buckets;
  FirstTries sent, received;
};

struct CellSum {
  std::string direction, channel, currency;
  std::int64_t period = 0, documents = 0, firsts = 0, faults = 0, gone = 0;
  Decimal amount;
};

Decimal sum(const Decimal& a, const Decimal& b) {
  return a.plus(b).value_or(a);
}

void add(Adding& adding, const CellSum& cell, std::int64_t yearFrom) {
  if (cell.direction == sql::opened_cells) {
    adding.buckets[cell.period] += cell.documents;
    return;
  }
  const bool isSent = cell.direction == "sent";
  auto& tries = isSent ? adding.sent : adding.received;
  tries.documents += cell.firsts;
  tries.right += cell.firsts - cell.faults;
  if (!cell.amount.isZero()) {
    auto& amount = adding.amounts[cell.currency];
    auto& way = isSent ? amount.sent : amount.received;
    way = sum(way, cell.amount);
  }
  if (!isSent || cell.channel.empty()) return;
  auto& use = adding.uses[cell.channel];
  use.documents += cell.documents;
  use.gone += cell.gone;
  if (cell.period >= yearFrom) use.lastYear += cell.documents;
}

std::int64_t monthsBack(Instant now) {
  const auto from = dateInStockholm(now).plusMonths(1 - months_of_a_year);
  return sql::dayNumber(from) / 100;
}

PartnerFacts factsOf(const Adding& adding) {
  PartnerFacts facts;
  for (const auto& [currency, amount] : adding.amounts)
    facts.amounts.push_back({currency, amount.sent, amount.received});
  for (const auto& [channel, use] : adding.uses)
    if (use.documents != 0) facts.uses.push_back({channel, use.documents, use.gone, use.lastYear});
  facts.sent = adding.sent;
  facts.received = adding.received;
  facts.openedAfter_seconds = sql::medianLead(adding.buckets);
  for (const auto& [bucket, count] : adding.buckets) facts.opened += count;
  return facts;
}

// "WITH mine AS (…)": these partners and their aliases, by the partner that is kept.
void addMine(Statement& statement, const std::string& company, std::span<const std::string> identifiers) {
  const auto wanted = statement.keep(sql::textsValue(statement.dialect(), identifiers));
  statement << "WITH mine AS (SELECT identifier, COALESCE(NULLIF(merged_into, ''), identifier) AS kept FROM "
               "partners WHERE owner = "
            << company << " AND (" << sql::textsClause(statement.dialect(), "identifier", wanted)
            << " OR (merged_into <> '' AND " << sql::textsClause(statement.dialect(), "merged_into", wanted)
            << "))) ";
}

// Their cells, folded and not.
void addCells(Statement& statement, CompanyId owner, std::span<const std::string> identifiers) {
  const auto company = statement.place(owner);
  constexpr std::string_view columns =
      "c.direction, c.period, c.channel, c.currency, c.documents, c.amount, c.firsts, c.faults, c.gone";
  const auto of = [&](std::string_view table) {
    return "SELECT m.kept, " + std::string(columns) + " FROM mine m JOIN " + std::string(table) +
           " c ON c.owner = " + company + " AND c.identifier = m.identifier";
  };
  addMine(statement, company, identifiers);
  statement << "SELECT kept, direction, period, channel, currency, "
            << "CAST(SUM(documents) AS BIGINT), CAST(SUM(firsts) AS BIGINT), CAST(SUM(faults) AS BIGINT), "
            << "CAST(SUM(gone) AS BIGINT), " << sql::sumColumns("amount") << " FROM (" << of("partner_cells")
            << " UNION ALL " << of("partner_cell_deltas")
            << ") AS cells GROUP BY kept, direction, period, channel, currency";
}

Outcome countOpenTickets(Reader& reader, CompanyId owner, std::span<const std::string> identifiers,
                         std::map<std::string, PartnerFacts>& facts) {
  Statement statement(reader.connection().dialect());
  const auto company = statement.place(owner);
  addMine(statement, company, identifiers);
  statement << "SELECT m.kept, COUNT(*) FROM mine m JOIN tickets t ON t.counterpart = m.identifier WHERE "
               "t.counterpart <> '' AND t.company = "
            << company << " AND t.status NOT IN (" << statement.place(name(TicketStatus::solved)) << ", "
            << statement.place(name(TicketStatus::closed)) << ") GROUP BY m.kept";
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& one = facts[c.text()];
    one.openTickets = c.number();
  }));
  return {};
}

}  // namespace

Result<std::map<std::string, PartnerFacts>> partnerFacts(Reader& reader, const Viewer& viewer,
                                                         CompanyId owner,
                                                         std::span<const std::string> identifiers) {
  std::map<std::string, PartnerFacts> facts;
  if (!viewer.sees(owner) || identifiers.empty()) return facts;
  std::map<std::string, Adding, std::less<>> adding;
  const auto yearFrom = monthsBack(reader.clock().now());
  Statement statement(reader.connection().dialect());
  addCells(statement, owner, identifiers);
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& one = adding[c.text()];
    CellSum cell;
    cell.direction = c.text();
    cell.period = c.number();
    cell.channel = c.text();
    cell.currency = c.text();
    for (auto* number : {&cell.documents, &cell.firsts, &cell.faults, &cell.gone}) *number = c.number();
    cell.amount = sql::readSum(c);
    add(one, cell, yearFrom);
  }));
  for (const auto& identifier : identifiers) facts[identifier];
  for (const auto& [identifier, one] : adding) facts[identifier] = factsOf(one);
  CHECK_OK(countOpenTickets(reader, owner, identifiers, facts));
  return facts;
}

std::string partnerIdentifierOf(const PartyFact& party) {
  return sql::counterpartKey(party);
}

}  // namespace postgang::store
