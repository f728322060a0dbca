// admin company create, admin company list.
#include <boost/json.hpp>
#include <ostream>

#include "app/commands.h"
#include "app/company_of.h"
#include "app/house.h"
#include "document/identifiers.h"
#include "store/sql/session.h"

namespace postgang::app {

namespace {

namespace json = boost::json;

Result<std::vector<std::string>> identifiersIn(const Settings& settings) {
  std::vector<std::string> identifiers;
  for (const auto& text : settings.all("identifier")) {
    TRY(const auto identifier, document::parseIdentifier(text));
    identifiers.push_back(identifier.text());
  }
  if (identifiers.empty()) {
    TRY(const auto missing, required(settings, "identifier"));
    identifiers.push_back(missing);
  }
  return identifiers;
}

Result<int> create(const Settings& settings, Streams& streams) {
  store::Company company;
  TRY(company.identifiers, identifiersIn(settings));
  company.identifier = company.identifiers.front();
  TRY(company.name, required(settings, "name"));
  company.isOperator = settings.yes("operator");
  TRY(const auto house, House::open(settings));
  if (const auto& parent = settings.text("parent"); !parent.empty()) {
    TRY(const auto found, companyOf(*house, parent));
    company.parent = found.id;
  }
  company.createdAt = house->clock().now();
  CHECK_OK(house->store().write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(company.id, store::createCompany(tx, company));
    return {};
  }));
  if (settings.yes("json"))
    streams.out << json::serialize(json::object{{"identifier", company.identifier}, {"name", company.name}})
                << "\n";
  else
    streams.out << company.identifier << "  " << company.name << "\n";
  return exit_good;
}

Result<int> list(const Settings& settings, Streams& streams) {
  TRY(const auto house, House::open(settings));
  std::vector<store::Company> companies;
  CHECK_OK(house->store().read([&](store::Reader& reader) -> Outcome {
    TRY(companies, store::listCompanies(reader, store::Viewer::system()));
    return {};
  }));
  for (const auto& company : companies) {
    if (settings.yes("json"))
      streams.out << json::serialize(json::object{{"identifier", company.identifier},
                                                  {"identifiers", json::value_from(company.identifiers)},
                                                  {"name", company.name},
                                                  {"operator", company.isOperator}})
                  << "\n";
    else
      streams.out << company.identifier << "  " << company.name << "\n";
  }
  return exit_good;
}

}  // namespace

Result<store::Company> companyOf(House& house, std::string_view text) {
  TRY(const auto identifier, document::parseIdentifier(text));
  std::optional<store::Company> company;
  CHECK_OK(house.store().read([&](store::Reader& reader) -> Outcome {
    TRY(company, store::companyByIdentifier(reader, identifier.text()));
    return {};
  }));
  if (company) return *company;
  return fail(ProblemKind::not_found, "company-not-found",
              "No company here has the identifier " + identifier.text() + ".", std::string(text),
              "See `postgang admin company list`.");
}

Command companyCreateCommand() {
  auto settings = dataSettings();
  settings.push_back(flag("identifier", "0007:…"));
  settings.push_back(flag("name", "NAME"));
  settings.push_back(flag("parent", "0007:…"));
  settings.push_back(flag("operator", "", "false"));
  settings.push_back(flag("json", "", "false"));
  return {"admin company create", "", std::move(settings), create};
}

Command companyListCommand() {
  auto settings = dataSettings();
  settings.push_back(flag("json", "", "false"));
  return {"admin company list", "", std::move(settings), list};
}

}  // namespace postgang::app
