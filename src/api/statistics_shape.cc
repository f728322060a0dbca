#include "api/statistics_shape.h"

#include <algorithm>

#include "api/company_parameter.h"
#include "api/shapes.h"
#include "base/text.h"

namespace postgang::api {
namespace {

namespace json = boost::json;
using flow::Measure;
using store::Dimension;
using store::Figures;

constexpr int median = 50, most = 90, nearly_all = 99;

json::array sumsShape(const std::map<std::string, Decimal>& sums) {
  json::array list;
  for (const auto& [currency, sum] : sums)
    if (!currency.empty()) list.push_back(amountShape(sum, currency));
  return list;
}

// "0.8333"; null of nothing.
json::value shareShape(std::int64_t part, std::int64_t whole) {
  const auto share = flow::shareOf(part, whole);
  return share ? json::value(Decimal::fromScaled(*share, 4).text()) : json::value();
}

json::object timesShape(const Durations& times) {
  const auto at = [&](int percent) -> json::value {
    const auto seconds = times.percentile(percent);
    return seconds ? json::value(*seconds) : json::value();
  };
  return {{"documents", times.count()}, {"median", at(median)}, {"p90", at(most)}, {"p99", at(nearly_all)}};
}

json::object figuresShape(const std::vector<Measure>& measures, const Figures& figures) {
  json::object shape{{"documents", figures.documents}};
  const auto counted = [&](std::int64_t part) {
    return json::object{{"documents", part}, {"share", shareShape(part, figures.documents)}};
  };
  for (const auto measure : measures) {
    auto& place = shape[flow::name(measure)];
    switch (measure) {
      case Measure::documents:
        place = figures.documents;
        break;
      case Measure::pages:
        place = figures.sheets;
        break;
      case Measure::amount:
        place = sumsShape(figures.amounts);
        break;
      case Measure::cost:
        place = sumsShape(figures.costs);
        break;
      case Measure::delivered:
        place = counted(figures.delivered);
        break;
      case Measure::opened:
        place = counted(figures.opened);
        break;
      case Measure::stopped:
        place = counted(figures.stopped);
        break;
      case Measure::time_to_delivered:
        place = timesShape(figures.toDelivered);
        break;
      case Measure::time_to_opened:
        place = timesShape(figures.toOpened);
        break;
    }
  }
  return shape;
}

json::value valueShape(Dimension dimension, const std::string& value, const flow::StatisticsLabels& labels) {
  if (dimension == Dimension::internal) return value == "true";
  if (const auto named = labels.named(dimension, value))
    return {{"identifier", textOrNull(named->identifier)}, {"name", textOrNull(named->name)}};
  return textOrNull(value);
}

json::object rowShape(const std::vector<Measure>& measures, const flow::StatisticsReport::Row& row) {
  json::object shape;
  shape["figures"] = figuresShape(measures, row.now);
  shape["before"] = row.before ? json::value(figuresShape(measures, *row.before)) : json::value();
  return shape;
}

json::value periodShape(const std::optional<flow::DatePeriod>& period) {
  if (!period) return nullptr;
  return {{"from", period->from.text()}, {"to", period->to.text()}};
}

}  // namespace

bool asksForFigures(const net::Request& request) {
  constexpr std::string_view fresh[] = {"measures", "period", "channel", "counterpart",
                                        "compare",  "by",     "top"};
  constexpr std::string_view groups[] = {"group", "counterpart", "format", "country",
                                         "week",  "quarter",     "year"};
  const auto words = questionWordsIn(request);
  if (std::ranges::any_of(fresh, [&](auto word) { return words.contains(word); })) return true;
  const auto asked = words.find("groupBy");
  if (asked == words.end()) return false;
  return std::ranges::any_of(groups, [&](auto group) {
    return ("," + asked->second + ",").find("," + std::string(group) + ",") != std::string::npos;
  });
}

flow::QuestionWords questionWordsIn(const net::Request& request) {
  flow::QuestionWords words;
  for (const auto word : flow::question_words) {
    const auto values = request.queryValues(word);
    if (!values.empty()) words.emplace(word, withoutControls(joined(values, ",")));
  }
  return words;
}

Result<Questioned> questionIn(store::Store& store, const Call& call, Date today) {
  TRY(auto asked, flow::statisticsQuestion(questionWordsIn(call.request), today));
  TRY(const auto company, companyParameter(store, call));
  asked.question.query.company = company.company;
  return Questioned{std::move(asked),
                    company.nobody ? store::Viewer::ofCompanies({}, call.viewer().actor()) : call.viewer()};
}

json::object reportShape(const flow::AskedStatistics& asked, const flow::StatisticsReport& report,
                         const flow::StatisticsLabels& labels) {
  const auto& groups = asked.question.query.groupBy;
  const bool isByPlace = report.before && std::ranges::any_of(groups, store::isPeriod);
  json::array items;
  for (const auto& row : report.rows) {
    auto item = rowShape(asked.measures, row);
    for (std::size_t i = 0; i < groups.size(); ++i)
      item[flow::wordOf(groups[i])] = valueShape(groups[i], row.values.at(i), labels);
    if (isByPlace) item["comparedWith"] = textOrNull(row.placeBefore);
    items.push_back(std::move(item));
  }
  auto shape = listShape(std::move(items));
  shape["total"] = rowShape(asked.measures, report.total);
  shape["rest"] = nullptr;
  if (report.rest) {
    auto rest = rowShape(asked.measures, *report.rest);
    rest["groups"] = report.restGroups;
    shape["rest"] = std::move(rest);
  }
  shape["period"] = periodShape(report.period);
  shape["periodBefore"] = periodShape(report.before);
  shape["isOver"] = report.isOver;
  return shape;
}

}  // namespace postgang::api
