// `postgang admin user create`, `admin user password` and `admin key create`: who may come in.
#include <unistd.h>
#include <iostream>

#include "app/admin.h"
#include "app/command.h"
#include "base/bytes.h"
#include "base/json_text.h"
#include "base/text.h"

namespace postgang::app {

namespace {

std::vector<Setting> userSettings() {
  auto all = dataSettings();
  all.push_back({"company", "", "whom the user acts for; may be given several times", "0007:…"});
  all.push_back({"email", "", "what the user signs in with", "EMAIL"});
  all.push_back({"name", "", "as the timeline shows it", "NAME"});
  all.push_back({"role", "clerk", "reader, support, clerk, administrator or operator", "ROLE"});
  all.push_back({"language", "sv", "sv or en", "LANGUAGE"});
  all.push_back(jsonSetting());
  return all;
}

// The first line of standard input; empty where that is a terminal or has none.
std::string typedPassword() {
  std::string line;
  if (isatty(STDIN_FILENO) == 0) std::getline(std::cin, line);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

Result<int> createUser(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  access::NewUser user;
  TRY(user.email, needed(settings, "email"));
  TRY(user.name, needed(settings, "name"));
  TRY(const auto company, needed(settings, "company"));
  user.role = settings.text("role");
  user.language = settings.text("language");
  user.password = typedPassword();
  const bool generated = user.password.empty();
  if (generated) user.password = randomToken(12);
  TRY(const auto house, House::open(settings));
  for (const auto& identifier : settings.all("company")) {
    TRY(const auto found, companyNamed(*house, identifier));
    user.companies.push_back(found.id);
  }
  TRY(const auto id, house->access().createUser(house->ids(), user));
  if (!settings.yes("json")) {
    std::cout << user.email << "\n";
    if (generated) std::cout << user.password << "\n";
    return 0;
  }
  std::string out = "{\"id\":\"" + id.text() + "\",\"email\":";
  appendJsonString(out, user.email);
  out += ",\"password\":";
  if (generated)
    appendJsonString(out, user.password);
  else
    out += "null";
  std::cout << out << "}\n";
  return 0;
}

std::vector<Setting> passwordSettings() {
  auto all = dataSettings();
  all.push_back({"email", "", "what the user signs in with", "EMAIL"});
  return all;
}

Result<int> setPassword(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(const auto email, needed(settings, "email"));
  auto password = typedPassword();
  const bool generated = password.empty();
  if (generated) password = randomToken(12);
  TRY(const auto house, House::open(settings));
  CHECK_OK(house->access().setPasswordOf(email, password));
  if (generated) std::cout << password << "\n";
  return 0;
}

std::vector<Setting> keySettings() {
  auto all = dataSettings();
  all.push_back({"company", "", "whom the key acts for", "0007:…"});
  all.push_back({"scope", "", "what it may do, with commas between", "documents:read,documents:write"});
  all.push_back({"name", "", "as the timeline shows it; else API", "NAME"});
  return all;
}

Result<int> createKey(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(const auto identifier, needed(settings, "company"));
  TRY(const auto scopes, needed(settings, "scope"));
  access::NewKey key;
  for (const auto scope : split(scopes, ',')) key.scopes.emplace_back(trimmed(scope));
  key.name = settings.text("name");
  TRY(const auto house, House::open(settings));
  TRY(const auto company, companyNamed(*house, identifier));
  key.company = company.id;
  TRY(const auto made, house->access().createKey(house->ids(), key));
  std::cout << made.secret << "\n";
  return 0;
}

}  // namespace

const Command user_create_command{
    "admin user create", "--data DIR --company 0007:… --email EMAIL --name NAME [--role clerk]",
    "makes a user; the password is standard input's first line, or made up and printed", userSettings,
    createUser};
const Command user_password_command{
    "admin user password", "--data DIR --email EMAIL",
    "gives a user a new password: standard input's first line, or made up and printed; its sessions end",
    passwordSettings, setPassword};
const Command key_create_command{
    "admin key create", "--data DIR --company 0007:… --scope documents:read,documents:write [--name N]",
    "makes an API key; prints it alone, this once", keySettings, createKey};

}  // namespace postgang::app
