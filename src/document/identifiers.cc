// Sources: of schemes and their check digits identifier_schemes.h; Peppol policy for use of identifiers 4.4
// (characters), Bankgirot's manual (bankgiro, OCR), Skatteverket (personal identity numbers), ISO 13616
// (IBAN).
#include "document/identifiers.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/time.h"
#include "document/identifier_schemes.h"

namespace postgang::document {
namespace {

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
bool allDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}
int digit(char c) {
  return c - '0';
}
bool hasDigits(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most && allDigits(text);
}

// Sum of digits times weights.
int weighted(std::string_view digits, std::initializer_list<int> weights) {
  int sum = 0;
  auto weight = weights.begin();
  for (const char c : digits.substr(0, weights.size())) sum += digit(c) * *weight++;
  return sum;
}

// Characters of a participant identifier (Policy for use of identifiers 4.x), at most 130.
bool isParticipantValue(std::string_view value) {
  return !value.empty() && value.size() <= 130 && std::all_of(value.begin(), value.end(), [](char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || std::string_view("-._~").find(c) != std::string_view::npos;
  });
}

tl::unexpected<Problem> refuse(std::string code, std::string detail, std::string_view identifier,
                               std::string advice) {
  Problem problem{ProblemKind::invalid, std::move(code), std::move(detail), {}, std::move(advice), {}};
  problem.parameters["identifier"] = std::string(identifier);
  problem.parameters["scheme"] = std::string(identifier.substr(0, identifier.find(':')));
  return fail(std::move(problem));
}

tl::unexpected<Problem> isVatNumber(std::string_view scheme, std::string_view text,
                                    const std::string& number) {
  const auto suggestion = std::string(scheme) + ":" + number;
  auto refused = refuse("identifier-is-vat-number", "This is a VAT number, not an organisation number.", text,
                        "Write " + suggestion + ".");
  refused.value().parameters["suggestion"] = suggestion;
  return refused;
}

std::string rightForm(const IdentifierScheme& scheme) {
  auto words = "It is " + std::string(scheme.form);
  if (!scheme.example.empty()) words += ": " + std::string(scheme.example);
  return words + ".";
}

}  // namespace

bool isKnownScheme(std::string_view scheme) {
  return identifierScheme(scheme) != nullptr;
}

std::optional<std::string> organisationNumberOfVat(std::string_view vatNumber) {
  auto text = lowered(vatNumber);
  std::erase_if(text, [](char c) { return c == ' ' || c == '-'; });
  if (text.size() != 14 || !text.starts_with("se") || !allDigits(std::string_view(text).substr(2)))
    return std::nullopt;
  auto number = text.substr(2, 10);
  return luhnHolds(number) ? std::optional(number) : std::nullopt;
}

Result<Identifier> parseIdentifier(std::string_view text) {
  text = trimmed(text);
  const auto colon = text.find(':');
  const auto scheme = text.substr(0, colon);
  if (colon == std::string_view::npos || !hasDigits(scheme, 4, 4))
    return refuse("identifier-malformed", "An identifier is a scheme of four digits, a colon and a value.",
                  text, "Write it like 0007:5599900122.");
  const auto* known = identifierScheme(scheme);
  if (!known)
    return refuse("identifier-scheme-unknown",
                  "The scheme " + std::string(scheme) + " is not in the Peppol code list.", text,
                  "A Swedish organisation number has scheme 0007, a GLN 0088.");
  auto value = normalisedIdentifierValue(scheme, text.substr(colon + 1));
  const auto found = known->judge ? known->judge(value) : judgeVat(scheme, value);
  if (found != IdentifierVerdict::good)
    if (const auto number = nationalNumberOfVat(scheme, value)) return isVatNumber(scheme, text, *number);
  if (!isParticipantValue(value))
    return refuse("identifier-malformed",
                  "The value has characters that an identifier cannot have, or too many.", text,
                  "Use letters, digits and - . _ ~, at most 130.");
  if (found == IdentifierVerdict::malformed)
    return refuse("identifier-malformed",
                  "The value does not have the form of scheme " + std::string(scheme) + ".", text,
                  rightForm(*known));
  if (found == IdentifierVerdict::check_digit)
    return refuse("identifier-check-digit", "The check digit of " + std::string(text) + " is wrong.", text,
                  "Look for a mistyped digit. " + rightForm(*known));
  return Identifier{std::string(scheme), std::move(value)};
}

char luhnCheckDigit(std::string_view digitsWithoutCheck) {
  int sum = 0;
  bool doubled = true;
  for (auto c = digitsWithoutCheck.rbegin(); c != digitsWithoutCheck.rend(); ++c, doubled = !doubled) {
    const int value = digit(*c) * (doubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool luhnHolds(std::string_view digits) {
  return digits.size() >= 2 && allDigits(digits) &&
         luhnCheckDigit(digits.substr(0, digits.size() - 1)) == digits.back();
}

bool isSwedishOrganisationNumber(std::string_view digits) {
  return digits.size() == 10 && luhnHolds(digits);
}

bool isPersonnummer(std::string_view text) {
  std::string digits;
  for (const char c : trimmed(text)) {
    if (isDigit(c))
      digits.push_back(c);
    else if (c != '-' && c != '+')
      return false;
  }
  if (digits.size() == 12) {
    if (!digits.starts_with("19") && !digits.starts_with("20")) return false;
  } else if (digits.size() == 10) {
    digits.insert(0, "20");  // the century is not told: any will do for the calendar but 29 February 1900
  } else {
    return false;
  }
  const auto month = digits.substr(4, 2);
  const int day = digit(digits[6]) * 10 + digit(digits[7]);
  const int calendarDay = day > 60 ? day - 60 : day;  // co-ordination numbers add 60
  const auto dayText =
      std::string{static_cast<char>('0' + calendarDay / 10), static_cast<char>('0' + calendarDay % 10)};
  return Date::parse(digits.substr(0, 4) + "-" + month + "-" + dayText).has_value() &&
         luhnHolds(digits.substr(2));
}

bool isGln(std::string_view digits) {
  if (!hasDigits(digits, 13, 13)) return false;
  return weighted(digits, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10 == 0;
}

bool isIban(std::string_view text) {
  auto iban = lowered(text);
  std::erase(iban, ' ');
  const auto isLetter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (iban.size() < 15 || iban.size() > 34 || !isLetter(iban[0]) || !isLetter(iban[1])) return false;
  constexpr std::pair<std::string_view, std::size_t> lengths[] = {
      {"se", 24}, {"no", 15}, {"dk", 18}, {"fi", 18}, {"de", 22}};
  for (const auto& [country, length] : lengths)
    if (iban.starts_with(country) && iban.size() != length) return false;
  std::rotate(iban.begin(), iban.begin() + 4, iban.end());
  int rest = 0;
  for (const char c : iban) {
    if (isDigit(c))
      rest = (rest * 10 + digit(c)) % 97;
    else if (isLetter(c))
      rest = (rest * 100 + c - 'a' + 10) % 97;
    else
      return false;
  }
  return rest == 1;
}

bool isBankgiro(std::string_view digits) {
  return hasDigits(digits, 7, 8) && luhnHolds(digits);
}
bool isPlusgiro(std::string_view digits) {
  return hasDigits(digits, 2, 8) && luhnHolds(digits);
}
bool isOcr(std::string_view digits) {
  return hasDigits(digits, 2, 25) && luhnHolds(digits);
}

std::string shownOrganisationNumber(std::string_view digits) {
  if (!hasDigits(digits, 10, 10)) return std::string(digits);
  return std::string(digits.substr(0, 6)) + "-" + std::string(digits.substr(6));
}

std::string shownBankgiro(std::string_view digits) {
  if (!hasDigits(digits, 7, 8)) return std::string(digits);
  return std::string(digits.substr(0, digits.size() - 4)) + "-" +
         std::string(digits.substr(digits.size() - 4));
}

std::string shownPlusgiro(std::string_view digits) {
  if (!hasDigits(digits, 2, 8)) return std::string(digits);
  const auto pairs = digits.substr(0, digits.size() - 1);
  std::string shown;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (i > 0 && (pairs.size() - i) % 2 == 0) shown.push_back(' ');
    shown.push_back(pairs[i]);
  }
  return shown + "-" + digits.back();
}

std::string shownIban(std::string_view iban) {
  std::string shown;
  std::size_t count = 0;
  for (const char c : iban) {
    if (c == ' ') continue;
    if (count > 0 && count % 4 == 0) shown.push_back(' ');
    shown.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    ++count;
  }
  return shown;
}

std::string maskedPersonnummer(std::string_view text) {
  const auto digits = digitsOf(text);
  if (digits.size() < 10) return "****";
  return digits.substr(0, digits.size() == 12 ? 8 : 6) + "-****";
}

}  // namespace postgang::document
