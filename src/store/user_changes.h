// What is read in order to be changed is the transaction's alone until its commit: of two that change the
// same user, or take the same link, the second sees what the first has done.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "store/access_rows.h"
#include "store/invitations.h"
#include "store/second_factors.h"

namespace postgang::store {

Result<std::optional<User>> userToChange(Transaction& tx, UserId id);
// Whoever changes who administers in a group's tree waits for its turn, by the tree's top.
Outcome lockCompany(Transaction& tx, CompanyId company);
Result<std::optional<Invitation>> invitationToTake(Transaction& tx, const Digest& tokenDigest);
// Each answers whether it was there to be taken; a second taker is told no.
Result<bool> takePendingSignIn(Transaction& tx, const Digest& tokenDigest);
Result<bool> takePasswordReset(Transaction& tx, const Digest& tokenDigest);
Result<bool> takeStep(Transaction& tx, UserId user, std::int64_t step);  // later than the code used last

}  // namespace postgang::store
