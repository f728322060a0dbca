// A kept document as a letter: the print copy in its sender's design, on the form that its printkod asks for,
// addressed to where its sender's counterpart lives, with the attachments; and what that weighs and costs.
// What a Smartmail becomes that nobody opens, and what a print house is handed.
//
// The recipient's address is the one that the sender keeps of this counterpart, else the document's own. An
// attachment that cannot be printed is never left out in silence: the letter is refused, unless the sender
// has exempted it by name; one that is only an address on the web stands in the copy as that.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "channels/letter_price.h"
#include "channels/postal.h"
#include "channels/print_code.h"
#include "channels/recipient.h"
#include "render/letter.h"
#include "store/store.h"

namespace postgang::channels {

// Own forms of several customers, by the company's main identifier: {"0007:5599900015": [{"code": "401", …}]}
using OwnForms = std::map<std::string, std::vector<OwnForm>, std::less<>>;
// Codes: own-forms-malformed (invalid), and a design's.
Result<OwnForms> ownFormsByCompanyFromJson(std::string_view json);

// What the operator has decided about letters.
struct LetterRules {
  LetterPrices prices = exampleLetterPrices();
  OwnForms forms;
  bool duplex = true;
  bool colour = false;
};

struct PrintedLetter {
  std::string pdf;  // empty where only the size was asked for
  int pages = 0, printedPages = 0, sheets = 0;
  PostalCheck to;
  std::vector<std::string> returnAddress;
  Language language = Language::swedish;
  PrintForm form;
  std::vector<std::string> enclosures;
  std::vector<render::NotPrinted>
      leftOut;  // by the sender's own exemption (`reason` may be a problem code), or on the web
  LetterPrice price;
  std::string addressLine() const;  // "Karin Ek, Strandgatan 4, 851 11  TALLMO"
};

// To whom a letter is addressed: `recipient` as its sender knows it.
Addressee addresseeOf(const Recipient& recipient, Language language);

// `document` must be read from its file: a restored one has no attachments' contents. Codes:
// postal-address-incomplete (invalid; parameter `faults`, English sentences, and `fault`, the first one's
// code), letter-attachment-not-printable, letter-attachment-empty (unsupported; `name`), letter-too-heavy,
// and render/letter.h's.
Result<PrintedLetter> printLetter(store::Reader& reader, CompanyId sender,
                                  const document::BusinessDocument& document, const LetterRules& rules);
// The same without the PDF. Without attachments nothing is drawn: a few milliseconds.
Result<PrintedLetter> letterSizeOf(store::Reader& reader, CompanyId sender,
                                   const document::BusinessDocument& document, const LetterRules& rules);

// From the original that is kept under this digest. Codes besides: those of reading the file.
Result<PrintedLetter> printLetter(store::Reader& reader, CompanyId sender, const Digest& original,
                                  const LetterRules& rules);
Result<PrintedLetter> letterSizeOf(store::Reader& reader, CompanyId sender, const Digest& original,
                                   const LetterRules& rules);

}  // namespace postgang::channels
