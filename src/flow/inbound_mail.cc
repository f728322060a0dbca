#include "flow/inbound_mail.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "channels/mailing.h"
#include "flow/mail_plan.h"
#include "flow/retries.h"
#include "net/mail_fields.h"
#include "store/access_rows.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::string_view names[] = {"bounce",   "notice-bounce", "delay",  "automatic",    "question",
                                      "invoices", "no-invoice",    "ticket", "ticket-reply", "unknown"};
static_assert(std::size(names) == mail_meanings);

constexpr std::string_view remembered_scope = "mail";
constexpr std::int64_t remembered_seconds = 90LL * 86'400;
constexpr std::size_t key_letters = 26;  // 130 bits

// What stands between local+ and @domain in an address of ours; empty: it has none, or is none.
std::string tagIn(std::string_view address, std::string_view mailingFrom) {
  const auto ours = lowered(mailingFrom);
  const auto at = ours.rfind('@');
  const auto begin = ours.substr(0, at) + "+";
  const auto end = ours.substr(at);
  if (!address.starts_with(begin) || !address.ends_with(end)) return {};
  if (address.size() <= begin.size() + end.size()) return {};
  return std::string(address.substr(begin.size(), address.size() - begin.size() - end.size()));
}

// Under this a message is remembered. What servers add on the way is left out, so that the same message by
// two roads is one: its id, its author, its body, and to which of our addresses it came.
std::string keyOf(const net::ReceivedMail& mail, std::string_view bytes) {
  std::string recipients;
  for (const auto& recipient : mail.recipients) recipients += recipient + "\n";
  const auto body = bytes.substr(net::headerOf(bytes).size());
  return hex(
      view(sha256({mail.messageId, "\n", mail.from.address, "\n", mail.subject, "\n", recipients, body})));
}

// Which of our Smartmails an answer is about: "smartmail.<delivery>.<n>@domain" is the id of each message.
std::optional<DeliveryId> deliveryIn(std::string_view messageId, std::string_view domain) {
  const auto at = messageId.find('@');
  if (at == messageId.npos || lowered(messageId.substr(at + 1)) != lowered(domain)) return std::nullopt;
  const auto parts = split(messageId.substr(0, at), '.');
  if (parts.size() < 2 || parts[0] != "smartmail") return std::nullopt;
  return DeliveryId::parse(parts[1]);
}

struct Incoming {
  const net::ReceivedMail& mail;
  std::string_view bytes;
  bool whole = true;
};

class Understanding {
 public:
  Understanding(const Tools& tools, const Limits& limits, store::Reader& reader, const Incoming& incoming)
      : tools_(tools), limits_(limits), reader_(reader), incoming_(incoming) {}

  Result<MailPlan> plan() {
    for (const auto& recipient : incoming_.mail.recipients) {
      const auto tag = tagIn(recipient, tools_.mailing->from);
      if (tag.starts_with("b-")) {
        TRY(const auto link, store::recipientLinkOfBounce(reader_, tag.substr(2)));
        if (link) return about({link->document, link->delivery, link->recipient});
      } else if (tag.starts_with("in-")) {
        TRY(const auto company, store::companyOfInboundKey(reader_, tag.substr(3)));
        if (company) return planInvoices(tools_, limits_, *company, incoming_.mail, incoming_.whole);
      } else if (tag.starts_with("t-")) {
        TRY(const auto ticket, store::ticketOfMailKey(reader_, tag.substr(2)));
        if (ticket) return inTicket(*ticket);
      }
    }
    TRY(auto answered, inTicketByHeaders());
    if (answered) return std::move(*answered);
    if (isToSupport() && !report()) return newTicket();
    return byMessageId();
  }

 private:
  // What a report says, by the standard or in words; nullopt: it is none.
  std::optional<net::DeliveryReport> report() const {
    const auto& reports = incoming_.mail.reports;
    const auto failed = std::ranges::find(reports, net::ReportAction::failed, &net::DeliveryReport::action);
    if (failed != reports.end()) return *failed;
    if (!reports.empty()) return reports.front();
    return net::guessedReport(incoming_.mail);
  }

  Result<MailPlan> about(const Addressee& addressee) {
    if (const auto said = report()) {
      if (said->action == net::ReportAction::failed) return planBounce(tools_, reader_, addressee, *said);
      return MailPlan{MailMeaning::delay};
    }
    const bool fromProgram = incoming_.mail.returnPath && incoming_.mail.returnPath->empty();
    if (incoming_.mail.automatic || incoming_.mail.bulk || fromProgram)
      return MailPlan{MailMeaning::automatic};
    return planQuestion(tools_, reader_, addressee, incoming_.mail, incoming_.bytes);
  }

  bool isFromProgram() const {
    return incoming_.mail.automatic || (incoming_.mail.returnPath && incoming_.mail.returnPath->empty());
  }

  bool isToSupport() const {
    const auto& support = tools_.mailing->supportAddress;
    return std::ranges::any_of(incoming_.mail.recipients, [&](const auto& recipient) {
      return tagIn(recipient, tools_.mailing->from) == "support" ||
             (!support.empty() && recipient == support);
    });
  }

  Result<MailPlan> inTicket(store::TicketId ticket) {
    if (const auto said = report()) {
      if (said->action == net::ReportAction::failed)
        return planTicketBounce(tools_, reader_, ticket, incoming_.mail.returnedMessageId, *said);
      return MailPlan{MailMeaning::delay};
    }
    if (isFromProgram()) return MailPlan{MailMeaning::automatic};
    return planTicketReply(tools_, reader_, ticket, incoming_.mail);
  }

  // A report returns a message of ours; an answer must come from somebody who has a part in the ticket, since
  // a Message-ID is no secret.
  Result<std::optional<MailPlan>> inTicketByHeaders() {
    const auto& mail = incoming_.mail;
    std::optional<store::TicketId> ticket;
    if (report()) {
      TRY(ticket, store::ticketOfMailId(reader_, mail.returnedMessageId));
    } else {
      TRY(ticket, ticketAnswered(reader_, mail.references, mail.from.address));
    }
    if (!ticket) return std::optional<MailPlan>();
    TRY(auto plan, inTicket(*ticket));
    return std::optional(std::move(plan));
  }

  // What was sent to many is set aside: it may be a list that somebody forwards, or advertising.
  Result<MailPlan> newTicket() {
    if (isFromProgram()) return MailPlan{MailMeaning::automatic};
    if (incoming_.mail.bulk) return MailPlan{};
    return planNewTicket(tools_, reader_, incoming_.mail, incoming_.whole);
  }

  // Not to an address with a key of ours: which of our messages does it answer or return?
  Result<MailPlan> byMessageId() {
    const auto said = report();
    if (said && said->action == net::ReportAction::failed) {
      TRY(auto notice, planNoticeBounce(tools_, incoming_.mail.returnedMessageId, *said));
      if (notice) return std::move(*notice);
    }
    auto ids = incoming_.mail.references;
    if (said) ids.insert(ids.begin(), incoming_.mail.returnedMessageId);
    const auto domain = net::domainOf(tools_.mailing->from);
    for (const auto& id : ids) {
      const auto delivery = deliveryIn(id, domain);
      if (!delivery) continue;
      TRY(const auto document, store::documentOf(reader_, *delivery));
      if (!document) continue;
      TRY(const auto recipient, recipientOf(*document, *delivery));
      if (recipient) return about({*document, *delivery, *recipient});
    }
    if (incoming_.mail.automatic && !said) return MailPlan{MailMeaning::automatic};
    return MailPlan{};
  }

  // Which of a delivery's recipients it is about: the only one, the report's, or the author.
  Result<std::optional<std::string>> recipientOf(DocumentId document, DeliveryId id) {
    TRY(const auto deliveries, store::deliveriesOf(reader_, store::Viewer::system(), document));
    const auto delivery = std::ranges::find(deliveries, id, &store::Delivery::id);
    if (delivery == deliveries.end()) return std::nullopt;
    const auto& recipients = delivery->road.recipients;
    if (recipients.empty()) return delivery->address;
    if (recipients.size() == 1) return recipients.front().address;
    const auto said = report();
    for (const auto& each : recipients) {
      const auto address = lowered(each.address);
      if (said ? (address == said->finalRecipient || address == said->originalRecipient)
               : address == incoming_.mail.from.address)
        return each.address;
    }
    // A question may come from another address than the one that was written to; a bounce must tell.
    return said ? std::nullopt : std::optional(recipients.front().address);
  }

  const Tools& tools_;
  const Limits& limits_;
  store::Reader& reader_;
  const Incoming& incoming_;
};

Result<std::optional<MailTaken>> takenBefore(store::Reader& reader, const std::string& key) {
  TRY(const auto reply, store::storedReply(reader, remembered_scope, key));
  if (!reply) return std::nullopt;
  const auto known = std::ranges::find(names, std::string_view(reply->body));
  MailTaken taken{MailMeaning::unknown, true};
  if (known != std::end(names)) taken.meaning = static_cast<MailMeaning>(known - std::begin(names));
  return taken;
}

}  // namespace

std::string_view name(MailMeaning meaning) {
  return names[static_cast<std::size_t>(meaning)];
}

Result<MailTaken> takeMail(const Tools& tools, const Limits& limits, std::string_view bytes, bool whole) {
  TRY(const auto mail, whole ? net::readMail(bytes) : net::readMailHeader(bytes));
  const auto key = keyOf(mail, bytes);
  const Incoming incoming{mail, bytes, whole};
  MailTaken taken;
  CHECK_OK(retried([&]() -> Outcome {
    MailPlan plan;
    std::optional<MailTaken> before;
    CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
      TRY(before, takenBefore(reader, key));
      if (before) return {};
      TRY(plan, Understanding(tools, limits, reader, incoming).plan());
      return {};
    }));
    if (!before) {
      CHECK_OK(tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
        TRY(before, takenBefore(tx, key));
        if (before) return {};
        if (plan.commit) CHECK_OK(plan.commit(tx));
        return store::storeReply(tx, remembered_scope, key,
                                 {sha256(bytes), 0, std::string(name(plan.meaning))},
                                 tools.clock.now().plusSeconds(remembered_seconds));
      }));
    }
    taken = before ? *before : MailTaken{plan.meaning, false};
    return {};
  }));
  return taken;
}

Result<std::string> inboundAddressOf(const Tools& tools, store::Reader& reader, CompanyId company) {
  if (!tools.mailing || tools.mailing->from.empty()) return std::string();
  TRY(const auto key, store::inboundKey(reader, company));
  if (key.empty()) return std::string();
  const auto& from = tools.mailing->from;
  const auto at = from.rfind('@');
  return from.substr(0, at) + "+in-" + key + from.substr(at);
}

Outcome setInboundInvoices(store::Transaction& tx, CompanyId company, bool on, bool renew) {
  TRY(const auto key, store::inboundKey(tx, company));
  if (!on) return store::setInboundKey(tx, company, "");
  if (!key.empty() && !renew) return {};
  // Lower case letters and digits: an address is typed, and some servers change its case.
  constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  std::string made;
  for (const char c : randomBytes(key_letters)) made += alphabet[static_cast<unsigned char>(c) % 32];
  return store::setInboundKey(tx, company, made);
}

}  // namespace postgang::flow
