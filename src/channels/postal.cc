#include "channels/postal.h"

#include <algorithm>
#include <array>

#include "document/countries.h"
#include "render/window.h"

namespace postgang::channels {
namespace {

constexpr std::string_view home = "SE";
constexpr std::string_view first_post_code = "10000", last_post_code = "98499";

// How many digits a post code has, and the sign that people used to write before it: D-10117.
struct Digits {
  std::string_view country;
  std::size_t count;
  std::string_view sign;
};
constexpr std::array known_digits = {Digits{"SE", 5, "S"},   Digits{"DE", 5, "D"}, Digits{"DK", 4, "DK"},
                                     Digits{"FI", 5, "FIN"}, Digits{"FR", 5, "F"}, Digits{"IS", 3, "IS"},
                                     Digits{"IT", 5, "I"},   Digits{"NO", 4, "N"}, Digits{"AX", 5, "AX"}};

const Digits* digitsIn(std::string_view country) {
  const auto found = std::find_if(known_digits.begin(), known_digits.end(),
                                  [&](const Digits& each) { return each.country == country; });
  return found == known_digits.end() ? nullptr : &*found;
}

std::string tidy(std::string_view text) {
  return collapsed(withoutControls(text));
}

// "SE-123 45", "S-12345" and "123 45" alike: without the country and blanks.
std::string bareCode(std::string_view text, const Digits& country) {
  std::string code;
  for (const char c : text)
    if (c != ' ') code += c;
  const auto digits = std::find_if(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  auto before = lowered(std::string(code.begin(), digits));
  if (before.ends_with('-')) before.pop_back();
  const bool isCountry = before == lowered(country.country) || before == lowered(country.sign);
  return isCountry ? std::string(digits, code.end()) : code;
}

bool isAllDigits(std::string_view text) {
  return !text.empty() && digitsOf(text) == text;
}

void checkSwedishCode(document::PostalAddress& address, std::vector<std::string>& faults) {
  const auto code = bareCode(address.postCode, *digitsIn(home));
  if (code.empty()) return faults.emplace_back("post-code-missing"), void();
  if (code.size() != 5 || !isAllDigits(code)) return faults.emplace_back("post-code-malformed"), void();
  if (code < first_post_code || code > last_post_code) faults.emplace_back("post-code-outside");
  address.postCode = code.substr(0, 3) + " " + code.substr(3);
}

// Many countries have no codes: that one is missing is no fault.
void checkForeignCode(document::PostalAddress& address, std::vector<std::string>& faults) {
  const auto* known = digitsIn(address.country);
  if (!known) return;
  const auto code = bareCode(address.postCode, *known);
  if (code.empty())
    faults.emplace_back("post-code-missing");
  else if (code.size() != known->count || !isAllDigits(code))
    faults.emplace_back("post-code-malformed-abroad");
  else
    address.postCode = code;
}

document::PostalAddress tidied(const document::PostalAddress& given) {
  document::PostalAddress address;
  for (const auto& line : given.lines)
    if (auto text = tidy(line); !text.empty()) address.lines.push_back(std::move(text));
  address.postCode = tidy(given.postCode);
  address.city = tidy(given.city);
  address.subdivision = tidy(given.subdivision);
  address.country = tidy(given.country);
  return address;
}

}  // namespace

std::string_view name(PostageZone zone) {
  switch (zone) {
    case PostageZone::domestic:
      return "domestic";
    case PostageZone::europe:
      return "europe";
    case PostageZone::world:
      return "world";
  }
  return {};
}

std::optional<PostageZone> postageZoneFromName(std::string_view wanted) {
  for (const auto zone : {PostageZone::domestic, PostageZone::europe, PostageZone::world})
    if (name(zone) == wanted) return zone;
  return std::nullopt;
}

PostalCheck checkPostal(const Addressee& addressee) {
  PostalCheck check;
  check.address = tidied(addressee.address);
  const auto country = check.address.country.empty() ? document::findCountry(home)
                                                     : document::findCountry(check.address.country);
  if (country) check.address.country = std::string(country->code);
  const bool isHome = country && country->code == home;
  const auto who = tidy(addressee.name);
  if (who.empty()) check.faults.emplace_back("name-missing");
  if (check.address.lines.empty()) check.faults.emplace_back("street-missing");
  if (isHome)
    checkSwedishCode(check.address, check.faults);
  else if (country)
    checkForeignCode(check.address, check.faults);
  if (check.address.city.empty()) check.faults.emplace_back("town-missing");
  if (!country) check.faults.emplace_back("country-unknown");
  check.zone = isHome                         ? PostageZone::domestic
               : country && country->european ? PostageZone::europe
                                              : PostageZone::world;
  check.lines = render::windowLines(
      {who, tidy(addressee.attention), check.address, std::string(home), addressee.language});
  std::erase(check.lines, "");
  return check;
}

std::string faultWords(const PostalCheck& check, Language language) {
  std::vector<std::string> sentences;
  for (const auto& fault : check.faults)
    sentences.emplace_back(Texts::of(language).word("postal.fault." + fault));
  return joined(sentences, " ");
}

}  // namespace postgang::channels
