// Identifiers and their check digits. An identifier of a party is scheme and value as ISO 6523 ICD / the EAS
// list write them: 0007:5599900122 (Swedish organisation number), 0088:… (GLN), 0192, 0184, 0216 …
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace postgang::document {

struct Identifier {
  std::string scheme;  // four digits
  std::string
      value;  // normalised: no blanks or hyphens, lower case letters where the scheme is case-insensitive
  std::string text() const { return scheme + ":" + value; }
  friend auto operator<=>(const Identifier&, const Identifier&) = default;
};

// "0007:559990-0122" → {0007, 5599900122}. Checks form and check digits by identifier_schemes.h. Codes (with
// parameters `identifier` and `scheme`): identifier-malformed, identifier-check-digit,
// identifier-scheme-unknown, identifier-is-vat-number (a 0007 that is really SE…01, a 0192 that is NO…MVA …;
// parameter `suggestion`); the Problem tells the right form.
Result<Identifier> parseIdentifier(std::string_view text);

// The scheme is one that the EAS and ICD lists of Peppol know.
bool isKnownScheme(std::string_view scheme);
// The Swedish organisation number that a VAT number holds: SE559990012201 → 5599900122.
std::optional<std::string> organisationNumberOfVat(std::string_view vatNumber);

bool luhnHolds(std::string_view digits);
char luhnCheckDigit(std::string_view digitsWithoutCheck);
bool isSwedishOrganisationNumber(std::string_view digits);  // 10 digits, Luhn
// A personal identity number or co-ordination number: 10 or 12 digits, a hyphen or plus sign allowed, a real
// date and a right check digit. An organisation number is never one: its third digit is 2 or more.
bool isPersonnummer(std::string_view text);
bool isGln(std::string_view digits);
bool isIban(std::string_view text);  // blanks allowed; any case
bool isBankgiro(std::string_view digits);
bool isPlusgiro(std::string_view digits);
bool isOcr(std::string_view digits);
std::string shownOrganisationNumber(std::string_view digits);  // 559990-0122
std::string shownBankgiro(std::string_view digits);
std::string shownPlusgiro(std::string_view digits);
std::string shownIban(std::string_view iban);
std::string maskedPersonnummer(
    std::string_view digits);  // 19850412-****: never more is kept of a person's number

}  // namespace postgang::document
