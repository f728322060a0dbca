#include "document/identifier_schemes.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "document/identifiers.h"

namespace postgang::document {
namespace {

using Verdict = IdentifierVerdict;

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
bool isLetter(char c) {
  return c >= 'a' && c <= 'z';
}
int digit(char c) {
  return c - '0';
}
bool hasDigits(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most && std::all_of(text.begin(), text.end(), isDigit);
}
bool hasLettersAndDigits(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most &&
         std::all_of(text.begin(), text.end(), [](char c) { return isDigit(c) || isLetter(c); });
}

// Sum of digits times weights.
int weighted(std::string_view digits, std::initializer_list<int> weights) {
  int sum = 0;
  auto weight = weights.begin();
  for (const char c : digits.substr(0, weights.size())) sum += digit(c) * *weight++;
  return sum;
}

// Of digits and letters, a letter being the two digits of its place after nine (ISO 7064).
int remainder(std::string_view text, int modulus) {
  int rest = 0;
  for (const char c : text)
    rest = isDigit(c) ? (rest * 10 + digit(c)) % modulus : (rest * 100 + c - 'a' + 10) % modulus;
  return rest;
}

Verdict verdict(bool form, bool check) {
  return !form ? Verdict::malformed : check ? Verdict::good : Verdict::check_digit;
}

// --- National numbers

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

Verdict judgeDanishCvr(std::string_view v) {
  return verdict(hasDigits(v, 8, 8) && v[0] != '0', true);
}
Verdict judgeDanishSe(std::string_view v) {
  return verdict(v.starts_with("dk") && hasDigits(v.substr(2), 8, 8) && v[2] != '0', true);
}

Verdict judgeIcelandic(std::string_view v) {
  if (!hasDigits(v, 10, 10)) return Verdict::malformed;
  const int check = (11 - weighted(v, {3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11;
  return verdict(true, check == digit(v[8]));
}

bool finnishCheckHolds(std::string_view eight) {
  const int rest = weighted(eight, {7, 9, 10, 5, 8, 4, 2}) % 11;
  return rest != 1 && (rest == 0 ? 0 : 11 - rest) == digit(eight[7]);
}
Verdict judgeFinnishBusinessId(std::string_view v) {
  if (!hasDigits(v, 8, 8)) return Verdict::malformed;
  return verdict(true, finnishCheckHolds(v));
}
// 0037, the business id without its hyphen, and up to five characters that the organisation chose.
Verdict judgeFinnishOvt(std::string_view v) {
  if (!v.starts_with("0037") || !hasDigits(v.substr(0, 12), 12, 12) ||
      !hasLettersAndDigits(v.substr(12), 0, 5))
    return Verdict::malformed;
  return verdict(true, finnishCheckHolds(v.substr(4, 8)));
}
// 0037 as a scheme has left the list; what still carries it has the OVT code, or the business id with what
// follows.
Verdict judgeFinnishLyTunnus(std::string_view v) {
  if (v.starts_with("0037") && v.size() >= 12) return judgeFinnishOvt(v);
  if (v.size() < 8 || !hasDigits(v.substr(0, 8), 8, 8) || !hasLettersAndDigits(v.substr(8), 0, 5))
    return Verdict::malformed;
  return verdict(true, finnishCheckHolds(v.substr(0, 8)));
}

// Weights 1 to 7; where that leaves 10, 3 to 9; where that does, too, the digit is 0.
Verdict judgeEstonian(std::string_view v) {
  if (!hasDigits(v, 8, 8) || v[0] == '0') return Verdict::malformed;
  int check = weighted(v, {1, 2, 3, 4, 5, 6, 7}) % 11;
  if (check == 10) check = weighted(v, {3, 4, 5, 6, 7, 8, 9}) % 11 % 10;
  return verdict(true, check == digit(v[7]));
}

Verdict judgeBelgianEnterprise(std::string_view v) {
  if (!hasDigits(v, 10, 10) || v[0] > '1') return Verdict::malformed;
  return verdict(true, 97 - remainder(v.substr(0, 8), 97) == remainder(v.substr(8), 97));
}

Verdict judgeLei(std::string_view v) {
  return verdict(hasLettersAndDigits(v, 20, 20), remainder(v, 97) == 1);
}

// A service provider of Peppol: six digits, and with it what the provider has named beneath.
Verdict judgeServiceProvider(std::string_view v) {
  const auto named = [](std::string_view part, std::size_t most, std::string_view marks) {
    return part.size() >= 3 && part.size() <= most && std::all_of(part.begin(), part.end(), [&](char c) {
             return isDigit(c) || isLetter(c) || marks.find(c) != std::string_view::npos;
           });
  };
  if (v.size() < 6 || !hasDigits(v.substr(0, 6), 6, 6)) return Verdict::malformed;
  if (v.size() == 6) return Verdict::good;
  if (v[6] != '-') return Verdict::malformed;
  const auto rest = v.substr(7);
  const auto dot = rest.find('.');
  const bool beneath = dot == std::string_view::npos || named(rest.substr(dot + 1), 24, "-._~");
  return verdict(named(rest.substr(0, dot), 12, "_") && beneath, true);
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
Verdict judgeNineDigits(std::string_view v) {
  return verdict(hasDigits(v, 9, 9), true);
}
Verdict judgeTenDigits(std::string_view v) {
  return verdict(hasDigits(v, 10, 10), true);
}
Verdict judgeElevenDigits(std::string_view v) {
  return verdict(hasDigits(v, 11, 11), true);
}
Verdict judgeTwentyDigits(std::string_view v) {
  return verdict(hasDigits(v, 20, 20), true);
}

constexpr IdentifierScheme schemes_with_form[] = {
    {"0002", judgeSirene, "9 or 14 digits", ""},
    {"0007", judgeSwedishOrganisation, "10 digits, the last of which is the check digit", "0007:5599900122"},
    {"0009", judgeSiret, "14 digits", ""},
    {"0037", judgeFinnishLyTunnus,
     "8 digits of the business id and up to 5 characters; scheme 0216 has taken its place", "0037:12345671"},
    {"0060", judgeNineDigits, "9 digits", "0060:123456789"},
    {"0088", judgeGln, "13 digits, the last of which is the check digit", "0088:7300000000004"},
    {"0096", judgeTenDigits, "10 digits", "0096:1234567890"},
    {"0106", judgeEightDigits, "8 digits", ""},
    {"0151", judgeElevenDigits, "11 digits", ""},
    {"0184", judgeDanishCvr, "8 digits, the first of which is not 0", "0184:12345678"},
    {"0190", judgeTwentyDigits, "20 digits", ""},
    {"0191", judgeEstonian, "8 digits, the last of which is the check digit", "0191:12345678"},
    {"0192", judgeNorwegianOrganisation, "9 digits, the last of which is the check digit", "0192:999999999"},
    {"0196", judgeIcelandic, "10 digits, the ninth of which is the check digit", "0196:1201743399"},
    {"0198", judgeDanishSe, "DK and 8 digits, the first of which is not 0", "0198:DK12345678"},
    {"0199", judgeLei, "20 letters and digits, the last two of which are check digits", ""},
    {"0208", judgeBelgianEnterprise, "10 digits, the last two of which are check digits", "0208:0999999922"},
    {"0212", judgeFinnishBusinessId, "8 digits, the last of which is the check digit", "0212:12345671"},
    {"0216", judgeFinnishOvt, "0037, 8 digits of the business id and up to 5 characters",
     "0216:003712345671"},
    {"0242", judgeServiceProvider, "6 digits, and what the provider has named after a hyphen", "0242:987654"},
};

constexpr std::string_view other_schemes[] = {
    "0097", "0130", "0135", "0142", "0147", "0154", "0158", "0170", "0177", "0183", "0188", "0193", "0194",
    "0195", "0200", "0201", "0202", "0203", "0204", "0205", "0209", "0210", "0211", "0215", "0217", "0218",
    "0221", "0225", "0230", "0235", "0240", "9913", "9915", "9918", "9919", "9924", "9936", "9959"};

// --- VAT numbers: the country's prefix, which may be left out where `bare`, and the forms of what follows: 9
// is a digit, a a letter, * either. Sources: Peppol code list 9.7; the European Commission's VIES for the
// forms.

struct VatForm {
  std::string_view code, prefix;
  bool bare;
  std::array<std::string_view, 3> forms;
  Verdict (*judge)(std::string_view) = nullptr;  // of what follows the prefix
};

Verdict judgeSwedishVat(std::string_view v) {
  return verdict(true, luhnHolds(v.substr(0, 10)));
}

constexpr VatForm vat_forms[] = {
    {"0213", "fi", true, {"99999999"}, judgeFinnishBusinessId},
    {"9910", "hu", true, {"99999999"}},
    {"9914", "at", true, {"u99999999"}},
    {"9920", "es", true, {"*9999999*"}},
    {"9922", "ad", true, {"a999999a"}},
    {"9923", "al", true, {"a99999999a"}},
    {"9925", "be", true, {"9999999999"}, judgeBelgianEnterprise},
    {"9926", "bg", true, {"999999999", "9999999999"}},
    {"9927", "che", true, {"999999999", "999999999mwst", "999999999tva"}},
    {"9928", "cy", true, {"99999999a"}},
    {"9929", "cz", true, {"99999999", "999999999", "9999999999"}},
    {"9930", "de", true, {"999999999"}},
    {"9931", "ee", true, {"999999999"}},
    {"9932", "gb", true, {"999999999", "999999999999", "aa999"}},
    {"9933", "el", true, {"999999999"}},
    {"9934", "hr", true, {"99999999999"}},
    {"9935", "ie", true, {"9999999a", "9999999aa", "9*99999a"}},
    {"9937", "lt", true, {"999999999", "999999999999"}},
    {"9938", "lu", true, {"99999999"}},
    {"9939", "lv", true, {"99999999999"}},
    {"9940", "fr", true, {"**999999999"}},
    {"9941", "me", true, {"99999999"}},
    {"9942", "mk", true, {"9999999999999"}},
    {"9943", "mt", true, {"99999999"}},
    {"9944", "nl", true, {"999999999b99"}},
    {"9945", "pl", true, {"9999999999"}},
    {"9946", "pt", true, {"999999999"}},
    {"9947", "ro", true, {}},
    {"9948", "rs", true, {"999999999"}},
    {"9949", "si", true, {"99999999"}},
    {"9950", "sk", true, {"9999999999"}},
    {"9951", "sm", true, {"99999"}},
    {"9952", "tr", true, {"9999999999"}},
    {"9953", "va", true, {"99999999999"}},
    {"9955", "se", false, {"999999999999"}, judgeSwedishVat},
    {"9957", "fr", true, {"**999999999"}},
};

constexpr std::string_view vat_form_words =
    "the country's letters and the number, as it stands in a VAT register";

bool fits(std::string_view value, std::string_view form) {
  if (value.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const char c = value[i];
    const bool good = form[i] == '9'   ? isDigit(c)
                      : form[i] == 'a' ? isLetter(c)
                      : form[i] == '*' ? isDigit(c) || isLetter(c)
                                       : c == form[i];
    if (!good) return false;
  }
  return true;
}

const VatForm* vatForm(std::string_view code) {
  const auto* found =
      std::find_if(std::begin(vat_forms), std::end(vat_forms), [&](const auto& f) { return f.code == code; });
  return found == std::end(vat_forms) ? nullptr : found;
}

bool isOther(std::string_view code) {
  return std::find(std::begin(other_schemes), std::end(other_schemes), code) != std::end(other_schemes);
}

// A number that a VAT number of the country is made of: what is before it and after it.
struct National {
  std::string_view scheme, prefix, after;
  std::size_t digits;
  std::string_view before;  // of the national number as the scheme writes it
};
constexpr National nationals[] = {
    {"0007", "se", "01", 10, ""},
    {"0192", "no", "mva", 9, ""},
    {"0208", "be", "", 10, ""},
    {"0216", "fi", "", 8, "0037"},
};

std::string bare(std::string_view value) {
  auto text = lowered(trimmed(value));
  std::erase_if(text, [](char c) { return c == ' ' || c == '-' || c == '.'; });
  return text;
}

// "01" ends nearly every Swedish VAT number; others are written by groups that are taxed as one.
bool endsRightly(std::string_view rest, const National& national) {
  const auto after = rest.substr(national.digits);
  if (national.scheme == "0007") return hasDigits(after, 2, 2);
  return after == national.after;
}

// "16" before an organisation number, as registers write it; a VAT number may begin so, too.
bool isWithSixteen(std::string_view text) {
  return text.starts_with("16") && (luhnHolds(text.substr(2)) || !nationalNumberOfVat("0007", text));
}

}  // namespace

const IdentifierScheme* identifierScheme(std::string_view code) {
  for (const auto& scheme : schemes_with_form)
    if (scheme.code == code) return &scheme;
  static constexpr IdentifierScheme open{"", nullptr, "letters, digits and - . _ ~", ""};
  static constexpr IdentifierScheme vat{"", nullptr, vat_form_words, ""};
  if (vatForm(code)) return &vat;
  return isOther(code) ? &open : nullptr;
}

IdentifierVerdict judgeVat(std::string_view code, std::string_view value) {
  const auto* form = vatForm(code);
  if (!form) return Verdict::good;
  auto rest = value;
  if (rest.starts_with(form->prefix))
    rest.remove_prefix(form->prefix.size());
  else if (!form->bare)
    return Verdict::malformed;
  const bool good = code == "9947" ? hasDigits(rest, 2, 10)  // Romania's have two to ten digits
                                   : std::ranges::any_of(form->forms, [&](std::string_view one) {
                                       return !one.empty() && fits(rest, one);
                                     });
  if (!good) return Verdict::malformed;
  return form->judge ? form->judge(rest) : Verdict::good;
}

std::optional<std::string> nationalNumberOfVat(std::string_view scheme, std::string_view value) {
  const auto* national = std::find_if(std::begin(nationals), std::end(nationals),
                                      [&](const auto& one) { return one.scheme == scheme; });
  if (national == std::end(nationals)) return std::nullopt;
  const auto text = bare(value);
  auto rest = std::string_view(text);
  const bool prefixed = rest.starts_with(national->prefix);
  if (prefixed) rest.remove_prefix(national->prefix.size());
  // Without its letters only a Swedish one that ends in 01 is told from a mistyped number.
  if (!prefixed && !(scheme == "0007" && rest.ends_with("01"))) return std::nullopt;
  if (rest.size() < national->digits || !endsRightly(rest, *national)) return std::nullopt;
  const auto number = std::string(national->before) + std::string(rest.substr(0, national->digits));
  if (identifierScheme(scheme)->judge(number) != Verdict::good) return std::nullopt;
  return number;
}

// Blanks and hyphens are how people write numbers; a century or "16" before an organisation number comes from
// registers.
std::string normalisedIdentifierValue(std::string_view scheme, std::string_view value) {
  auto text = lowered(trimmed(value));
  std::erase(text, ' ');
  const auto* known = identifierScheme(scheme);
  if (scheme == "0242" || !known || (!known->judge && !vatForm(scheme))) return text;
  std::erase(text, '-');
  if (scheme == "0007" && text.size() == 12 && (isWithSixteen(text) || isPersonnummer(text)))
    text.erase(0, 2);
  if (scheme == "0184" && text.starts_with("dk")) text.erase(0, 2);
  if (scheme == "0198" && hasDigits(text, 8, 8)) text.insert(0, "dk");
  return text;
}

}  // namespace postgang::document
