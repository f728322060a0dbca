// What mail servers report about a message: by the standard, or in a text for people.
#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/text.h"
#include "net/mail_fields.h"
#include "net/mail_reader.h"

namespace postgang::net {
namespace {

constexpr std::size_t fields_bytes_max = 2'000;
constexpr std::size_t words_codePoints_max = 500;

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

// "rfc822; karin@nordhamn.example" → the address; "smtp; 550 …" → the words.
std::string typed(std::string_view value) {
  const auto semicolon = value.find(';');
  auto rest = semicolon == value.npos ? value : value.substr(semicolon + 1);
  return truncated(collapsed(withoutControls(asUtf8(rest))), words_codePoints_max);
}

std::string addressIn(std::string_view value) {
  auto text = typed(value);
  if (text.starts_with('<') && text.ends_with('>')) text = text.substr(1, text.size() - 2);
  return isMailAddress(text) ? lowered(text) : std::string();
}

std::optional<ReportAction> actionNamed(std::string_view value) {
  constexpr std::array<std::pair<std::string_view, ReportAction>, 5> actions{
      {{"failed", ReportAction::failed},
       {"delayed", ReportAction::delayed},
       {"delivered", ReportAction::delivered},
       {"relayed", ReportAction::relayed},
       {"expanded", ReportAction::expanded}}};
  const auto name = lowered(trimmed(value));
  for (const auto& [word, action] : actions)
    if (name.starts_with(word)) return action;  // "failed (5.1.1)" is seen, too
  return std::nullopt;
}

// Blocks of fields, an empty line between them (RFC 3464, 2.1).
std::vector<std::string> blocksOf(std::string_view text) {
  std::vector<std::string> blocks(1);
  for (auto line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!trimmed(line).empty()) {
      blocks.back().append(line).append("\n");
    } else if (!blocks.back().empty()) {
      if (blocks.size() > MailLimits::reports_max) break;
      blocks.emplace_back();
    }
  }
  return blocks;
}

bool hasAny(std::string_view text, std::span<const std::string_view> phrases) {
  return std::ranges::any_of(phrases, [&](auto phrase) { return text.find(phrase) != text.npos; });
}

// Folded, as folded() gives them.
constexpr std::string_view failed_phrases[] = {"could not be delivered",
                                               "couldn't be delivered",
                                               "wasn't delivered",
                                               "was not delivered",
                                               "not delivered to",
                                               "undeliverable",
                                               "undelivered mail",
                                               "delivery has failed",
                                               "delivery failed",
                                               "delivery failure",
                                               "failure notice",
                                               "permanent error",
                                               "permanent fatal error",
                                               "permanent failure",
                                               "returned mail",
                                               "returned to sender",
                                               "user unknown",
                                               "no such user",
                                               "did not reach",
                                               "wasn't able to deliver",
                                               "was unable to deliver",
                                               "unable to deliver",
                                               "kunde inte levereras",
                                               "gick inte att leverera",
                                               "oleverbart",
                                               "kunde inte skickas",
                                               "adressen hittades inte"};
constexpr std::string_view delayed_phrases[] = {"has been delayed",
                                                "delivery is delayed",
                                                "delivery delayed",
                                                "delivery status notification (delay)",
                                                "will be retried",
                                                "will keep trying",
                                                "still trying",
                                                "will retry",
                                                "not yet been delivered",
                                                "fordrojd",
                                                "fordrojts",
                                                "forsoker igen"};

// A program that carries mail has written it, as far as anybody can see.
bool isFromCarrier(const ReceivedMail& mail) {
  const auto local = mail.from.address.substr(0, mail.from.address.find('@'));
  return local == "mailer-daemon" || local == "postmaster" || local == "mail-daemon" ||
         local.starts_with("microsoftexchange");
}

bool isReplyCode(std::string_view text, std::size_t at) {
  if (at + 3 > text.size() || (text[at] != '4' && text[at] != '5')) return false;
  if (!isDigit(text[at + 1]) || !isDigit(text[at + 2]) || text[at + 1] > '5') return false;
  const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == ':' || text[at - 1] == '(';
  return begins && at + 3 < text.size() && (text[at + 3] == ' ' || text[at + 3] == '-');
}

// The line of a text for people that quotes the other server; empty without one.
std::string quotedLine(std::string_view text) {
  for (const auto line : split(text, '\n')) {
    const auto said = collapsed(withoutControls(line));
    if (!enhancedStatusIn(said).empty()) return truncated(said, words_codePoints_max);
    for (std::size_t at = 0; at < said.size(); ++at)
      if (isReplyCode(said, at)) return truncated(said, words_codePoints_max);
  }
  return {};
}

char classOf(std::string_view status, std::string_view line) {
  if (!status.empty()) return status.front();
  for (std::size_t at = 0; at < line.size(); ++at)
    if (isReplyCode(line, at)) return line[at];
  return 0;
}

}  // namespace

std::string enhancedStatusIn(std::string_view text) {
  const auto number = [&](std::size_t at) {  // its digits, at most three
    std::size_t count = 0;
    while (at + count < text.size() && isDigit(text[at + count])) ++count;
    return count;
  };
  for (std::size_t at = 0; at + 4 < text.size(); ++at) {
    if (text[at] != '2' && text[at] != '4' && text[at] != '5') continue;
    if (text[at + 1] != '.') continue;
    if (at > 0 && (isDigit(text[at - 1]) || text[at - 1] == '.')) continue;
    const auto subject = number(at + 2);
    if (subject == 0 || subject > 3 || at + 2 + subject >= text.size() || text[at + 2 + subject] != '.')
      continue;
    const auto begin = at + 3 + subject;
    const auto detail = number(begin);
    if (detail == 0 || detail > 3) continue;
    const auto end = begin + detail;
    if (end + 1 < text.size() && text[end] == '.' && isDigit(text[end + 1])) continue;  // an IP address
    return std::string(text.substr(at, end - at));
  }
  return {};
}

std::vector<DeliveryReport> readDeliveryStatus(std::string_view text) {
  std::vector<DeliveryReport> reports;
  for (const auto& block : blocksOf(text)) {
    const auto fields = fieldsIn(block);
    const auto action = actionNamed(field(fields, "action"));
    if (!action || reports.size() >= MailLimits::reports_max) continue;
    DeliveryReport report;
    report.action = *action;
    report.status = enhancedStatusIn(field(fields, "status"));
    report.diagnostic = typed(field(fields, "diagnostic-code"));
    report.finalRecipient = addressIn(field(fields, "final-recipient"));
    report.originalRecipient = addressIn(field(fields, "original-recipient"));
    report.remoteMta = typed(field(fields, "remote-mta"));
    report.fields = asUtf8(block.substr(0, fields_bytes_max));
    reports.push_back(std::move(report));
  }
  return reports;
}

std::optional<DeliveryReport> guessedReport(const ReceivedMail& mail) {
  const auto subject = folded(mail.subject);
  const auto text = folded(mail.text);
  const bool byProgram = isFromCarrier(mail) || (mail.returnPath && mail.returnPath->empty());
  const bool saysFailed = hasAny(subject, failed_phrases) || hasAny(text, failed_phrases);
  const bool saysDelayed = hasAny(subject, delayed_phrases) || hasAny(text, delayed_phrases);
  if (!byProgram || (!saysFailed && !saysDelayed && !isFromCarrier(mail))) return std::nullopt;
  DeliveryReport report;
  report.guessed = true;
  report.diagnostic = quotedLine(mail.text);
  report.status = enhancedStatusIn(report.diagnostic);
  const auto kind = classOf(report.status, report.diagnostic);
  if (kind == '4' || (kind == 0 && saysDelayed && !hasAny(subject, failed_phrases)))
    report.action = ReportAction::delayed;
  else if (kind == 0 && !saysFailed)
    return std::nullopt;
  // What was given up after days of trying quotes the last passing trouble.
  if (kind == '4' && hasAny(subject, failed_phrases) && !saysDelayed) report.action = ReportAction::failed;
  if (report.diagnostic.empty())
    report.diagnostic = truncated(collapsed(mail.text), words_codePoints_max / 2);
  report.fields = truncated(withoutControls(mail.text), fields_bytes_max / 2);
  return report;
}

}  // namespace postgang::net
