// What hangs on a document: its events, business terms, findings, versions.
#include <algorithm>

#include "api/correction_shape.h"
#include "api/event_shape.h"
#include "api/finding_shape.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/routes.h"
#include "api/seen.h"
#include "api/shapes.h"
#include "api/term_shape.h"
#include "store/blobs.h"
#include "store/document_chain.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

Result<json::object> eventList(store::Reader& reader, const Call& call, DocumentId id) {
  TRY(const auto row, seenDocument(reader, call, id));
  TRY(const auto events, store::eventsOf(reader, call.viewer(), id));
  TRY(const auto companies, companyNames(reader, events));
  TRY(const auto chain, store::chainOf(reader, call.viewer(), id));
  json::array items;
  for (const auto& event : events) items.push_back(eventShape(event, row, companies));
  auto list = listShape(std::move(items));
  list["chain"] =
      json::object{{"length", chain.length}, {"head", hex(view(chain.head))}, {"intact", chain.intact}};
  return list;
}

Result<json::object> termList(store::Reader& reader, const Call& call, DocumentId id) {
  CHECK_OK(seenDocument(reader, call, id));
  TRY(const auto parsed, store::parsed(reader, id));
  if (!parsed) {
    auto list = listShape({});
    list["other"] = json::array();
    return list;
  }
  TRY(const auto document, document::BusinessDocument::restored(*parsed));
  auto list = listShape(termShapes(document));
  list["other"] = otherShapes(document);
  return list;
}

Result<json::object> findingList(store::Reader& reader, const Call& call, DocumentId id) {
  TRY(const auto findings, store::findingsOf(reader, call.viewer(), id));
  json::array items;
  for (const auto& finding : findings) items.push_back(findingShape(finding));
  return listShape(std::move(items));
}

Result<json::object> versionList(store::Reader& reader, const Call& call, DocumentId id) {
  TRY(const auto versions, store::versionsOf(reader, call.viewer(), id));
  json::array items;
  for (const auto& row : versions) {
    // Who changed what and why is told to both sides; what else its sender did is not.
    TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), row.entry.document));
    const auto& received = std::get<store::ReceivedFact>(events.front().fact);
    items.push_back(
        {{"id", row.entry.document.text()},
         {"version", row.version},
         {"number", textOrNull(row.entry.number)},
         {"status", document::name(row.entry.status)},
         {"receivedAt", row.entry.receivedAt.text()},
         {"supersedes", row.supersedes ? json::value(row.supersedes->text()) : json::value(nullptr)},
         {"by", textOrNull(events.front().actor.name)},
         {"reason", textOrNull(received.reason)},
         {"difference", differenceShape(received.changes)}});
  }
  return listShape(std::move(items));
}

using ListOf = Result<json::object> (*)(store::Reader&, const Call&, DocumentId);

void addList(net::Router& router, Parts& parts, std::string_view below, ListOf list) {
  router.add("GET", "/api/v1/documents/{id}/" + std::string(below),
             parts.guard.scoped(
                 access::Scope::documents_read, [&parts, list](const Call& call) -> Result<net::Reply> {
                   TRY(const auto id, documentIdIn(call.request));
                   TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
                         return list(reader, call, id);
                       }));
                   return net::Reply::json(json::serialize(shape));
                 }));
}

}  // namespace

void addDocumentPartRoutes(net::Router& router, Parts& parts) {
  addList(router, parts, "events", eventList);
  addList(router, parts, "terms", termList);
  addList(router, parts, "findings", findingList);
  addList(router, parts, "versions", versionList);
}

}  // namespace postgang::api
