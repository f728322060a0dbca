// What happens in a ticket, told: the job "ticket-told", made in the commit that it tells of, makes
//
//   webhooks   "ticket.created", "ticket.replied", "ticket.status-changed" (webhook_messages.h): messages of
//              the ticket's company, without contents. The feed is of documents, and a ticket may have none:
//              so these have places of their own, the ticket and the number of the change
//   news       for those concerned, each by name (store/news.h, kind "ticket"; word `what`: created, replied,
//              noted, assigned, waiting, solved): of what is new the desk's people, of an answer who asked,
//              of what is written in it whom it is assigned to, or the desk's people. Never who did it; of a
//              note only whom it is assigned to. New tickets gather: many within minutes are one row and one
//              mail of the desk's
//   mail       the desk's answer to who asked, whatever road the question came by: job "ticket-mail"
//
//   Message-ID: <ticket.<message>@domain>   In-Reply-To, References: what came before, of either side
//   Reply-To: local+t-KEY@domain            what comes there is theirs (ticket_mail.h)
//
// A mail that is refused for good is noted in the ticket, inside.
#pragma once

#include <string>
#include <vector>

#include "flow/step.h"
#include "store/tickets.h"

namespace postgang::flow {

enum class TicketHappening { created, replied, noted, assigned, moved };

struct TicketTold {
  std::vector<TicketHappening> happenings;
  std::optional<store::TicketMessageId> message = {};
  std::optional<UserId> by = {};
  bool byDesk = false;
};
// `ticket` as it stands in the commit: its `changes` is the place.
store::NewJob ticketToldJob(const store::Ticket& ticket, const TicketTold& told, Instant now);

// An internal note in the ticket that a mail to this address has not arrived.
Outcome noteLostMail(store::Transaction& tx, IdMaker& ids, store::TicketId ticket, const std::string& address,
                     const std::string& words);
std::string ticketMailId(store::TicketMessageId message, std::string_view domain);

Result<Decision> tellOfTicket(const Tools& tools, store::Reader& reader, const store::Job& job);
Result<Decision> sendTicketMail(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
