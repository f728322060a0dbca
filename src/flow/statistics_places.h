// Which day, week, month, quarter or year of one period stands in the same place as one of another: the n-th
// month beside the n-th, and of a year the same month a year away. Days stand by their day of the n-th month,
// weeks of a year by their number; periods that are no whole months are counted through by days and weeks.
// What has no such place in the other (the 31st of a month of 30 days) has none.
#pragma once

#include <optional>
#include <string>

#include "flow/statistics_report.h"

namespace postgang::flow {

class Places {
 public:
  // `dimension` is a period's.
  Places(store::Dimension dimension, const DatePeriod& of, const DatePeriod& other);

  // As the figures have it: "2026-11" → "2025-11".
  std::optional<std::string> operator()(const std::string& label) const;

 private:
  std::optional<std::string> beside(const std::string& label) const;

  store::Dimension dimension_;
  DatePeriod of_, other_;
  std::optional<int> months_;  // how far away, where both begin with a month
};

}  // namespace postgang::flow
