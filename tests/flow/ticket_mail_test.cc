// Tickets by mail: new ones, answers by every way that they find home, and what makes none. The odd headers
// are those that programs really write.
#include "flow/ticket_mail.h"
#include "base/bytes.h"
#include "tests/flow/ticketed.h"

namespace postgang::flow {
namespace {

class TicketMail : public Ticketed {
 protected:
  Letter toSupport(const std::string& from = "Anna Berg <anna@berg.example>") {
    Letter letter{"retur+support@postgang.example"};
    letter.from = from;
    letter.subject = "Fakturan har fel belopp";
    letter.text = "Hej, beloppet är fel.\r\n";
    letter.id = "m" + std::to_string(++count_) + "@berg.example";
    return letter;
  }
  Letter answerTo(const store::Ticket& ticket, const std::string& text) {
    auto letter = toSupport();
    letter.to = addressOf(ticket);
    letter.subject = "Sv: " + ticket.subject;
    letter.text = text;
    return letter;
  }
  // As our own mail server hands over what it vouches for.
  static Letter vouched(Letter letter) {
    letter.header = "Authentication-Results: mx.postgang.example; dmarc=pass\r\n" + letter.header;
    return letter;
  }
  store::Ticket byMail() {
    EXPECT_EQ(take(toSupport()), "ticket");
    const auto all = tickets();
    return all.empty() ? store::Ticket() : all.front();
  }
  // As Outlook, Apple Mail and others lay out a message; `header` and `body` as they travel.
  std::string raw(const std::string& header, const std::string& body) {
    return "Delivered-To: retur+support@postgang.example\r\nFrom: Anna Berg "
           "<anna@berg.example>\r\nMessage-ID: "
           "<raw" +
           std::to_string(++count_) + "@berg.example>\r\nMIME-Version: 1.0\r\n" + header + "\r\n" + body;
  }
  std::string takenText(const std::string& bytes) {
    if (const auto said = take(bytes); said != "ticket") return said;
    const auto all = tickets();
    return messages(all.front().id).front().text;
  }
  int count_ = 0;
};

TEST_F(TicketMail, of_somebody_unknown_are_the_operators) {
  const auto ticket = byMail();
  EXPECT_EQ(ticket.company, operator_);
  EXPECT_FALSE(ticket.requester);
  EXPECT_EQ(ticket.requesterMail, "anna@berg.example");
  EXPECT_EQ(ticket.requesterName, "Anna Berg");
  EXPECT_EQ(ticket.subject, "Fakturan har fel belopp");
  EXPECT_EQ(messages(ticket.id).front().text, "Hej, beloppet är fel.");
  ASSERT_EQ(sent_.size(), 1U) << "it is confirmed, once";
  EXPECT_EQ(sent_.front().first, "anna@berg.example");
  EXPECT_NE(sent_.front().second.find(addressOf(ticket)), std::string::npos);
  EXPECT_EQ(sent_.front().second.find("Fakturan har fel"), std::string::npos)
      << "nothing of what was written";
  EXPECT_EQ(sent_.front().second.find("loppet"), std::string::npos);
}

TEST_F(TicketMail, of_a_user_are_of_the_users_company) {
  EXPECT_EQ(take(vouched(toSupport("Karin <karin@nordhamn.example>"))), "ticket");
  const auto ticket = tickets().front();
  EXPECT_EQ(ticket.company, energi_);
  EXPECT_EQ(ticket.requester, karin_.id);
  EXPECT_FALSE(messages(ticket.id).front().unverified);
}

TEST_F(TicketMail, are_no_users_where_nobody_vouches_for_them) {
  const auto forged = toSupport("Karin <karin@nordhamn.example>");
  EXPECT_EQ(take(forged), "ticket");
  auto ticket = tickets().front();
  EXPECT_EQ(ticket.company, operator_);
  EXPECT_FALSE(ticket.requester);
  EXPECT_TRUE(messages(ticket.id).front().unverified);
  const auto real = make(karin());
  auto answer = answerTo(real, "Byt betalkonto.\r\n");
  answer.from = "Karin <karin@nordhamn.example>";
  EXPECT_EQ(take(answer), "ticket-reply");
  EXPECT_TRUE(messages(real.id).back().unverified);
  EXPECT_EQ(messages(real.id).back().author, "") << "the address's, not the user's";
  answer.id = "vouched@nordhamn.example";
  EXPECT_EQ(take(vouched(answer)), "ticket-reply");
  EXPECT_FALSE(messages(real.id).back().unverified);
  EXPECT_EQ(messages(real.id).back().author, karin_.id.text());
  settings_.mailing.authservId.clear();
  EXPECT_EQ(take(vouched(toSupport("Karin <karin@nordhamn.example>"))), "ticket");
  EXPECT_FALSE(tickets().front().requester) << "no server of ours says who a mail is from";
}

TEST_F(TicketMail, of_who_may_no_longer_see_the_ticket_are_set_aside) {
  const auto ticket = make(karin());
  auto answer = answerTo(ticket, "Mer\r\n");
  answer.from = "Karin <karin@nordhamn.example>";
  EXPECT_EQ(take(vouched(answer)), "ticket-reply");
  auto now = karin_;
  now.active = false;
  write([&](store::Transaction& tx) { return store::updateUser(tx, now); });
  answer.id = "efter@nordhamn.example";
  EXPECT_EQ(take(vouched(answer)), "unknown");
  answer.id = "utan@nordhamn.example";
  EXPECT_EQ(take(answer), "unknown") << "vouched for or not";
  EXPECT_EQ(messages(ticket.id).size(), 2U);
}

TEST_F(TicketMail, come_to_the_operators_own_address_too) {
  auto letter = toSupport();
  letter.to = "support@driften.example";
  EXPECT_EQ(take(letter), "ticket");
  letter = toSupport();
  letter.to = "info@driften.example";
  EXPECT_EQ(take(letter), "unknown");
}

TEST_F(TicketMail, are_answered_by_the_key_whoever_answers) {
  const auto ticket = byMail();
  EXPECT_EQ(take(answerTo(ticket,
                          "Det är 4711.\r\n\r\nDen mån 30 nov. 2026 kl 10:11 skrev Olle "
                          "<retur@postgang.example>:\r\n> Vilken?\r\n")),
            "ticket-reply");
  auto message = messages(ticket.id).back();
  EXPECT_EQ(message.text, "Det är 4711.");
  EXPECT_NE(message.quoted.find("Vilken?"), std::string::npos);
  EXPECT_FALSE(message.fromDesk);
  auto other = answerTo(ticket, "Jag svarar för Anna.\r\n");
  other.from = "Bo <bo@berg.example>";
  EXPECT_EQ(take(other), "ticket-reply");
  EXPECT_EQ(messages(ticket.id).back().authorMail, "bo@berg.example");
  auto staff = answerTo(ticket, "Vi har löst det.\r\n");
  staff.from = "Olle <olle@driften.example>";
  EXPECT_EQ(take(staff), "ticket-reply");
  EXPECT_FALSE(messages(ticket.id).back().fromDesk) << "whoever a mail says that it is from";
  EXPECT_EQ(tickets().size(), 1U);
  EXPECT_EQ(sent_.size(), 1U) << "no answer is sent on or confirmed";
}

TEST_F(TicketMail, find_home_by_their_headers_where_the_address_is_lost) {
  const auto ticket = byMail();
  EXPECT_EQ(say(olle(), ticket.id, {"Vilken faktura?"}), "");
  walk();
  const auto ours = "ticket." + messages(ticket.id).back().id.text() + "@postgang.example";
  auto letter = toSupport();
  letter.header = "In-Reply-To: <" + ours + ">\r\n";
  letter.text = "4711\r\n";
  EXPECT_EQ(take(letter), "ticket-reply");
  auto references = toSupport();
  references.to = "retur@postgang.example";
  references.header = "References: <x@berg.example>\r\n <" + ours + ">\r\n";
  EXPECT_EQ(take(references), "ticket-reply");
  auto stranger = toSupport("Eve <eve@elak.example>");
  stranger.header = "In-Reply-To: <" + ours + ">\r\n";
  EXPECT_EQ(take(stranger), "ticket") << "an id is no secret: a stranger's is a ticket of its own";
  EXPECT_EQ(messages(ticket.id).size(), 4U);
  auto lost = toSupport();
  EXPECT_EQ(take(lost), "ticket") << "without anything to know it by";
}

TEST_F(TicketMail, go_out_as_answers_to_what_came) {
  const auto ticket = byMail();
  sent_.clear();
  EXPECT_EQ(say(olle(), ticket.id, {"Vilken faktura?"}), "");
  walk();
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_NE(sent_.front().second.find("In-Reply-To: <m1@berg.example>"), std::string::npos);
  EXPECT_EQ(take(answerTo(ticket, "4711\r\n")), "ticket-reply");
  EXPECT_EQ(say(olle(), ticket.id, {"Tack"}), "");
  walk();
  ASSERT_EQ(sent_.size(), 2U);
  const auto& mail = sent_.back().second;
  EXPECT_NE(mail.find("In-Reply-To: <m2@berg.example>"), std::string::npos);
  const auto references = mail.substr(mail.find("References:"), 400);
  EXPECT_NE(references.find("<m1@berg.example>"), std::string::npos) << references;
  EXPECT_NE(references.find("<ticket."), std::string::npos) << references;
}

TEST_F(TicketMail, open_what_waits_or_is_solved_and_begin_anew_where_it_is_closed) {
  const auto ticket = byMail();
  NewTicketMessage ask{"Vilken?"};
  ask.status = store::TicketStatus::waiting;
  EXPECT_EQ(say(olle(), ticket.id, ask), "");
  EXPECT_EQ(take(answerTo(ticket, "4711\r\n")), "ticket-reply");
  EXPECT_EQ(statusOf(ticket.id), "in-progress");
  TicketPatch close;
  close.status = store::TicketStatus::closed;
  EXPECT_EQ(change(olle(), ticket.id, close), "");
  EXPECT_EQ(take(answerTo(ticket, "Det hände igen\r\n")), "ticket-reply");
  EXPECT_EQ(statusOf(ticket.id), "closed");
  const auto all = tickets();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_NE(all.front().subject.find(store::ticketNumberText(ticket.number)), std::string::npos);
}

TEST_F(TicketMail, from_programs_make_nothing_and_are_answered_nothing) {
  const auto ticket = byMail();
  sent_.clear();
  for (const std::string header : {"Auto-Submitted: auto-replied\r\n", "X-Autoreply: yes\r\n",
                                   "Return-Path: <>\r\n", "Precedence: auto_reply\r\n"}) {
    auto reply = answerTo(ticket, "Jag är på semester.\r\n");
    reply.header = header;
    EXPECT_EQ(take(reply), "automatic") << header;
    auto fresh = toSupport();
    fresh.header = header;
    EXPECT_EQ(take(fresh), "automatic") << header;
  }
  auto list = toSupport();
  list.header = "List-Unsubscribe: <mailto:x@y.example>\r\nPrecedence: bulk\r\n";
  EXPECT_EQ(take(list), "unknown") << "set aside";
  auto own = toSupport("Postgång <retur@postgang.example>");
  EXPECT_EQ(take(own), "unknown") << "from ourselves";
  EXPECT_EQ(tickets().size(), 1U);
  EXPECT_EQ(messages(ticket.id).size(), 1U);
  EXPECT_TRUE(sent_.empty());
}

TEST_F(TicketMail, that_come_back_are_noted_inside) {
  const auto ticket = byMail();
  EXPECT_EQ(say(olle(), ticket.id, {"Vilken?"}), "");
  walk();
  const auto ours = "ticket." + messages(ticket.id).back().id.text() + "@postgang.example";
  EXPECT_EQ(
      take(reportMail({.to = "retur@postgang.example", .recipient = "anna@berg.example", .returned = ours})),
      "bounce");
  EXPECT_TRUE(messages(ticket.id).back().internal);
  EXPECT_NE(messages(ticket.id).back().text.find("anna@berg.example"), std::string::npos);
  EXPECT_EQ(messages(ticket.id).size(), 3U);
  EXPECT_EQ(take(reportMail({.to = "retur@postgang.example",
                             .diagnostic = "550 again",
                             .recipient = "anna@berg.example",
                             .returned = ours})),
            "bounce");
  EXPECT_EQ(messages(ticket.id).size(), 3U) << "once of each message";
}

TEST_F(TicketMail, that_seem_to_come_back_and_are_none_of_ours_are_set_aside) {
  const auto ticket = byMail();
  EXPECT_EQ(say(olle(), ticket.id, {"Vilken?"}), "");
  walk();
  const auto ours = "ticket." + messages(ticket.id).back().id.text() + "@postgang.example";
  const auto before = messages(ticket.id).size();
  const auto report = [&](const std::string& recipient, const std::string& returned) {
    return take(reportMail({.to = addressOf(ticket), .recipient = recipient, .returned = returned}));
  };
  EXPECT_EQ(report("bo@berg.example", ours), "unknown") << "it was not to that one";
  EXPECT_EQ(report("anna@berg.example", "m1@berg.example"), "unknown") << "that one was not from us";
  EXPECT_EQ(report("anna@berg.example", ""), "unknown");
  EXPECT_TRUE(flow_->advance(clock_, 8LL * 24 * 3600));
  EXPECT_EQ(report("anna@berg.example", ours), "unknown") << "so late no server gives up";
  EXPECT_EQ(messages(ticket.id).size(), before);
}

TEST_F(TicketMail, to_what_is_closed_are_counted_like_new_ones) {
  const auto ticket = byMail();
  TicketPatch close;
  close.status = store::TicketStatus::closed;
  EXPECT_EQ(change(olle(), ticket.id, close), "");
  for (int i = 1; i < tickets_by_mail_max; ++i) EXPECT_EQ(take(answerTo(ticket, "Igen\r\n")), "ticket-reply");
  EXPECT_EQ(tickets().size(), static_cast<std::size_t>(tickets_by_mail_max));
  EXPECT_EQ(take(answerTo(ticket, "Igen\r\n")), "unknown");
  EXPECT_EQ(tickets().size(), static_cast<std::size_t>(tickets_by_mail_max));
}

TEST_F(TicketMail, of_ever_new_addresses_are_set_aside_all_the_same) {
  for (int i = 0; i < tickets_an_hour_max; ++i)
    EXPECT_EQ(take(toSupport("Eve <eve" + std::to_string(i) + "@elak.example>")), "ticket");
  EXPECT_EQ(take(toSupport("Eve <eve@elak.example>")), "unknown");
  EXPECT_EQ(take(vouched(toSupport("Karin <karin@nordhamn.example>"))), "ticket") << "customers are let in";
  EXPECT_TRUE(flow_->advance(clock_, 3700));
  EXPECT_EQ(take(toSupport("Eve <eve@elak.example>")), "ticket");
}

TEST_F(TicketMail, the_same_message_counts_once_and_a_flood_is_set_aside) {
  const auto letter = toSupport();
  EXPECT_EQ(take(letter), "ticket");
  EXPECT_EQ(take(letter), "!ticket");
  for (int i = 1; i < 20; ++i) EXPECT_EQ(take(toSupport()), "ticket");
  EXPECT_EQ(take(toSupport()), "unknown");
  EXPECT_EQ(sent_.size(), 5U) << "and no more are confirmed than an address has answers in a day";
  EXPECT_EQ(take(toSupport("Bo <bo@berg.example>")), "ticket") << "others are let in";
}

TEST_F(TicketMail, keep_their_files_as_far_as_they_are_harmless) {
  auto letter = toSupport();
  letter.files = {{"faktura.pdf", "application/pdf", "%PDF-1.7 …"},
                  {"skript.exe", "application/octet-stream", "MZ"},
                  {"winmail.dat", "application/ms-tnef", "\x78\x9f\x3e\x22"}};
  EXPECT_EQ(take(letter), "ticket");
  const auto message = messages(tickets().front().id).front();
  ASSERT_EQ(message.attachments.size(), 1U);
  EXPECT_EQ(message.attachments.front().name, "faktura.pdf");
  EXPECT_EQ(message.leftOut, (std::vector<std::string>{"skript.exe", "winmail.dat"}));
}

TEST_F(TicketMail, are_read_however_they_are_written) {
  // Outlook: HTML alone, with its own quoting.
  EXPECT_EQ(takenText(raw("Subject: =?utf-8?Q?Fel_p=C3=A5_fakturan?=\r\nContent-Type: text/html; "
                          "charset=\"utf-8\"\r\n",
                          "<html><head><style>p{color:red}</style></head><body><p>Hej,</p><p>beloppet är "
                          "fel.</p><div><b>Från:</b> Olle &lt;a@b.example&gt;<br><b>Skickat:</b> måndag<br>"
                          "<b>Ämne:</b> X</div><p>Hur mycket?</p></body></html>")),
            "Hej,\nbeloppet är fel.");
  EXPECT_EQ(tickets().front().subject, "Fel på fakturan");
  // base64, as telephones send it.
  EXPECT_EQ(takenText(raw("Subject: Re: SV: Fw: Hej\r\nContent-Type: text/plain; charset=utf-8\r\n"
                          "Content-Transfer-Encoding: base64\r\n",
                          base64("Åäö\n\nSkickat från min iPhone\n") + "\r\n")),
            "Åäö");
  EXPECT_EQ(tickets().front().subject, "Hej");
  for (const auto* subject : {"Re[2]: SV : Antw: Hej", "WG: AW: RE(3): Hej", "=?iso-8859-1?Q?Re=3A_Hej?="}) {
    EXPECT_EQ(takenText(raw("Subject: " + std::string(subject) + "\r\n", "Hej\r\n")), "Hej");
    EXPECT_EQ(tickets().front().subject, "Hej") << subject;
  }
  EXPECT_EQ(takenText(raw("Subject: Referens: 4711\r\n", "Hej\r\n")), "Hej");
  EXPECT_EQ(tickets().front().subject, "Referens: 4711");
  // Latin-1 that says that it is UTF-8, and the other way about.
  EXPECT_EQ(takenText(raw("Subject: Fel\r\nContent-Type: text/plain; charset=utf-8\r\n"
                          "Content-Transfer-Encoding: 8bit\r\n",
                          "Sm\xF6rg\xE5s\r\n")),
            "Smörgås");
  EXPECT_EQ(takenText(raw("Subject: Fel\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
                          "Content-Transfer-Encoding: quoted-printable\r\n",
                          "Sm=F6rg=E5s\r\n")),
            "Smörgås");
  // No type at all, an unknown character set.
  EXPECT_EQ(takenText(raw("Subject: Fel\r\n", "Hej\r\n")), "Hej");
  EXPECT_EQ(takenText(raw("Subject: Fel\r\nContent-Type: text/plain; charset=\"x-okänd\"\r\n", "Hej\r\n")),
            "Hej");
  // Apple Mail: alternatives, the plain one counts; a picture within.
  EXPECT_EQ(takenText(raw("Subject: Bild\r\nContent-Type: multipart/alternative; boundary=\"A\"\r\n",
                          "--A\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSe bilden\r\n--A\r\n"
                          "Content-Type: multipart/related; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: "
                          "text/html\r\n\r\n<p>Se bilden</p><img src=\"cid:1\">\r\n--B\r\nContent-Type: "
                          "image/png; name=\"Skärmavbild.png\"\r\nContent-ID: <1>\r\n"
                          "Content-Transfer-Encoding: base64\r\n\r\n" +
                              base64("\x89PNG\r\n\x1a\n") + "\r\n--B--\r\n--A--\r\n")),
            "Se bilden");
  EXPECT_EQ(messages(tickets().front().id).front().attachments.size(), 1U);
  // A name of another alphabet's file, in pieces (RFC 2231), and a sender's in the charset of its time (RFC
  // 2047).
  EXPECT_EQ(
      takenText(
          "Delivered-To: retur+support@postgang.example\r\nFrom: =?iso-8859-1?Q?=C5sa_=D6berg?=\r\n "
          "<asa@berg.example>\r\nMessage-ID: <asa@berg.example>\r\nMIME-Version: 1.0\r\nSubject: Fil\r\n"
          "Content-Type: multipart/mixed; boundary=\"A\"\r\n\r\n--A\r\nContent-Type: text/plain\r\n\r\nSe "
          "filen\r\n--A\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment;\r\n "
          "filename*0*=utf-8''%C3%A5rs;\r\n filename*1*=rapport.pdf\r\n\r\n%PDF-1.7\r\n--A--\r\n"),
      "Se filen");
  EXPECT_EQ(tickets().front().requesterName, "Åsa Öberg");
  const auto filed = messages(tickets().front().id).front().attachments;
  ASSERT_EQ(filed.size(), 1U);
  EXPECT_EQ(filed.front().name, "årsrapport.pdf");
  // Nothing but a subject.
  EXPECT_EQ(takenText(raw("Subject: Ring mig\r\nContent-Type: text/plain\r\n", "\r\n")), "Ring mig");
}

}  // namespace
}  // namespace postgang::flow
