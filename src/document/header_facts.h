// What lists, search and statistics show of a document: gathered once when it is recognised, kept with it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"
#include "document/business_document.h"
#include "document/parties.h"

namespace postgang::document {

struct Money {
  Decimal value;
  std::string currency;  // ISO 4217; BT-5 where the amount has none of its own
};

// A text that a search for the document finds, with the term it comes from. Weight as terms.def says, 1..10.
struct SearchText {
  std::string text;
  Term term{};
  int weight = 0;
};

struct HeaderFacts {
  Kind kind = Kind::other;
  std::string number;                     // BT-1
  std::string typeCode;                   // BT-3
  std::optional<Date> issueDate;          // BT-2
  std::optional<Date> dueDate;            // BT-9
  std::string currency;                   // BT-5
  std::optional<Money> amount;            // BT-115, amount due for payment
  std::optional<Money> amountWithVat;     // BT-112
  std::optional<Money> amountWithoutVat;  // BT-109
  Party seller;
  Party buyer;
  std::string orderReference;                  // BT-13
  std::string buyerReference;                  // BT-10
  std::string contractReference;               // BT-12
  std::string projectReference;                // BT-11
  std::string paymentReference;                // BT-83, the first
  std::string customerNumber;                  // the buyer's
  std::vector<std::string> precedingInvoices;  // BT-25
  // Where it asks to be paid: "bankgiro:54029681", "plusgiro:…", "iban:SE35…"; those alone whose check digit
  // holds, ten at most.
  std::vector<std::string> paymentIdentifiers;
  std::size_t lineCount = 0;
  std::size_t attachmentCount = 0;
  // Header terms: number, names, organisation numbers in both forms, customer number, references, OCR,
  // amounts plain and as Swedes write them (1 234,50). No doubles; heaviest first.
  std::vector<SearchText> searchTexts;
};

HeaderFacts headerFactsOf(const BusinessDocument& document);
// Texts of lines, notes and attachments that have a search weight: indexed later than the header's.
std::vector<SearchText> lineTextsOf(const BusinessDocument& document);

}  // namespace postgang::document
