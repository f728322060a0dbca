// /documents/{id}/deliveries: every way that a document was sent, with its tries, what is known of the road,
// and what was said on the line. A receiver sees its own delivery, without what is its sender's matter.
#include "api/event_shape.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "api/seen.h"
#include "api/shapes.h"
#include "api/smartmail_shape.h"
#include "flow/next_try.h"
#include "store/blobs.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

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

json::array attemptsShape(const store::Delivery& delivery) {
  json::array shape;
  for (const auto& attempt : delivery.attempts)
    shape.push_back({{"number", attempt.number},
                     {"startedAt", attempt.startedAt.text()},
                     {"endedAt", instantOrNull(attempt.endedAt)},
                     {"result", resultOf(attempt)},
                     {"detail", textOrNull(attempt.detail)}});
  return shape;
}

// What was said on the line, each time that something was said.
json::array wireShape(const std::vector<store::Event>& events, DeliveryId delivery) {
  json::array shape;
  for (const auto& event : events) {
    const auto* fact = std::get_if<store::DeliveryFact>(&event.fact);
    if (fact && fact->delivery == delivery && !fact->wire.empty())
      shape.push_back({{"at", event.at.text()}, {"event", document::name(event.type)}, {"text", fact->wire}});
  }
  return shape;
}

void addRoad(json::object& shape, const store::Delivery& delivery) {
  const auto& road = delivery.road;
  shape["deadline"] = instantOrNull(road.deadline);
  shape["sentAt"] = instantOrNull(road.sentAt);
  shape["expiredAt"] = instantOrNull(road.expiredAt);
  shape["openedAt"] = instantOrNull(road.openedAt);
  shape["printedAt"] = instantOrNull(road.printedAt);
  shape["postedAt"] = instantOrNull(road.postedAt);
  shape["recipients"] = recipientsShape(road);
  shape["attachments"] = attachmentsShape(road);
  shape["reminders"] = road.reminders;
  shape["batch"] = textOrNull(road.batch);
  shape["sheets"] = road.sheets ? json::value(*road.sheets) : json::value(nullptr);
  shape["letterPrice"] = amountOrNull(road.letterPrice, delivery.currency);
  shape["state"] = textOrNull(store::roadState(delivery));
}

// What is its sender's alone: the line, the next try, what can be done.
Outcome addSendersOwn(json::object& shape, store::Reader& reader, const store::DocumentRow& row,
                      const store::Delivery& delivery, const std::vector<store::Event>& events, Instant now) {
  shape["nextTry"] = nullptr;
  shape["wire"] = json::array();
  shape["actions"] = nullptr;
  if (row.entry.direction != store::Direction::sent) return {};
  const auto id = row.entry.document;
  TRY(const auto next, flow::nextTryOf(reader, id, delivery));
  shape["nextTry"] = instantOrNull(next);
  shape["wire"] = wireShape(events, delivery.id);
  if (delivery.channel != "email") return {};
  TRY(const auto choices, flow::smartmailChoices(reader, id, delivery, row.entry.dueDate, now));
  shape["actions"] = choicesShape(choices);
  return {};
}

Result<json::object> deliveryShape(store::Reader& reader, const store::DocumentRow& row,
                                   const store::Delivery& delivery, const std::vector<store::Event>& events,
                                   Instant now) {
  TRY(auto sentBytes, sentBytesShape(reader, row, delivery));
  json::object shape;
  shape["id"] = delivery.id.text();
  shape["channel"] = delivery.channel;
  shape["status"] = document::name(delivery.status);
  shape["address"] = textOrNull(delivery.address);
  shape["attempts"] = attemptsShape(delivery);
  shape["price"] = amountOrNull(delivery.price, delivery.currency);
  shape["evidence"] = evidenceShape(delivery.evidence, "");
  shape["sentBytes"] = std::move(sentBytes);
  addRoad(shape, delivery);
  CHECK_OK(addSendersOwn(shape, reader, row, delivery, events, now));
  return shape;
}

Result<json::object> deliveryList(store::Reader& reader, const Call& call, DocumentId id, Instant now) {
  TRY(const auto row, seenDocument(reader, call, id));
  TRY(const auto deliveries, store::deliveriesOf(reader, call.viewer(), id));
  TRY(const auto events, store::eventsOf(reader, call.viewer(), id));
  json::array items;
  for (const auto& delivery : deliveries) {
    TRY(auto shape, deliveryShape(reader, row, delivery, events, now));
    items.push_back(std::move(shape));
  }
  return listShape(std::move(items));
}

}  // namespace

void addDeliveryRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/documents/{id}/deliveries",
             parts.guard.scoped(access::Scope::documents_read, [&](const Call& call) -> Result<net::Reply> {
               TRY(const auto id, documentIdIn(call.request));
               const auto now = parts.context.clock.now();
               TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
                     return deliveryList(reader, call, id, now);
                   }));
               return net::Reply::json(json::serialize(shape));
             }));
}

}  // namespace postgang::api
