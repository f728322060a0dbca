// Companies: customers of the operator, and groups (a tree by parent).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/partners.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

struct Company {
  CompanyId id;
  std::string identifier;                // the main one, "0007:5599900122"
  std::vector<std::string> identifiers;  // all, the main one among them
  std::string name;
  std::optional<CompanyId> parent;  // group
  CompanyId group;                  // the top of its tree: itself where it has no parent; kept by the store
  bool isOperator = false;
  bool isCustomer = true;  // false: only known as a counterpart, whose documents customers have handed in
  std::optional<CompanyId> sandboxOf =
      {};              // the company whose sandbox this is: nothing of it leaves the building
  std::string design;  // JSON of render::Design; empty: the plain one
  Instant createdAt;
};

// Code "identifier-taken" (conflict). The id is given.
Result<CompanyId> createCompany(Transaction& tx, const Company& company);
Outcome setDesign(Transaction& tx, CompanyId company, std::string_view designJson);
// Customers, by name.
Result<std::vector<Company>> listCompanies(Reader& reader, const Viewer& viewer);
Result<Company> company(Reader& reader, CompanyId id);  // not_found
Result<std::optional<Company>> companyByIdentifier(Reader& reader, std::string_view identifier);
// Moves a company, and all beneath it, to another place. Code parent-beneath-itself (conflict): it would be
// its own parent.
Outcome setParent(Transaction& tx, CompanyId company, std::optional<CompanyId> parent);
Result<std::vector<CompanyId>> subsidiariesOf(Reader& reader,
                                              CompanyId id);  // all levels, itself not among them

}  // namespace postgang::store
