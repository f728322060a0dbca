// GET /documents and GET /documents/facets: finding documents, and counting what was found.
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

// Reads a list of names, each by `fromName`; one that is unknown is refused.
template <typename FromName>
auto namesIn(const net::Request& request, std::string_view parameter, FromName fromName)
    -> Result<std::vector<typename std::invoke_result_t<FromName, std::string_view>::value_type>> {
  std::vector<typename std::invoke_result_t<FromName, std::string_view>::value_type> values;
  for (const auto& text : listParameter(request, parameter)) {
    const auto value = fromName(text);
    if (!value) return parameterInvalid(parameter, "One of the values is not known.");
    values.push_back(*value);
  }
  return values;
}

Result<std::optional<store::Direction>> directionIn(const net::Request& request) {
  const auto text = request.queryValue("direction").value_or("");
  for (const auto direction : {store::Direction::sent, store::Direction::received})
    if (text == store::name(direction)) return std::optional(direction);
  if (!text.empty()) return parameterInvalid("direction", "The direction is sent or received.");
  return std::optional<store::Direction>{};
}

Outcome readSort(const net::Request& request, store::EntryQuery& query) {
  std::string_view text;
  const auto given = request.queryValue("sort").value_or("-receivedAt");
  text = given;
  query.ascending = !text.starts_with('-');
  if (!query.ascending) text.remove_prefix(1);
  if (text == "receivedAt")
    query.sort = store::Sort::received_at;
  else if (text == "dueDate")
    query.sort = store::Sort::due_date;
  else if (text == "amount")
    query.sort = store::Sort::amount;
  else
    return parameterInvalid("sort",
                            "Lists sort on receivedAt, dueDate and amount, a minus before it downwards.");
  return {};
}

Result<store::EntryQuery> filterIn(const net::Request& request) {
  store::EntryQuery query;
  TRY(query.text, textParameter(request, "query", 400));
  TRY(query.number, textParameter(request, "number", 200));
  TRY(query.direction, directionIn(request));
  TRY(query.statuses, namesIn(request, "status", document::statusFromName));
  TRY(query.kinds, namesIn(request, "type", document::kindFromName));
  query.channels = listParameter(request, "channel");
  if (query.channels.size() > 20) return parameterInvalid("channel", "There are more than 20 channels.");
  TRY(query.counterpartIdentifier, textParameter(request, "counterpart", 200));
  TRY(query.from, dateParameter(request, "from"));
  TRY(query.to, dateParameter(request, "to"));
  TRY(query.dueFrom, dateParameter(request, "dueFrom"));
  TRY(query.dueTo, dateParameter(request, "dueTo"));
  TRY(query.amountFrom, decimalParameter(request, "amountFrom"));
  TRY(query.amountTo, decimalParameter(request, "amountTo"));
  return query;
}

Result<net::Reply> listDocuments(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(
      call.request, {"query", "number", "direction", "status", "channel", "type", "counterpart", "from", "to",
                     "dueFrom", "dueTo", "amountFrom", "amountTo", "sort", "limit", "cursor"}));
  TRY(auto query, filterIn(call.request));
  CHECK_OK(readSort(call.request, query));
  TRY(query.limit, limitParameter(call.request));
  TRY(query.cursor, textParameter(call.request, "cursor", 1000));
  TRY(const auto page, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::listEntries(reader, call.viewer(), query);
      }));
  json::array items;
  items.reserve(page.items.size());
  for (const auto& entry : page.items) items.push_back(summaryShape(entry));
  auto list = listShape(std::move(items), page.nextCursor);
  list["previousCursor"] = page.previousCursor ? json::value(*page.previousCursor) : json::value(nullptr);
  return net::Reply::json(json::serialize(list));
}

json::array countsShape(const std::vector<store::Facets::Count>& counts) {
  json::array items;
  for (const auto& count : counts)
    if (!count.value.empty() && count.documents > 0)
      items.push_back({{"value", count.value}, {"count", count.documents}});
  return items;
}

// A facet is counted without its own filter, so that its other values can be chosen: one more count for each
// facet that is filtered on, none otherwise.
Result<json::object> facetsOf(store::Reader& reader, const Call& call, const store::EntryQuery& query) {
  TRY(const auto all, store::facets(reader, call.viewer(), query));
  json::object shape;
  const auto facet = [&](std::string_view name, auto counts, bool filtered, auto without) -> Outcome {
    if (!filtered) {
      shape[name] = countsShape(all.*counts);
      return {};
    }
    auto wider = query;
    without(wider);
    TRY(const auto others, store::facets(reader, call.viewer(), wider));
    shape[name] = countsShape(others.*counts);
    return {};
  };
  CHECK_OK(
      facet("status", &store::Facets::status, !query.statuses.empty(), [](auto& q) { q.statuses.clear(); }));
  CHECK_OK(facet("channel", &store::Facets::channel, !query.channels.empty(),
                 [](auto& q) { q.channels.clear(); }));
  CHECK_OK(facet("type", &store::Facets::kind, !query.kinds.empty(), [](auto& q) { q.kinds.clear(); }));
  CHECK_OK(facet("direction", &store::Facets::direction, query.direction.has_value(),
                 [](auto& q) { q.direction.reset(); }));
  json::array amounts;
  for (const auto& sum : all.amounts)
    if (!sum.currency.empty()) amounts.push_back(amountShape(sum.amount, sum.currency));
  shape["total"] = json::object{{"count", all.documents}, {"amounts", std::move(amounts)}};
  shape["partial"] = all.partial;
  return shape;
}

Result<net::Reply> countDocuments(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(
      call.request, {"query", "number", "direction", "status", "channel", "type", "counterpart", "from", "to",
                     "dueFrom", "dueTo", "amountFrom", "amountTo"}));
  TRY(const auto query, filterIn(call.request));
  TRY(const auto shape,
      readFrom(parts.context.store, [&](store::Reader& reader) { return facetsOf(reader, call, query); }));
  return net::Reply::json(json::serialize(shape));
}

}  // namespace

void addDocumentListRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  router.add("GET", "/api/v1/documents", parts.guard.scoped(Scope::documents_read, [&](const Call& call) {
    return listDocuments(parts, call);
  }));
  router.add("GET", "/api/v1/documents/facets",
             parts.guard.scoped(Scope::documents_read,
                                [&](const Call& call) { return countDocuments(parts, call); }));
}

}  // namespace postgang::api
