// The second step of signing in: each user's seed (sealed, base/vault.h, context "totp:<user id>"), recovery
// codes as digests, and which companies demand it of their people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/access_rows.h"

namespace postgang::store {

struct SecondFactor {
  UserId user;
  std::string sealedSeed;
  std::optional<Instant> confirmedAt = {};  // none: being enrolled, counts for nothing yet
  std::int64_t lastStep = -1;  // of the code used last: neither it nor an earlier one works again
};
Outcome putSecondFactor(Transaction& tx, const SecondFactor& factor);  // creates or updates
Outcome deleteSecondFactor(Transaction& tx, UserId user);              // and its recovery codes
Result<std::optional<SecondFactor>> secondFactor(Reader& reader, UserId user);

Outcome putRecoveryCodes(Transaction& tx, UserId user, const std::vector<Digest>& codes);  // the old ones go
Result<bool> useRecoveryCode(Transaction& tx, UserId user,
                             const Digest& code);  // false: there is no such one
Result<int> recoveryCodesLeft(Reader& reader, UserId user);

// A company that demands a second step demands it of everybody with a role in it or beneath it.
Outcome setSecondFactorDemand(Transaction& tx, CompanyId company, bool demanded);
Result<std::vector<CompanyId>> secondFactorDemands(Reader& reader);

}  // namespace postgang::store
