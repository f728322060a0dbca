// The messages of one Smartmail, composed: what the document says, in its sender's design and by its settings
// for this counterpart. For email.cc.
#pragma once

#include <string>
#include <vector>

#include "channels/email.h"
#include "channels/smartmail_settings.h"
#include "render/smartmail_mail.h"

namespace postgang::channels {

struct MailAddressee {
  std::string name;  // of the counterpart itself; further addresses have none
  std::string address;
};

// Everything that is read before the first message is written.
struct MailSource {
  document::BusinessDocument document;
  Recipient recipient;
  SmartmailSettings settings;
  render::Design design;
  Language language = Language::swedish;
  std::string senderEmail;
  std::optional<LetterCost> letter;
};
Result<MailSource> mailSource(store::Reader& reader, const EmailOptions& options,
                              const Consignment& consignment);

// Its own address first, then those of its settings; no doubles.
std::vector<MailAddressee> addresseesOf(const MailSource& source);

// What the mail says beside the document.
struct MailOccasion {
  Consignment consignment;
  Instant now;
  std::optional<Instant> deadline;
  bool reminder = false;
  int number = 0;                 // of the reminder
  std::optional<Instant> sentAt;  // of the first, to a reminder
};

// Messages, links and kept bytes, into `prepared`; `first` is the number of the first addressee in its
// delivery. Codes: mail-too-large (too_large), mail-address-invalid (invalid).
Outcome writeMessages(const EmailOptions& options, const MailSource& source, const MailOccasion& occasion,
                      const std::vector<MailAddressee>& addressees, Prepared& prepared);

}  // namespace postgang::channels
