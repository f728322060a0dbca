// Channel `email`, Smartmail: a mail to each of the recipient's addresses, with a link of its own to the page
// where the document is opened. `sent` claims that the recipient's mail server has taken it, evidence "smtp";
// what comes back later comes to the address of that one mail (mail_keys.h).
//
// A message is made, signed and kept byte for byte before the first byte leaves. What the servers answer:
//
//   all refused it              bounced: the next channel's turn
//   some took it                sent; who refused is said, who wants it later is asked again by itself
//   not now, or no answer       delivery_failed, again after 1, 5, 15 minutes, 1, 4, 12 hours; then given up
//   cut after the final dot     delivery_uncertain
#pragma once

#include <functional>
#include <optional>

#include "channels/channel.h"
#include "channels/mailing.h"
#include "document/business_document.h"

namespace postgang::channels {

struct LetterCost {
  int sheets = 0;
  Price price;
};

struct EmailOptions {
  Price price{Decimal::fromScaled(150, 2), "SEK"};
  Mailing mailing;
  int cutOffMinute = 16 * 60;  // of the print house: when an unopened mail goes to paper
  int linkDays = 400;
  // The letter that it would become; absent, or a Problem: it cannot become one, and the mail promises none.
  std::function<Result<LetterCost>(store::Reader&, CompanyId sender, const document::BusinessDocument&)>
      letter;
};

// One mail of a delivery that has been sent already, once more: to who has not opened it, or who did not get
// it the first time (`reminder` false).
struct MailAgain {
  Consignment consignment;
  std::vector<std::string> recipients;
  bool reminder = true;
  int number = 1;  // of the reminders so far, this one included: its Message-ID differs
  std::optional<Instant> sentAt, deadline;
};
class Email final : public Channel {
 public:
  explicit Email(EmailOptions options) : options_(std::move(options)) {}

  std::string_view name() const override { return "email"; }
  Result<Reach> reach(store::Reader& reader, const Recipient& recipient) const override;
  Price price() const override { return options_.price; }
  int typicalHours() const override { return 8; }
  bool inHouse() const override { return false; }
  Result<std::string> laneOf(store::Reader& reader, const Consignment& consignment) const override;
  // Refused within (Prepared::refused): email-no-address, mail-too-large, mail-address-invalid.
  Result<Prepared> prepare(store::Reader& reader, const Consignment& consignment, Instant now) const override;
  Result<Sent> send(const Consignment& consignment, const Prepared& prepared) const override;
  bool isOn() const { return options_.mailing.isOn(); }
  std::string laneOf(std::string_view address) const { return options_.mailing.laneOf(address); }
  // A mail of this delivery once more; send() takes it as it takes the first.
  Result<Prepared> prepareAgain(store::Reader& reader, const MailAgain& again, Instant now) const;

 private:
  EmailOptions options_;
};

// A recipient's own address: what its sender keeps of it, else what the document says. Empty: none that
// works.
std::string emailOf(const Recipient& recipient);

}  // namespace postgang::channels
