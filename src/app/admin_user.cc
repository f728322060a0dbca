// admin user create: the password comes on standard input, or is made and printed.
#include <unistd.h>

#include <iostream>

#include "app/commands.h"
#include "app/company_of.h"
#include "app/words.h"
#include "base/bytes.h"

namespace postgang::app {

namespace {

constexpr std::size_t made_password_bytes = 12;

// Nothing is asked of a person at a terminal: an empty standard input, or none, means «make one».
std::string passwordFrom(std::istream& in) {
  if (&in == &std::cin && isatty(STDIN_FILENO)) return {};
  std::string line;
  std::getline(in, line);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

Result<int> create(const Settings& settings, Streams& streams) {
  access::NewUser user;
  TRY(user.email, required(settings, "email"));
  TRY(user.name, required(settings, "name"));
  user.role = settings.text("role");
  user.language = settings.text("language");
  if (settings.all("company").empty()) CHECK_OK(required(settings, "company"));
  TRY(const auto house, House::open(settings));
  for (const auto& identifier : settings.all("company")) {
    TRY(const auto company, companyOf(*house, identifier));
    user.companies.push_back(company.id);
  }
  user.password = passwordFrom(streams.in);
  const bool made = user.password.empty();
  if (made) user.password = randomToken(made_password_bytes);
  TRY(const auto id, house->access().createUser(house->ids(), user));
  (void)id;
  streams.err << sentence("cli.user-created", {{"email", user.email}}) << "\n";
  if (made) streams.out << user.password << "\n";
  return exit_good;
}

}  // namespace

Command userCreateCommand() {
  auto settings = dataSettings();
  settings.push_back(flag("email", "ADDRESS"));
  settings.push_back(flag("name", "NAME"));
  settings.push_back(flag("company", "0007:…"));
  settings.push_back(flag("role", "ROLE", "clerk"));
  settings.push_back(flag("language", "sv|en", "sv"));
  return {"admin user create", "", std::move(settings), create};
}

}  // namespace postgang::app
