#include "base/settings.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstdlib>
#include <fstream>

#include "base/text.h"

namespace postgang {
namespace {

std::string environmentName(std::string_view setting) {
  std::string name = "POSTGANG_";
  for (const char c : setting)
    name.push_back(c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
  return name;
}

tl::unexpected<Problem> unknown(std::string_view name, std::string where) {
  Problem problem{ProblemKind::invalid,
                  "unknown-setting",
                  "There is no setting \"" + std::string(name) + "\".",
                  std::move(where),
                  "See --help for those there are.",
                  {{"name", std::string(name)}}};
  return fail(std::move(problem));
}

}  // namespace

const Setting* Settings::find(std::string_view name) const {
  static const Setting config{"config", "", "reads settings from FILE, a line each: name = value", "FILE"};
  if (name == config.name) return &config;
  const auto found =
      std::find_if(declared_.begin(), declared_.end(), [&](const Setting& s) { return s.name == name; });
  return found == declared_.end() ? nullptr : &*found;
}

Outcome Settings::read(const std::vector<std::string>& arguments) {
  // Flags are read first, because --config among them names the file; what they say is laid on top at the
  // end.
  std::map<std::string, std::vector<std::string>, std::less<>> flags;
  CHECK_OK(readFlags(arguments, flags));
  std::map<std::string, std::string, std::less<>> environment;
  readEnvironment(environment);
  const auto flagged = flags.find("config");
  if (flagged != flags.end()) {
    CHECK_OK(readFile(flagged->second.back()));
  } else if (const auto named = environment.find("config"); named != environment.end()) {
    CHECK_OK(readFile(named->second));
  }
  for (auto& [name, value] : environment) values_[name] = {value};
  for (auto& [name, values] : flags) values_[name] = std::move(values);
  return {};
}

Outcome Settings::readFlags(const std::vector<std::string>& arguments,
                            std::map<std::string, std::vector<std::string>, std::less<>>& flags) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--") {
      positional_.insert(positional_.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                         arguments.end());
      return {};
    }
    if (argument.size() < 2 || argument.front() != '-') {
      positional_.push_back(argument);
      continue;
    }
    const std::size_t equals = argument.find('=');
    const std::string flag = argument.substr(0, equals);
    const Setting* setting = flag.starts_with("--") ? find(flag.substr(2)) : nullptr;
    if (setting == nullptr) return unknown(flag, flag);
    if (equals != std::string::npos) {
      flags[setting->name].push_back(argument.substr(equals + 1));
    } else if (setting->value.empty()) {
      flags[setting->name].push_back("true");
    } else if (i + 1 < arguments.size() && !arguments[i + 1].starts_with("--")) {
      flags[setting->name].push_back(arguments[++i]);
    } else {
      return fail(ProblemKind::invalid, "setting-without-value", flag + " needs a value.", flag,
                  "Write " + flag + " " + setting->value + ".");
    }
  }
  return {};
}

// Only declared names are looked for: other programs of the family have variables of their own.
void Settings::readEnvironment(std::map<std::string, std::string, std::less<>>& environment) const {
  const auto look = [&](const std::string& name) {
    if (const char* value = std::getenv(environmentName(name).c_str())) environment[name] = value;
  };
  for (const auto& setting : declared_) look(setting.name);
  look("config");
}

Outcome Settings::readFile(const std::string& path) {
  std::ifstream file(path);
  if (!file)
    return fail(ProblemKind::invalid, "settings-file-unreadable",
                "The settings file \"" + path + "\" cannot be read.", path,
                "Check the path and who may read it.");
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const std::string_view content = trimmed(line);
    if (content.empty() || content.front() == '#') continue;
    const std::string where = path + ", line " + std::to_string(number);
    const std::size_t equals = content.find('=');
    const std::string name(trimmed(content.substr(0, equals)));
    const Setting* setting = name == "config" ? nullptr : find(name);
    if (setting == nullptr) return unknown(name, where);
    if (equals == std::string_view::npos)
      return fail(ProblemKind::invalid, "setting-without-value",
                  "The setting \"" + name + "\" needs a value.", where, "Write " + name + " = value.");
    values_[name] = {std::string(trimmed(content.substr(equals + 1)))};
  }
  return {};
}

const std::string& Settings::text(std::string_view name) const {
  const auto found = values_.find(name);
  if (found != values_.end()) return found->second.back();
  const Setting* setting = find(name);
  assert(setting != nullptr && "a setting is declared before it is asked for");
  return setting->fallback;
}

std::vector<std::string> Settings::all(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

bool Settings::isSet(std::string_view name) const {
  return values_.find(name) != values_.end();
}

bool Settings::yes(std::string_view name) const {
  const std::string value = lowered(text(name));
  return value == "true" || value == "yes" || value == "on" || value == "1";
}

Result<std::int64_t> Settings::number(std::string_view name) const {
  const std::string_view value = trimmed(text(name));
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size())
    return fail(ProblemKind::invalid, "setting-not-a-number",
                "\"" + std::string(value) + "\" is not a whole number.", "--" + std::string(name));
  return number;
}

std::string Settings::help() const {
  std::vector<const Setting*> shown;
  for (const auto& setting : declared_) shown.push_back(&setting);
  shown.push_back(find("config"));
  const auto heading = [](const Setting& s) {
    return "  --" + s.name + (s.value.empty() ? "" : " " + s.value);
  };
  std::size_t width = 0;
  for (const auto* setting : shown) width = std::max(width, heading(*setting).size());
  std::string out;
  for (const auto* setting : shown) {
    std::string line = heading(*setting);
    line.resize(width + 2, ' ');
    line += setting->help;
    if (!setting->value.empty() && !setting->fallback.empty()) line += " (default " + setting->fallback + ")";
    out += line + "\n";
  }
  return out + "Each may also stand in the environment (" + environmentName(shown.front()->name) +
         ") or in the settings file; a flag goes before both.\n";
}

}  // namespace postgang
