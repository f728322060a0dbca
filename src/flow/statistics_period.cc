#include "flow/statistics_report.h"

namespace postgang::flow {
namespace {

Date firstOfMonth(Date date) {
  return Date::of(date.year(), date.month(), 1);
}

bool isOfWholeMonths(const DatePeriod& period) {
  return period.from.day() == 1 && period.to.plusDays(1).day() == 1;
}

int monthsOf(const DatePeriod& period) {
  return (period.to.year() - period.from.year()) * 12 + period.to.month() - period.from.month() + 1;
}

}  // namespace

std::optional<DatePeriod> periodFromName(std::string_view name, Date today) {
  const auto month = firstOfMonth(today);
  const auto monthEnd = month.plusMonths(1).plusDays(-1);
  if (name == "this-month") return DatePeriod{month, monthEnd};
  if (name == "last-month") return DatePeriod{month.plusMonths(-1), month.plusDays(-1)};
  if (name == "last-12-months") return DatePeriod{month.plusMonths(-11), monthEnd};
  if (name == "this-year") return DatePeriod{Date::of(today.year(), 1, 1), Date::of(today.year(), 12, 31)};
  if (name == "last-quarter") {
    const auto quarter = month.plusMonths(-((today.month() - 1) % 3));
    return DatePeriod{quarter.plusMonths(-3), quarter.plusDays(-1)};
  }
  if (name == "last-week") {
    const auto monday = today.plusDays(1 - today.weekday());
    return DatePeriod{monday.plusDays(-7), monday.plusDays(-1)};
  }
  return std::nullopt;
}

DatePeriod periodBefore(const DatePeriod& period, Date today, bool whole) {
  const bool isUnderWay = !whole && period.from <= today && today < period.to;
  if (isOfWholeMonths(period)) {
    const int months = monthsOf(period);
    const auto from = period.from.plusMonths(-months);
    return {from, isUnderWay ? today.plusMonths(-months) : period.from.plusDays(-1)};
  }
  const auto last = isUnderWay ? today : period.to;
  return {period.from.plusDays(-(last.daysSinceEpoch - period.from.daysSinceEpoch + 1)),
          period.from.plusDays(-1)};
}

}  // namespace postgang::flow
