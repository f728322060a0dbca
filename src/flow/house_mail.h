// A mail that Postgång itself writes to somebody: what all of them have in common.
#pragma once

#include <string>

#include "channels/mailing.h"
#include "net/mail.h"

namespace postgang::flow {

// From the house, its id in the house's domain, signed as of its date. `mail.messageId` comes without a
// domain. Codes: net::composed's.
Result<std::string> houseMail(const channels::Mailing& mailing, net::Mail mail);

}  // namespace postgang::flow
