// Countries as addresses name them: ISO 3166-1 alpha-2 (and XK, which post uses), with an English name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"

namespace postgang::document {

struct Country {
  std::string_view code;  // "DE"
  std::string_view name;  // "Germany"
  bool european = false;  // as the post counts: our own choice, all of Europe and the Caucasus
};

// By code in any case, or by name in Swedish or English: "DE", "de", "Tyskland", "Germany".
std::optional<Country> findCountry(std::string_view codeOrName);

// What a reader calls it: the word of the texts, else the English name; the code itself where it is unknown.
std::string countryName(std::string_view code, Language language);

}  // namespace postgang::document
