// A question to the statistics and its answer: figures by group, the period before, the largest groups and
// the rest. What the page, its export and the reports by mail show is this.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/figures.h"

namespace postgang::flow {

enum class Measure {
  documents,
  pages,  // sheets of letters
  amount,
  cost,
  delivered,  // the share of them, and how many
  opened,
  stopped,
  time_to_delivered,
  time_to_opened,
};
std::string_view name(Measure measure);  // "timeToDelivered"
std::optional<Measure> measureFromName(std::string_view name);
bool isTime(Measure measure);

struct DatePeriod {
  Date from, to;  // both included
  friend bool operator==(const DatePeriod&, const DatePeriod&) = default;
};
// "this-month", "last-month", "last-week", "last-12-months" (this one and the eleven before it), "this-year",
// "last-quarter".
std::optional<DatePeriod> periodFromName(std::string_view name, Date today);
// The period of the same length that ends the day before: of whole months, as many months. Of a period that
// is not over, as much as there has been of this one; `whole`: all of it all the same.
DatePeriod periodBefore(const DatePeriod& period, Date today, bool whole = false);

struct StatisticsQuestion {
  store::FiguresQuery query;  // from, to: of `period`
  std::optional<DatePeriod> period;
  bool compare = false;             // needs a period, and groups of one period at most
  Measure by = Measure::documents;  // what the largest are measured by; where it is no sum, documents
  std::optional<std::size_t> top;   // with one group that is no period
};
inline constexpr std::size_t groups_max = 10'000;          // code statistics-too-many (invalid)
inline constexpr std::size_t sorted_groups_max = 200'000;  // of which the largest are asked for

struct StatisticsReport {
  struct Row {
    std::vector<std::string> values;
    store::Figures now;
    std::optional<store::Figures> before;
    // Grouped by a period and compared: the one it is compared with; empty where there is none.
    std::string placeBefore = {};
  };
  std::optional<DatePeriod> period, before;
  bool isOver = true;          // the period is not over: false
  bool byMonths = false;       // of counterparts, who are counted by whole months: so is `before`
  std::vector<Row> rows;       // with `top` the largest first, otherwise in order of their values
  std::optional<Row> rest;     // what is not among the largest
  std::size_t restGroups = 0;  // of counterparts, those of this period alone
  // Asked without groups: what companies count each on their own side counts once here.
  Row total;
};
// Codes: figures', statistics-too-many.
Result<StatisticsReport> statisticsReport(store::Reader& reader, const store::Viewer& viewer,
                                          const StatisticsQuestion& question, Date today);

// Of ten thousand, rounded half up; nullopt of nothing.
std::optional<std::int64_t> shareOf(std::int64_t part, std::int64_t whole);

}  // namespace postgang::flow
