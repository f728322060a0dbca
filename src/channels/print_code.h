// Printkod: which form a document is printed on. SFTI's print steering gives it as the one additional
// reference whose description begins with AQY: 101 and 102 a standard invoice in Swedish and English, 201 and
// 202 an interest invoice, 301 and 302 a reminder; 401 and up are one customer's own forms, which are data;
// P01 is for the internet bank and is no form. The code is never printed, and never leaves over Peppol.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/text.h"
#include "document/business_document.h"

namespace postgang::channels {

struct PrintCode {
  std::string code;
  document::Kind kind = document::Kind::invoice;
  std::optional<Language> language;  // that the code says
  bool own = false;                  // a customer's own form
  bool bank = false;                 // P01
  bool known = true;                 // false: neither a standard code nor an own one
};
std::optional<PrintCode> printCodeOf(const document::BusinessDocument& document);

// A customer's own forms, a setting: [{"code": "401", "title": "Prenumeration", "design": {…}}, …]. `design`
// is as render/design.h reads it; left out, the company's own is used.
struct OwnForm {
  std::string code;
  std::string title;   // what the form is called among staff
  std::string design;  // JSON; "" is the company's own
};
// Codes: own-forms-malformed (invalid), and a design's.
Result<std::vector<OwnForm>> ownFormsFromJson(std::string_view json);

// On what a document is printed.
struct PrintForm {
  std::string code;  // "" where the document has none
  document::Kind kind = document::Kind::invoice;
  std::optional<Language> language;
  std::string design;  // JSON; "" is the company's own
  std::string title;   // of an own form
  bool standIn =
      false;  // it asks for a form that nobody has set up: the standard one by kind, which is to be said
};
PrintForm printFormFor(const document::BusinessDocument& document, const std::vector<OwnForm>& forms);

}  // namespace postgang::channels
