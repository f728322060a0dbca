#include "net/mail.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "base/bytes.h"
#include "net/mail_fields.h"

namespace postgang::net {
namespace {

constexpr std::size_t subject_code_points_max = 200;
constexpr std::size_t name_code_points_max = 100;
constexpr std::size_t boundary_digits = 32;

template <typename T>
struct Unref {
  void operator()(T* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref<T>>;

bool isAtomCharacter(char c) {
  constexpr std::string_view marks = "!#$%&'*+-/=?^_`{|}~";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         marks.find(c) != marks.npos;
}

bool isDotString(std::string_view text) {
  for (const auto part : split(text, '.'))
    if (part.empty() || !std::ranges::all_of(part, isAtomCharacter)) return false;
  return true;
}

bool isDomain(std::string_view text) {
  for (const auto label : split(text, '.')) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    for (const char c : label)
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'))
        return false;
  }
  return true;
}

// One line, no controls, bounded: what may stand in a header field.
std::string headerText(std::string_view text, std::size_t codePoints_max) {
  return truncated(collapsed(withoutControls(text)), codePoints_max);
}

Outcome checkAddress(const MailAddress& address) {
  if (isMailAddress(address.address)) return {};
  return fail(ProblemKind::invalid, "mail-address-invalid", "This is not an e-mail address.",
              truncated(withoutControls(address.address), 100), "Correct the address.");
}

void addMailbox(GMimeMessage* message, GMimeAddressType type, const MailAddress& address) {
  const auto name = headerText(address.name, name_code_points_max);
  g_mime_message_add_mailbox(message, type, name.empty() ? nullptr : name.c_str(), address.address.c_str());
}

Owned<GMimeObject> part(std::string_view type, std::string_view subtype, std::string_view bytes,
                        GMimeContentEncoding encoding) {
  GMimePart* made = g_mime_part_new_with_type(std::string(type).c_str(), std::string(subtype).c_str());
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeDataWrapper> content(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(made, content.get());
  g_mime_part_set_content_encoding(made, encoding);
  return Owned<GMimeObject>(GMIME_OBJECT(made));
}

// Not GMimeTextPart: that one chooses a character set of its own.
Owned<GMimeObject> textPart(std::string_view subtype, std::string_view text) {
  auto made = part("text", subtype, text, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_object_set_content_type_parameter(made.get(), "charset", "utf-8");
  return made;
}

Owned<GMimeMultipart> multipart(const char* subtype, const Mail& mail) {
  Owned<GMimeMultipart> made(g_mime_multipart_new_with_subtype(subtype));
  const auto boundary = "=_" + hex(view(sha256({subtype, "\n", mail.messageId}))).substr(0, boundary_digits);
  g_mime_multipart_set_boundary(made.get(), boundary.c_str());
  return made;
}

Owned<GMimeObject> attachmentPart(const MailAttachment& attachment) {
  const auto slash = attachment.mediaType.find('/');
  const bool isType = slash != std::string::npos;
  auto made = part(isType ? attachment.mediaType.substr(0, slash) : "application",
                   isType ? attachment.mediaType.substr(slash + 1) : "octet-stream", attachment.bytes,
                   GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_disposition(made.get(), GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename(GMIME_PART(made.get()),
                           headerText(attachment.fileName, name_code_points_max).c_str());
  return made;
}

// multipart/mixed(multipart/alternative(text, html), attachments …), and no more of it than is needed.
Owned<GMimeObject> bodyOf(const Mail& mail) {
  auto body = textPart("plain", mail.text);
  if (!mail.html.empty()) {
    auto alternative = multipart("alternative", mail);
    g_mime_multipart_add(alternative.get(), body.get());
    g_mime_multipart_add(alternative.get(), textPart("html", mail.html).get());
    body.reset(GMIME_OBJECT(alternative.release()));
  }
  if (mail.attachments.empty()) return body;
  auto mixed = multipart("mixed", mail);
  g_mime_multipart_add(mixed.get(), body.get());
  for (const auto& attachment : mail.attachments)
    g_mime_multipart_add(mixed.get(), attachmentPart(attachment).get());
  return Owned<GMimeObject>(GMIME_OBJECT(mixed.release()));
}

void setHeader(GMimeMessage* message, const char* name, std::string_view value) {
  g_mime_object_set_header(GMIME_OBJECT(message), name, std::string(value).c_str(), "utf-8");
}

// GMime would break a long word into encoded ones (RFC 2047), which no program reads an address from.
void setAddressHeader(GMimeMessage* message, const char* name, const std::string& address) {
  setHeader(message, name, "<>");
  auto* const headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
  g_mime_header_set_raw_value(g_mime_header_list_get_header(headers, name), (" <" + address + ">\n").c_str());
}

// Of our own making; all the same, nothing that could end the field or its brackets.
bool isHeaderAddress(std::string_view address) {
  const bool isWeb = address.starts_with("https://") || address.starts_with("http://");
  return isWeb &&
         std::ranges::all_of(address, [](char c) { return c > ' ' && c < 127 && c != '<' && c != '>'; });
}

// RFC 5322, 3.6.4: the parent's own references, and the parent.
void addThread(GMimeMessage* message, const Mail& mail) {
  const auto answered = messageIdsIn("<" + mail.inReplyTo + ">");
  if (answered.empty()) return;
  const auto parent = "<" + answered.front() + ">";
  setHeader(message, "In-Reply-To", parent);
  std::string references;
  for (const auto& id : mail.references)
    if (const auto known = messageIdsIn("<" + id + ">"); !known.empty() && known.front() != answered.front())
      references += "<" + known.front() + "> ";
  setHeader(message, "References", references + parent);
}

Owned<GMimeMessage> messageOf(const Mail& mail) {
  Owned<GMimeMessage> message(g_mime_message_new(TRUE));
  addMailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, mail.from);
  if (mail.replyTo) addMailbox(message.get(), GMIME_ADDRESS_TYPE_REPLY_TO, *mail.replyTo);
  for (const auto& to : mail.to) addMailbox(message.get(), GMIME_ADDRESS_TYPE_TO, to);
  g_mime_message_set_subject(message.get(), headerText(mail.subject, subject_code_points_max).c_str(),
                             "utf-8");
  g_mime_message_set_message_id(message.get(), mail.messageId.c_str());
  const std::unique_ptr<GDateTime, void (*)(GDateTime*)> date(
      g_date_time_new_from_unix_utc(mail.date.microseconds / 1'000'000), g_date_time_unref);
  g_mime_message_set_date(message.get(), date.get());
  addThread(message.get(), mail);
  setHeader(message.get(), "Content-Language", code(mail.language));
  setHeader(message.get(), "Auto-Submitted", "auto-generated");
  if (isHeaderAddress(mail.unsubscribe)) {
    setAddressHeader(message.get(), "List-Unsubscribe", mail.unsubscribe);
    setHeader(message.get(), "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }
  g_mime_message_set_mime_part(message.get(), bodyOf(mail).get());
  return message;
}

}  // namespace

bool isMailAddress(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == text.npos || at > 64 || text.size() > 254) return false;
  return isDotString(text.substr(0, at)) && isDomain(text.substr(at + 1));
}

std::string domainOf(std::string_view address) {
  const auto at = address.rfind('@');
  return at == address.npos ? std::string() : std::string(address.substr(at + 1));
}

Result<std::string> composed(const Mail& mail) {
  static const bool started = (g_mime_init(), true);
  (void)started;
  CHECK_OK(checkAddress(mail.from));
  if (mail.replyTo) CHECK_OK(checkAddress(*mail.replyTo));
  if (mail.to.empty() || mail.to.size() > recipients_max || !isMailAddress(mail.messageId))
    return fail(ProblemKind::invalid, "mail-address-invalid",
                "A message has from 1 to 20 recipients and a message id like an address.");
  for (const auto& to : mail.to) CHECK_OK(checkAddress(to));
  const auto tooLarge = fail(ProblemKind::too_large, "mail-too-large", "The message is over 20 MB.", {},
                             "Send it without attachments.");
  std::size_t size = mail.text.size() + mail.html.size();
  for (const auto& attachment : mail.attachments) size += attachment.bytes.size();
  if (size > mail_bytes_max) return tooLarge;
  const auto message = messageOf(mail);
  const std::unique_ptr<GMimeFormatOptions, void (*)(GMimeFormatOptions*)> format(g_mime_format_options_new(),
                                                                                  g_mime_format_options_free);
  g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
  const std::unique_ptr<char, void (*)(void*)> text(
      g_mime_object_to_string(GMIME_OBJECT(message.get()), format.get()), g_free);
  std::string bytes(text.get());
  if (bytes.size() > mail_bytes_max) return tooLarge;
  return bytes;
}

}  // namespace postgang::net
