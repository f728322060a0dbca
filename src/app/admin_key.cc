// admin key create: prints the key alone, once.
#include <ostream>

#include "app/commands.h"
#include "app/company_of.h"
#include "base/text.h"

namespace postgang::app {

namespace {

Result<int> create(const Settings& settings, Streams& streams) {
  access::NewKey key;
  TRY(const auto identifier, required(settings, "company"));
  TRY(const auto scopes, required(settings, "scope"));
  for (const auto scope : split(scopes, ',')) key.scopes.emplace_back(trimmed(scope));
  key.name = settings.text("name");
  TRY(const auto house, House::open(settings));
  TRY(const auto company, companyOf(*house, identifier));
  key.company = company.id;
  TRY(const auto made, house->access().createKey(house->ids(), key));
  streams.out << made.secret << "\n";
  return exit_good;
}

}  // namespace

Command keyCreateCommand() {
  auto settings = dataSettings();
  settings.push_back(flag("company", "0007:…"));
  settings.push_back(flag("scope", "SCOPE,…"));
  settings.push_back(flag("name", "NAME", "API"));
  return {"admin key create", "", std::move(settings), create};
}

}  // namespace postgang::app
