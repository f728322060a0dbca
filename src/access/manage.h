// What access/ asks itself when somebody manages people: may the caller administer there, who is left to do
// so, must a user have a second step. In access/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/caller.h"
#include "access/device.h"
#include "store/account_mails.h"
#include "store/audit.h"

namespace postgang::access {

bool looksLikeEmail(std::string_view text);  // set_up.cc

// Sees the company whole among what it may act on, and is its administrator (a person), or has a key for it.
// A session that sees all of its user's companies at once has one company's scopes and not every company's
// role.
Result<bool> mayAdminister(store::Reader& reader, const Caller& caller, CompanyId company);

// A role that can be given, in a company that the caller administers, each company once. Codes: role-unknown,
// company-unknown, company-twice, memberships-missing (invalid).
Outcome checkMemberships(store::Reader& reader, const Caller& caller,
                         const std::vector<store::Membership>& memberships);

// Code last-administrator (conflict) where the user is the only active administrator of the company, or of
// what is above it.
Outcome leavesAdministrator(store::Transaction& tx, const store::User& user, CompanyId company);

// A company where it has a role, or one above that, demands a second step; and it has none. A session that
// the provider of its company opened has met what that company, and those beneath it, demand: asking for a
// second step is the provider's then.
Result<bool> demandedOf(store::Reader& reader, const store::User& user,
                        std::optional<CompanyId> metBy = std::nullopt);
Result<bool> mustEnrol(store::Reader& reader, const store::User& user, std::string_view sessionMethod);

std::string_view roleAt(const std::vector<store::Membership>& memberships, CompanyId company);  // empty: none

struct Told {
  std::string_view action, detail = {}, address = {};
};
// An entry about a user in the trail of one company, or of all that it is in.
Outcome recordOfUser(store::Transaction& tx, const store::Actor& actor, std::string_view reason,
                     CompanyId company, const store::User& user, const Told& told);
Outcome recordOfOwn(store::Transaction& tx, const store::User& user, const Told& told);  // its own doing
std::string_view reasonOf(const Caller& caller);

// A mail to a user about its own account, in this transaction.
Outcome mailToUser(store::Transaction& tx, std::string_view what, const store::User& user, const From& from,
                   Instant at);

}  // namespace postgang::access
