#include "channels/email_message.h"

#include <algorithm>

#include "base/calendar.h"
#include "channels/company_settings.h"
#include "channels/mail_keys.h"
#include "channels/mail_parts.h"
#include "channels/recipient.h"
#include "formats/format.h"
#include "render/render.h"
#include "store/blobs.h"

namespace postgang::channels {
namespace {

constexpr std::int64_t day_seconds = 86'400;
// Attachments that travel with the mail where the customer insists on that; the rest is on the page.
constexpr std::size_t attached_bytes_max = 7 * 1024 * 1024;

// As its copies on a screen: in the seller's design.
Result<render::Design> designOf(store::Reader& reader, const document::Party& seller) {
  if (!seller.identifier) return render::Design{};
  TRY(const auto company, store::companyByIdentifier(reader, seller.identifier->text()));
  return company ? companyDesign(reader, *company) : render::Design{};
}

std::string streetOf(const Recipient& recipient) {
  const auto& kept = recipient.partner ? recipient.partner->postalAddress : std::nullopt;
  if (kept) return std::string(split(kept->street, '\n').front());
  return recipient.address.lines.empty() ? std::string() : recipient.address.lines.front();
}

std::string mediaTypeOf(std::string_view bytes) {
  if (bytes.substr(0, 1024).find("%PDF-") != bytes.npos) return "application/pdf";
  if (bytes.starts_with("\x89PNG")) return "image/png";
  if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
  return "application/octet-stream";
}

// The name of a file that a mail program may save.
std::string fileName(std::string_view number) {
  std::string name;
  for (const char c : truncated(number, 60)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    name += plain ? c : '_';
  }
  return name + ".pdf";
}

Result<std::vector<net::MailAttachment>> attachmentsFor(const MailSource& source) {
  std::vector<net::MailAttachment> attachments;
  if (source.settings.form != MailForm::attached) return attachments;
  TRY(auto copy, render::renderPdf(source.document, source.design, render::Channel::email, source.language));
  attachments.push_back(
      {fileName(source.document.text(document::Term::BT_1)), "application/pdf", std::move(copy)});
  std::size_t size = 0;
  for (auto& part : mailPartsOf(source.document)) {
    size += part.bytes.size();
    if (size > attached_bytes_max) break;
    const auto type = mediaTypeOf(part.bytes);
    attachments.push_back({part.name, type, std::move(part.bytes)});
  }
  return attachments;
}

render::Smartmail contentOf(const MailSource& source, const MailOccasion& occasion) {
  auto content = render::smartmailOf(source.document, source.design, source.language);
  const auto parts = partFacts(mailPartsOf(source.document), source.settings);
  content.attachments = parts.size() - 1;
  content.attachmentsToo =
      std::ranges::any_of(parts, [](const auto& part) { return !part.name.empty() && !part.exempt; });
  content.recipient = source.recipient.name;
  content.person = source.recipient.person;
  content.street = streetOf(source.recipient);
  content.attached = source.settings.form == MailForm::attached;
  content.reminder = occasion.reminder;
  if (occasion.sentAt) content.sentOn = dateInStockholm(*occasion.sentAt);
  // Only what will happen: without a letter that can be made nothing is promised.
  if (occasion.deadline && source.letter) {
    content.openBy = dateInStockholm(*occasion.deadline);
    content.openByMinute = minuteInStockholm(*occasion.deadline);
  }
  return content;
}

std::optional<net::MailAddress> replyTo(const MailSource& source, const std::string& brand) {
  const auto& address = source.settings.replyTo.empty() ? source.senderEmail : source.settings.replyTo;
  if (!net::isMailAddress(address)) return std::nullopt;
  return net::MailAddress{brand, address};
}

std::string messageId(const MailOccasion& occasion, std::size_t number, const Mailing& mailing) {
  return "smartmail." + occasion.consignment.delivery.text() + "." + std::to_string(number) +
         (occasion.reminder ? ".r" + std::to_string(occasion.number) : "") + "@" +
         net::domainOf(mailing.from);
}

// The same number for the same address, whichever attempt it is.
std::size_t numberOf(const MailSource& source, const std::string& address) {
  const auto all = addresseesOf(source);
  const auto found = std::ranges::find(all, address, &MailAddressee::address);
  return static_cast<std::size_t>(found - all.begin());
}

}  // namespace

Result<MailSource> mailSource(store::Reader& reader, const EmailOptions& options,
                              const Consignment& consignment) {
  MailSource source;
  TRY(const auto bytes, store::blob(reader, consignment.digest));
  TRY(auto reading, formats::readDocument(bytes));
  source.document = std::move(reading.document);
  const auto seller = sellerOf(source.document);
  TRY(source.recipient, recipientOf(reader, consignment.sender, document::recipientOf(source.document)));
  const auto& partner = source.recipient.partner;
  TRY(source.settings,
      smartmailSettingsFor(reader, consignment.sender, partner ? partner->identifier : std::string()));
  TRY(source.design, designOf(reader, seller));
  source.language = render::languageFor(source.document, source.design);
  source.senderEmail = document::issuerOf(source.document).email;
  if (consignment.sheets && consignment.letterPrice) {
    source.letter = LetterCost{*consignment.sheets, {*consignment.letterPrice, options.price.currency}};
  } else if (options.letter) {
    // What makes a letter impossible is said when paper's turn comes.
    if (auto letter = options.letter(reader, consignment.sender, source.document)) source.letter = *letter;
  }
  return source;
}

std::vector<MailAddressee> addresseesOf(const MailSource& source) {
  std::vector<MailAddressee> addressees;
  const auto add = [&](std::string name, const std::string& address) {
    const bool known = std::ranges::any_of(
        addressees, [&](const auto& each) { return lowered(each.address) == lowered(address); });
    if (!known && net::isMailAddress(address)) addressees.push_back({std::move(name), address});
  };
  add(source.recipient.name, emailOf(source.recipient));
  for (const auto& address : source.settings.addresses) add("", address);
  return addressees;
}

Outcome writeMessages(const EmailOptions& options, const MailSource& source, const MailOccasion& occasion,
                      const std::vector<MailAddressee>& addressees, Prepared& prepared) {
  TRY(const auto attachments, attachmentsFor(source));
  auto content = contentOf(source, occasion);
  for (const auto& addressee : addressees) {
    const auto token = newPageToken();
    content.link = options.mailing.publicUrl + "/m/" + token;
    const auto said = render::smartmailMail(content);
    net::Mail mail;
    mail.from = {said.from, options.mailing.from};
    mail.replyTo = replyTo(source, said.from);
    mail.to = {{addressee.name, addressee.address}};
    mail.subject = said.subject;
    mail.text = said.text;
    mail.html = said.html;
    mail.attachments = attachments;
    mail.messageId = messageId(occasion, numberOf(source, addressee.address), options.mailing);
    mail.date = occasion.now;
    mail.language = source.language;
    TRY(auto bytes, net::composed(mail));
    TRY(bytes, options.mailing.signedMessage(std::move(bytes), occasion.now));
    store::RecipientLink link;
    link.tokenDigest = pageTokenDigest(token);
    link.document = occasion.consignment.document;
    link.delivery = occasion.consignment.delivery;
    link.recipient = addressee.address;
    link.createdAt = occasion.now;
    link.expiresAt = occasion.now.plusSeconds(options.linkDays * day_seconds);
    link.bounceKey = newBounceKey();
    prepared.links.push_back(std::move(link));
    prepared.fact.recipients.push_back({addressee.address, sha256(bytes)});
    prepared.kept.push_back(bytes);
    prepared.messages.push_back({addressee.address, std::move(bytes)});
  }
  return {};
}

}  // namespace postgang::channels
