// GET /statistics: documents and amounts by group and currency; with measures, a report (insight/).
#include "store/statistics.h"

#include <algorithm>
#include <map>

#include "api/company_parameter.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/statistics_shape.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t group_by_max = 4;

// In the API a document's kind is called its type.
std::string keyOf(store::Dimension dimension) {
  return dimension == store::Dimension::kind ? "type" : std::string(store::name(dimension));
}

Result<std::vector<store::Dimension>> groupByIn(const net::Request& request) {
  std::vector<store::Dimension> dimensions;
  for (const auto& text : listParameter(request, "groupBy")) {
    const auto dimension =
        store::dimensionFromName(text == "type" ? std::string_view("kind") : std::string_view(text));
    if (!dimension || text == "kind")
      return parameterInvalid(
          "groupBy",
          "Groups are company, day, month, direction, channel, type, status, currency and internal; with "
          "measures also group, counterpart, format, country, week, quarter and year.");
    if (std::ranges::find(dimensions, *dimension) != dimensions.end())
      return parameterInvalid("groupBy", "A group stands twice.");
    dimensions.push_back(*dimension);
  }
  if (dimensions.size() > group_by_max) return parameterInvalid("groupBy", "Four groups at most.");
  return dimensions;
}

struct Asked {
  store::StatisticsQuery query;
  bool nobody = false;
};

Result<Asked> askedIn(Parts& parts, const Call& call) {
  Asked asked;
  TRY(asked.query.groupBy, groupByIn(call.request));
  TRY(asked.query.from, dateParameter(call.request, "from"));
  TRY(asked.query.to, dateParameter(call.request, "to"));
  const auto direction = call.request.queryValue("direction").value_or("");
  for (const auto value : {store::Direction::sent, store::Direction::received})
    if (direction == store::name(value)) asked.query.direction = value;
  if (!direction.empty() && !asked.query.direction)
    return parameterInvalid("direction", "The direction is sent or received.");
  TRY(asked.query.internal, internalParameter(call.request));
  TRY(const auto company, companyParameter(parts.context.store, call));
  asked.query.company = company.company;
  asked.nobody = company.nobody;
  return asked;
}

using Companies = std::map<std::string, store::Company, std::less<>>;

Result<Companies> companiesById(store::Reader& reader, const store::Viewer& viewer) {
  TRY(const auto list, store::listCompanies(reader, viewer));
  Companies companies;
  for (const auto& company : list) companies.emplace(companyIdText(company.id), company);
  for (const auto& part : viewer.parts()) {
    TRY(const auto company, store::company(reader, part.company));
    companies.emplace(companyIdText(company.id), company);
  }
  return companies;
}

json::value valueShape(store::Dimension dimension, const std::string& value, const Companies& companies) {
  if (dimension == store::Dimension::internal) return value == "true";
  if (dimension != store::Dimension::company) return textOrNull(value);
  const auto company = companies.find(value);
  if (company == companies.end()) return {{"identifier", nullptr}, {"name", nullptr}};
  return {{"identifier", company->second.identifier}, {"name", company->second.name}};
}

Result<json::array> rowShapes(store::Reader& reader, const Call& call, const store::StatisticsQuery& query) {
  TRY(const auto rows, store::statistics(reader, call.viewer(), query));
  Companies companies;
  if (std::ranges::find(query.groupBy, store::Dimension::company) != query.groupBy.end()) {
    TRY(companies, companiesById(reader, call.viewer()));
  }
  json::array items;
  items.reserve(rows.size());
  for (const auto& row : rows) {
    json::object item;
    for (std::size_t i = 0; i < query.groupBy.size(); ++i)
      item[keyOf(query.groupBy[i])] = valueShape(query.groupBy[i], row.values.at(i), companies);
    item["documents"] = row.documents;
    item["amount"] = amountOrNull(row.amount, row.currency);
    items.push_back(std::move(item));
  }
  return items;
}

Result<net::Reply> reported(Parts& parts, const Call& call) {
  const auto today = dateInStockholm(parts.context.clock.now());
  TRY(const auto questioned, questionIn(parts.context.store, call, today));
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) -> Result<json::object> {
        const auto& [asked, viewer] = questioned;
        TRY(const auto report, flow::statisticsReport(reader, viewer, asked.question, today));
        TRY(const auto labels, flow::labelsOf(reader, viewer, asked.question, report));
        return reportShape(asked, report, labels);
      }));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> statistics(Parts& parts, const Call& call) {
  CHECK_OK(
      onlyParameters(call.request, {"groupBy", "from", "to", "direction", "company", "internal", "measures",
                                    "period", "channel", "counterpart", "compare", "by", "top"}));
  if (asksForFigures(call.request)) return reported(parts, call);
  TRY(const auto asked, askedIn(parts, call));
  json::array items;
  if (!asked.nobody) {
    TRY(items, readFrom(parts.context.store,
                        [&](store::Reader& reader) { return rowShapes(reader, call, asked.query); }));
  }
  return net::Reply::json(json::serialize(listShape(std::move(items))));
}

}  // namespace

void addStatisticsRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/statistics",
             parts.guard.scoped(access::Scope::statistics_read,
                                [&](const Call& call) { return statistics(parts, call); }));
  addStatisticsExportRoutes(router, parts);
  addStatisticsMoveRoutes(router, parts);
  addStatisticsScheduleRoutes(router, parts);
}

}  // namespace postgang::api
