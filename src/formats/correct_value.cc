// One value that a person wrote, judged before it goes into a file. Sources: EN 16931-1 (types), Peppol's EAS
// list through document/identifiers.h, ISO 3166-1 with the two that EN 16931's code list adds (1A, XI).
#include <algorithm>
#include <cassert>

#include "base/text.h"
#include "base/time.h"
#include "base/utf8.h"
#include "document/countries.h"
#include "document/identifiers.h"
#include "formats/correct.h"

namespace postgang::formats {
namespace {

using document::Term;
using document::TermType;

constexpr std::string_view countries =
    "1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT "
    "BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER "
    "ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID "
    "IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV "
    "LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR "
    "NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL "
    "SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC "
    "VE VG VI VN VU WF WS XI YE YT ZA ZM ZW";

bool isCountry(std::string_view code) {
  if (code.size() != 2) return false;
  for (std::size_t at = 0; at < countries.size(); at += 3)
    if (countries.substr(at, 2) == code) return true;
  return false;
}

std::string uppered(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

tl::unexpected<Problem> malformed(Term term, std::string reason, std::string detail, std::string advice,
                                  std::string example = {}) {
  Problem problem{ProblemKind::invalid,    "term-value-malformed", std::move(detail),
                  std::string(name(term)), std::move(advice),      {}};
  problem.parameters["term"] = name(term);
  problem.parameters["reason"] = std::move(reason);
  if (!example.empty()) problem.parameters["example"] = std::move(example);
  return fail(std::move(problem));
}

Outcome checkCharacters(Term term, std::string_view value) {
  if (!isUtf8(value)) return malformed(term, "encoding", "The value is not UTF-8.", "Send text in UTF-8.");
  const bool hasControl = std::any_of(
      value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  bool isUnwritable = false;
  for (std::size_t at = 0; at < value.size();) {
    const auto point = codePointAt(value, at);
    isUnwritable = isUnwritable || point.value == 0xfffe || point.value == 0xffff ||
                   (point.value >= 0x80 && point.value < 0xa0);
    at += point.length;
  }
  if (hasControl || isUnwritable)
    return malformed(term, "control-character", "The value holds a control character or a line break.",
                     "Write it on one line, in ordinary characters.");
  if (codePoints(value) > value_length_max)
    return malformed(term, "too-long",
                     "The value is longer than " + std::to_string(value_length_max) + " characters.",
                     "Make it shorter.");
  return {};
}

Result<CheckedValue> checkedDate(Term term, std::string_view value) {
  const bool isDate = value.size() == 10 && Date::parse(value).has_value();
  if (!isDate)
    return malformed(term, "not-a-date", "This is not a date.", "Write year, month and day: 2026-11-23.",
                     "2026-11-23");
  return CheckedValue{std::string(value), {}};
}

Result<CheckedValue> checkedCountry(Term term, std::string_view value) {
  auto code = uppered(value);
  if (const auto named = document::findCountry(value); named && !isCountry(code)) code = named->code;
  if (!isCountry(code))
    return malformed(term, "country", "This is not a country code.",
                     "Write the two letters of ISO 3166-1: SE is Sweden.", "SE");
  return CheckedValue{std::move(code), {}};
}

// One @, something on both sides, a dot in the domain: what is wrong beyond that only the mail itself shows.
bool isMailAddress(std::string_view value) {
  const auto at = value.find('@');
  if (at == std::string_view::npos || at == 0 || value.size() > 254) return false;
  const auto domain = value.substr(at + 1);
  return domain.find('.') != std::string_view::npos && !domain.starts_with('.') && !domain.ends_with('.') &&
         value.find_first_of(" \t,;<>()\"@", at + 1) == std::string_view::npos &&
         value.substr(0, at).find_first_of(" \t,;<>()\"") == std::string_view::npos;
}

std::string guessedScheme(std::string_view value) {
  std::string digits(value);
  std::erase_if(digits, [](char c) { return c == ' ' || c == '-'; });
  if (document::isSwedishOrganisationNumber(digits)) return "0007";
  if (document::isGln(digits)) return "0088";
  return {};
}

// With a scheme it is held against that scheme's form and check digit. Letters keep their case.
Result<CheckedValue> checkedIdentifier(Term term, std::string_view value, std::string_view qualifier) {
  std::string scheme(qualifier);
  const auto colon = value.find(':');
  if (colon != std::string_view::npos && document::isKnownScheme(value.substr(0, colon)) &&
      (scheme.empty() || scheme == value.substr(0, colon))) {
    scheme = value.substr(0, colon);
    value = trimmed(value.substr(colon + 1));
  }
  const bool takesAddress = term == Term::BT_49;
  if (scheme.empty()) scheme = takesAddress || term == Term::BT_46 ? guessedScheme(value) : "";
  if (scheme.empty()) {
    if (takesAddress)
      return malformed(term, "scheme-missing", "An electronic address needs a scheme.",
                       "Write it like 0007:5599900122.", "0007:5599900122");
    return CheckedValue{std::string(value), {}};
  }
  if (term == Term::BT_18 || term == Term::BT_128) return CheckedValue{std::string(value), scheme};
  if (takesAddress && scheme == "EM") {
    if (!isMailAddress(value))
      return malformed(term, "mail-address", "This is not an e-mail address.",
                       "Write it like namn@foretag.se.", "namn@foretag.se");
    return CheckedValue{std::string(value), scheme};
  }
  const auto identifier = document::parseIdentifier(scheme + ":" + std::string(value));
  if (!identifier) {
    const auto& code = identifier.error().code;
    return malformed(term, code.substr(std::string_view("identifier-").size()), identifier.error().detail,
                     identifier.error().advice, scheme == "0007" ? "5599900122" : "");
  }
  // As people write a Swedish number and a GLN they are made plain; the rest stands as it was typed, because
  // some schemes are used with letters that their list leaves out (DK before a CVR number).
  if (scheme == "0007" || scheme == "0088") return CheckedValue{identifier->value, scheme};
  auto written = std::string(value);
  std::erase(written, ' ');
  return CheckedValue{std::move(written), scheme};
}

// Shown to the receiver as a link, never fetched here.
Result<CheckedValue> checkedLocation(Term term, std::string_view value) {
  if (!(value.starts_with("https://") || value.starts_with("http://")) ||
      value.find_first_of(" \"<>\\") != std::string_view::npos || value.ends_with("//"))
    return malformed(term, "web-address", "This is not a web address.", "Write it with https:// first.",
                     "https://www.foretag.se/bilaga.pdf");
  return CheckedValue{std::string(value), {}};
}

}  // namespace

Result<CheckedValue> checkedValue(Term term, std::string_view value, std::string_view qualifier) {
  const auto& information = document::info(term);
  if (information.correctable == document::Correctable::never) {
    Problem problem{ProblemKind::forbidden,
                    "term-not-correctable",
                    std::string(information.english) + " cannot be corrected on an invoice that is issued.",
                    std::string(information.name),
                    "Send a credit note for the whole invoice, and a new invoice.",
                    {}};
    problem.parameters["term"] = information.name;
    return fail(std::move(problem));
  }
  value = trimmed(value);
  CHECK_OK(checkCharacters(term, value));
  CHECK_OK(checkCharacters(term, qualifier));
  if (value.empty())
    return malformed(term, "empty", "The value is empty.", "Leave the value out to take the term away.");
  if (information.type == TermType::binary)
    return malformed(term, "binary", "A file is not written as a value.", "Add it as an attachment.");
  if (information.type == TermType::date) return checkedDate(term, value);
  if (term == Term::BT_55 || term == Term::BT_80) return checkedCountry(term, value);
  if (term == Term::BT_124) return checkedLocation(term, value);
  if (term == Term::BT_58 && !isMailAddress(value))
    return malformed(term, "mail-address", "This is not an e-mail address.", "Write it like namn@foretag.se.",
                     "namn@foretag.se");
  if (information.type == TermType::identifier) return checkedIdentifier(term, value, qualifier);
  return CheckedValue{std::string(value), {}};
}

}  // namespace postgang::formats
