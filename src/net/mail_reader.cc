#include "net/mail_reader.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "net/mail_fields.h"

namespace postgang::net {
namespace {

template <typename T>
struct Unref {
  void operator()(T* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref<T>>;

void startGMime() {
  static const bool started = (g_mime_init(), true);
  (void)started;
}

std::string utf8(const char* text) {
  return text ? asUtf8(text) : std::string();
}

std::string fieldText(const char* value) {
  return truncated(collapsed(withoutControls(utf8(value))), MailLimits::value_codePoints_max);
}

// How many parts could lie in one another: each says its boundary or that it is a message. Counted before
// anything is parsed, so that no message can make the parser go deep.
std::size_t containersIn(std::string_view bytes) {
  std::size_t count = 0;
  for (const std::string_view word : {"boundary", "message/rfc822", "message/global", "message/news"}) {
    const auto at = [&](std::size_t from) {
      const auto found = std::search(
          bytes.begin() + static_cast<std::ptrdiff_t>(from), bytes.end(), word.begin(), word.end(),
          [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; });
      return static_cast<std::size_t>(found - bytes.begin());
    };
    for (auto found = at(0); found < bytes.size(); found = at(found + word.size())) ++count;
  }
  return count;
}

tl::unexpected<Problem> unreadable(std::string_view why) {
  return fail(ProblemKind::invalid, "mail-unreadable",
              "The message cannot be read: " + std::string(why) + ".", {}, "Look at it in the mailbox.");
}

Owned<GMimeMessage> parsed(std::string_view bytes) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MESSAGE);
  return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

std::string contentOf(GMimeObject* part) {
  auto* wrapper = GMIME_IS_PART(part) ? g_mime_part_get_content(GMIME_PART(part)) : nullptr;
  if (!wrapper) return {};
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(wrapper, stream.get());
  const auto* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return {reinterpret_cast<const char*>(array->data), array->len};
}

// In the character set that it says it has; what cannot be is shown as it best can.
std::string textOf(GMimeObject* part) {
  auto text = contentOf(part);
  if (text.size() > MailLimits::text_bytes_max * 4) text.resize(MailLimits::text_bytes_max * 4);
  const char* charset = g_mime_object_get_content_type_parameter(part, "charset");
  if (charset && lowered(charset) != "utf-8") {
    const auto converter = g_mime_iconv_open("utf-8", charset);
    if (converter != reinterpret_cast<iconv_t>(-1)) {
      const std::unique_ptr<char, void (*)(void*)> converted(
          g_mime_iconv_strndup(converter, text.data(), text.size()), g_free);
      if (converted) text = converted.get();
      g_mime_iconv_close(converter);
    }
  }
  return asUtf8(text);
}

std::string mediaTypeOf(GMimeObject* part) {
  auto* type = g_mime_object_get_content_type(part);
  if (!type) return "application/octet-stream";
  return lowered(fieldText(g_mime_content_type_get_media_type(type)) + "/" +
                 fieldText(g_mime_content_type_get_media_subtype(type)));
}

// Walks the parts of a message, those of messages within it too; `parts` bounds it.
class Reading {
 public:
  explicit Reading(ReceivedMail& mail) : mail_(mail) {}

  Outcome read(GMimeObject* part, bool returned) {
    if (!part) return {};
    if (++parts_ > MailLimits::parts_max) return unreadable("it has too many parts");
    if (GMIME_IS_MULTIPART(part)) {
      auto* multipart = GMIME_MULTIPART(part);
      for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i)
        CHECK_OK(read(g_mime_multipart_get_part(multipart, i), returned));
      return {};
    }
    if (GMIME_IS_MESSAGE_PART(part))
      return readMessage(g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)));
    return readLeaf(part, returned);
  }

  // The text for people: the first plain one, else what the first HTML says.
  void finish() {
    if (mail_.text.empty()) mail_.text = wordsOfHtml(html_);
    mail_.text = truncated(withoutControls(mail_.text), MailLimits::text_bytes_max / 4);
  }

 private:
  Outcome readMessage(GMimeMessage* message) {
    if (!message) return {};
    if (mail_.returnedMessageId.empty())
      mail_.returnedMessageId = fieldText(g_mime_message_get_message_id(message));
    return read(g_mime_message_get_mime_part(message), true);
  }

  Outcome readLeaf(GMimeObject* part, bool returned) {
    const auto type = mediaTypeOf(part);
    if (type == "message/delivery-status" || type == "message/global-delivery-status") {
      if (!returned && mail_.reports.empty()) mail_.reports = readDeliveryStatus(contentOf(part));
      return {};
    }
    if (type == "text/rfc822-headers" || type == "message/global-headers") {
      if (mail_.returnedMessageId.empty()) mail_.returnedMessageId = messageIdIn(contentOf(part));
      return {};
    }
    auto* disposition = g_mime_object_get_content_disposition(part);
    const bool attached = disposition && g_mime_content_disposition_is_attachment(disposition);
    auto name = fieldText(GMIME_IS_PART(part) ? g_mime_part_get_filename(GMIME_PART(part)) : nullptr);
    if (!attached && name.empty() && !returned) {
      if (type == "text/plain" && mail_.text.empty()) return keepText(part);
      if (type == "text/html" && html_.empty()) return keepHtml(part);
    }
    if (type.starts_with("text/") && !attached && name.empty()) return {};
    if (mail_.attachments.size() >= MailLimits::attachments_max)
      return unreadable("it has too many attachments");
    mail_.attachments.push_back({safeName(name), type, contentOf(part)});
    return {};
  }

  Outcome keepText(GMimeObject* part) {
    mail_.text = std::string(trimmed(textOf(part)));
    return {};
  }
  Outcome keepHtml(GMimeObject* part) {
    html_ = textOf(part);
    return {};
  }

  ReceivedMail& mail_;
  std::string html_;
  std::size_t parts_ = 0;
};

// The addresses in a field's value that a server would take, lower case.
std::vector<MailAddress> addressesIn(const std::string& value) {
  std::vector<MailAddress> found;
  const std::unique_ptr<InternetAddressList, void (*)(void*)> list(
      internet_address_list_parse(nullptr, value.c_str()), g_object_unref);
  if (!list) return found;
  for (int i = 0; i < internet_address_list_length(list.get()); ++i) {
    auto* address = internet_address_list_get_address(list.get(), i);
    if (found.size() >= MailLimits::addresses_max) break;
    if (!INTERNET_ADDRESS_IS_MAILBOX(address)) continue;
    auto text = lowered(utf8(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address))));
    if (isMailAddress(text))
      found.push_back({fieldText(internet_address_get_name(address)), std::move(text)});
  }
  return found;
}

class Header {
 public:
  explicit Header(GMimeMessage* message) {
    auto* list = g_mime_object_get_header_list(GMIME_OBJECT(message));
    const int count = std::min(g_mime_header_list_get_count(list), fields_max);
    for (int i = 0; i < count; ++i) {
      auto* header = g_mime_header_list_get_header_at(list, i);
      fields_.push_back({lowered(utf8(g_mime_header_get_name(header))), header});
    }
  }

  // The first's; nullopt without one.
  std::optional<std::string> text(std::string_view name) const {
    for (const auto& [key, header] : fields_)
      if (key == name) return fieldText(g_mime_header_get_value(header));
    return std::nullopt;
  }
  bool has(std::string_view name) const { return text(name).has_value(); }
  // As it stands, bounded: for addresses and message ids.
  std::vector<std::string> all(std::string_view name) const {
    constexpr std::size_t raw_bytes_max = 8 * 1024;
    std::vector<std::string> values;
    for (const auto& [key, header] : fields_)
      if (key == name && values.size() < MailLimits::addresses_max)
        values.push_back(withoutControls(utf8(g_mime_header_get_raw_value(header)).substr(0, raw_bytes_max)));
    return values;
  }

 private:
  static constexpr int fields_max = 1000;
  std::vector<std::pair<std::string, GMimeHeader*>> fields_;
};

void readRecipients(const Header& header, ReceivedMail& mail) {
  for (const std::string_view name : {"delivered-to", "x-original-to", "envelope-to", "to", "cc"}) {
    for (const auto& value : header.all(name)) {
      for (auto& each : addressesIn(value)) {
        const auto known = std::find(mail.recipients.begin(), mail.recipients.end(), each.address);
        if (known == mail.recipients.end() && mail.recipients.size() < MailLimits::addresses_max)
          mail.recipients.push_back(std::move(each.address));
      }
    }
  }
}

// RFC 3834 has a field for it; before it, and beside it, programs said it in other ways.
bool isAutomatic(const Header& header) {
  if (const auto said = header.text("auto-submitted"); said && !lowered(*said).starts_with("no")) return true;
  for (const std::string_view name : {"x-autoreply", "x-autorespond", "x-auto-reply", "x-mailer-autoreply"})
    if (header.has(name)) return true;
  const auto precedence = lowered(header.text("precedence").value_or(""));
  if (precedence == "auto_reply") return true;
  const auto subject = folded(header.text("subject").value_or(""));
  constexpr std::string_view beginnings[] = {"autosvar",           "automatiskt svar", "automatic reply",
                                             "auto reply",         "autoreply",        "out of office",
                                             "franvaromeddelande", "franvaro:",        "ej pa kontoret"};
  return std::ranges::any_of(beginnings, [&](auto beginning) { return subject.starts_with(beginning); });
}

bool isBulk(const Header& header) {
  const auto precedence = lowered(header.text("precedence").value_or(""));
  return header.has("list-id") || header.has("list-unsubscribe") || precedence == "bulk" ||
         precedence == "list" || precedence == "junk";
}

void readHeader(GMimeMessage* message, ReceivedMail& mail) {
  const Header header(message);
  if (const auto paths = header.all("return-path"); !paths.empty()) {
    const auto addresses = addressesIn(paths.front());
    mail.returnPath = addresses.empty() ? std::string() : addresses.front().address;
  }
  readRecipients(header, mail);
  for (const auto& value : header.all("from")) {
    auto addresses = addressesIn(value);
    mail.authors += addresses.size();
    if (!addresses.empty() && mail.from.address.empty()) mail.from = std::move(addresses.front());
  }
  mail.authenticationResults = header.all("authentication-results");
  for (const auto& value : header.all("reply-to"))
    if (const auto addresses = addressesIn(value); !addresses.empty() && mail.replyTo.empty())
      mail.replyTo = addresses.front().address;
  mail.subject = header.text("subject").value_or("");
  mail.messageId = fieldText(g_mime_message_get_message_id(message));
  for (const auto& value : header.all("in-reply-to"))
    for (auto& id : messageIdsIn(value)) mail.references.push_back(std::move(id));
  for (const auto& value : header.all("references")) {
    auto ids = messageIdsIn(value);
    mail.references.insert(mail.references.end(), ids.rbegin(), ids.rend());
  }
  if (mail.references.size() > MailLimits::addresses_max) mail.references.resize(MailLimits::addresses_max);
  mail.automatic = isAutomatic(header);
  mail.bulk = isBulk(header);
}

}  // namespace

Result<ReceivedMail> readMailHeader(std::string_view beginning) {
  startGMime();
  const auto header = headerOf(beginning);
  if (header.size() > MailLimits::header_bytes_max) return unreadable("its header is too long");
  if (header.find(':') == header.npos) return unreadable("it has no header");
  const auto message = parsed(header);
  if (!message) return unreadable("it is no message");
  ReceivedMail mail;
  readHeader(message.get(), mail);
  return mail;
}

Result<ReceivedMail> readMail(std::string_view bytes) {
  if (bytes.size() > MailLimits::bytes_max)
    return fail(ProblemKind::too_large, "mail-received-too-large", "The message is over 40 MB.", {},
                "Send it in several messages.");
  if (containersIn(bytes) > MailLimits::containers_max) return unreadable("its parts lie too deep");
  TRY(auto mail, readMailHeader(bytes));
  const auto message = parsed(bytes);
  if (!message) return unreadable("it is no message");
  Reading reading(mail);
  CHECK_OK(reading.read(g_mime_message_get_mime_part(message.get()), false));
  reading.finish();
  return mail;
}

}  // namespace postgang::net
