#include "channels/handover_carry.h"

#include <array>

#include <boost/json.hpp>

#include "base/bytes.h"
#include "base/text.h"

namespace postgang::channels {

namespace {

namespace json = boost::json;
using store::EventType;

constexpr std::size_t number_max = 40;
constexpr std::array<std::int64_t, 9> waits_seconds = {60,        300,       1800,      2 * 3600, 5 * 3600,
                                                       10 * 3600, 14 * 3600, 20 * 3600, 20 * 3600};

std::string namePart(std::string_view text) {
  std::string name;
  for (const char c : truncated(text, number_max)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    name += plain ? c : '_';
  }
  return name.empty() ? "document" : name;
}

std::string_view endingOf(std::string_view mediaType) {
  if (mediaType == "application/xml") return ".xml";
  if (mediaType == "application/edifact") return ".edi";
  if (mediaType == "application/pdf") return ".pdf";
  return ".dat";
}

json::value orNull(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object partyOf(const store::PartyFact& party) {
  return {{"identifier", orNull(party.identifier)}, {"name", orNull(party.name)}};
}

json::object fileOf(std::string_view name, std::string_view mediaType, std::string_view bytes) {
  return {{"fileName", name},
          {"mediaType", mediaType},
          {"sha256", hex(view(sha256(bytes)))},
          {"base64", base64(bytes)}};
}

Sent failed(std::string detail) {
  Sent sent;
  sent.result = EventType::delivery_failed;
  sent.detail = truncated(withoutControls(detail), 300);
  return sent;
}

// Of a file that may lie there since an earlier attempt, or since the line was cut.
Outcome lay(const net::FileDrop& drop, std::string_view name, std::string_view bytes) {
  auto put = drop.put("", name, bytes);
  if (put || put.error().code == "drop-name-taken") return {};
  if (put.error().code != "drop-uncertain") return put;
  TRY(const auto there, drop.exists("", name));
  return there ? Outcome() : put;
}

}  // namespace

std::string handoverMediaType(std::string_view bytes) {
  auto start = bytes.substr(0, 1024);
  if (start.starts_with("\xef\xbb\xbf")) start.remove_prefix(3);
  start = trimmed(start);
  if (start.starts_with("<") || start.starts_with("\xff\xfe") || start.starts_with("\xfe\xff"))
    return "application/xml";
  if (start.starts_with("UNA") || start.starts_with("UNB")) return "application/edifact";
  if (start.find("%PDF-") != start.npos) return "application/pdf";
  return "application/octet-stream";
}

std::string originalName(std::string_view number, std::string_view id, std::string_view mediaType) {
  return namePart(number) + "_" + std::string(id) + std::string(endingOf(mediaType));
}
std::string originalName(const HandoverLoad& load) {
  return originalName(load.number, load.id, handoverMediaType(load.original));
}
std::string copyName(const HandoverLoad& load) {
  return namePart(load.number) + "_" + load.id + "_copy.pdf";
}

std::string webhookBody(const HandoverLoad& load, std::string_view publicUrl, Instant now) {
  const bool isTest = load.document.empty();
  const std::string home(publicUrl);
  json::object links;
  links["original"] = isTest ? home + "/api/v1/handovers/tests/" + load.id + "/original"
                             : home + "/api/v1/documents/" + load.document + "/original";
  links["confirmation"] = home + "/api/v1/handovers/" + (isTest ? load.id : load.document) + "/confirmation";
  json::object data = {
      {"id", isTest ? load.id : load.document},
      {"delivery", load.id},
      {"test", isTest},
      {"kind", load.kind},
      {"number", orNull(load.number)},
      {"sender", partyOf(load.sender)},
      {"receiver", partyOf(load.receiver)},
      {"issueDate", load.issueDate ? json::value(load.issueDate->text()) : nullptr},
      {"dueDate", load.dueDate ? json::value(load.dueDate->text()) : nullptr},
      {"amount", load.amount ? json::value({{"value", load.amount->text()}, {"currency", load.currency}})
                             : json::value(nullptr)},
      {"format", orNull(load.format)},
      {"original", fileOf(originalName(load), handoverMediaType(load.original), load.original)}};
  data["copy"] = load.copy.empty() ? json::value(nullptr)
                                   : json::value(fileOf(copyName(load), "application/pdf", load.copy));
  data["links"] = std::move(links);
  return json::serialize(
      json::object{{"type", "document.handed-over"}, {"timestamp", now.text()}, {"data", std::move(data)}});
}

Result<std::string> handoverMail(const HandoverLoad& load, std::string_view from, std::string_view to,
                                 Instant now, Language language) {
  const auto& texts = Texts::of(language);
  const std::map<std::string, std::string> words = {{"number", load.number}, {"sender", load.sender.name}};
  const std::string which = load.document.empty() ? "test" : load.number.empty() ? "unnumbered" : "document";
  net::Mail mail;
  mail.from = {"Postgång", std::string(from)};
  mail.to = {{load.receiver.name, std::string(to)}};
  mail.subject = texts.sentence("handoverMail.subject." + which, words);
  mail.text =
      texts.sentence("handoverMail.text." + which, words) + "\n\n" +
      texts.sentence(load.copy.empty() ? "handoverMail.attached" : "handoverMail.attachedBoth", words) + "\n";
  mail.attachments.push_back({originalName(load), handoverMediaType(load.original), load.original});
  if (!load.copy.empty()) mail.attachments.push_back({copyName(load), "application/pdf", load.copy});
  mail.messageId = "handover." + load.id + "@" + net::domainOf(from);
  mail.date = now;
  mail.language = language;
  return net::composed(mail);
}

Sent carryToFolder(const net::FileDrop& drop, std::string_view name, std::string_view original,
                   std::string_view copyName, std::string_view copy) {
  if (!copy.empty()) {
    if (auto laid = lay(drop, copyName, copy); !laid)
      return failed(laid.error().code + ": " + laid.error().detail);
  }
  if (auto laid = lay(drop, name, original); !laid)
    return failed(laid.error().code + ": " + laid.error().detail);
  Sent sent;
  sent.result = EventType::sent;
  sent.evidence = "file";
  sent.detail = std::string(name);
  return sent;
}

Sent carryToWebhook(net::HttpClient& client, const WebhookCall& call, const HandoverRules& rules, Instant now,
                    bool& gone) {
  const auto answer = sendWebhook(client, call, rules, now);
  gone = answer.isGone();
  if (!answer.isTaken())
    return failed(answer.status == 0 ? answer.code + ": " + answer.detail : answer.words());
  Sent sent;
  sent.result = EventType::delivered;
  sent.evidence = "2xx";
  sent.detail = answer.words();
  return sent;
}

Sent carryByMail(const Mailing& mailing, const net::Envelope& envelope, std::string_view message) {
  const auto answer = mailing.send(envelope, message);
  Sent sent;
  sent.evidence = "smtp";
  sent.detail = truncated(answer.words, 300);
  switch (answer.result) {
    case net::SmtpResult::accepted:
      sent.result = EventType::sent;
      break;
    case net::SmtpResult::uncertain:
      sent.result = EventType::delivery_uncertain;
      break;
    case net::SmtpResult::refused:
      sent.result = EventType::bounced;
      break;
    case net::SmtpResult::later:
      sent.result = EventType::delivery_failed;
      break;
  }
  return sent;
}

std::optional<Instant> nextHandoverTry(int attempts, Instant now) {
  const auto tries = static_cast<std::size_t>(std::max(attempts, 1));
  if (tries > waits_seconds.size()) return std::nullopt;
  return now.plusSeconds(waits_seconds[tries - 1]);
}

}  // namespace postgang::channels
