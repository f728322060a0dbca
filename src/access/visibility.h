// The rule of who sees whom. One place: everything that reads asks the store with the Viewer made here.
//
//   a company's user      acting for a company sees it and everything beneath it in the group; a subsidiary
//   sees itself may act for           the companies the user was given, and everything beneath them operator
//   staff        acting for the operator sees every company; acting for a customer sees what that one sees an
//   API key            as a user of its company
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

Result<store::Viewer> viewerOf(store::Reader& reader, const store::User& user,
                               const store::Company& actingFor);
Result<store::Viewer> viewerOf(store::Reader& reader, const store::Key& key);

}  // namespace postgang::access
