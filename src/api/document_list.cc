// GET /documents and GET /documents/facets: finding documents, and counting what was found.
#include "api/document_query.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

Result<net::Reply> listDocuments(Parts& parts, const Call& call) {
  CHECK_OK(onlyDocumentParameters(call.request, {"sort", "limit", "cursor"}));
  TRY(auto asked, documentsAskedIn(parts, call));
  auto query = asked.value_or(store::EntryQuery());
  CHECK_OK(readDocumentSort(call.request, query));
  TRY(query.limit, limitParameter(call.request));
  TRY(query.cursor, textParameter(call.request, "cursor", 1000));
  store::EntryPage page;
  if (asked) {
    TRY(page, readFrom(parts.context.store, [&](store::Reader& reader) {
          return store::listEntries(reader, call.viewer(), query);
        }));
  }
  json::array items;
  items.reserve(page.items.size());
  for (const auto& entry : page.items) items.push_back(summaryShape(entry));
  auto list = listShape(std::move(items), page.nextCursor);
  list["previousCursor"] = page.previousCursor ? json::value(*page.previousCursor) : json::value(nullptr);
  return net::Reply::json(json::serialize(list));
}

json::array countsShape(const std::vector<store::Facets::Count>& counts) {
  json::array items;
  for (const auto& count : counts) {
    if (count.value.empty() || count.documents == 0) continue;
    json::object item{{"value", count.value}, {"count", count.documents}};
    if (!count.name.empty()) item["name"] = count.name;
    items.push_back(std::move(item));
  }
  return items;
}

Result<json::object> facetsOf(store::Reader& reader, const store::Viewer& viewer,
                              const store::EntryQuery& query) {
  TRY(const auto all, store::facets(reader, viewer, query, true));
  json::object shape{{"status", countsShape(all.status)},   {"channel", countsShape(all.channel)},
                     {"type", countsShape(all.kind)},       {"direction", countsShape(all.direction)},
                     {"company", countsShape(all.company)}, {"counterpart", countsShape(all.counterpart)},
                     {"month", countsShape(all.month)}};
  json::array amounts;
  for (const auto& sum : all.amounts)
    if (!sum.currency.empty()) amounts.push_back(amountShape(sum.amount, sum.currency));
  shape["total"] = json::object{{"count", all.documents}, {"amounts", std::move(amounts)}};
  shape["partial"] = all.partial;
  shape["counterpartPartial"] = all.counterpartsPartial;
  return shape;
}

Result<net::Reply> countDocuments(Parts& parts, const Call& call) {
  CHECK_OK(onlyDocumentParameters(call.request, {}));
  TRY(const auto asked, documentsAskedIn(parts, call));
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
        return asked ? facetsOf(reader, call.viewer(), *asked)
                     : facetsOf(reader, store::Viewer::ofCompanies({}, {}), {});
      }));
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
