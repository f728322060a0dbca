// The two documents that a mistake takes which no correction may touch (seller, legal buyer, number, amounts,
// VAT, payment account): a credit note for the whole invoice, and the invoice again for somebody to put
// right.
//
//   TRY(auto creditNote, creditNoteFor(invoice, {"K-1002", Date::of(2026, 11, 24), "Fel köpare"}));
//   TRY(auto file, writeDocument(creditNote, "ubl-credit-note"));
//
// Made from terms: what no term covers (extras) is not in them. Give the document as it was read from its
// file: a restored one has no attachments' content.
#pragma once

#include <optional>
#include <string>

#include "base/problem.h"
#include "base/time.h"
#include "document/business_document.h"

namespace postgang::formats {

struct CreditNoteFacts {
  std::string number;  // BT-1
  Date issueDate;      // BT-2
  std::string reason;  // BT-22; may be empty
};

// Cancels the invoice in full, as BIS Billing 3 has it: type 381 (261 self-billed, 396 factored), the invoice
// as the preceding one (BT-25, BT-26), the same lines, allowances, VAT and totals with the invoice's own
// signs, which on a credit note mean the opposite. Left out: due date, terms and means of payment, payee, VAT
// date, notes and attachments, which are the invoice's. Codes:
//   document-not-credited (unsupported) it is no invoice, or already a credit note
//   number-malformed      (invalid) empty, the invoice's own, longer than 100 characters, or with control
//                         characters
//   reason-malformed      (invalid) longer than 1000 characters, or with control characters
Result<document::BusinessDocument> creditNoteFor(const document::BusinessDocument& invoice,
                                                 const CreditNoteFacts& facts);

struct NewInvoiceFacts {
  std::string number;                           // BT-1
  Date issueDate;                               // BT-2
  std::optional<std::string> paymentReference;  // BT-83, absent: the old one, or the new number where the old
                                                // number was the reference
};

// The same invoice with a number and a date of its own, for a person to correct. The due date keeps its
// distance from the invoice date. Codes as above.
Result<document::BusinessDocument> newInvoiceFrom(const document::BusinessDocument& invoice,
                                                  const NewInvoiceFacts& facts);

}  // namespace postgang::formats
