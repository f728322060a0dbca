// `postgang admin company create|list`.
#include <iostream>

#include "app/admin.h"
#include "app/command.h"
#include "app/house.h"
#include "base/json_text.h"
#include "base/text.h"
#include "document/identifiers.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::app {

Result<store::Company> companyNamed(House& house, std::string_view identifier) {
  TRY(const auto parsed, document::parseIdentifier(identifier));
  std::optional<store::Company> found;
  CHECK_OK(house.store().read([&](store::Reader& reader) -> Outcome {
    TRY(found, store::companyByIdentifier(reader, parsed.text()));
    return {};
  }));
  if (found) return std::move(*found);
  return fail(ProblemKind::not_found, "company-unknown", "There is no company " + parsed.text() + ".", {},
              "`postgang admin company list` tells which there are.");
}

namespace {

std::vector<Setting> createSettings() {
  auto all = dataSettings();
  all.push_back({"identifier", "", "its main identifier, scheme and value; further ones may follow",
                 "0007:5599900122"});
  all.push_back({"name", "", "as its documents call it", "NAME"});
  all.push_back({"parent", "", "the company that it belongs to, in a group", "0007:…"});
  all.push_back({"operator", "false", "it runs this Postgång", ""});
  all.push_back(jsonSetting());
  return all;
}

Result<store::Company> companyFrom(const Settings& settings) {
  store::Company company;
  TRY(const auto name, needed(settings, "name"));
  TRY(const auto identifier, needed(settings, "identifier"));
  company.name = collapsed(name);
  for (const auto& given : settings.all("identifier")) {
    TRY(const auto parsed, document::parseIdentifier(given));
    company.identifiers.push_back(parsed.text());
  }
  company.identifier = company.identifiers.front();
  company.isOperator = settings.yes("operator");
  return company;
}

std::string json(const store::Company& company) {
  std::string out = "{\"identifier\":";
  appendJsonString(out, company.identifier);
  out += ",\"name\":";
  appendJsonString(out, company.name);
  return out + ",\"operator\":" + (company.isOperator ? "true" : "false") + "}";
}

Result<int> create(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(auto company, companyFrom(settings));
  TRY(const auto house, House::open(settings));
  if (settings.isSet("parent")) {
    TRY(const auto parent, companyNamed(*house, settings.text("parent")));
    company.parent = parent.id;
  }
  company.createdAt = house->clock().now();
  CHECK_OK(house->store().write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(company.id, store::createCompany(tx, company));
    return {};
  }));
  std::cout << (settings.yes("json") ? json(company) : company.identifier) << "\n";
  return 0;
}

std::vector<Setting> listSettings() {
  auto all = dataSettings();
  all.push_back(jsonSetting());
  return all;
}

Result<int> list(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(const auto house, House::open(settings));
  std::vector<store::Company> companies;
  CHECK_OK(house->store().read([&](store::Reader& reader) -> Outcome {
    TRY(companies, store::listCompanies(reader, store::Viewer::system()));
    return {};
  }));
  if (!settings.yes("json")) {
    for (const auto& company : companies)
      std::cout << company.identifier << "  " << company.name << (company.isOperator ? "  (operator)" : "")
                << "\n";
    return 0;
  }
  std::vector<std::string> shapes;
  for (const auto& company : companies) shapes.push_back(json(company));
  std::cout << "[" << joined(shapes, ",") << "]\n";
  return 0;
}

}  // namespace

const Command company_create_command{
    "admin company create",
    "--data DIR --identifier 0007:5599900122 --name NAME [--parent 0007:…] [--operator]",
    "makes a company a customer; prints its identifier", createSettings, create};
const Command company_list_command{"admin company list", "--data DIR [--json]", "lists the customers",
                                   listSettings, list};

}  // namespace postgang::app
