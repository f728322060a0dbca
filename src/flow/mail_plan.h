// What is to be done about one message, thought out: what it means, and the commit that does it. One file per
// kind; inbound_mail.h says which is which.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "flow/inbound_mail.h"
#include "net/mail_reader.h"
#include "store/smartmail.h"
#include "store/tickets.h"

namespace postgang::flow {

struct MailPlan {
  MailMeaning meaning = MailMeaning::unknown;
  // In the commit that remembers the message. Empty: nothing to do. Code stale-sequence: think again.
  std::function<Outcome(store::Transaction&)> commit = {};
};

// Whose mail it was that came back or was answered.
struct Addressee {
  DocumentId document;
  DeliveryId delivery;
  std::string recipient;
};

// mail_bounce.cc
Result<MailPlan> planBounce(const Tools& tools, store::Reader& reader, const Addressee& addressee,
                            const net::DeliveryReport& report);
// The other server's words, with the status code in them: what bounceCauseOf() reads.
std::string wordsOf(const net::DeliveryReport& report);

// mail_question.cc
Result<MailPlan> planQuestion(const Tools& tools, store::Reader& reader, const Addressee& addressee,
                              const net::ReceivedMail& mail, std::string_view bytes);

// notice_bounce.cc. `messageId` is that of the returned message; nullopt where it is no notice of ours.
Result<std::optional<MailPlan>> planNoticeBounce(const Tools& tools, std::string_view messageId,
                                                 const net::DeliveryReport& report);

// mail_invoices.cc
Result<MailPlan> planInvoices(const Tools& tools, const Limits& limits, CompanyId company,
                              const net::ReceivedMail& mail, bool whole);

// ticket_mail.cc; ticket_mail.h has the rules.
Result<MailPlan> planTicketReply(const Tools& tools, store::Reader& reader, store::TicketId ticket,
                                 const net::ReceivedMail& mail);
Result<MailPlan> planNewTicket(const Tools& tools, store::Reader& reader, const net::ReceivedMail& mail,
                               bool whole);
// `messageId` is that of the returned message.
Result<MailPlan> planTicketBounce(const Tools& tools, store::Reader& reader, store::TicketId ticket,
                                  std::string_view messageId, const net::DeliveryReport& report);
// The ticket that one of these messages was said in; nullopt where this author has no part in it.
Result<std::optional<store::TicketId>> ticketAnswered(store::Reader& reader,
                                                      const std::vector<std::string>& messageIds,
                                                      const std::string& author);

// The channel's name is who says it.
store::Actor mailActor(std::string_view who = "email");

}  // namespace postgang::flow
