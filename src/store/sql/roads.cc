#include "store/sql/roads.h"

#include <algorithm>

namespace postgang::store {

namespace {

std::string_view mailState(const Delivery& delivery) {
  if (delivery.road.expiredAt) return "posted";
  if (delivery.road.openedAt) return "opened";
  switch (delivery.status) {
    case DeliveryStatus::bounced:
      return "bounced";
    case DeliveryStatus::failed:
      return "failed";
    default:
      return "waiting";
  }
}

std::string_view letterState(const Delivery& delivery) {
  switch (delivery.status) {
    case DeliveryStatus::failed:
      return delivery.evidence == "recalled" ? delivery.evidence : document::name(delivery.status);
    case DeliveryStatus::queued:
    case DeliveryStatus::sending:
    case DeliveryStatus::returned:
    case DeliveryStatus::uncertain:
      return document::name(delivery.status);
    default:
      return delivery.road.postedAt ? "posted" : delivery.road.printedAt ? "printed" : "sent";
  }
}

// Who was mailed is not asked to confirm anything.
std::string_view handoverState(const Delivery& delivery) {
  switch (delivery.status) {
    case DeliveryStatus::sent:
    case DeliveryStatus::uncertain:
      if (delivery.evidence == "smtp") return "sent";
      return delivery.road.notFetchedAt ? "overdue" : "waiting";
    case DeliveryStatus::delivered:
    case DeliveryStatus::opened:
      return "taken";
    case DeliveryStatus::queued:
    case DeliveryStatus::sending:
      return "sending";
    default:
      return "failed";
  }
}

// The inbox itself waits for nobody; what is listed for the receiver's program does.
std::string_view inboxState(const Delivery& delivery) {
  return delivery.status == DeliveryStatus::sent ? handoverState(delivery) : std::string_view();
}

// At an internet bank.
std::string_view bankState(const Delivery& delivery) {
  const bool recalled = delivery.status == DeliveryStatus::failed && delivery.evidence == "recalled";
  return recalled ? std::string_view(delivery.evidence) : document::name(delivery.status);
}

}  // namespace

std::string_view roadState(const Delivery& delivery) {
  if (delivery.channel == "email") return mailState(delivery);
  if (delivery.channel == "system") return handoverState(delivery);
  if (delivery.channel == "network") return inboxState(delivery);
  if (delivery.channel == "bank") return bankState(delivery);
  return delivery.channel == "print" ? letterState(delivery) : std::string_view();
}

}  // namespace postgang::store

namespace postgang::store::sql {

namespace {

void setOnce(std::optional<Instant>& at, Instant now) {
  if (!at) at = now;
}

void openPart(Road& road, std::string_view name, Instant at) {
  for (auto& part : road.parts)
    if (part.name == name) setOnce(part.openedAt, at);
  const bool all =
      std::ranges::all_of(road.parts, [](const auto& part) { return part.exempt || part.openedAt; });
  if (all) setOnce(road.openedAt, at);
}

void openBy(Road& road, std::string_view address, Instant at) {
  for (auto& recipient : road.recipients)
    if (recipient.address == address) setOnce(recipient.openedAt, at);
}

// Nobody whom it is for has opened it.
void close(Road& road) {
  road.openedAt.reset();
  for (auto& part : road.parts) part.openedAt.reset();
}

// One address less. Where it says itself that the mail was not for it, what it alone had opened is unopened
// again; a bounce that comes after an opening takes nothing back.
void lose(Road& road, const SmartmailFact& fact) {
  constexpr std::string_view not_for_it = "wrong-recipient";  // flow/recipient_page.h
  bool lost = false, others = false;
  for (auto& recipient : road.recipients) {
    if (recipient.address != fact.recipient) {
      others = others || recipient.openedAt;
      continue;
    }
    recipient.bounced = fact.detail;
    lost = recipient.openedAt && fact.detail == not_for_it;
  }
  if (lost && !others) close(road);
}

void begin(Road& road, const DeliveryFact& fact) {
  if (!fact.recipients.empty()) road.recipients.clear();
  for (const auto& recipient : fact.recipients) road.recipients.push_back({recipient.address, {}, {}});
  if (!fact.parts.empty()) road.parts.clear();
  for (const auto& part : fact.parts) road.parts.push_back({part.name, part.exempt, {}});
}

}  // namespace

void followRoad(DeliveryView& delivery, const Event& event, const DeliveryFact& fact) {
  auto& road = delivery.road;
  if (fact.deadline) road.deadline = fact.deadline;
  if (!fact.batch.empty()) road.batch = fact.batch;
  if (fact.sheets) road.sheets = fact.sheets;
  if (fact.letterPrice) road.letterPrice = fact.letterPrice;
  switch (event.type) {
    case EventType::delivery_started:
      return begin(road, fact);
    case EventType::sent:
    case EventType::delivery_uncertain:
      return setOnce(road.sentAt, event.at);
    case EventType::bounced:
      for (auto& recipient : road.recipients)
        if (recipient.bounced.empty()) recipient.bounced = fact.detail;
      return;
    case EventType::delivery_expired:
      return setOnce(road.expiredAt, event.at);
    case EventType::printed:
      return setOnce(road.printedAt, event.at);
    case EventType::posted:
      return setOnce(road.postedAt, event.at);
    case EventType::wrong_recipient:
      return close(road);
    case EventType::not_fetched:
      return setOnce(road.notFetchedAt, event.at);
    default:
      return;
  }
}

void followRoad(DeliveryView& delivery, const Event& event, const SmartmailFact& fact) {
  auto& road = delivery.road;
  delivery.changed = true;
  switch (event.type) {
    case EventType::part_opened:
      openPart(road, fact.part, event.at);
      return openBy(road, fact.recipient, event.at);
    case EventType::deadline_moved:
      road.deadline = fact.deadline;
      return;
    case EventType::reminded:
      ++road.reminders;
      return;
    case EventType::recipient_bounced:
      return lose(road, fact);
    default:
      return;
  }
}

void openRoad(DeliveryView& delivery, const Event& event, const AccessFact& fact) {
  openPart(delivery.road, {}, event.at);
  openBy(delivery.road, fact.recipient, event.at);
}

}  // namespace postgang::store::sql
