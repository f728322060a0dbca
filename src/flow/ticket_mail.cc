#include "flow/ticket_mail.h"

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "channels/mail_keys.h"
#include "channels/mailing.h"
#include "flow/mail_answer.h"
#include "flow/mail_plan.h"
#include "flow/ticket_requester.h"
#include "flow/ticket_telling.h"
#include "flow/ticket_text.h"
#include "flow/tickets.h"
#include "net/mail_authentication.h"
#include "store/sql/session.h"

namespace postgang::flow {
namespace {

constexpr std::int64_t hour_seconds = 3600, day_seconds = 24 * hour_seconds;
constexpr std::int64_t bounces_seconds = 7 * day_seconds, remembered_seconds = 90 * day_seconds;
constexpr std::size_t words_points_max = 300;
constexpr std::size_t left_out_max = 20;
constexpr std::string_view noted_scope = "ticket-bounce";

// What a mail says, as a ticket keeps it. What is not taken of its files is named.
struct Said {
  std::string text, quoted, mailId;
  std::vector<KeptFile> files;
  std::vector<std::string> leftOut;
};

std::string nameFor(const net::ReceivedAttachment& file) {
  return file.fileName.empty() ? file.mediaType : truncated(collapsed(file.fileName), words_points_max);
}

void keepFiles(const net::ReceivedMail& mail, Said& said) {
  std::size_t size = 0;
  for (const auto& attachment : mail.attachments) {
    size += attachment.bytes.size();
    const bool fits =
        said.files.size() < TicketFileLimits::files_max && size <= TicketFileLimits::all_bytes_max;
    auto kept = fits ? keptFile({attachment.fileName, attachment.mediaType, attachment.bytes})
                     : Result<KeptFile>(fail(ProblemKind::too_large, "ticket-files-too-large", ""));
    if (kept)
      said.files.push_back(std::move(*kept));
    else if (said.leftOut.size() < left_out_max)
      said.leftOut.push_back(nameFor(attachment));
  }
}

std::shared_ptr<const Said> saidIn(const net::ReceivedMail& mail) {
  auto said = std::make_shared<Said>();
  auto reply = replyTextOf(mail.text);
  said->text = truncated(reply.own, store::TicketLimits::text_points_max);
  said->quoted = truncated(reply.quoted, store::TicketLimits::text_points_max);
  said->mailId = mail.messageId;
  keepFiles(mail, *said);
  // A mail with nothing but its subject says that, and one that had only files of which none was taken.
  if (said->text.empty() && said->files.empty()) said->text = mail.subject.empty() ? "–" : mail.subject;
  return said;
}

// What programs put before a subject that is answered or sent on: "Re:", "SV :", "Re[2]:"; its length, or 0.
std::size_t answerPrefix(std::string_view subject) {
  const auto colon = subject.find(':');
  if (colon == std::string_view::npos) return 0;
  auto word = lowered(trimmed(subject.substr(0, colon)));
  if (const auto count = word.find_first_of("[("); count != std::string::npos && count > 0)
    if (word.find_first_not_of("0123456789])", count + 1) == std::string::npos) word.resize(count);
  for (const std::string_view known : {"re", "sv", "svar", "fw", "fwd", "vb", "aw", "antw", "wg", "vs"})
    if (word == known) return colon + 1;
  return 0;
}

// Without them, which are put before it again and again.
std::string subjectOf(std::string_view subject, const std::string& language) {
  auto rest = trimmed(subject);
  for (auto length = answerPrefix(rest); length > 0; length = answerPrefix(rest))
    rest = trimmed(rest.substr(length));
  if (!rest.empty()) return std::string(rest);
  return std::string(Texts::of(languageFromTag(language)).word("ticketMail.noSubject"));
}

// Who speaks. Anybody may write any From: it is a user's mail only where our own mail server vouches for it.
Result<TicketAuthor> authorOf(const Tools& tools, store::Reader& reader, const net::ReceivedMail& mail) {
  std::optional<store::User> user;
  const bool proven = net::isSenderProven(mail, tools.mailing->authservId);
  if (proven) {
    TRY(user, store::userByEmail(reader, mail.from.address));
    const bool isSomebody = user && user->active && (user->staff || !user->memberships.empty());
    if (!isSomebody) user.reset();
  }
  auto author = authorByMail(mail.from.name, mail.from.address, user);
  author.unverified = !proven;
  return author;
}

// Whose ticket it is: the first company that the user was given, else the operator's; nullopt without one.
Result<std::optional<CompanyId>> companyFor(store::Reader& reader, const TicketAuthor& author) {
  if (author.viewer.user) {
    TRY(const auto user, store::user(reader, *author.viewer.user));
    if (user && !user->staff && !user->memberships.empty())
      return std::optional(user->memberships.front().company);
  }
  return store::operatorCompany(reader);
}

// There are too many already: of this address, of the company, or of all who have no account.
Result<bool> isFlood(const Tools& tools, store::Reader& reader, const TicketAuthor& author,
                     CompanyId company) {
  const auto now = tools.clock.now();
  TRY(const auto ofAddress, store::ticketsMailedBy(reader, author.mail, now.plusSeconds(-day_seconds)));
  if (ofAddress >= tickets_by_mail_max) return true;
  const auto hourAgo = now.plusSeconds(-hour_seconds);
  TRY(const auto ofCompany, store::ticketsOf(reader, company, hourAgo));
  if (ofCompany >= tickets_an_hour_max) return true;
  if (author.viewer.user) return false;
  TRY(const auto ofStrangers, store::ticketsOfStrangers(reader, hourAgo));
  return ofStrangers >= tickets_an_hour_max;
}

// Who asked, and may not see it any longer: its rights were taken away, or it has another address now.
Result<bool> isShutOut(store::Reader& reader, const store::Ticket& ticket, const std::string& address) {
  if (!ticket.requester) return false;
  TRY(const auto user, store::userByEmail(reader, address));
  const bool asked = address == lowered(ticket.requesterMail) || (user && user->id == *ticket.requester);
  if (!asked) return false;
  TRY(const auto now, requesterAddress(reader, ticket));
  return lowered(now) != address;
}

// Closed, or full: what is said begins a new one.
Result<bool> takesNoMore(store::Reader& reader, const store::Ticket& ticket, Instant now) {
  if (isOver(ticket, now)) return true;
  TRY(const auto messages, store::messagesOf(reader, store::ticketSystem(), ticket));
  const auto counts = [](const auto& message) { return message.source != store::TicketSource::system; };
  return std::ranges::count_if(messages, counts) >=
         static_cast<std::ptrdiff_t>(store::TicketLimits::messages_max);
}

bool isOurs(const net::ReceivedMail& mail, std::string_view from) {
  const auto ours = lowered(from);
  const auto at = ours.rfind('@');
  const auto& address = mail.from.address;
  return address == ours ||
         (address.starts_with(ours.substr(0, at) + "+") && address.ends_with(ours.substr(at)));
}

NewTicket ticketFrom(const Said& said, CompanyId company, std::string subject) {
  NewTicket made;
  made.company = company;
  made.subject = std::move(subject);
  made.text = said.text;
  made.quoted = said.quoted;
  made.files = said.files;
  made.leftOut = said.leftOut;
  made.mailId = said.mailId;
  return made;
}

Outcome confirm(store::Transaction& tx, const channels::Mailing& mailing, const net::ReceivedMail& mail,
                const store::Ticket& ticket) {
  const auto address = answeredAddress(mail, mailing.from);
  if (!address) return {};
  const auto& texts = Texts::of(languageFromTag(ticket.language));
  // Nothing of what was written: whoever forges a From would have us say it to somebody else.
  const std::map<std::string, std::string> said = {{"number", store::ticketNumberText(ticket.number)}};
  return answer(
      tx, mail, *address, ticket.company, texts.sentence("ticketMail.receivedSubject", said),
      texts.sentence("ticketMail.received", said) + "\n\n" + texts.sentence("ticketMail.answer", said) + "\n",
      tx.clock().now(), channels::ticketAddress(mailing.from, ticket.mailKey));
}

Outcome makeFromMail(store::Transaction& tx, const Tools& tools, const net::ReceivedMail& mail,
                     const TicketAuthor& author, const NewTicket& made) {
  TRY(const auto ticket, makeTicket(tx, tools.ids, author, made));
  return confirm(tx, *tools.mailing, mail, ticket);
}

net::ReceivedMail headOf(const net::ReceivedMail& mail) {
  auto head = mail;
  head.attachments.clear();
  head.text.clear();
  return head;
}

}  // namespace

Result<std::optional<store::TicketId>> ticketAnswered(store::Reader& reader,
                                                      const std::vector<std::string>& messageIds,
                                                      const std::string& author) {
  if (author.empty()) return std::optional<store::TicketId>();
  for (const auto& id : messageIds) {
    TRY(const auto found, store::ticketOfMailId(reader, id));
    if (!found) continue;
    TRY(const auto ticket, store::ticket(reader, store::ticketSystem(), *found));
    if (lowered(ticket.requesterMail) == author) return found;
    TRY(const auto messages, store::messagesOf(reader, store::ticketSystem(), ticket));
    if (std::ranges::any_of(messages,
                            [&](const auto& message) { return lowered(message.authorMail) == author; }))
      return found;
  }
  return std::optional<store::TicketId>();
}

Result<MailPlan> planTicketReply(const Tools& tools, store::Reader& reader, store::TicketId id,
                                 const net::ReceivedMail& mail) {
  if (mail.from.address.empty() || isOurs(mail, tools.mailing->from)) return MailPlan{};
  TRY(const auto ticket, store::ticket(reader, store::ticketSystem(), id));
  TRY(const bool shutOut, isShutOut(reader, ticket, mail.from.address));
  if (shutOut) return MailPlan{};
  TRY(const auto author, authorOf(tools, reader, mail));
  TRY(const bool flood, isFlood(tools, reader, author, ticket.company));
  if (flood) {
    TRY(const bool full, takesNoMore(reader, ticket, tools.clock.now()));
    if (full) return MailPlan{};
  }
  const auto said = saidIn(mail);
  const auto number = store::ticketNumberText(ticket.number);
  return MailPlan{
      MailMeaning::ticket_reply,
      [&tools, id, author, said, flood, company = ticket.company, head = headOf(mail),
       number](store::Transaction& tx) -> Outcome {
        NewTicketMessage message;
        message.text = said->text;
        message.quoted = said->quoted;
        message.files = said->files;
        message.leftOut = said->leftOut;
        message.mailId = said->mailId;
        const auto written = writeInTicket(tx, tools.ids, author, id, message);
        if (written) return {};
        const auto& code = written.error().code;
        if (code != "ticket-closed" && code != "ticket-messages-too-many") return fail(written.error());
        if (flood) return fail(ProblemKind::conflict, "stale-sequence", "The ticket was closed meanwhile.");
        return makeFromMail(
            tx, tools, head, author,
            ticketFrom(*said, company, subjectOf(head.subject, author.language) + " (" + number + ")"));
      }};
}

Result<MailPlan> planNewTicket(const Tools& tools, store::Reader& reader, const net::ReceivedMail& mail,
                               bool whole) {
  if (mail.from.address.empty() || isOurs(mail, tools.mailing->from)) return MailPlan{};
  TRY(const auto author, authorOf(tools, reader, mail));
  TRY(const auto company, companyFor(reader, author));
  if (!company) return MailPlan{};
  TRY(const bool flood, isFlood(tools, reader, author, *company));
  if (flood) return MailPlan{};
  auto said = std::make_shared<Said>(*saidIn(mail));
  // Too large to be fetched: its beginning is here, its files are not.
  if (!whole) said->leftOut.emplace_back("…");
  return MailPlan{
      MailMeaning::ticket, [&tools, author, said, company, head = headOf(mail)](store::Transaction& tx) {
        return makeFromMail(tx, tools, head, author,
                            ticketFrom(*said, *company, subjectOf(head.subject, author.language)));
      }};
}

Result<MailPlan> planTicketBounce(const Tools& tools, store::Reader& reader, store::TicketId id,
                                  std::string_view messageId, const net::DeliveryReport& report) {
  TRY(const auto found, store::ticketOfMailId(reader, messageId));
  if (found != id) return MailPlan{};
  TRY(const auto ticket, store::ticket(reader, store::ticketSystem(), id));
  TRY(const auto messages, store::messagesOf(reader, store::ticketSystem(), ticket));
  const auto since = tools.clock.now().plusSeconds(-bounces_seconds);
  const bool isOfOurs = std::ranges::any_of(messages, [&](const auto& message) {
    return message.fromDesk && message.mailId == messageId && message.at >= since;
  });
  TRY(const auto address, requesterAddress(reader, ticket));
  const bool isRequester = !address.empty() && (report.finalRecipient == lowered(address) ||
                                                report.originalRecipient == lowered(address));
  if (!isOfOurs || !isRequester) return MailPlan{};
  return MailPlan{MailMeaning::bounce,
                  [&tools, id, address, key = std::string(messageId),
                   words = truncated(wordsOf(report), words_points_max)](store::Transaction& tx) -> Outcome {
                    TRY(const auto noted, store::storedReply(tx, noted_scope, key));
                    if (noted) return {};
                    CHECK_OK(store::storeReply(tx, noted_scope, key, {},
                                               tools.clock.now().plusSeconds(remembered_seconds)));
                    return noteLostMail(tx, tools.ids, id, address, words);
                  }};
}

}  // namespace postgang::flow
