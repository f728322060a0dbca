// What a bank says of an invoice, as events.
#pragma once

#include <string>
#include <string_view>

#include "channels/bank_messages.h"
#include "flow/step.h"

namespace postgang::flow {

struct BankSource {
  std::string_view file;   // the hub's file that says so
  bool wholeFile = false;  // said of a whole file, not of this invoice
};

// Once: what is said twice is kept once. Shown: `delivered`, evidence "bank". Refused: `delivery_failed` with
// the bank's code and words, and the next channel, or `failed` (codes bank-refused, bank-file-refused).
// Declined: `delivered` and then `rejected`.
Outcome recordBankAnswer(const Tools& tools, store::Transaction& tx, DocumentId document,
                         const channels::BankAnswer& answer, const BankSource& source);

// "410: Okänd mottagare".
std::string saidBy(std::string_view code, std::string_view words);

}  // namespace postgang::flow
