#include "api/company_shape.h"

#include <algorithm>
#include <array>
#include <set>

#include "api/company_rights.h"
#include "api/problem_reply.h"
#include "api/shapes.h"
#include "base/text.h"
#include "document/countries.h"
#include "document/identifiers.h"
#include "net/mail.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr auto address_kinds = std::to_array<std::string_view>({"visiting", "postal", "billing"});
constexpr std::size_t country_code_points = 2;

json::object addressShape(const store::PostalAddress& address) {
  return {{"street", address.street},
          {"postalCode", address.postalCode},
          {"city", address.city},
          {"country", address.country}};
}

json::object profileShape(const store::CompanyProfile& profile) {
  json::object addresses;
  for (const auto kind : address_kinds) {
    const auto found = std::ranges::find(profile.addresses, kind, &store::CompanyAddress::kind);
    addresses[kind] =
        found == profile.addresses.end() ? json::value(nullptr) : json::value(addressShape(found->address));
  }
  json::array contacts;
  for (const auto& each : profile.contacts)
    contacts.push_back(json::object{{"role", textOrNull(each.role)},
                                    {"name", each.name},
                                    {"email", textOrNull(each.email)},
                                    {"phone", textOrNull(each.phone)}});
  return {{"addresses", std::move(addresses)}, {"contacts", std::move(contacts)}};
}

json::object nameShape(CompanyId id, std::string_view name) {
  return {{"id", companyIdText(id)}, {"name", name}};
}

// From the top of the group downwards.
Result<json::array> aboveShape(store::Reader& reader, const store::Company& company) {
  json::array above;
  std::set<CompanyId> passed{company.id};
  auto parent = company.parent;
  while (parent && passed.insert(*parent).second) {
    TRY(const auto next, store::company(reader, *parent));
    above.insert(above.begin(), nameShape(next.id, next.name));
    parent = next.parent;
  }
  return above;
}

json::value sourceShape(const store::SetValue* value) {
  if (!value) return nullptr;
  boost::system::error_code error;
  auto parsed = json::parse(value->value, error);
  return json::object{{"value", error ? json::value(nullptr) : std::move(parsed)},
                      {"from", nameShape(value->company, value->companyName)},
                      {"changedAt", value->changedAt.text()},
                      {"changedBy", textOrNull(value->changedBy)}};
}

Result<store::PostalAddress> addressIn(const json::value& value, const std::string& pointer) {
  TRY(const auto body, JsonBody::of(value, pointer, {"street", "postalCode", "city", "country"}));
  store::PostalAddress address;
  TRY(address.street, body.text("street", CompanyLimits::street_max));
  TRY(address.postalCode, body.text("postalCode", CompanyLimits::line_max));
  TRY(address.city, body.text("city", CompanyLimits::line_max));
  TRY(address.country, body.text("country", country_code_points));
  const auto country = document::findCountry(address.country);
  if (!country || country->code != address.country)
    return fieldInvalid(pointer + "/country", "A country is two capital letters of ISO 3166-1: SE.");
  return address;
}

Result<store::CompanyContact> contactIn(const json::value& value, const std::string& pointer) {
  TRY(const auto body, JsonBody::of(value, pointer, {"role", "name", "email", "phone"}));
  store::CompanyContact contact;
  TRY(const auto role, body.maybeText("role", CompanyLimits::line_max));
  TRY(contact.name, body.text("name", CompanyLimits::line_max));
  TRY(const auto email, body.maybeText("email", CompanyLimits::email_max));
  TRY(const auto phone, body.maybeText("phone", CompanyLimits::phone_max));
  if (email && !net::isMailAddress(*email))
    return fieldInvalid(pointer + "/email", "This is not an e-mail address.");
  contact.role = role.value_or("");
  contact.email = email.value_or("");
  contact.phone = phone.value_or("");
  return contact;
}

Result<std::string> identifierIn(const std::string& text, std::string where) {
  auto parsed = document::parseIdentifier(text);
  if (parsed) return parsed->text();
  auto problem = std::move(parsed).error();
  problem.where = std::move(where);
  return fail(std::move(problem));
}

}  // namespace

Result<json::object> companyDetail(store::Reader& reader, const Call& call, const store::Company& company) {
  auto shape = companyShape(company);
  TRY(const auto profile, store::companyProfile(reader, company.id));
  for (auto& member : profileShape(profile)) shape[member.key()] = std::move(member.value());
  TRY(shape["above"], aboveShape(reader, company));
  shape["createdAt"] = company.createdAt.text();
  TRY(const auto managed, managedBy(reader, call));
  const bool mine =
      call.caller->may(access::Scope::companies_write) && std::ranges::binary_search(managed, company.id);
  shape["mayChange"] = mine;
  shape["mayMove"] = !company.sandboxOf && ((mine && company.id != call.company()) || isOperatorStaff(call));
  return shape;
}

json::object companySettingShape(std::string_view key, std::string_view type,
                                 const store::CompanySetting& setting) {
  const auto* holding = setting.holding();
  auto source = sourceShape(holding);
  return {{"key", key},
          {"type", type},
          {"value", holding ? source.as_object().at("value") : json::value(nullptr)},
          {"origin", setting.own         ? "own"
                     : setting.inherited ? "inherited"
                                         : "default"},
          {"own", sourceShape(setting.own ? &*setting.own : nullptr)},
          {"inherited", sourceShape(setting.inherited ? &*setting.inherited : nullptr)}};
}

Result<std::vector<store::CompanyAddress>> addressesIn(const JsonBody& body,
                                                       std::vector<store::CompanyAddress> addresses) {
  TRY(const auto inner, JsonBody::of(body.at("addresses"), "/addresses", {"visiting", "postal", "billing"}));
  for (const auto kind : address_kinds) {
    if (!inner.has(kind)) continue;
    std::erase_if(addresses, [&](const auto& each) { return each.kind == kind; });
    if (inner.isNull(kind)) continue;
    TRY(auto address, addressIn(inner.at(kind), "/addresses/" + std::string(kind)));
    addresses.push_back({std::string(kind), std::move(address)});
  }
  return addresses;
}

Result<std::vector<store::CompanyContact>> contactsIn(const JsonBody& body) {
  std::vector<store::CompanyContact> contacts;
  TRY(const auto* items, body.array("contacts", CompanyLimits::contacts_max));
  if (!items) return contacts;
  for (std::size_t i = 0; i < items->size(); ++i) {
    TRY(auto contact, contactIn((*items)[i], body.pointerTo("contacts", i)));
    contacts.push_back(std::move(contact));
  }
  return contacts;
}

Result<IdentifiersAsked> identifiersIn(const JsonBody& body) {
  IdentifiersAsked asked;
  TRY(const auto main, body.text("identifier", CompanyLimits::street_max));
  TRY(asked.main, identifierIn(main, "/identifier"));
  TRY(const auto all, body.texts("identifiers", CompanyLimits::identifiers_max, CompanyLimits::street_max));
  for (std::size_t i = 0; i < all.size(); ++i) {
    TRY(auto one, identifierIn(all[i], body.pointerTo("identifiers", i)));
    if (std::ranges::find(asked.all, one) == asked.all.end()) asked.all.push_back(std::move(one));
  }
  if (std::ranges::find(asked.all, asked.main) == asked.all.end()) asked.all.push_back(asked.main);
  return asked;
}

}  // namespace postgang::api
