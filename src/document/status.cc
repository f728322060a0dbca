// Facts come late and in parallel, so most events only ever lift a status: each stands for one status, the
// statuses have ranks, and the higher rank stays. A maximum does not depend on the order of its arguments,
// which is the whole proof that any order of the same facts ends alike.
//
// Three events are decisions and not facts, and may lower a status: `checked` lets a stopped or held document
// through, `routed` gives a failed one a new plan, `delivery_started` begins a new try of a delivery that
// failed. They come from our own flow, one at a time, each after the state that it answers.
//
// What the ranks say: a stop beats what we intended (ready, sending), not what has happened (sent). Failed
// (every channel exhausted) beats sent, because sent had no word from the other side; a later delivery beats
// failed. A bounce or a failure of one delivery says nothing about the document: the next channel is tried,
// or `failed` follows. Opened is a person's act, and no machine's message takes it back. Rejected beats
// accepted, so that somebody looks. Returned, cancelled and superseded end a document's life; superseded
// comes last because its successor carries on.
#include "document/status.h"

#include <array>
#include <utility>

namespace postgang::document {
namespace {

struct StatusRow {
  Status status;
  std::string_view name;
  int rank;
};
constexpr StatusRow status_rows[] = {
    {Status::received, "received", 0},
    {Status::stopped, "stopped", 40},
    {Status::ready, "ready", 10},
    {Status::sending, "sending", 20},
    {Status::sent, "sent", 50},
    {Status::delivered, "delivered", 70},
    {Status::opened, "opened", 80},
    {Status::accepted, "accepted", 90},
    {Status::rejected, "rejected", 91},
    {Status::held, "held", 30},
    {Status::failed, "failed", 60},
    {Status::returned, "returned", 100},
    {Status::superseded, "superseded", 102},
    {Status::cancelled, "cancelled", 101},
};

struct DeliveryRow {
  DeliveryStatus status;
  std::string_view name;
  int rank;
};
// A late receipt beats a failed try; the deadline beats delivery (nobody opened it); a bounce or a returned
// letter beats "delivered"; an opening beats them all.
constexpr DeliveryRow delivery_rows[] = {
    {DeliveryStatus::queued, "queued", 0},      {DeliveryStatus::sending, "sending", 10},
    {DeliveryStatus::sent, "sent", 30},         {DeliveryStatus::delivered, "delivered", 50},
    {DeliveryStatus::opened, "opened", 90},     {DeliveryStatus::bounced, "bounced", 70},
    {DeliveryStatus::failed, "failed", 40},     {DeliveryStatus::expired, "expired", 60},
    {DeliveryStatus::returned, "returned", 80}, {DeliveryStatus::uncertain, "uncertain", 20},
};

struct EventRow {
  EventType type;
  std::string_view name;
  std::optional<Status> document;          // what the fact says about the document, if anything
  std::optional<DeliveryStatus> delivery;  // and about the delivery that it belongs to
};
constexpr EventRow event_rows[] = {
    {EventType::received, "received", Status::received, {}},
    {EventType::recognised, "recognised", Status::received, {}},
    {EventType::checked, "checked", Status::ready, {}},
    {EventType::stopped, "stopped", Status::stopped, {}},
    {EventType::returned, "returned", Status::returned, {}},
    {EventType::held, "held", Status::held, {}},
    {EventType::routed, "routed", Status::ready, {}},
    {EventType::delivery_started, "delivery-started", Status::sending, DeliveryStatus::sending},
    {EventType::sent, "sent", Status::sent, DeliveryStatus::sent},
    {EventType::delivered, "delivered", Status::delivered, DeliveryStatus::delivered},
    {EventType::fetched, "fetched", {}, {}},
    {EventType::opened, "opened", Status::opened, DeliveryStatus::opened},
    {EventType::bounced, "bounced", {}, DeliveryStatus::bounced},
    {EventType::delivery_failed, "delivery-failed", {}, DeliveryStatus::failed},
    {EventType::delivery_uncertain, "delivery-uncertain", {}, DeliveryStatus::uncertain},
    {EventType::delivery_expired, "delivery-expired", {}, DeliveryStatus::expired},
    {EventType::delivery_returned, "delivery-returned", {}, DeliveryStatus::returned},
    {EventType::failed, "failed", Status::failed, {}},
    {EventType::accepted, "accepted", Status::accepted, {}},
    {EventType::rejected, "rejected", Status::rejected, {}},
    {EventType::superseded, "superseded", Status::superseded, {}},
    {EventType::cancelled, "cancelled", Status::cancelled, {}},
    {EventType::warned, "warned", {}, {}},
    {EventType::notice_sent, "notice-sent", {}, {}},
    {EventType::notice_read, "notice-read", {}, {}},
    {EventType::notice_bounced, "notice-bounced", {}, {}},
    {EventType::notice_unreachable, "notice-unreachable", {}, {}},
    {EventType::delivery_queued, "delivery-queued", Status::sending, DeliveryStatus::queued},
    {EventType::printed, "printed", Status::sent, DeliveryStatus::sent},
    {EventType::posted, "posted", Status::sent, DeliveryStatus::sent},
    {EventType::part_opened, "part-opened", {}, {}},
    {EventType::page_fetched, "page-fetched", {}, {}},
    {EventType::deadline_moved, "deadline-moved", {}, {}},
    {EventType::reminded, "reminded", {}, {}},
    {EventType::recipient_bounced, "recipient-bounced", {}, {}},
    {EventType::asked, "asked", {}, {}},
    {EventType::einvoice_wanted, "einvoice-wanted", {}, {}},
    {EventType::wrong_recipient, "wrong-recipient", Status::sending, DeliveryStatus::failed},
    // Who answers has it.
    {EventType::answered, "answered", Status::delivered, {}},
    {EventType::not_fetched, "not-fetched", {}, {}},
};

template <typename Rows>
constexpr bool inOrder(const Rows& rows, auto member) {
  std::size_t i = 0;
  for (const auto& row : rows)
    if (static_cast<std::size_t>(row.*member) != i++) return false;
  return true;
}
static_assert(inOrder(status_rows, &StatusRow::status));
static_assert(inOrder(delivery_rows, &DeliveryRow::status));
static_assert(inOrder(event_rows, &EventRow::type));

const StatusRow& row(Status status) {
  return status_rows[static_cast<std::size_t>(status)];
}
const DeliveryRow& row(DeliveryStatus status) {
  return delivery_rows[static_cast<std::size_t>(status)];
}
const EventRow& row(EventType type) {
  return event_rows[static_cast<std::size_t>(type)];
}

template <typename Value, typename Rows>
std::optional<Value> fromName(const Rows& rows, std::string_view name, auto member) {
  for (const auto& row : rows)
    if (row.name == name) return row.*member;
  return std::nullopt;
}

// A decision that answers this state, and so may lower it.
bool decides(EventType event, Status current) {
  if (event == EventType::checked) return current == Status::stopped || current == Status::held;
  // It was with somebody else: nobody whom it is for has it.
  if (event == EventType::wrong_recipient)
    return current == Status::sent || current == Status::delivered || current == Status::opened;
  return event == EventType::routed && current == Status::failed;
}

bool decides(EventType event, DeliveryStatus current) {
  if (event == EventType::wrong_recipient) return current == DeliveryStatus::opened;
  return event == EventType::delivery_started &&
         (current == DeliveryStatus::failed || current == DeliveryStatus::uncertain);
}

}  // namespace

std::string_view name(Status status) {
  return row(status).name;
}
std::string_view name(DeliveryStatus status) {
  return row(status).name;
}
std::string_view name(EventType type) {
  return row(type).name;
}

std::optional<Status> statusFromName(std::string_view name) {
  return fromName<Status>(status_rows, name, &StatusRow::status);
}
std::optional<DeliveryStatus> deliveryStatusFromName(std::string_view name) {
  return fromName<DeliveryStatus>(delivery_rows, name, &DeliveryRow::status);
}
std::optional<EventType> eventTypeFromName(std::string_view name) {
  return fromName<EventType>(event_rows, name, &EventRow::type);
}

Status fold(std::optional<Status> current, EventType event) {
  const auto now = current.value_or(Status::received);
  const auto said = row(event).document;
  if (!said) return now;
  return decides(event, now) || row(*said).rank > row(now).rank ? *said : now;
}

DeliveryStatus fold(std::optional<DeliveryStatus> current, EventType event) {
  const auto now = current.value_or(DeliveryStatus::queued);
  const auto said = row(event).delivery;
  if (!said) return now;
  return decides(event, now) || row(*said).rank > row(now).rank ? *said : now;
}

bool needsSomebody(Status status) {
  return status == Status::stopped || status == Status::returned || status == Status::rejected ||
         status == Status::failed || status == Status::held;
}

}  // namespace postgang::document
