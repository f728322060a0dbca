// Who asks about tickets, as the store's rule (store/tickets.h) wants to know it.
#pragma once

#include "access/caller.h"
#include "store/tickets.h"

namespace postgang::access {

store::TicketViewer ticketViewerOf(const Caller& caller);
// As the user would ask in a session that acts for this company.
Result<store::TicketViewer> ticketViewerOf(store::Reader& reader, const store::User& user,
                                           const store::Company& actingFor);

}  // namespace postgang::access
