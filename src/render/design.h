// A company's design (utformning): how its display copies look and what they say beyond the document itself.
//
// Kept per company as JSON (command line: `--design FILE`); every member may be left out:
//
//   {
//     "language": "sv",                          copies are in this language unless the caller asks for
//     another "accent": "#1d5c42",                       the rule on page 1 and the initials mark "logo":
//     "data:image/svg+xml;base64,…",     or image/png; none: initials in the accent colour beside the name
//     "brand": {"name": "Nordhamn", "line": "Hamn och lager"},   beside the initials; none: the seller's name
//     "hide": ["BT-19", "BT-158"],               terms that this company's copies leave out (see hideable())
//     "paymentSlip": false,                      a slip at the foot of the last page; only on print
//     "paymentCode": true,                       the QR code for bank apps
//     "texts": {"sv": {"contactHeading": "Fakturafrågor", "contact": ["060-555 01 20"], "payment": "…",
//                      "creditNote": "…", "reminder": "…"}, "en": {…}}
//   }
//
// Codes of problems: design-not-json, design-unknown-member, design-member-wrong, design-too-large, and the
// logo's (logo.h). `where` is a JSON pointer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/text.h"
#include "document/terms.h"
#include "render/logo.h"

namespace postgang::render {

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
  friend bool operator==(const Colour&, const Colour&) = default;
};
inline constexpr Colour ink{0x16, 0x18,
                            0x1d};  // what carries text on buttons and stands in for a weak accent
std::optional<Colour> colourFromHex(std::string_view hex);  // "#1d5c42"
std::string hexText(Colour colour);
double contrastWithWhite(Colour colour);  // WCAG 2: 1 … 21
// The accent where it is seen against white: itself from 4.5:1, else ink.
Colour accentOnWhite(Colour accent);

// What a company adds in its own words. Empty: nothing is said.
struct DesignTexts {
  std::string contactHeading;        // over the contact lines in the foot
  std::vector<std::string> contact;  // replaces the invoice's contact (BG-6) in the foot; four lines at most
  std::string payment;               // under the payment facts of an invoice
  std::string creditNote;            // after the sums of a credit note
  std::string reminder;              // after the sums of a reminder
  friend bool operator==(const DesignTexts&, const DesignTexts&) = default;
};

struct Design {
  std::optional<Language> language;
  Colour accent = ink;
  Logo logo;
  std::string brandName;
  std::string brandLine;
  std::vector<document::Term> hidden;
  bool paymentSlip = false;
  bool paymentCode = true;
  DesignTexts swedish;
  DesignTexts english;

  const DesignTexts& texts(Language which) const { return which == Language::swedish ? swedish : english; }
  bool hides(document::Term term) const;
  friend bool operator==(const Design&, const Design&) = default;
};

// References, delivery and what stands under a line may be hidden. Parties, number, dates, amounts, VAT and
// payment may not: an invoice must say them.
bool hideable(document::Term term);

Result<Design> designFromJson(std::string_view json);
std::string designToJson(const Design& design);  // round trip: designFromJson(designToJson(d)) == d

}  // namespace postgang::render
