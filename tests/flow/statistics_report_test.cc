// The largest counterparts and the rest of them, compared with the period before: held against all of them.
#include "flow/statistics_report.h"

#include "store/statistics.h"
#include "tests/store/counted_sides.h"

namespace postgang::flow {
namespace {

using store::Dimension;
using store::Figures;

class StatisticsReportTest : public store::CountedWorld {
 protected:
  using Found = std::map<std::string, Figures>;
  Found all(store::Reader& reader, const DatePeriod& period) {
    store::FiguresQuery query{.groupBy = {Dimension::counterpart}, .from = period.from, .to = period.to};
    const auto rows = figures(reader, viewer(), query);
    Found found;
    EXPECT_TRUE(rows);
    for (const auto& row : *rows) found[row.values.front()] = row.figures;
    return found;
  }
  store::Viewer viewer() { return store::Viewer::ofCompanies({company(1), company(2)}, {}); }

  static Decimal size(Measure by, Figures figures) {
    if (by == Measure::amount) return figures.amounts["SEK"];
    if (by == Measure::cost) return figures.costs["SEK"];
    return Decimal(by == Measure::pages ? figures.sheets : figures.documents);
  }

  // What is left of a sum does not say in which currencies it is of nothing.
  static Figures withoutNothing(Figures figures) {
    for (auto* sums : {&figures.amounts, &figures.costs})
      std::erase_if(*sums, [](const auto& sum) { return sum.second.isZero(); });
    return figures;
  }

  void expect(store::Reader& reader, Measure by, std::size_t top) {
    SCOPED_TRACE(std::string(name(by)) + " " + std::to_string(top));
    StatisticsQuestion question;
    question.query.groupBy = {Dimension::counterpart};
    question.period = DatePeriod{Date::of(2027, 1, 1), Date::of(2027, 12, 31)};
    question.compare = true;
    question.by = by;
    question.top = top;
    const auto report = statisticsReport(reader, viewer(), question, Date::of(2029, 1, 1));
    ASSERT_TRUE(report);
    const auto now = all(reader, *report->period), before = all(reader, *report->before);
    std::vector<std::string> order;
    for (const auto& [counterpart, figures] : now) order.push_back(counterpart);
    std::ranges::stable_sort(order, std::greater<>(), [&](const auto& of) { return size(by, now.at(of)); });
    ASSERT_GT(order.size(), top);
    ASSERT_EQ(report->rows.size(), top);
    const auto then = [&](const std::string& of) { return before.contains(of) ? before.at(of) : Figures(); };
    for (std::size_t i = 0; i < top; ++i) {
      EXPECT_EQ(report->rows[i].values.front(), order[i]);
      EXPECT_EQ(report->rows[i].now, now.at(order[i]));
      EXPECT_EQ(report->rows[i].before, then(order[i]));
    }
    Figures restNow, restBefore;
    for (auto of = order.begin() + static_cast<std::ptrdiff_t>(top); of != order.end(); ++of)
      restNow.add(now.at(*of));
    for (const auto& [counterpart, figures] : before)
      if (std::find(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(top), counterpart) ==
          order.begin() + static_cast<std::ptrdiff_t>(top))
        restBefore.add(figures);
    ASSERT_TRUE(report->rest);
    EXPECT_EQ(report->restGroups, order.size() - top);
    EXPECT_EQ(report->rest->now, restNow);
    ASSERT_TRUE(report->rest->before);
    EXPECT_EQ(withoutNothing(*report->rest->before), withoutNothing(restBefore));
  }
};
INSTANTIATE_BOTH_STORES(StatisticsReportTest);

TEST_P(StatisticsReportTest, TheLargestAndTheRestBesideThePeriodBefore) {
  happen(8, 120);
  write([](store::Transaction& tx) { return store::foldStatistics(tx, 100'000); });
  read([&](store::Reader& reader) -> Outcome {
    for (const auto by : {Measure::documents, Measure::pages, Measure::amount, Measure::cost})
      for (const std::size_t top : {1U, 4U}) expect(reader, by, top);
    return {};
  });
}

TEST_P(StatisticsReportTest, WhereAllAreAmongTheLargestThoseOfBeforeStandAsWell) {
  happen(9, 120);
  read([&](store::Reader& reader) -> Outcome {
    StatisticsQuestion question;
    question.query.groupBy = {Dimension::counterpart};
    question.period = DatePeriod{Date::of(2027, 12, 1), Date::of(2027, 12, 31)};
    question.compare = true;
    question.top = 1'000;
    const auto report = statisticsReport(reader, viewer(), question, Date::of(2029, 1, 1));
    EXPECT_TRUE(report);
    if (!report) return {};
    auto every = all(reader, *report->period);
    every.merge(all(reader, *report->before));
    EXPECT_EQ(report->rows.size(), every.size());
    EXPECT_FALSE(report->rest);
    return {};
  });
}

}  // namespace
}  // namespace postgang::flow
