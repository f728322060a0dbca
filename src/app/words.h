// The command line's words, in the language of the terminal (POSTGANG_LANGUAGE, LC_ALL, LC_MESSAGES, LANG;
// English when none says Swedish). What programs read (--json, exit codes, codes of problems) is in no
// language.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/text.h"

namespace postgang::app {

Language terminalLanguage();
std::string word(std::string_view key);
std::string sentence(std::string_view key, const std::map<std::string, std::string>& parameters);

}  // namespace postgang::app
