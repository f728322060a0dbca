// How an invoice is to be paid, recognised from payment means (BG-16, BG-17) as Nordic invoices write them:
// bankgiro and plusgiro by branch id SE:BANKGIRO / SE:PLUSGIRO (Peppol BIS Billing 3, rules SE-R-007..010) or
// by BIC BGABSESS / PGSISESS, OCR by its check digit (BT-83), IBAN by mod 97.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/business_document.h"

namespace postgang::document {

enum class AccountKind { bankgiro, plusgiro, iban, other };

struct PaymentAccount {
  AccountKind kind = AccountKind::other;
  std::string number;  // digits, or the IBAN without blanks; as the file has it for `other`
  std::string shown;   // 5402-9681, 28 65 43-4, SE35 5000 …
  bool checkDigitHolds = false;
  std::string bic;
  std::string holder;  // BT-85
};

struct Payment {
  std::vector<PaymentAccount> accounts;
  std::string reference;        // BT-83 as it stands
  bool referenceIsOcr = false;  // 2-25 digits with a right check digit
  std::string meansCode;        // BT-81
  bool directDebit = false;     // UNTDID 4461 49 or 59: drawn from the payer's account, do not pay yourself
};

Payment paymentOf(const BusinessDocument& document);
std::string groupedOcr(std::string_view ocr);  // in fours from the left: "4711 2026 81"

}  // namespace postgang::document
