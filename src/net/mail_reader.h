// What a message that has come says, as far as anybody here asks: whom it was for, what it answers, its text,
// its attachments, and what a mail server reports about one of ours (RFC 5322, MIME by GMime, RFC 3464).
//
// Everything in it is a stranger's: what is too long is cut, what cannot be read is left out, and every text
// is UTF-8 without controls. Nothing here says who has sent it: anybody may write any header.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "net/mail.h"

namespace postgang::net {

struct MailLimits {
  static constexpr std::size_t bytes_max = std::size_t{40} * 1024 * 1024;  // of the whole, as it travels
  static constexpr std::size_t header_bytes_max = 256 * 1024;              // before its first empty line
  static constexpr std::size_t containers_max = 300;  // multiparts and messages in it, declared
  static constexpr std::size_t parts_max = 300;
  static constexpr std::size_t attachments_max = 100;
  static constexpr std::size_t addresses_max = 50;  // per field
  static constexpr std::size_t reports_max = 50;    // recipients in one report
  static constexpr std::size_t text_bytes_max = 64 * 1024;
  static constexpr std::size_t value_codePoints_max = 1000;  // of a header field
};

// What a report says of one recipient.
enum class ReportAction { failed, delayed, delivered, relayed, expanded };
struct DeliveryReport {
  ReportAction action = ReportAction::failed;
  std::string status;             // RFC 3463: "5.1.1"; empty where none is told
  std::string diagnostic;         // the other server's words, on one line
  std::string finalRecipient;     // "karin@nordhamn.example"; may be empty
  std::string originalRecipient;  // what it was addressed to, where that is told
  std::string remoteMta;
  std::string fields;    // the report's own lines, for the evidence
  bool guessed = false;  // read out of a text for people
};

struct ReceivedAttachment {
  std::string fileName;   // without folders and controls; may be empty
  std::string mediaType;  // lower case: "application/xml"
  std::string bytes;
};

struct ReceivedMail {
  std::optional<std::string> returnPath;  // empty: "<>", from a program; nullopt: it does not say
  // Whom it was for, lower case: Delivered-To, X-Original-To, Envelope-To, then To and Cc.
  std::vector<std::string> recipients;
  MailAddress from;         // the address is empty where there is none that any server takes
  std::size_t authors = 0;  // addresses in From; of honest mail there is one
  std::vector<std::string> authenticationResults;  // as they stand, the topmost first (mail_authentication.h)
  std::string replyTo;                             // likewise
  std::string subject;
  std::string messageId;                // without brackets
  std::vector<std::string> references;  // In-Reply-To, then References from its end
  bool automatic = false;               // a program has written it (RFC 3834, and what was used before it)
  bool bulk = false;                    // a list's, or sent to many
  std::string text;                     // of the first text part, or of the HTML
  std::vector<ReceivedAttachment> attachments;
  std::vector<DeliveryReport> reports;  // empty: no server's report
  std::string returnedMessageId;        // of the message that a report returns
};

// Codes: mail-received-too-large (too_large), mail-unreadable (invalid: not a message, too deep, too many
// parts).
Result<ReceivedMail> readMail(std::string_view bytes);

// Its header alone, of a message that is too large to be fetched: no text, no attachments. Codes as above.
Result<ReceivedMail> readMailHeader(std::string_view beginning);

// The message/delivery-status part's text (RFC 3464): what it says of each recipient.
std::vector<DeliveryReport> readDeliveryStatus(std::string_view text);

// A report for people, as qmail, Exchange and others write it in place of one: nullopt unless it is one.
std::optional<DeliveryReport> guessedReport(const ReceivedMail& mail);

// The first enhanced status code (RFC 3463) in a text: "5.1.1"; empty without one.
std::string enhancedStatusIn(std::string_view text);

}  // namespace postgang::net
