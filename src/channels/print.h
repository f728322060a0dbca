// Channel `print`: a letter on paper by way of a print house. Sending is to put it in line for the next
// cut-off (`delivery_queued`), until when it can be taken back; flow/print_batches makes the batches.
#pragma once

#include "channels/channel.h"
#include "channels/printing.h"

namespace postgang::channels {

class Print final : public Channel {
 public:
  explicit Print(Printing printing);
  std::string_view name() const override { return "print"; }
  // Reaches whoever has a postal address that is whole. Reasons: print-off, postal-address-missing, the first
  // of the address' faults (postal.h), postal-address-good.
  Result<Reach> reach(store::Reader& reader, const Recipient& recipient) const override;
  // Of a letter of one sheet within Sweden.
  Price price() const override { return price_; }
  int typicalHours() const override { return 72; }
  // The exact price, sheets and cut-off. Refused: what printed_letter.h says of letters that cannot be made.
  Result<Prepared> prepare(store::Reader& reader, const Consignment& consignment, Instant now) const override;
  bool inHouse() const override { return true; }
  Result<Sent> send(const Consignment& consignment, const Prepared& prepared) const override;

 private:
  Price oneSheet(PostageZone zone) const;

  Printing printing_;
  Price price_;
};

// Whether a letter fails for what it is, and would again: not for a fault of ours that passes.
bool isLettersOwn(const Problem& problem);

}  // namespace postgang::channels
