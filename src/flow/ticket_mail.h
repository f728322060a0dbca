// Tickets by mail. Who may:
//
//   to a ticket's own address   whoever has it: nobody guesses the key, and whoever has it has the mail. It
//   is
//                               said under the address that it comes from. Not who asked and may no longer
//                               see the ticket: that is set aside
//   to the support address,     a new ticket: of the company of the active user with that address, else of
//   or another of ours          the operator's own. Where it answers to a message of a ticket, and its author
//                               has written in that one: a message there
//
// It is a user's only where our own mail server vouches that it is from that address
// (net/mail_authentication.h); else it is the address's, and marked as unverified.
//
// Nothing that comes by mail is an answer of the desk's, whoever it says that it is from: what is written at
// the top of a mail is anybody's. So no mail is sent on to anybody; who asked is answered by people.
//
// A new ticket is confirmed, once, to a person (mail_answer.h); its confirmation has the ticket's number and
// the address to answer to, and nothing of what was written. What a program has written (RFC 3834) makes
// nothing and is answered nothing. Of one address at most 20 new tickets a day, of one company and of all who
// have no account together at most 200 an hour, whether to the support address or to a ticket that takes no
// more; what comes beyond is set aside.
//
// A ticket that is closed is not opened again: what comes becomes a new one that names it.
//
// A mail that comes back is noted, once, where it is one of the last seven days and was to who asked. Any
// other report is anybody's, and set aside.
#pragma once

namespace postgang::flow {

inline constexpr int tickets_by_mail_max = 20;   // of one address, in a day
inline constexpr int tickets_an_hour_max = 200;  // of one company, and of all without an account

}  // namespace postgang::flow
