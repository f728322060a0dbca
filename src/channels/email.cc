#include "channels/email.h"

#include <algorithm>
#include <array>

#include "channels/email_message.h"
#include "channels/mail_keys.h"
#include "channels/mail_parts.h"
#include "channels/recipient.h"
#include "store/blobs.h"

namespace postgang::channels {
namespace {

using net::SmtpResult;
using store::EventType;

constexpr std::array<std::int64_t, 6> waits_seconds = {60, 300, 900, 3600, 4 * 3600, 12 * 3600};
constexpr std::size_t words_points_max = 300;

// So that all of a host's mail does not come back in the same second: up to a fifth more, the same for the
// same attempt.
std::int64_t spread(std::int64_t seconds, const Consignment& consignment) {
  const auto digest = sha256({consignment.delivery.text(), std::to_string(consignment.attempt)});
  return seconds + seconds * digest[0] / (5 * 256);
}

// When it is tried again; nullopt: it has been tried often enough.
std::optional<Instant> retryAt(const Consignment& consignment, Instant madeAt) {
  const auto tries = static_cast<std::size_t>(std::max(consignment.attempt, 1));
  if (tries > waits_seconds.size()) return std::nullopt;
  return madeAt.plusSeconds(spread(waits_seconds[tries - 1], consignment));
}

// What several servers have answered to the messages of one delivery, one after the other.
class Answers {
 public:
  void take(const std::string& recipient, const net::SmtpAnswer& answer) {
    wire_ += (wire_.empty() ? "" : "\n") + answer.dialogue;
    silent_ = silent_ || answer.silent;
    switch (answer.result) {
      case SmtpResult::accepted:
        accepted_.push_back({recipient, answer.words});
        break;
      case SmtpResult::refused:
        refused_.push_back({recipient, truncated(answer.words, words_points_max)});
        break;
      case SmtpResult::later:
        later_.push_back({recipient, answer.words});
        break;
      case SmtpResult::uncertain:
        uncertain_.push_back({recipient, answer.words});
        break;
    }
  }

  Sent sent(const Consignment& consignment, Instant madeAt) && {
    Sent sent;
    sent.evidence = "smtp";
    sent.wire = wire_;
    sent.silent = silent_;
    if (!accepted_.empty()) {
      sent.result = EventType::sent;
      sent.detail = said(accepted_.front());
      if (!uncertain_.empty()) sent.detail += " (uncertain: " + names(uncertain_) + ")";
      others(sent);
    } else if (!uncertain_.empty()) {
      sent.result = EventType::delivery_uncertain;
      sent.detail = said(uncertain_.front());
      others(sent);
    } else if (!later_.empty()) {
      sent.result = EventType::delivery_failed;
      sent.detail = said(later_.front());
      sent.retryAt = retryAt(consignment, madeAt);
    } else {
      sent.result = EventType::bounced;
      sent.detail = refused_.empty() ? std::string() : said(refused_.front());
    }
    return sent;
  }

 private:
  void others(Sent& sent) {
    sent.refused = std::move(refused_);
    for (const auto& each : later_) sent.later.push_back(each.recipient);
  }
  static std::string said(const Refusal& answer) { return truncated(answer.words, words_points_max); }
  static std::string names(const std::vector<Refusal>& answers) {
    std::string all;
    for (const auto& answer : answers) all += (all.empty() ? "" : ", ") + answer.recipient;
    return all;
  }
  std::vector<Refusal> accepted_, refused_, later_, uncertain_;
  std::string wire_;
  bool silent_ = false;
};

Problem noAddress() {
  return {ProblemKind::invalid,
          "email-no-address",
          "The recipient has no e-mail address that works.",
          {},
          "Put one on the counterpart and send again.",
          {}};
}

}  // namespace

std::string emailOf(const Recipient& recipient) {
  if (recipient.partner && net::isMailAddress(recipient.partner->email)) return recipient.partner->email;
  return net::isMailAddress(recipient.email) ? recipient.email : std::string();
}

Result<Reach> Email::reach(store::Reader& /*reader*/, const Recipient& recipient) const {
  Reach reach;
  reach.address = emailOf(recipient);
  const bool kept = recipient.partner && reach.address == recipient.partner->email;
  const bool said = !recipient.email.empty() || (recipient.partner && !recipient.partner->email.empty());
  if (!options_.mailing.isOn())
    reach.reason = "no-mail-server";
  else if (reach.address.empty())
    reach.reason = said ? "email-malformed" : "email-missing";
  else
    reach.reason = kept ? "email-kept" : "email-in-document";
  reach.reachable = options_.mailing.isOn() && !reach.address.empty();
  if (!reach.reachable) reach.address.clear();
  return reach;
}

Result<std::string> Email::laneOf(store::Reader& reader, const Consignment& consignment) const {
  TRY(const auto bytes, store::parsed(reader, consignment.document));
  if (!bytes) return std::string();
  TRY(const auto document, document::BusinessDocument::restored(*bytes));
  TRY(const auto recipient, recipientOf(reader, consignment.sender, document::recipientOf(document)));
  return options_.mailing.laneOf(emailOf(recipient));
}

Result<Prepared> Email::prepare(store::Reader& reader, const Consignment& consignment, Instant now) const {
  Prepared prepared;
  TRY(const auto source, mailSource(reader, options_, consignment));
  const auto addressees = addresseesOf(source);
  if (addressees.empty()) {
    prepared.refused = noAddress();
    return prepared;
  }
  MailOccasion occasion;
  occasion.consignment = consignment;
  occasion.now = now;
  occasion.deadline =
      deadlineOf(source.settings, now, source.document.date(document::Term::BT_9), options_.cutOffMinute);
  if (auto written = writeMessages(options_, source, occasion, addressees, prepared); !written) {
    if (written.error().kind == ProblemKind::internal) return fail(written.error());
    prepared = {};
    prepared.refused = written.error();
    return prepared;
  }
  auto& fact = prepared.fact;
  fact.address = addressees.front().address;
  fact.deadline = occasion.deadline;
  fact.sentDigest = fact.recipients.front().sentDigest;
  fact.parts = partFacts(mailPartsOf(source.document), source.settings);
  prepared.reminders = remindersOf(source.settings, now, occasion.deadline);
  if (source.letter) {
    fact.sheets = source.letter->sheets;
    fact.letterPrice = source.letter->price.amount;
  }
  prepared.lane = options_.mailing.laneOf(fact.address);
  return prepared;
}

Result<Prepared> Email::prepareAgain(store::Reader& reader, const MailAgain& again, Instant now) const {
  Prepared prepared;
  TRY(const auto source, mailSource(reader, options_, again.consignment));
  std::vector<MailAddressee> addressees;
  for (auto& addressee : addresseesOf(source))
    if (std::ranges::find(again.recipients, addressee.address) != again.recipients.end())
      addressees.push_back(std::move(addressee));
  // An address that has left the settings since is still one that the mail went to.
  for (const auto& address : again.recipients)
    if (std::ranges::find(addressees, address, &MailAddressee::address) == addressees.end())
      addressees.push_back({"", address});
  MailOccasion occasion;
  occasion.consignment = again.consignment;
  occasion.now = now;
  occasion.deadline = again.deadline;
  occasion.reminder = again.reminder;
  occasion.number = again.number;
  occasion.sentAt = again.sentAt;
  CHECK_OK(writeMessages(options_, source, occasion, addressees, prepared));
  prepared.fact.address = addressees.empty() ? std::string() : addressees.front().address;
  prepared.lane = options_.mailing.laneOf(prepared.fact.address);
  return prepared;
}

Result<Sent> Email::send(const Consignment& consignment, const Prepared& prepared) const {
  Answers answers;
  const auto& mailing = options_.mailing;
  std::vector<std::string> silentLanes;
  for (std::size_t i = 0; i < prepared.messages.size(); ++i) {
    const auto& message = prepared.messages[i];
    const auto lane = mailing.laneOf(message.recipient);
    if (std::ranges::find(silentLanes, lane) != silentLanes.end()) {
      answers.take(message.recipient, {SmtpResult::later, "Its host has just not answered.", {}, {}});
      continue;
    }
    const auto answer = mailing.send(
        {verpAddress(mailing.from, prepared.links[i].bounceKey), {message.recipient}}, message.bytes);
    if (answer.silent) silentLanes.push_back(lane);
    answers.take(message.recipient, answer);
  }
  const auto madeAt = prepared.links.empty() ? Instant{} : prepared.links.front().createdAt;
  return std::move(answers).sent(consignment, madeAt);
}

}  // namespace postgang::channels
