#include "store/sql/pending.h"

#include <algorithm>
#include <iterator>

#include "base/saturated.h"
#include "store/sql/cubes.h"
#include "store/sql/many_rows.h"
#include "store/sql/partner_counts.h"
#include "store/sql/rows.h"
#include "store/sql/search.h"

namespace postgang::store::sql {
namespace {

// The later of two words about a partner stands, and what both count.
void addUp(PartnerDelta& delta, const PartnerDelta& other) {
  delta.sent += other.sent;
  delta.received += other.received;
  delta.lastActivityAt = std::max(delta.lastActivityAt, other.lastActivityAt);
  delta.firstActivityAt = earlier(delta.firstActivityAt, other.firstActivityAt);
}

}  // namespace

void CellDelta::add(const CellDelta& other, int sign) {
  documents += sign * other.documents;
  hundredths += sign * other.hundredths;
  sheets += sign * other.sheets;
  delivered += sign * other.delivered;
  opened += sign * other.opened;
  stopped += sign * other.stopped;
  cost += sign * other.cost;
}

void Pending::count(const Cell& cell, const CellDelta& delta, int sign) {
  statistics[cell].add(delta, sign);
}

void Pending::touch(const PartnerKey& key, PartnerDelta delta) {
  auto [place, isNew] = partners.try_emplace(key, delta);
  if (isNew) return;
  addUp(delta, place->second);
  place->second = std::move(delta);
}

void Pending::count(const PartnerCell& cell, const PartnerCount& count) {
  if (cell.identifier.empty() || count.isNothing()) return;
  addTo(partnerCells[cell], count);
}

void Pending::count(const PartnerAccountKey& key, const PartnerAccountDelta& delta) {
  addTo(accounts[key], delta);
}

void Pending::keep(const PartnerKey& key, PartnerRoute route) {
  auto& kept = routes[key];
  if (kept.at <= route.at) kept = std::move(route);
}

void Pending::add(Pending&& other) {
  for (const auto& [cell, delta] : other.statistics) count(cell, delta);
  for (auto& [key, delta] : other.partners) touch(key, std::move(delta));
  for (const auto& [cell, delta] : other.partnerCells) count(cell, delta);
  for (const auto& [key, delta] : other.accounts) count(key, delta);
  for (auto& [key, route] : other.routes) keep(key, std::move(route));
  std::ranges::move(other.texts, std::back_inserter(texts));
  lines.merge(other.lines);
  other = {};
}

Outcome flush(Connection& connection, Pending& pending) {
  CHECK_OK(writeDeltas(connection, pending.statistics));
  CHECK_OK(flushPartners(connection, pending));
  std::ranges::stable_sort(pending.texts, {}, &IndexedText::entry);
  for (const auto& text : pending.texts) CHECK_OK(indexText(connection, text));
  static const ManyRows due("search_due", "document");
  const std::vector<DocumentId> lines(pending.lines.begin(), pending.lines.end());
  CHECK_OK(due.write(connection, lines,
                     [](std::vector<Value>& values, const DocumentId& id) { values.emplace_back(id); }));
  pending = {};
  return {};
}

}  // namespace postgang::store::sql
