#include "flow/ticket_requester.h"

#include "access/visibility.h"
#include "net/mail.h"
#include "store/sql/session.h"

namespace postgang::flow {

Result<bool> seesTicket(store::Reader& reader, const store::User& user, const store::Ticket& ticket) {
  if (!user.active) return false;
  store::TicketViewer viewer;
  TRY(viewer.viewer, access::everythingSeenBy(reader, user));
  return viewer.sees(ticket);
}

Result<std::string> requesterAddress(store::Reader& reader, const store::Ticket& ticket) {
  auto address = ticket.requesterMail;
  if (ticket.requester) {
    TRY(const auto user, store::user(reader, *ticket.requester));
    if (!user) return std::string();
    TRY(const bool sees, seesTicket(reader, *user, ticket));
    if (!sees) return std::string();
    address = user->email;
  }
  return net::isMailAddress(address) ? address : std::string();
}

}  // namespace postgang::flow
