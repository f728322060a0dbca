// A new customer, made by whoever may (companies.cc), and in the same way of a lead (lead_customer.cc).
#pragma once

#include <optional>
#include <string>

#include "api/company_shape.h"
#include "api/guard.h"

namespace postgang::api {

struct NewCompany {
  std::string name;
  IdentifiersAsked identifiers;
  std::optional<std::string>
      parent;  // its id as the API has it; absent: beneath the company acted for, or at the top
};

// Codes: identifier-taken (conflict), not-found of the parent. Told in both trails. Whoever calls sees to it
// that callers are forgotten once it has committed.
Result<CompanyId> makeCompany(store::Transaction& tx, const Call& call, const NewCompany& asked);

}  // namespace postgang::api
