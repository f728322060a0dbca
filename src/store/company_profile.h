// What a company tells of itself: its legal name, all its identifiers, addresses and contacts. Who may change
// them is for the floors above to say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/companies.h"

namespace postgang::store {

struct CompanyAddress {
  std::string kind;  // "visiting", "postal", "billing": each once
  PostalAddress address;
  friend bool operator==(const CompanyAddress& a, const CompanyAddress& b) {
    return a.kind == b.kind && a.address.street == b.address.street &&
           a.address.postalCode == b.address.postalCode && a.address.city == b.address.city &&
           a.address.country == b.address.country;
  }
};

struct CompanyContact {
  std::string role;  // in the company's own words: "Kundreskontra"; may be empty
  std::string name, email, phone;
  friend bool operator==(const CompanyContact&, const CompanyContact&) = default;
};

struct CompanyProfile {
  std::vector<CompanyAddress> addresses;  // visiting, postal, billing
  std::vector<CompanyContact> contacts;   // in the company's own order
};

Result<CompanyProfile> companyProfile(Reader& reader, CompanyId company);  // of an unknown company: empty
Outcome setCompanyAddresses(Transaction& tx, CompanyId company, const std::vector<CompanyAddress>& addresses);
Outcome setCompanyContacts(Transaction& tx, CompanyId company, const std::vector<CompanyContact>& contacts);

// Code company-not-found. Documents keep the name that they were written with.
Outcome setCompanyName(Transaction& tx, CompanyId company, std::string_view name);

// Replaces all of them; the main one is among them from then on. Codes: company-not-found, identifier-taken
// (conflict; `where` is the identifier).
Outcome setCompanyIdentifiers(Transaction& tx, CompanyId company, std::string_view main,
                              const std::vector<std::string>& identifiers);

// A company that was only known as a counterpart becomes a customer, under this name and in this place.
// Code company-not-found: there is none, or it is a customer already.
Outcome makeCustomer(Transaction& tx, CompanyId company, std::string_view name);

// The customers of the group that the company belongs to, itself among them, by name; sandboxes are in none.
Result<std::vector<Company>> companiesOfGroup(Reader& reader, CompanyId company);

}  // namespace postgang::store
