// Whether a mail is from whom it says, as the receiving server of our own has found (RFC 8601): it puts
// Authentication-Results at the top of what it takes in, under a name of its own, the authserv-id. Of any
// other name, and below the first of this one, they may be anybody's and count for nothing.
//
//   dmarc=pass                       (for the domain of From, where it is said which)
//   dkim=pass header.d=, header.i=   the domain of From exactly; not where dmarc says that it has failed
//   spf=pass smtp.mailfrom=          likewise
//
// A mail of several authors is from nobody. What cannot be read proves nothing.
#pragma once

#include <string_view>

#include "net/mail_reader.h"

namespace postgang::net {

// `authservId` empty: there is no such server, and nothing is proven.
bool isSenderProven(const ReceivedMail& mail, std::string_view authservId);

}  // namespace postgang::net
