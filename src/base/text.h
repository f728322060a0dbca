// Text: UTF-8, folding for search, trimming, the words of the screens.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace postgang {

bool isUtf8(std::string_view text);
std::string_view trimmed(std::string_view text);  // ASCII white space
std::string collapsed(std::string_view text);     // runs of white space become one blank, ends cut
std::string lowered(std::string_view text);       // ASCII only: for codes and schemes
// For search: lower case, Latin letters without their marks (Göteborg → goteborg, Ångström → angstrom, ß →
// ss).
std::string folded(std::string_view text);
// For lists by name, compared byte by byte: folded, but å, ä (æ) and ö (ø) are letters of their own after z.
std::string swedishOrder(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string joined(const std::vector<std::string>& parts, std::string_view separator);
std::string digitsOf(std::string_view text);  // only 0-9 kept
std::size_t codePoints(std::string_view utf8);
std::string truncated(std::string_view utf8, std::size_t codePoints);  // whole code points
// What is seen of none of these becomes a blank: C0 but tab and newline, C1, separators of lines (U+2028,
// U+2029), and what turns the direction of text around (U+202A–202E, U+2066–2069), so that no name reads as
// another.
std::string withoutControls(std::string_view text);

enum class Language { swedish, english };
std::string_view code(Language language);                          // "sv", "en"
Language languageFromTag(std::string_view bcp47OrAcceptLanguage);  // the first we know; Swedish otherwise

// The words of texts/{sv,en}.json, compiled in. Keys with dots: "status.document.delivered".
// {{name}} is replaced by parameters. A missing key gives the key itself (a test finds them).
class Texts {
 public:
  static const Texts& of(Language language);
  bool has(std::string_view key) const;
  std::string_view word(std::string_view key) const;
  std::string sentence(std::string_view key, const std::map<std::string, std::string>& parameters) const;

 private:
  explicit Texts(std::string_view json);
  std::map<std::string, std::string, std::less<>> words_;
};

}  // namespace postgang
