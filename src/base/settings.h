// Settings from a file (key = value), the environment (POSTGANG_DATA) and flags (--data), in rising order of
// precedence. Every setting is declared with its help, so `--help` is complete and an unknown one is refused.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace postgang {

struct Setting {
  std::string name;      // kebab-case: "data", "max-document-bytes"; environment POSTGANG_MAX_DOCUMENT_BYTES
  std::string fallback;  // the default, as text; for a flag without a value "false"
  std::string help;
  std::string value;  // what the value is called in the help: "DIR"; empty for a yes/no flag
};

class Settings {
 public:
  explicit Settings(std::vector<Setting> declared) : declared_(std::move(declared)) {}
  // Arguments after the command; what is not a flag goes to positional(). `--config FILE` names the file.
  // Codes: unknown-setting, setting-without-value, settings-file-unreadable.
  // `--` ends the flags; `-` alone is positional. Unknown names are refused in flags and file; in the
  // environment only declared names are looked for.
  Outcome read(const std::vector<std::string>& arguments);
  const std::string& text(std::string_view name) const;  // asserts that it is declared
  std::vector<std::string> all(
      std::string_view name) const;         // every value of a flag given several times, in order
  bool isSet(std::string_view name) const;  // given anywhere, not the default
  bool yes(std::string_view name) const;
  Result<std::int64_t> number(std::string_view name) const;  // code setting-not-a-number
  const std::vector<std::string>& positional() const { return positional_; }
  std::string help() const;

 private:
  const Setting* find(std::string_view name) const;
  Outcome readFlags(const std::vector<std::string>& arguments,
                    std::map<std::string, std::vector<std::string>, std::less<>>& flags);
  void readEnvironment(std::map<std::string, std::string, std::less<>>& environment) const;
  Outcome readFile(const std::string& path);

  std::vector<Setting> declared_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> positional_;
};

}  // namespace postgang
