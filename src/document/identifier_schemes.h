// The form and the check digits of each scheme of identifiers: what parseIdentifier() asks. Sources: Peppol
// code list 9.7 (which schemes there are, and their form); for check digits Skatteverket, GS1,
// Brønnøysundregistrene, the Finnish business information system, Registers Iceland, the Estonian business
// register, the Belgian enterprise register and ISO 17442.
//
// A check digit is held against a number only where every number has one. Danish CVR and P-numbers are known
// to fail modulus 11, DUNS has none since 2006, and of VAT numbers outside the Nordic countries the form
// alone is looked at.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postgang::document {

enum class IdentifierVerdict { good, malformed, check_digit };

struct IdentifierScheme {
  std::string_view code;
  // nullptr: any value in the characters that Peppol allows.
  IdentifierVerdict (*judge)(std::string_view);
  std::string_view form;     // for a Problem: "10 digits, the last of which is the check digit"
  std::string_view example;  // "0007:5599900122"; empty where there is none
};

const IdentifierScheme* identifierScheme(std::string_view code);  // nullptr: unknown

// Of a value in the scheme's normal form, lower case: VAT numbers by their scheme.
IdentifierVerdict judgeVat(std::string_view code, std::string_view value);

// What a VAT number that was written as a national number should have been: "SE559990012201" or
// "559990012201" under 0007 gives "5599900122". Any case, blanks and hyphens allowed.
std::optional<std::string> nationalNumberOfVat(std::string_view scheme, std::string_view value);

// What the value means, in characters: blanks gone, and what people write before and within numbers.
std::string normalisedIdentifierValue(std::string_view scheme, std::string_view value);

}  // namespace postgang::document
