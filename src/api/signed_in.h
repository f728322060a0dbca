// What signing in answers, wherever somebody does: at the door, after the second step, by an invitation.
#pragma once

#include "access/access.h"
#include "api/parts.h"
#include "net/http.h"

namespace postgang::api {

net::Cookie sessionCookie(const net::Request& request, std::string token);
access::From fromOf(const net::Request& request);
// The session and its cookie; or, where a second step is yet to come, what to send with its code.
Result<net::Reply> signedInReply(Parts& parts, const net::Request& request, const access::SignedIn& signedIn);

}  // namespace postgang::api
