// What lists sort, count and index by, from a document's rows.
#include <algorithm>

#include "base/text.h"
#include "store/sql/rows.h"

namespace postgang::store::sql {

std::string indexed(std::string_view text) {
  return truncated(text, indexed_code_points_max);
}

std::string sortedName(std::string_view name) {
  return indexed(swedishOrder(collapsed(name)));
}

std::string counterpartKey(const PartyFact& party) {
  if (!party.identifier.empty()) return indexed(party.identifier);
  return party.customerNumber.empty() ? std::string() : indexed("customer:" + party.customerNumber);
}

std::int64_t dueKey(const Rows& rows) {
  return rows.recognised.dueDate ? rows.recognised.dueDate->daysSinceEpoch : missing_key;
}

std::int64_t amountKey(const Rows& rows) {
  return rows.recognised.amount ? amountKey(*rows.recognised.amount) : missing_key;
}

// Amounts that do not fit are sorted at the ends, beside each other.
std::int64_t amountKey(const Decimal& amount) {
  const auto hundredths = amount.hundredths();
  if (hundredths) return std::max(*hundredths, missing_key + 1);
  return amount.isNegative() ? missing_key + 1 : std::numeric_limits<std::int64_t>::max();
}

std::int64_t dayNumber(Date date) {
  return date.year() * 10'000 + date.month() * 100 + date.day();
}

Cell cellOf(const Rows& rows, const EntryView& entry) {
  return {.company = entry.company,
          .day = dayNumber(dateInStockholm(entry.receivedAt)),
          .direction = std::string(name(entry.direction)),
          .channel = entry.channel,
          .kind = std::string(document::name(rows.recognised.kind)),
          .status = std::string(document::name(entry.status)),
          .currency = rows.recognised.currency};
}

}  // namespace postgang::store::sql
