// Counts and sums, appended as deltas in the event's transaction and folded by a background job; readers add
// the deltas that are not folded yet, so the answer is always whole. The cube: company, day received
// (Stockholm), direction, channel, kind, status, currency, the counterpart where that is a company here ->
// documents, amount.
//
// A document between two companies that the viewer both sees counts once, as its sender's, unless the
// question is about one company, one direction, or is grouped by either: then each side has its own.
#pragma once

#include <string>
#include <vector>

#include "store/documents.h"

namespace postgang::store {

enum class Dimension {
  company,
  day,
  month,
  direction,
  channel,
  kind,
  status,
  currency,
  internal,
  // Of figures.h alone:
  group,
  week,
  quarter,
  year,
  counterpart,
  format,
  country,
};
std::string_view name(Dimension dimension);
std::optional<Dimension> dimensionFromName(std::string_view name);
bool isPeriod(Dimension dimension);  // day, week, month, quarter, year

struct StatisticsQuery {
  std::vector<Dimension> groupBy;
  std::optional<Date> from, to;
  std::optional<Direction> direction;
  std::optional<CompanyId> company;
  std::optional<bool> internal = {};  // between companies of one group, or not
};
struct StatisticsRow {
  std::vector<std::string> values;  // in the order of groupBy
  std::int64_t documents = 0;
  Decimal amount;
  std::string currency;  // rows are always apart by currency; empty when documents carry none
};
Result<std::vector<StatisticsRow>> statistics(Reader& reader, const Viewer& viewer,
                                              const StatisticsQuery& query);
// Both of the following.
Outcome foldStatistics(Transaction& tx, int rows_max);
Outcome foldCubes(Transaction& tx, int rows_max);
// What partners count of themselves goes into their rows one by one, which takes longer: a few thousand rows
// to a transaction. Whether some are left.
Result<bool> foldPartners(Transaction& tx, int rows_max);

}  // namespace postgang::store
