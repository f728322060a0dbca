// How a company's own page looks in JSON, and how it is read from there.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "api/guard.h"
#include "api/json_body.h"
#include "store/company_profile.h"
#include "store/company_settings.h"

namespace postgang::api {

struct CompanyLimits {
  static constexpr std::size_t name_max = 120, identifiers_max = 20, contacts_max = 20;
  static constexpr std::size_t line_max = 100, street_max = 200, phone_max = 40, email_max = 254;
};

// Company and its profile, who stands above it, and what this caller may do with it.
Result<boost::json::object> companyDetail(store::Reader& reader, const Call& call,
                                          const store::Company& company);

// What is set for a company under one key, where it comes from and what would hold without it.
boost::json::object companySettingShape(std::string_view key, std::string_view type,
                                        const store::CompanySetting& setting);

// Codes field-invalid, and those of document::parseIdentifier; `where` points at the field.
//
// Of "addresses", which the body has: what it does not name stays as it is, null takes away.
Result<std::vector<store::CompanyAddress>> addressesIn(const JsonBody& body,
                                                       std::vector<store::CompanyAddress> addresses);
Result<std::vector<store::CompanyContact>> contactsIn(const JsonBody& body);

struct IdentifiersAsked {
  std::string main;
  std::vector<std::string> all;  // the main one among them
};
// Of "identifier" and "identifiers".
Result<IdentifiersAsked> identifiersIn(const JsonBody& body);

}  // namespace postgang::api
