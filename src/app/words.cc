#include "app/words.h"

#include <cstdlib>

namespace postgang::app {

Language terminalLanguage() {
  for (const auto* name : {"POSTGANG_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (!value || !*value) continue;
    return std::string_view(value).starts_with("sv") ? Language::swedish : Language::english;
  }
  return Language::english;
}

std::string word(std::string_view key) {
  return std::string(Texts::of(terminalLanguage()).word(key));
}

std::string sentence(std::string_view key, const std::map<std::string, std::string>& parameters) {
  return Texts::of(terminalLanguage()).sentence(key, parameters);
}

}  // namespace postgang::app
