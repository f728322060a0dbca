// Whom a ticket's answers are mailed to. Somebody with an account: to the address that the account has now,
// for as long as it is active and sees the ticket. Somebody known by the address alone: to that.
#pragma once

#include <string>

#include "store/access_rows.h"
#include "store/tickets.h"

namespace postgang::flow {

// Now, whichever company the user would act for.
Result<bool> seesTicket(store::Reader& reader, const store::User& user, const store::Ticket& ticket);
// Empty: nobody.
Result<std::string> requesterAddress(store::Reader& reader, const store::Ticket& ticket);

}  // namespace postgang::flow
