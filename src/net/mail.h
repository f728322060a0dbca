// An e-mail message as its parts, and as the bytes that travel (RFC 5322, MIME: RFC 2045-2049), by GMime.
// What goes into header fields has its controls taken out, so no text from a document can begin a field of
// its own. The same Mail gives the same bytes: a second attempt is the same message.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/text.h"
#include "base/time.h"

namespace postgang::net {

struct MailAddress {
  std::string name;     // as people read it; may be empty
  std::string address;  // "faktura@bjorkvik.example"
};

struct MailAttachment {
  std::string fileName, mediaType, bytes;
};

struct Mail {
  MailAddress from;
  std::optional<MailAddress> replyTo;
  std::vector<MailAddress> to;
  std::string subject;
  std::string text;  // the same words as `html`, for those who do not draw it
  std::string html;  // empty: text alone
  std::vector<MailAttachment> attachments;
  std::string messageId;  // "notice.019a…@postgang.example", without brackets
  std::string inReplyTo;  // of the message that this one answers; whatever is no message id is left out
  std::vector<std::string> references = {};  // those before it in its thread, the oldest first
  // Where a mail program says by itself that its reader wants no more of these: one POST (RFC 8058). An
  // absolute address; empty: none.
  std::string unsubscribe = {};
  Instant date;
  Language language = Language::swedish;
};

inline constexpr std::size_t mail_bytes_max = 20 * 1024 * 1024;  // as it travels
inline constexpr std::size_t recipients_max = 20;

// One mailbox that any server takes: local part and domain in ASCII, 254 octets at most, no quoting (RFC
// 5321, 4.1.2 Dot-string). Whatever else is allowed on paper is not worth a hole.
bool isMailAddress(std::string_view text);
std::string domainOf(std::string_view address);  // "postgang.example"; empty without one

// With lines that end in CRLF. Codes: mail-address-invalid (invalid), mail-too-large (too_large).
// `Auto-Submitted: auto-generated` (RFC 3834) stands in every one: nobody's absence answers it.
Result<std::string> composed(const Mail& mail);

}  // namespace postgang::net
