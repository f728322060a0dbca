// What webhooks are told of tickets: the same envelope as of documents (webhook_messages.h), no contents.
//
//   {"type": "ticket.created", "timestamp": "…", "data": {"id", "number", "status", "priority", "subject",
//    "company", "counterpart", "documents": [ids], "links": {"ticket"}}}
//
// Told are the webhooks of the ticket's company, and of those above it that include what lies beneath. Where
// a webhook asks for one direction or some types alone, it is told of tickets whose documents are of those,
// and of none without a document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flow/step.h"
#include "store/tickets.h"
#include "store/webhooks.h"

namespace postgang::flow {

inline constexpr std::string_view ticket_created = "ticket.created", ticket_replied = "ticket.replied",
                                  ticket_status_changed = "ticket.status-changed";

// The types that webhooks can ask for, in order.
const std::vector<std::string>& ticketEventTypes();

struct TicketEvent {
  std::string_view type;
  store::TicketStatus status{};  // as it was left then
  Instant at;
  std::int64_t place = 0;  // the number of the change: with the type, what makes the message one
};
Result<std::vector<store::WebhookMessage>> ticketMessages(const Tools& tools, store::Reader& reader,
                                                          const store::Ticket& ticket,
                                                          const TicketEvent& event);
// Those that are new, each with its job.
Outcome sendMessages(store::Transaction& tx, const std::vector<store::WebhookMessage>& messages, Instant now);

}  // namespace postgang::flow
