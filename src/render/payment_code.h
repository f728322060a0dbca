// The QR code that a bank app reads. UsingQR (Visma, revision of 2 June 2014) for bankgiro and plusgiro in
// kronor, EPC069-12 for transfers in euro to an IBAN. What the code carries is also printed beside it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"

namespace postgang::render {

struct QrCode {
  int modules = 0;         // a side
  std::vector<bool> dark;  // row by row
  bool at(int row, int column) const { return dark[static_cast<std::size_t>(row * modules + column)]; }
  friend bool operator==(const QrCode&, const QrCode&) = default;
};

struct VatOfRate {
  Decimal rate;
  Decimal amount;
};

struct GiroPayment {
  std::string payee;        // name
  std::string payeeNumber;  // organisation number, "" where unknown
  std::string place;        // "851 11 Tallmo"
  std::string country;
  bool plusgiro = false;  // else bankgiro
  std::string account;    // as shown: 5402-9681
  std::string reference;  // OCR, or the invoice number
  std::optional<Date> issued, due;
  Decimal amount;  // kronor, above 0
  std::vector<VatOfRate> vat;
};
std::string usingQr(const GiroPayment& payment);  // one line of JSON

struct EuroPayment {
  std::string payee;  // at most 70 characters are sent
  std::string iban, bic;
  Decimal amount;  // 0.01 … 999,999,999.99
  std::string reference;
};
// nullopt where EPC069-12 has no room for it (amount out of range, no name, more than 331 bytes).
std::optional<std::string> epcCode(const EuroPayment& payment);

// Error level M. nullopt when the text is too long for `largestVersion` (a version v has 17 + 4·v modules a
// side).
std::optional<QrCode> qrCode(std::string_view text, int largestVersion);

}  // namespace postgang::render
