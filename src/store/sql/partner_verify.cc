// Whether the counts of partners are those of the documents that there are: rows, cells and what waits to be
// folded, held against what verify has counted from the events.
#include <map>
#include <tuple>

#include "store/sql/partner_counts.h"

namespace postgang::store::sql {
namespace {

using Counts = std::tuple<std::int64_t, std::int64_t, std::int64_t>;  // sent, received, open stops

void add(Counts& sum, std::int64_t sent, std::int64_t received, std::int64_t stops) {
  std::get<0>(sum) += sent;
  std::get<1>(sum) += received;
  std::get<2>(sum) += stops;
}

template <typename Map>
void dropNothings(Map& map) {
  std::erase_if(map, [](const auto& one) { return one.second == typename Map::mapped_type{}; });
}

Result<std::map<PartnerKey, std::string>> aliases(Connection& connection) {
  std::map<PartnerKey, std::string> kept;
  CHECK_OK(connection.run("SELECT owner, identifier, merged_into FROM partners WHERE merged_into <> ''", {},
                          [&](const Row& row) {
                            Columns c(row);
                            const auto owner = c.company();
                            auto identifier = c.text();
                            kept[{owner, std::move(identifier)}] = c.text();
                          }));
  return kept;
}

Result<bool> totalsHold(Connection& connection, const Pending& counted) {
  TRY(const auto kept, aliases(connection));
  const auto rootOf = [&](const PartnerKey& key) {
    const auto found = kept.find(key);
    return found == kept.end() ? key : PartnerKey{key.owner, found->second};
  };
  std::map<PartnerKey, Counts> wanted, there;
  for (const auto& [key, delta] : counted.partners) add(wanted[rootOf(key)], delta.sent, delta.received, 0);
  for (const auto& [cell, count] : counted.partnerCells)
    add(wanted[rootOf({cell.owner, cell.identifier})], 0, 0, count.stops);
  CHECK_OK(
      connection.run("SELECT owner, identifier, sent_count, received_count, open_stops FROM partners UNION "
                     "ALL SELECT owner, "
                     "identifier, sent, received, open_stops FROM partner_deltas",
                     {}, [&](const Row& row) {
                       Columns c(row);
                       PartnerKey key;
                       key.owner = c.company();
                       key.identifier = c.text();
                       const auto sent = c.number(), received = c.number();
                       add(there[rootOf(key)], sent, received, c.number());
                     }));
  dropNothings(wanted);
  dropNothings(there);
  return wanted == there;
}

Result<bool> cellsHold(Connection& connection, const Pending& counted) {
  std::map<PartnerCell, PartnerCount> there, wanted = counted.partnerCells;
  CHECK_OK(connection.run(
      "SELECT owner, identifier, direction, period, channel, currency, documents, amount, firsts, faults, "
      "gone, stops FROM partner_cells UNION ALL SELECT owner, identifier, direction, period, channel, "
      "currency, documents, amount, firsts, faults, gone, stops FROM partner_cell_deltas",
      {}, [&](const Row& row) { addTo(there, row); }));
  dropNothings(wanted);
  dropNothings(there);
  return wanted == there;
}

Result<bool> accountsHold(Connection& connection, const Pending& counted) {
  std::map<PartnerAccountKey, std::int64_t> there, wanted;
  for (const auto& [key, delta] : counted.accounts) wanted[key] = delta.documents;
  CHECK_OK(
      connection.run("SELECT owner, identifier, account, documents FROM partner_accounts UNION ALL SELECT "
                     "owner, identifier, "
                     "account, documents FROM partner_account_deltas",
                     {}, [&](const Row& row) {
                       Columns c(row);
                       PartnerAccountKey key;
                       key.owner = c.company();
                       key.identifier = c.text();
                       key.account = c.text();
                       there[key] += c.number();
                     }));
  dropNothings(wanted);
  dropNothings(there);
  return wanted == there;
}

}  // namespace

Result<std::vector<std::string>> partnerFaults(Connection& connection, const Pending& counted) {
  std::vector<std::string> faults;
  TRY(const bool totals, totalsHold(connection, counted));
  if (!totals) faults.emplace_back("partners' counts are not those of the documents that there are");
  TRY(const bool cells, cellsHold(connection, counted));
  if (!cells) faults.emplace_back("partners' months, channels and amounts are not those of their documents");
  TRY(const bool accounts, accountsHold(connection, counted));
  if (!accounts) faults.emplace_back("partners' payment identifiers are not those of their invoices");
  return faults;
}

}  // namespace postgang::store::sql
