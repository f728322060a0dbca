#include "store/sql/partner_counts.h"

#include <algorithm>

#include "base/saturated.h"
#include "store/sql/lead_time.h"
#include "store/sql/unique_keys.h"

namespace postgang::store::sql {
namespace {

constexpr std::int64_t days_of_a_month = 100;  // 20261123 is of 202611

// Sums of 64 bits hold 900,000 documents of this. A sum that is cut off would lose, with a document that is
// taken away again, what the others count.
constexpr std::int64_t document_hundredths_max = 10'000'000'000'000;

bool isStopOpen(Status status) {
  return status == Status::stopped || status == Status::held || status == Status::returned;
}

bool isAtFault(Status status) {
  return isStopOpen(status) || status == Status::rejected || status == Status::superseded;
}

bool hasGone(Status status) {
  return status == Status::sent || status == Status::delivered || status == Status::opened ||
         status == Status::accepted || status == Status::rejected;
}

// What came to nothing, and what was sent anew, is no amount between the two.
bool countsAmount(Status status) {
  return !comesToNothing(status) && status != Status::superseded && status != Status::held;
}

std::int64_t hundredthsOf(const Rows& rows, const EntryView& entry) {
  const auto& amount = rows.recognised.amount;
  if (!amount || !countsAmount(entry.status)) return 0;
  const auto hundredths =
      std::clamp(amount->hundredths().value_or(0), -document_hundredths_max, document_hundredths_max);
  return rows.recognised.kind == document::Kind::credit_note ? -hundredths : hundredths;
}

std::string counterpartOf(const Rows& rows, const EntryView& entry) {
  return counterpartKey(entry.direction == Direction::sent ? rows.recognised.buyer : rows.recognised.seller);
}

PartnerCell partnerCellOf(const Rows& rows, const EntryView& entry) {
  return {entry.company,
          counterpartOf(rows, entry),
          std::string(name(entry.direction)),
          dayNumber(dateInStockholm(entry.receivedAt)) / days_of_a_month,
          entry.channel,
          rows.recognised.currency};
}

PartnerCount partnerCountOf(const Rows& rows, const EntryView& entry) {
  return {.documents = 1,
          .hundredths = hundredthsOf(rows, entry),
          .firsts = rows.version == 1 ? 1 : 0,
          .faults = 0,
          .gone = hasGone(entry.status) ? 1 : 0,
          .stops = isStopOpen(entry.status) ? 1 : 0};
}

PartnerCount negated(const PartnerCount& count) {
  return {-count.documents, -count.hundredths, -count.firsts, -count.faults, -count.gone, -count.stops};
}

}  // namespace

void addTo(PartnerCount& sum, const PartnerCount& count) {
  sum.documents += count.documents;
  sum.hundredths = saturated(sum.hundredths, count.hundredths);
  sum.firsts += count.firsts;
  sum.faults += count.faults;
  sum.gone += count.gone;
  sum.stops += count.stops;
}

void addTo(PartnerAccountDelta& sum, const PartnerAccountDelta& delta) {
  const bool isFirst =
      sum.firstAt.microseconds == 0 || (delta.firstAt.microseconds > 0 && delta.firstAt < sum.firstAt);
  if (isFirst) sum.document = delta.document;
  sum.documents += delta.documents;
  sum.firstAt = earlier(sum.firstAt, delta.firstAt);
  sum.lastAt = std::max(sum.lastAt, delta.lastAt);
}

PartnerCount readPartnerCount(Columns& c) {
  PartnerCount count;
  for (auto* number :
       {&count.documents, &count.hundredths, &count.firsts, &count.faults, &count.gone, &count.stops})
    *number = c.number();
  return count;
}

void addTo(std::map<PartnerCell, PartnerCount>& cells, const Row& row) {
  Columns c(row);
  PartnerCell cell;
  cell.owner = c.company();
  cell.identifier = c.text();
  cell.direction = c.text();
  cell.period = c.number();
  cell.channel = c.text();
  cell.currency = c.text();
  addTo(cells[cell], readPartnerCount(c));
}

void countPartners(Pending& pending, const Rows* before, const Rows* after) {
  const auto count = [&](const Rows& rows, bool takesAway) {
    for (const auto* entry : {&rows.sent, rows.inbox ? &*rows.inbox : nullptr}) {
      if (!entry) continue;
      const auto counted = partnerCountOf(rows, *entry);
      pending.count(partnerCellOf(rows, *entry), takesAway ? negated(counted) : counted);
    }
  };
  if (before) count(*before, true);
  if (after) count(*after, false);
}

void countTurn(Projection& projection, const EntryView& entry, const Turn& turn) {
  const auto& rows = projection.rows;
  const auto counterpart = counterpartOf(rows, entry);
  if (counterpart.empty() || entry.status == turn.before) return;
  if (rows.version == 1 && !turn.hadStop && isAtFault(entry.status) && !isAtFault(turn.before))
    projection.pending.count({entry.company, counterpart, std::string(name(entry.direction)), 0, {}, {}},
                             {.faults = 1});
  if (entry.direction != Direction::sent || entry.status != Status::opened) return;
  const auto seconds = (turn.at.microseconds - entry.receivedAt.microseconds) / 1'000'000;
  projection.pending.count(
      {entry.company, counterpart, std::string(opened_cells), leadBucket(seconds), {}, {}}, {.documents = 1});
}

void negate(Pending& pending) {
  for (auto& [cell, count] : pending.partnerCells) count = negated(count);
  for (auto& [key, delta] : pending.accounts) delta = {-delta.documents, {}, {}, {}};
  pending.routes.clear();
}

}  // namespace postgang::store::sql
