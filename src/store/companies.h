// Companies: customers of the operator, groups (a tree by parent), and each company's partners (motparter).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/id.h"
#include "base/time.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

struct Company {
  CompanyId id;
  std::string identifier;                // the main one, "0007:5599900122"
  std::vector<std::string> identifiers;  // all, the main one among them
  std::string name;
  std::optional<CompanyId> parent;  // group
  bool isOperator = false;
  bool isCustomer = true;  // false: only known as a counterpart, whose documents customers have handed in
  std::string design;      // JSON of render::Design; empty: the plain one
  Instant createdAt;
};

// Code "identifier-taken" (conflict). The id is given.
Result<CompanyId> createCompany(Transaction& tx, const Company& company);
Outcome setDesign(Transaction& tx, CompanyId company, std::string_view designJson);
// Customers, by name.
Result<std::vector<Company>> listCompanies(Reader& reader, const Viewer& viewer);
Result<Company> company(Reader& reader, CompanyId id);  // not_found
Result<std::optional<Company>> companyByIdentifier(Reader& reader, std::string_view identifier);
Result<std::vector<CompanyId>> subsidiariesOf(Reader& reader,
                                              CompanyId id);  // all levels, itself not among them

struct PostalAddress {
  std::string street, postalCode, city, country;
};

struct Partner {
  std::string identifier;  // "0007:…", or "customer:<number>" where there is no electronic identifier
  std::string name;
  bool person = false;
  std::string customerNumber;
  std::string status;  // "customer" (is one here, too), "known", later others
  std::string email;
  std::optional<Instant> emailVerifiedAt;  // somebody here has checked that it is the partner's own …
  std::string emailVerifiedBy;             // … this person, by name
  std::optional<PostalAddress> postalAddress;
  std::vector<std::string> channels;  // in order; empty: chosen by Multikanal
  std::int64_t sentCount = 0, receivedCount = 0;
  std::optional<Instant> lastActivityAt;
};
enum class PartnerSort {
  activity,  // the latest first; those without any last, by name
  name,      // in Swedish order: Å, Ä, Ö after Z
};
struct PartnerQuery {
  std::string text = {};  // in name, identifier or customer number; empty: all
  PartnerSort sort = PartnerSort::activity;
  int limit = 50;           // 1..200
  std::string cursor = {};  // opaque; code "cursor-malformed"
};
struct PartnerPage {
  std::vector<Partner> items;
  std::optional<std::string> nextCursor;
};

Result<PartnerPage> listPartners(Reader& reader, const Viewer& viewer, CompanyId owner,
                                 const PartnerQuery& query);
Result<std::optional<Partner>> partner(Reader& reader, const Viewer& viewer, CompanyId owner,
                                       std::string_view identifier);
Outcome putPartner(Transaction& tx, CompanyId owner, const Partner& partner);  // counts are left as they are

}  // namespace postgang::store
