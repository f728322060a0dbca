// Which companies a caller may look at and change, and what is written in their audit trails. The rule of who
// sees whom is access/visibility.h's; here it is put to companies themselves, their group and their insight.
//
//   an administrator   of the company acted for changes it and everything beneath it
//   operator staff     acting for the operator look at every customer, make customers and move them; what is
//   a
//                      customer's own they change when they act for it
#pragma once

#include <boost/json.hpp>
#include <string_view>
#include <vector>

#include "api/guard.h"
#include "api/parts.h"
#include "store/companies.h"

namespace postgang::api {

// Acting for the operator.
bool isOperatorStaff(const Call& call);

// What a route of administrators asks the store with. A session that sees all of its user's companies at once
// has the role of the one that it acts for: in the others it may be a lower one, so that they are left out.
Result<store::Viewer> administeredBy(store::Reader& reader, const Call& call);
Result<store::Viewer> administeredBy(Parts& parts, const Call& call);

// The company acted for and all beneath it, sorted; read now, so that a company made a moment ago is there.
Result<std::vector<CompanyId>> managedBy(store::Reader& reader, const Call& call);

// All with code not-found, also where there is such a company and it is no customer.
Result<store::Company> companyToSee(store::Reader& reader, const Call& call, std::string_view id);
Result<store::Company> companyToChange(store::Reader& reader, const Call& call, std::string_view id);
Result<store::Company> companyToMove(store::Reader& reader, const Call& call, std::string_view id);

// The query's cursor of lists that go by companies' numbers: the last that was shown; 0 at the beginning.
// Code cursor-malformed.
Result<CompanyId> companyCursor(const net::Request& request);

// What was changed, in the trail of `trail`; in the change's own transaction.
Outcome noteCompanyChange(store::Transaction& tx, const Call& call, CompanyId trail, std::string_view action,
                          const store::Company& object, const boost::json::object& detail);

}  // namespace postgang::api
