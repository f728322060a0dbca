#include "flow/statistics_report.h"

#include <algorithm>
#include <array>
#include <map>

#include "flow/statistics_places.h"

namespace postgang::flow {
namespace {

using store::Dimension;
using store::Figures;

constexpr std::array<std::pair<Measure, std::string_view>, 9> names = {{
    {Measure::documents, "documents"},
    {Measure::pages, "pages"},
    {Measure::amount, "amount"},
    {Measure::cost, "cost"},
    {Measure::delivered, "delivered"},
    {Measure::opened, "opened"},
    {Measure::stopped, "stopped"},
    {Measure::time_to_delivered, "timeToDelivered"},
    {Measure::time_to_opened, "timeToOpened"},
}};

// The currency that most of it is in; "" where there is none.
std::string mainCurrency(const std::map<std::string, Decimal>& sums) {
  std::string found;
  for (const auto& [currency, sum] : sums)
    if (!currency.empty() && (found.empty() || sum.abs() > sums.at(found).abs())) found = currency;
  return found;
}

std::string currencyFor(Measure by, const Figures& total) {
  return mainCurrency(by == Measure::cost ? total.costs : total.amounts);
}

// Sizes are compared in one currency; what is a share or a time, by how many documents it is of.
class Size {
 public:
  Size(Measure by, const Figures& total) : by_(by), currency_(currencyFor(by, total)) {}
  Decimal operator()(const Figures& figures) const {
    const auto of = [&](const std::map<std::string, Decimal>& sums) {
      const auto found = sums.find(currency_);
      return found == sums.end() ? Decimal() : found->second;
    };
    if (by_ == Measure::amount) return of(figures.amounts);
    if (by_ == Measure::cost) return of(figures.costs);
    return by_ == Measure::pages ? figures.sheets : figures.documents;
  }

 private:
  Measure by_;
  std::string currency_;
};

void sortBySize(const StatisticsQuestion& question, StatisticsReport& report) {
  const Size size(question.by, report.total.now);
  std::ranges::stable_sort(report.rows, [&](const StatisticsReport::Row& a, const StatisticsReport::Row& b) {
    return size(a.now) > size(b.now);
  });
}

void keepLargest(const StatisticsQuestion& question, StatisticsReport& report) {
  sortBySize(question, report);
  if (report.rows.size() <= *question.top) return;
  auto& rest = report.rest.emplace();
  if (question.compare) rest.before.emplace();
  for (auto i = *question.top; i < report.rows.size(); ++i) {
    rest.now.add(report.rows[i].now);
    if (report.rows[i].before) rest.before->add(*report.rows[i].before);
  }
  report.restGroups = report.rows.size() - *question.top;
  report.rows.resize(*question.top);
}

bool isOf(const store::FiguresQuery& query, Dimension dimension) {
  return std::ranges::find(query.groupBy, dimension) != query.groupBy.end();
}

// Each group beside itself, and of a group by a period beside the one in the same place
// (statistics_places.h).
class Pairing {
 public:
  Pairing(const store::FiguresQuery& query, const StatisticsReport& report) {
    const auto period = std::ranges::find_if(query.groupBy, store::isPeriod);
    if (period == query.groupBy.end()) return;
    at_ = static_cast<std::size_t>(period - query.groupBy.begin());
    back_.emplace(*period, *report.period, *report.before);
    forth_.emplace(*period, *report.before, *report.period);
  }
  bool isByPlace() const { return back_.has_value(); }
  const std::string& place(const std::vector<std::string>& values) const { return values.at(at_); }
  std::optional<std::vector<std::string>> before(const std::vector<std::string>& values) const {
    return moved(values, back_);
  }
  std::optional<std::vector<std::string>> now(const std::vector<std::string>& values) const {
    return moved(values, forth_);
  }

 private:
  std::optional<std::vector<std::string>> moved(std::vector<std::string> values,
                                                const std::optional<Places>& places) const {
    if (!places) return values;
    auto place = (*places)(values.at(at_));
    if (!place) return std::nullopt;
    values[at_] = std::move(*place);
    return values;
  }

  std::size_t at_ = 0;
  std::optional<Places> back_, forth_;
};

// What there was of each group before; groups that there were then and are not now stand with nothing. What
// was in a place that this period has not got is in the total alone.
Outcome addBefore(store::Reader& reader, const store::Viewer& viewer, store::FiguresQuery query,
                  StatisticsReport& report) {
  query.from = report.before->from;
  query.to = report.before->to;
  TRY(const auto rows, store::figures(reader, viewer, query));
  std::map<std::vector<std::string>, Figures> before;
  for (const auto& row : rows) before[row.values] = row.figures;
  const Pairing pairing(query, report);
  for (auto& row : report.rows) {
    const auto then = pairing.before(row.values);
    if (!then) continue;
    if (pairing.isByPlace()) row.placeBefore = pairing.place(*then);
    const auto found = before.find(*then);
    row.before = found == before.end() ? Figures() : found->second;
    if (found != before.end()) before.erase(found);
  }
  for (auto& [values, figures] : before) {
    auto now = pairing.now(values);
    if (!now) continue;
    report.rows.push_back(
        {std::move(*now), {}, std::move(figures), pairing.isByPlace() ? pairing.place(values) : ""});
  }
  std::ranges::stable_sort(report.rows, {}, &StatisticsReport::Row::values);
  return {};
}

Result<Figures> totalOf(store::Reader& reader, const store::Viewer& viewer, store::FiguresQuery query,
                        const std::optional<DatePeriod>& period) {
  if (period) {
    query.from = period->from;
    query.to = period->to;
  }
  query.groupBy.clear();
  TRY(auto total, store::figures(reader, viewer, query));
  return total.empty() ? Figures() : std::move(total.front().figures);
}

store::FiguresSize sizeFor(Measure by) {
  if (by == Measure::pages) return store::FiguresSize::sheets;
  if (by == Measure::amount) return store::FiguresSize::amount;
  return by == Measure::cost ? store::FiguresSize::cost : store::FiguresSize::documents;
}

// Of many thousand counterparts the largest alone become rows. The rest is set where there are others: then
// what all were before is in it, too, of those as well that are counterparts no more.
Outcome addLargest(store::Reader& reader, const store::Viewer& viewer, const StatisticsQuestion& question,
                   store::FiguresQuery query, StatisticsReport& report) {
  TRY(auto largest, store::largestCounterparts(reader, viewer, query,
                                               {.by = sizeFor(question.by),
                                                .currency = currencyFor(question.by, report.total.now),
                                                .count = *question.top}));
  for (auto& row : largest.rows) {
    if (largest.restGroups > 0) query.counterparts.push_back(row.values.front());
    report.rows.push_back({std::move(row.values), std::move(row.figures), {}});
  }
  if (largest.restGroups == 0) return {};
  report.restGroups = largest.restGroups;
  report.rest.emplace().now = std::move(largest.rest);
  if (!report.before) return {};
  CHECK_OK(addBefore(reader, viewer, query, report));
  auto& rest = report.rest->before.emplace(*report.total.before);
  for (const auto& row : report.rows) rest.subtract(*row.before);
  sortBySize(question, report);
  return {};
}

}  // namespace

std::string_view name(Measure measure) {
  for (const auto& [known, text] : names)
    if (known == measure) return text;
  return {};
}

std::optional<Measure> measureFromName(std::string_view text) {
  for (const auto& [measure, known] : names)
    if (known == text) return measure;
  return std::nullopt;
}

bool isTime(Measure measure) {
  return measure == Measure::time_to_delivered || measure == Measure::time_to_opened;
}

std::optional<std::int64_t> shareOf(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return std::nullopt;
  return (part * 20'000 + whole) / (2 * whole);
}

Result<StatisticsReport> statisticsReport(store::Reader& reader, const store::Viewer& viewer,
                                          const StatisticsQuestion& question, Date today) {
  StatisticsReport report;
  report.period = question.period;
  report.isOver = !question.period || question.period->to < today;
  auto query = question.query;
  if (question.period) {
    query.from = question.period->from;
    query.to = question.period->to;
  }
  query.groups_max = question.top ? sorted_groups_max : 2 * groups_max;  // some may come to nothing
  TRY(report.total.now, totalOf(reader, viewer, query, question.period));
  if (question.compare && question.period) {
    report.byMonths = isOf(query, Dimension::counterpart) || !query.counterparts.empty();
    report.before = periodBefore(*question.period, today, report.byMonths);
    TRY(report.total.before, totalOf(reader, viewer, query, report.before));
  }
  if (question.top && query.groupBy == std::vector{Dimension::counterpart}) {
    CHECK_OK(addLargest(reader, viewer, question, query, report));
    if (report.rest) return report;
  } else {
    TRY(const auto rows, store::figures(reader, viewer, query));
    for (const auto& row : rows) report.rows.push_back({row.values, row.figures, {}});
  }
  if (report.before) CHECK_OK(addBefore(reader, viewer, query, report));
  if (question.top) keepLargest(question, report);
  if (report.rows.size() > groups_max)
    return fail(ProblemKind::invalid, "statistics-too-many",
                "There are over " + std::to_string(groups_max) + " groups.", {},
                "Ask for the largest of them with `top`, or for a shorter period.");
  return report;
}

}  // namespace postgang::flow
