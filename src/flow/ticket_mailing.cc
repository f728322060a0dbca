// The desk's answers by mail, job "ticket-mail" (ticket_telling.h).
#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/log.h"
#include "base/text.h"
#include "channels/mail_keys.h"
#include "channels/mailing.h"
#include "flow/ticket_requester.h"
#include "flow/ticket_telling.h"
#include "flow/tickets.h"
#include "net/mail.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::flow {
namespace {

namespace json = boost::json;
using store::Ticket;
using store::TicketMessage;

constexpr std::array<std::int64_t, 5> waits_seconds = {60, 300, 1800, 7200, 6 * 3600};
constexpr std::size_t attached_bytes_max =
    std::size_t{12} * 1024 * 1024;  // of one mail; more is in the portal
constexpr std::size_t references_max = 10;
constexpr std::size_t words_points_max = 300;

struct Mailed {
  Ticket ticket;
  TicketMessage message;
  std::vector<TicketMessage> before;  // what both sides have said
  std::vector<net::MailAttachment> files;
  std::string company;
  int tries = 0;
};

struct Payload {
  std::optional<store::TicketId> ticket;
  std::optional<store::TicketMessageId> message;
  int tries = 0;
};

Payload payloadIn(const store::Job& job) {
  Payload given;
  boost::system::error_code error;
  const auto value = json::parse(job.payload, error);
  if (error || !value.is_object()) return given;
  const auto text = [&](std::string_view name) {
    const auto* found = value.get_object().if_contains(name);
    return found && found->is_string() ? std::string(std::string_view(found->get_string())) : std::string();
  };
  given.ticket = store::TicketId::parse(text("ticket"));
  given.message = store::TicketMessageId::parse(text("message"));
  if (const auto* tries = value.get_object().if_contains("tries"); tries && tries->is_int64())
    given.tries = static_cast<int>(std::clamp<std::int64_t>(tries->get_int64(), 0, 100));
  return given;
}

// nullopt: it is gone, was never for anybody outside, or who asked may no longer see it.
Result<std::optional<Mailed>> mailedIn(store::Reader& reader, const store::Job& job) {
  const auto given = payloadIn(job);
  if (!given.ticket || !given.message) return std::optional<Mailed>();
  auto ticket = store::ticket(reader, store::ticketSystem(), *given.ticket);
  if (!ticket && ticket.error().kind == ProblemKind::not_found) return std::optional<Mailed>();
  if (!ticket) return fail(ticket.error());
  TRY(auto messages, store::messagesOf(reader, store::ticketSystem(), *ticket));
  std::erase_if(messages, [](const auto& message) { return message.internal; });
  const auto found = std::ranges::find(messages, *given.message, &TicketMessage::id);
  TRY(ticket->requesterMail, requesterAddress(reader, *ticket));
  if (found == messages.end() || ticket->requesterMail.empty()) return std::optional<Mailed>();
  Mailed mailed;
  mailed.message = *found;
  mailed.before.assign(messages.begin(), found);
  mailed.tries = given.tries;
  std::size_t size = 0;
  for (const auto& attachment : found->attachments) {
    size += static_cast<std::size_t>(attachment.size);
    if (size > attached_bytes_max) break;
    TRY(auto bytes, store::blob(reader, attachment.digest));
    mailed.files.push_back({attachment.name, attachment.mediaType, std::move(bytes)});
  }
  TRY(const auto company, store::company(reader, ticket->company));
  mailed.company = company.name;
  mailed.ticket = std::move(*ticket);
  return std::optional(std::move(mailed));
}

std::string textOf(const channels::Mailing& mailing, const Mailed& mailed, Language language) {
  const auto& texts = Texts::of(language);
  const auto& ticket = mailed.ticket;
  const std::map<std::string, std::string> said = {
      {"number", store::ticketNumberText(ticket.number)},
      {"subject", ticket.subject},
      {"name", mailed.message.authorName},
      {"company", mailed.company},
      {"link", mailing.publicUrl + "/tickets/" + ticket.id.text()}};
  auto text = mailed.message.text + "\n\n" + mailed.message.authorName + "\n\n-- \n" +
              texts.sentence("ticketMail.about", said) + "\n";
  if (ticket.status == store::TicketStatus::waiting)
    text += texts.sentence("ticketMail.waiting", said) + "\n";
  if (ticket.status == store::TicketStatus::solved) text += texts.sentence("ticketMail.solved", said) + "\n";
  if (mailed.files.size() < mailed.message.attachments.size())
    text += texts.sentence("ticketMail.moreFiles", said) + "\n";
  text += texts.sentence("ticketMail.answer", said) + "\n";
  if (ticket.requester) text += texts.sentence("ticketMail.open", said) + "\n";
  return text;
}

Result<std::string> composedMail(const channels::Mailing& mailing, const Mailed& mailed, Instant now) {
  const auto language = languageFromTag(mailed.ticket.language);
  net::Mail mail;
  mail.from = {mailed.message.authorName.empty() ? "Postgång" : mailed.message.authorName + " (Postgång)",
               mailing.from};
  mail.replyTo = net::MailAddress{"Postgång " + store::ticketNumberText(mailed.ticket.number),
                                  channels::ticketAddress(mailing.from, mailed.ticket.mailKey)};
  mail.to = {{mailed.ticket.requesterName, mailed.ticket.requesterMail}};
  mail.subject = Texts::of(language).sentence(
      "ticketMail.subject",
      {{"number", store::ticketNumberText(mailed.ticket.number)}, {"subject", mailed.ticket.subject}});
  mail.text = textOf(mailing, mailed, language);
  mail.attachments = mailed.files;
  mail.messageId = ticketMailId(mailed.message.id, net::domainOf(mailing.from));
  for (const auto& earlier : mailed.before)
    if (!earlier.mailId.empty()) mail.references.push_back(earlier.mailId);
  if (!mail.references.empty()) {
    mail.inReplyTo = mail.references.back();
    mail.references.pop_back();
  }
  if (mail.references.size() > references_max)
    mail.references.erase(mail.references.begin(), mail.references.end() - references_max);
  mail.date = now;
  mail.language = language;
  TRY(auto bytes, net::composed(mail));
  return mailing.signedMessage(std::move(bytes), now);
}

store::NewJob againJob(const store::Job& job, const Mailed& mailed, Instant runAt) {
  store::NewJob next;
  next.kind = job.kind;
  next.key = "ticket-mail:" + mailed.message.id.text() + ":" + std::to_string(mailed.tries + 1);
  next.company = job.company;
  next.runAt = runAt;
  next.payload = json::serialize(json::object{{"ticket", mailed.ticket.id.text()},
                                              {"message", mailed.message.id.text()},
                                              {"tries", mailed.tries + 1}});
  return next;
}

Outcome sendNow(const Tools& tools, const store::Job& job, const Mailed& mailed) {
  const auto bytes = composedMail(*tools.mailing, mailed, tools.clock.now());
  net::SmtpAnswer said{net::SmtpResult::refused, bytes ? "" : bytes.error().detail, {}, {}};
  if (bytes) said = tools.mailing->send({tools.mailing->from, {mailed.ticket.requesterMail}}, *bytes);
  const bool again =
      said.result == net::SmtpResult::later && mailed.tries < static_cast<int>(waits_seconds.size());
  const bool lost = said.result != net::SmtpResult::accepted && !again;
  if (said.result != net::SmtpResult::accepted)
    log::info("a ticket's mail did not go",
              {{"message", mailed.message.id.text()}, {"again", again ? "yes" : "no"}, {"said", said.words}});
  return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::complete(tx, job));
    const auto now = tools.clock.now();
    if (again)
      return store::enqueue(
          tx, againJob(job, mailed, now.plusSeconds(waits_seconds[static_cast<std::size_t>(mailed.tries)])));
    if (lost)
      return noteLostMail(tx, tools.ids, mailed.ticket.id, mailed.ticket.requesterMail,
                          truncated(withoutControls(said.words), words_points_max));
    return {};
  });
}

}  // namespace

Outcome noteLostMail(store::Transaction& tx, IdMaker& ids, store::TicketId ticket, const std::string& address,
                     const std::string& words) {
  TicketAuthor author;
  author.viewer = store::ticketSystem();
  author.source = store::TicketSource::system;
  author.actor.name = "Postgång";
  NewTicketMessage note;
  note.internal = true;
  note.text =
      Texts::of(Language::swedish).sentence("ticketMail.lost", {{"address", address}, {"words", words}});
  auto noted = writeInTicket(tx, ids, author, ticket, note);
  if (!noted && noted.error().kind != ProblemKind::not_found) return fail(noted.error());
  return {};
}

Result<Decision> sendTicketMail(const Tools& tools, store::Reader& reader, const store::Job& job) {
  TRY(const auto mailed, mailedIn(reader, job));
  if (!mailed || !tools.mailing || !tools.mailing->isOn())
    return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  // What answers to it refers to it: known before it leaves.
  const auto mailId = ticketMailId(mailed->message.id, net::domainOf(tools.mailing->from));
  return Decision{[id = mailed->message.id, mailId](store::Transaction& tx) {
                    return store::setTicketMailId(tx, id, mailId);
                  },
                  [&tools, job, mailed = *mailed] { return sendNow(tools, job, mailed); }};
}

}  // namespace postgang::flow
