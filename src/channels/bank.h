// Channel `bank`: the invoice in the payer's internet bank, by way of a bank hub. The payer has applied for
// it at the bank, and the agreement that was accepted (store/bank_agreements.h) says where to. Sending is to
// put it in line for the next file (`delivery_queued`), until when it can be taken back; flow/bank_files
// makes the files.
#pragma once

#include "channels/bank_messages.h"
#include "channels/banking.h"
#include "channels/channel.h"

namespace postgang::channels {

class Bank final : public Channel {
 public:
  Bank(Banking banking, Price price) : banking_(std::move(banking)), price_(std::move(price)) {}
  std::string_view name() const override { return "bank"; }
  // Reasons: bank-off, bank-sender-not-connected, bank-kind, bank-no-agreement, bank-agreement-waits,
  // bank-agreement.
  Result<Reach> reach(store::Reader& reader, const Recipient& recipient) const override;
  Price price() const override { return price_; }
  int typicalHours() const override { return 12; }
  // Refused: what makeBankInvoice says of invoices that a bank cannot show.
  Result<Prepared> prepare(store::Reader& reader, const Consignment& consignment, Instant now) const override;
  bool inHouse() const override { return true; }
  Result<Sent> send(const Consignment& consignment, const Prepared& prepared) const override;

  const Banking& banking() const { return banking_; }

 private:
  Banking banking_;
  Price price_;
};

// "196505030004.NB.SE": digits, the bank, the country.
bool isReceiverId(std::string_view text);
// "19650503-****.NB.SE": of a person's number never more is shown, or stands in events.
std::string shownReceiver(std::string_view receiver);

// An invoice as the bank gets it, from the original that is kept under this digest; `withCopy`: with the PDF
// that it shows, which is the display copy of the channel bank. Codes: bank-agreement-missing,
// bank-currency-foreign, bank-account-missing, bank-amount-negative (invalid), bank-copy-too-large
// (too_large), and those of reading the file and drawing it.
Result<BankInvoice> makeBankInvoice(store::Reader& reader, CompanyId sender, const Digest& original,
                                    bool withCopy);

}  // namespace postgang::channels
