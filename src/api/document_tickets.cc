// A document's tickets, and the same trouble elsewhere: what has been solved, what else it is about.
#include "api/parameters.h"
#include "api/parts.h"
#include "api/routes.h"
#include "api/seen.h"
#include "api/shapes.h"
#include "api/ticket_shape.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

constexpr int tickets_max = 5, documents_max = 100;

Result<net::Reply> tickets(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  TRY(const auto id, documentIdIn(call.request));
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    CHECK_OK(seenDocument(reader, call, id));
    store::TicketQuery query;
    query.document = id;
    query.limit = 200;
    TRY(const auto page, store::listTickets(reader, ticketViewer(call), query));
    TRY(auto items, ticketShapes(reader, page.items));
    return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
  });
}

Result<net::Reply> similar(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  TRY(const auto id, documentIdIn(call.request));
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto row, seenDocument(reader, call, id));
    TRY(const auto solved, store::similarTickets(reader, ticketViewer(call), row.entry, tickets_max));
    TRY(auto solvedShapes, ticketShapes(reader, solved));
    TRY(auto alike, store::alikeDocuments(reader, call.caller->viewer, row.entry, documents_max));
    const bool more = alike.size() > static_cast<std::size_t>(documents_max);
    if (more) alike.pop_back();
    json::array documents;
    for (const auto& entry : alike) documents.push_back(summaryShape(entry));
    return net::Reply::json(json::serialize(json::object{
        {"cause", textOrNull(store::causeOf(row.entry))},
        {"tickets", std::move(solvedShapes)},
        {"documents", {{"items", std::move(documents)}, {"more", more}, {"days", store::alike_days}}}}));
  });
}

}  // namespace

void addDocumentTicketRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/documents/{id}/tickets",
             parts.guard.scoped(Scope::tickets_read, [&](const Call& call) { return tickets(parts, call); }));
  router.add("GET", "/api/v1/documents/{id}/similar",
             parts.guard.scoped(Scope::tickets_read, [&](const Call& call) { return similar(parts, call); }));
}

}  // namespace postgang::api
