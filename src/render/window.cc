#include "render/window.h"

#include <algorithm>

#include "base/utf8.h"
#include "document/countries.h"
#include "render/type.h"

namespace postgang::render {
namespace {

using document::PostalAddress;

constexpr std::size_t window_lines_max = 5;
constexpr std::string_view capitals_gap = "  ";  // between post code and town

std::string upper(std::string_view text) {  // Latin letters; others stay
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = codePointAt(text, at);
    const char32_t c = point.value;
    const bool ascii = c >= 'a' && c <= 'z';
    const bool latin1 = c >= 0xE0 && c <= 0xFE && c != 0xF7;
    const bool extended = c >= 0x100 && c <= 0x137 && c % 2 == 1 && c != 0x131;
    appendUtf8(out, ascii || latin1 ? c - 32 : extended ? c - 1 : c);
    at += std::max<std::size_t>(1, point.length);
  }
  return out;
}

bool townFirst(std::string_view country) {
  return country == "GB" || country == "IE" || country == "US" || country == "CA" || country == "AU" ||
         country == "NZ";
}

std::string shownPostCode(const PostalAddress& address) {
  const std::string code = truncated(printable(address.postCode), 16);
  const bool spaced = address.country == "SE" || address.country == "GR" || address.country == "CZ" ||
                      address.country == "SK" || address.country.empty();
  if (spaced && code.size() == 5 && digitsOf(code).size() == 5)
    return code.substr(0, 3) + " " + code.substr(3);
  return code;
}

}  // namespace

std::vector<std::string> windowLines(const Addressee& to) {
  const bool abroad =
      !to.address.country.empty() && !to.senderCountry.empty() && to.address.country != to.senderCountry;
  const std::string town = upper(place(to.address, capitals_gap));
  const std::size_t fixed = 1 + (town.empty() ? 0 : 1) + (abroad ? 1 : 0);
  const std::size_t room = window_lines_max - fixed;
  std::vector<std::string> lines;
  for (const auto& line : to.address.lines)
    if (lines.size() < room) lines.push_back(printable(line));
  if (!to.attention.empty() && lines.size() < room) lines.insert(lines.begin(), printable(to.attention));
  lines.insert(lines.begin(), printable(to.name));
  if (!town.empty()) lines.push_back(town);
  if (abroad)
    lines.push_back(upper(document::countryName(truncated(printable(to.address.country), 20), to.language)));
  return lines;
}

std::string place(const PostalAddress& address, std::string_view gap) {
  const std::string code = shownPostCode(address), city = truncated(printable(address.city), 80);
  if (code.empty() || city.empty()) return code + city;
  return townFirst(address.country) ? city + std::string(gap) + code : code + std::string(gap) + city;
}

}  // namespace postgang::render
