// Sources: Peppol code lists 9.7 (form of each scheme), Bankgirot's manual (bankgiro, OCR), Skatteverket
// (personal identity numbers), ISO 13616 (IBAN), GS1 General Specifications (GLN).
#include "document/identifiers.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/time.h"

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

int remainder(std::string_view digits, int modulus) {
  int rest = 0;
  for (const char c : digits) rest = (rest * 10 + digit(c)) % modulus;
  return rest;
}

enum class Verdict { good, malformed, check_digit };

Verdict verdict(bool form, bool check) {
  return !form ? Verdict::malformed : check ? Verdict::good : Verdict::check_digit;
}

Verdict judgeSwedishOrganisation(std::string_view v) {
  return verdict(hasDigits(v, 10, 10), luhnHolds(v));
}
Verdict judgeGln(std::string_view v) {
  return verdict(hasDigits(v, 13, 13), isGln(v));
}

Verdict judgeNorwegianOrganisation(std::string_view v) {
  if (!hasDigits(v, 9, 9)) return Verdict::malformed;
  const int check = (11 - weighted(v, {3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11;
  return verdict(true, check == digit(v[8]));
}

// Denmark publishes a form and no check: old numbers fail modulus 11.
Verdict judgeDanishCvr(std::string_view v) {
  return verdict(hasDigits(v, 8, 8) && v[0] != '0', true);
}

Verdict judgeIcelandic(std::string_view v) {
  if (!hasDigits(v, 10, 10)) return Verdict::malformed;
  const int check = (11 - weighted(v, {3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11;
  return verdict(true, check == digit(v[8]));
}

// 0037, the business id without its hyphen, and up to five characters that the organisation chose.
Verdict judgeFinnishOvt(std::string_view v) {
  if (v.size() < 12 || v.size() > 17 || !v.starts_with("0037") || !allDigits(v.substr(0, 12)))
    return Verdict::malformed;
  const int rest = weighted(v.substr(4, 7), {7, 9, 10, 5, 8, 4, 2}) % 11;
  return verdict(true, rest != 1 && (rest == 0 ? 0 : 11 - rest) == digit(v[11]));
}

Verdict judgeDuns(std::string_view v) {
  return verdict(hasDigits(v, 9, 9), true);
}
Verdict judgeBelgianEnterprise(std::string_view v) {
  return verdict(hasDigits(v, 10, 10),
                 hasDigits(v, 10, 10) && 97 - remainder(v.substr(0, 8), 97) == remainder(v.substr(8), 97));
}
Verdict judgeSirene(std::string_view v) {
  return verdict(hasDigits(v, 9, 9) || hasDigits(v, 14, 14), true);
}
Verdict judgeSiret(std::string_view v) {
  return verdict(hasDigits(v, 14, 14), true);
}
Verdict judgeEightDigits(std::string_view v) {
  return verdict(hasDigits(v, 8, 8), true);
}
Verdict judgeTenDigits(std::string_view v) {
  return verdict(hasDigits(v, 10, 10), true);
}
Verdict judgeElevenDigits(std::string_view v) {
  return verdict(hasDigits(v, 11, 11), true);
}

struct Scheme {
  std::string_view code;
  Verdict (*judge)(std::string_view);  // nullptr: any value in the characters that Peppol allows
  std::string_view form;               // for the Problem
};

constexpr Scheme schemes_with_form[] = {
    {"0002", judgeSirene, "9 or 14 digits"},
    {"0007", judgeSwedishOrganisation, "10 digits, the last of which is the check digit: 0007:5599900122"},
    {"0009", judgeSiret, "14 digits"},
    {"0060", judgeDuns, "9 digits"},
    {"0088", judgeGln, "13 digits, the last of which is the check digit"},
    {"0096", judgeTenDigits, "10 digits"},
    {"0106", judgeEightDigits, "8 digits"},
    {"0151", judgeElevenDigits, "11 digits"},
    {"0184", judgeDanishCvr, "8 digits"},
    {"0191", judgeEightDigits, "8 digits"},
    {"0192", judgeNorwegianOrganisation, "9 digits, the last of which is the check digit: 0192:999999999"},
    {"0196", judgeIcelandic, "10 digits"},
    {"0208", judgeBelgianEnterprise, "10 digits, the last two of which are check digits"},
    {"0216", judgeFinnishOvt, "0037, 8 digits of the business id and up to 5 characters"},
};

constexpr std::string_view other_schemes[] = {
    "0037", "0097", "0130", "0135", "0142", "0147", "0154", "0158", "0170", "0177", "0183", "0188",
    "0190", "0193", "0194", "0195", "0198", "0199", "0200", "0201", "0202", "0203", "0204", "0205",
    "0209", "0210", "0211", "0212", "0213", "0215", "0217", "0218", "0221", "0225", "0230", "0235",
    "0240", "0242", "9910", "9913", "9914", "9915", "9918", "9919", "9920", "9922", "9923", "9924",
    "9925", "9926", "9927", "9928", "9929", "9930", "9931", "9932", "9933", "9934", "9935", "9936",
    "9937", "9938", "9939", "9940", "9941", "9942", "9943", "9944", "9945", "9946", "9947", "9948",
    "9949", "9950", "9951", "9952", "9953", "9955", "9957", "9959"};

const Scheme* schemeWithForm(std::string_view code) {
  for (const auto& scheme : schemes_with_form)
    if (scheme.code == code) return &scheme;
  return nullptr;
}

// Characters of a participant identifier (Policy for use of identifiers 4.x), at most 50.
bool isParticipantValue(std::string_view value) {
  return !value.empty() && value.size() <= 50 && std::all_of(value.begin(), value.end(), [](char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || std::string_view("-._~").find(c) != std::string_view::npos;
  });
}

// Blanks and hyphens are how people write numbers; a century or "16" before an organisation number comes from
// registers.
std::string normalised(std::string_view scheme, std::string_view value) {
  auto text = lowered(trimmed(value));
  std::erase(text, ' ');
  if (!schemeWithForm(scheme)) return text;
  std::erase(text, '-');
  if (scheme == "0007" && text.size() == 12 && (text.starts_with("16") || isPersonnummer(text)))
    text.erase(0, 2);
  if (scheme == "0184" && text.starts_with("dk")) text.erase(0, 2);
  return text;
}

tl::unexpected<Problem> refuse(std::string code, std::string detail, std::string_view identifier,
                               std::string advice) {
  Problem problem{ProblemKind::invalid, std::move(code), std::move(detail), {}, std::move(advice), {}};
  problem.parameters["identifier"] = std::string(identifier);
  return fail(std::move(problem));
}

}  // namespace

bool isKnownScheme(std::string_view scheme) {
  return schemeWithForm(scheme) ||
         std::find(std::begin(other_schemes), std::end(other_schemes), scheme) != std::end(other_schemes);
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
  if (!isKnownScheme(scheme))
    return refuse("identifier-scheme-unknown",
                  "The scheme " + std::string(scheme) + " is not in the Peppol code list.", text,
                  "A Swedish organisation number has scheme 0007, a GLN 0088.");
  auto value = normalised(scheme, text.substr(colon + 1));
  if (scheme == "0007")
    if (const auto number = organisationNumberOfVat(value))
      return refuse("identifier-is-vat-number", "This is a VAT number, not an organisation number.", text,
                    "Write 0007:" + *number + ".");
  if (!isParticipantValue(value))
    return refuse("identifier-malformed",
                  "The value has characters that an identifier cannot have, or too many.", text,
                  "Use letters, digits and - . _ ~, at most 50.");
  if (const auto* known = schemeWithForm(scheme)) {
    const auto found = known->judge(value);
    if (found == Verdict::malformed)
      return refuse("identifier-malformed",
                    "The value does not have the form of scheme " + std::string(scheme) + ".", text,
                    "It is " + std::string(known->form) + ".");
    if (found == Verdict::check_digit)
      return refuse("identifier-check-digit", "The check digit of " + std::string(text) + " is wrong.", text,
                    "Look for a mistyped digit.");
  }
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
