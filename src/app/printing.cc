#include "app/printing.h"

#include <charconv>

#include "app/file.h"
#include "base/text.h"

namespace postgang::app {

namespace {

constexpr std::size_t name_points_max = 60;

std::optional<int> number(std::string_view text, int most) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = text.size() == 2 && read.ec == std::errc() && read.ptr == text.data() + text.size();
  return whole && value >= 0 && value <= most ? std::optional(value) : std::nullopt;
}

// "16:00" as minutes since midnight.
Result<int> minuteOf(std::string_view text) {
  const auto hours = number(text.substr(0, 2), 23);
  const auto minutes = text.size() == 5 && text[2] == ':' ? number(text.substr(3), 59) : std::nullopt;
  if (!hours || !minutes)
    return fail(ProblemKind::invalid, "cut-off-invalid", "--cut-off is a time of day, like 16:00.",
                "--cut-off");
  return *hours * 60 + *minutes;
}

Result<std::string> houseName(const Settings& settings) {
  const auto given = settings.text("print-house-name");
  const auto name = collapsed(withoutControls(given));
  if (!name.empty() && codePoints(name) <= name_points_max) return name;
  return fail(ProblemKind::invalid, "print-house-name-invalid",
              "--print-house-name is a name of at most 60 characters.", "--print-house-name");
}

Result<channels::LetterRules> rulesIn(const Settings& settings) {
  channels::LetterRules rules;
  rules.colour = settings.yes("print-colour");
  if (settings.isSet("letter-prices")) {
    TRY(const auto json, readFile(settings.text("letter-prices")));
    TRY(rules.prices, channels::letterPricesFromJson(json));
  }
  if (settings.isSet("own-forms")) {
    TRY(const auto json, readFile(settings.text("own-forms")));
    TRY(rules.forms, channels::ownFormsByCompanyFromJson(json));
  }
  return rules;
}

Result<std::shared_ptr<const net::FileDrop>> dropIn(const Settings& settings) {
  if (!settings.isSet("print-house")) return nullptr;
  net::DropAccess access;
  access.url = settings.text("print-house");
  access.keyFile = settings.text("print-house-key");
  if (settings.isSet("print-house-host-key")) access.hostKeys = settings.all("print-house-host-key");
  TRY(auto drop, net::FileDrop::at(access));
  return std::make_shared<const net::FileDrop>(std::move(drop));
}

}  // namespace

std::vector<Setting> printSettings() {
  return {
      {"print-house", "", "where letters are handed over: sftp://user@host:port/path or file:///path", "URL"},
      {"print-house-name", "Tryckeriet", "what the print house is called", "NAME"},
      {"print-house-key", "", "sftp: the private key to sign in with", "FILE"},
      {"print-house-host-key", "",
       "sftp: the server's key, as ssh-keygen -l prints it; may be given several times", "SHA256"},
      {"print-colour", "false", "letters are printed in colour", ""},
      {"cut-off", "16:00", "until when a letter leaves the same bank day, in Sweden", "HH:MM"},
      {"letter-prices", "", "what letters cost (docs/print-house.md); an example's prices without it",
       "FILE"},
      {"own-forms", "", "customers' own forms by printkod 401 and up (docs/operating.md)", "FILE"}};
}

Result<channels::Printing> readPrinting(const Settings& settings) {
  channels::Printing printing;
  TRY(printing.drop, dropIn(settings));
  TRY(printing.house, houseName(settings));
  TRY(printing.cutOffMinute, minuteOf(settings.text("cut-off")));
  TRY(printing.rules, rulesIn(settings));
  return printing;
}

}  // namespace postgang::app
