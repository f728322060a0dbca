// Where a document or a delivery stands: a fold over its events by a precedence table. Pure.
//
// Events may come late and in parallel (a bounce after an opening, a fetch before the receipt): the table
// decides, so that any order of the same facts ends in the same status. A status never claims more than its
// evidence.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace postgang::document {

enum class Status : std::uint8_t {
  received,
  stopped,
  ready,
  sending,
  sent,
  delivered,
  opened,
  accepted,
  rejected,
  held,
  failed,
  returned,
  superseded,
  cancelled,
};
enum class DeliveryStatus : std::uint8_t {
  queued,
  sending,
  sent,
  delivered,
  opened,
  bounced,
  failed,
  expired,
  returned,
  uncertain,
};
enum class EventType : std::uint8_t {
  received,          // the bytes are kept; door, actor, digest
  recognised,        // read: format and the header facts that lists and search show
  checked,           // the filter let it through
  stopped,           // the filter, or that it could not be read; findings
  returned,          // sent back to its sender
  held,              // waits for the receiver's decision
  routed,            // the plan: channels in order, price, why
  delivery_started,  // an attempt begins; committed before the first byte leaves
  sent,              // handed over, no word from the other side yet
  delivered,         // evidence: inbox, receipt, confirmation, 2xx
  fetched,           // a program fetched it; never an opening
  opened,            // a person's act
  bounced,
  delivery_failed,
  delivery_uncertain,
  delivery_expired,
  delivery_returned,
  failed,  // every channel exhausted: somebody must act
  accepted,
  rejected,
  superseded,
  cancelled,
  warned,       // the receiver's filter let it through with remarks
  notice_sent,  // its sender was told of the stop: in the portal, or its mail server took the notice
  notice_read,  // a person's act: read in the portal, or the link's page was used
  notice_bounced,
  notice_unreachable,  // nobody could be told: somebody must act
  delivery_queued,     // a letter waits for its batch, and can still be recalled
  printed,             // by the print house, which says so
  posted,              // and handed to the post: no proof that it has arrived
  part_opened,         // one attachment of a Smartmail, by a person's act
  page_fetched,        // a machine, or the sender itself, looked at the recipient's page: never an opening
  deadline_moved,      // later, earlier, or none any longer
  reminded,            // the mail was sent once more to who has not opened it
  recipient_bounced,   // one of several addresses; the others still have it
  asked,               // the recipient has a question to the sender
  einvoice_wanted,     // the recipient would rather have it another way
  wrong_recipient,     // whoever got the Smartmail says that it is not for them, opened or not
  answered,     // the receiver's system says something short of yes and no: being looked at, a question, paid
  not_fetched,  // handed over to the receiver's system, which has not taken or confirmed it in time
};

std::string_view name(Status status);
std::string_view name(DeliveryStatus status);
std::string_view name(EventType type);
std::optional<Status> statusFromName(std::string_view name);
std::optional<DeliveryStatus> deliveryStatusFromName(std::string_view name);
std::optional<EventType> eventTypeFromName(std::string_view name);

// The document's status after one more event. `current` is nullopt before the first.
Status fold(std::optional<Status> current, EventType event);
// The delivery's status after one more event about it; events that are not about deliveries leave it as it
// is.
DeliveryStatus fold(std::optional<DeliveryStatus> current, EventType event);
bool needsSomebody(Status status);  // stopped, returned, rejected, failed, held

}  // namespace postgang::document
