// What stands between a password and a session: sign-ins that wait for their second step, links to a new
// password, and from which devices a user has signed in.
#pragma once

#include <optional>
#include <string>

#include "store/access_rows.h"

namespace postgang::store {

struct PendingSignIn {
  Digest tokenDigest{};
  UserId user;
  Instant createdAt, expiresAt;
};
Outcome putPendingSignIn(Transaction& tx, const PendingSignIn& pending);  // those that are over go
Result<std::optional<PendingSignIn>> pendingSignIn(Reader& reader, const Digest& tokenDigest);
Outcome deletePendingSignIns(Transaction& tx, UserId user);

struct PasswordReset {
  Digest tokenDigest{};
  UserId user;
  Instant createdAt, expiresAt;
};
Outcome putPasswordReset(Transaction& tx, const PasswordReset& reset);  // those that are over go
Result<std::optional<PasswordReset>> passwordReset(Reader& reader, const Digest& tokenDigest);
Outcome deletePasswordResets(Transaction& tx, UserId user);

// True where the user was not seen on it since `since`. `device` tells devices apart, and is a digest.
Result<bool> rememberDevice(Transaction& tx, UserId user, const Digest& device, Instant now, Instant since);
Result<bool> hasDevices(Reader& reader, UserId user);  // false: the first sign-in of all

}  // namespace postgang::store
