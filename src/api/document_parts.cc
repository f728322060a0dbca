// What hangs on a document: its events, business terms, findings, deliveries, versions.
#include <algorithm>

#include "api/correction_shape.h"
#include "api/event_shape.h"
#include "api/finding_shape.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/routes.h"
#include "api/safe_file.h"
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

// An attempt's outcome as a delivery's status: what the delivery would be after that event alone.
std::string_view resultOf(const store::Attempt& attempt) {
  const auto type = document::eventTypeFromName(attempt.result);
  if (!type) return document::name(store::DeliveryStatus::sending);
  return document::name(document::fold(std::optional(store::DeliveryStatus::sending), *type));
}

Result<json::value> sentBytesShape(store::Reader& reader, const store::DocumentRow& row,
                                   const store::Delivery& delivery) {
  if (!delivery.sentDigest) return nullptr;
  TRY(const auto bytes, store::blob(reader, *delivery.sentDigest));
  return json::value{{"href", documentPath(row.entry.document, "deliveries/" + delivery.id.text() + "/sent")},
                     {"sha256", hex(view(*delivery.sentDigest))},
                     {"size", static_cast<std::int64_t>(bytes.size())},
                     {"mediaType", sentMediaType(delivery.channel, row.mediaType, row.format)}};
}

Result<json::object> deliveryShape(store::Reader& reader, const store::DocumentRow& row,
                                   const store::Delivery& delivery) {
  json::array attempts;
  for (const auto& attempt : delivery.attempts)
    attempts.push_back({{"number", attempt.number},
                        {"startedAt", attempt.startedAt.text()},
                        {"endedAt", instantOrNull(attempt.endedAt)},
                        {"result", resultOf(attempt)},
                        {"detail", textOrNull(attempt.detail)}});
  TRY(auto sentBytes, sentBytesShape(reader, row, delivery));
  json::object shape;
  shape["id"] = delivery.id.text();
  shape["channel"] = delivery.channel;
  shape["status"] = document::name(delivery.status);
  shape["address"] = textOrNull(delivery.address);
  shape["attempts"] = std::move(attempts);
  shape["price"] = amountOrNull(delivery.price, delivery.currency);
  shape["evidence"] = evidenceShape(delivery.evidence, "");
  shape["sentBytes"] = std::move(sentBytes);
  return shape;
}

Result<json::object> deliveryList(store::Reader& reader, const Call& call, DocumentId id) {
  TRY(const auto row, seenDocument(reader, call, id));
  TRY(const auto deliveries, store::deliveriesOf(reader, call.viewer(), id));
  json::array items;
  for (const auto& delivery : deliveries) {
    TRY(auto shape, deliveryShape(reader, row, delivery));
    items.push_back(std::move(shape));
  }
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
  addList(router, parts, "deliveries", deliveryList);
  addList(router, parts, "versions", versionList);
}

}  // namespace postgang::api
