// The rule of who sees whom. One place: everything that reads asks the store with the Viewer made here.
//
//   a company's user   acting for a company sees it and everything beneath it in the group; a subsidiary sees
//                      itself, and with it the group's internal traffic that it takes part in; and of others
//                      in the group what they let it see (Delad insyn)
//   may act for        the companies the user was given, and everything beneath them, in the role given there
//   or
//                      above
//   sees everything    where the session says so: what each company that the user may act for sees
//   operator staff     acting for the operator sees every company, and changes nothing that is a customer's;
//                      acting for a customer sees and does what that one's administrator does
//   an API key         as a user of its company
#pragma once

#include <vector>

#include "access/caller.h"
#include "base/problem.h"
#include "store/companies.h"

namespace postgang::access {

// The companies that a user may act for, sorted by name, each once. A company that is gone is left out.
Result<std::vector<store::Company>> companiesToActFor(store::Reader& reader, const store::User& user);
// Code not-found where the user may not act for it: as if it did not exist.
Result<store::Company> companyToActFor(store::Reader& reader, const store::User& user, CompanyId company);

// The highest of the roles that the user was given in the company or above it; "operator" for staff; empty
// where it was given none.
Result<std::string> roleIn(store::Reader& reader, const store::User& user, const store::Company& company);

Result<store::Viewer> viewerOf(store::Reader& reader, const store::User& user,
                               const store::Company& actingFor, bool everything = false);
Result<store::Viewer> viewerOf(store::Reader& reader, const store::Key& key);
// Whichever company is acted for: what each that the user may act for sees, sandboxes apart.
Result<store::Viewer> everythingSeenBy(store::Reader& reader, const store::User& user);

}  // namespace postgang::access
