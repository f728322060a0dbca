// What a message that has come means, and doing it: in one commit, and once, however often the same message
// comes.
//
//   it came to                      and is                          then
//   local+b-KEY@domain (VERP)       a report: failed                `bounced`, the next channel at once; of
//   one
//                                                                   of several recipients `recipient_bounced`
//                                   a report: delayed, delivered    counted
//                                   a program's (RFC 3834)          counted
//                                   a person's                      `asked`: a question to the sender
//   local+in-KEY@domain             a supplier's                    its XML and zip attachments are handed in
//                                                                   for the company whose address it is; what
//                                                                   could not be taken is answered in words
//   local+t-KEY@domain              a person's                      a message in that ticket (ticket_mail.h)
//   local+support@domain, or the    a person's                      a ticket; a message in one, where it
//   operator's support address                                      answers to one of its mails
//   any of ours, and answers or     a report: failed                `notice_bounced`, and the next way; noted
//   returns one of our messages                                     in the ticket
//                                   a person's                      `asked`; a message in the ticket
//   otherwise                                                       set aside for the operator
//
// Anybody may write anything to these addresses. The keys are what is trusted: nobody guesses them, and
// whoever has one has the mail that it was in.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "flow/limits.h"
#include "flow/step.h"

namespace postgang::flow {

enum class MailMeaning {
  bounce,
  notice_bounce,
  delay,      // it is still being tried; or a report that it arrived
  automatic,  // an absence, a receipt: nobody has read anything
  question,
  invoices,    // to a company's address, with files that may be invoices
  no_invoice,  // to a company's address, without any
  ticket,      // a new one
  ticket_reply,
  unknown  // none of ours, or nothing that anybody here understands
};
inline constexpr std::size_t mail_meanings = 10;
std::string_view name(MailMeaning meaning);  // "bounce", "notice-bounce" …

struct MailTaken {
  MailMeaning meaning = MailMeaning::unknown;
  bool again = false;  // it was dealt with before: nothing was done now
};

// `whole` false: only its beginning was fetched, the rest is too large. Codes: mail-unreadable,
// mail-received-too-large (set it aside); the store's own (try again).
Result<MailTaken> takeMail(const Tools& tools, const Limits& limits, std::string_view bytes,
                           bool whole = true);

// --- A company's address for its suppliers' invoices; empty: it has none, or no mail comes in here.
Result<std::string> inboundAddressOf(const Tools& tools, store::Reader& reader, CompanyId company);
// On: gives it one, and leaves the one that it has. Off: the address is dead from now on, and a later one is
// another. `renew`: another at once, where too many have got hold of it.
Outcome setInboundInvoices(store::Transaction& tx, CompanyId company, bool on, bool renew = false);

}  // namespace postgang::flow
