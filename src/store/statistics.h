// Counts and sums, appended as deltas in the event's transaction and folded by a background job; readers add
// the deltas that are not folded yet, so the answer is always whole. The cube: company, day received
// (Stockholm), direction, channel, kind, status, currency -> documents, amount.
#pragma once

#include <string>
#include <vector>

#include "store/documents.h"

namespace postgang::store {

enum class Dimension { company, day, month, direction, channel, kind, status, currency };
std::string_view name(Dimension dimension);
std::optional<Dimension> dimensionFromName(std::string_view name);

struct StatisticsQuery {
  std::vector<Dimension> groupBy;
  std::optional<Date> from, to;
  std::optional<Direction> direction;
  std::optional<CompanyId> company;
};
struct StatisticsRow {
  std::vector<std::string> values;  // in the order of groupBy
  std::int64_t documents = 0;
  Decimal amount;
  std::string currency;  // rows are always apart by currency; empty when documents carry none
};
Result<std::vector<StatisticsRow>> statistics(Reader& reader, const Viewer& viewer,
                                              const StatisticsQuery& query);
Outcome foldStatistics(Transaction& tx, int rows_max);

}  // namespace postgang::store
