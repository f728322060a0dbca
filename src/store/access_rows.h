// Rows of people and programs that may come in: users, sessions, API keys, idempotent answers. access/
// decides with them; secrets are kept only as hashes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

// What a user is in a company, and in all beneath it in the group.
struct Membership {
  CompanyId company;
  std::string role;  // "reader", "clerk", "support", "administrator"
};

struct User {
  UserId id;
  std::string email;  // lower case, unique
  std::string name;
  std::string passwordHash;  // argon2id, libsodium's text form
  std::string language = "sv";
  bool staff = false;  // of the operator: sees everything, acts for a customer only with a reason
  std::vector<Membership> memberships = {};  // in the user's own order; each company once
  bool active = true;
};
Outcome createUser(Transaction& tx, const User& user);  // code email-taken (conflict)
Outcome updateUser(Transaction& tx, const User& user);
Result<std::optional<User>> userByEmail(Reader& reader, std::string_view email);
Result<std::optional<User>> user(Reader& reader, UserId id);
Result<std::vector<User>> listUsers(Reader& reader, const Viewer& viewer);

struct Session {
  SessionId id;          // what lists of sessions call it
  Digest tokenDigest{};  // SHA-256 of the cookie's value
  UserId user;
  CompanyId company;         // the one acted for now
  bool everything = false;   // sees all that the user may see, not this company's alone
  std::string reason = {};   // why operator staff act for a customer
  std::string method = {};   // how it was opened: "password", "totp", "recovery-code", "oidc"
  std::string address = {};  // from where
  std::string device = {};   // "Firefox, Windows": what the browser says of itself, shortened
  std::string csrfToken;
  Instant createdAt, lastSeenAt, expiresAt;
};
Outcome putSession(Transaction& tx, const Session& session);  // creates or updates
Result<std::optional<Session>> session(Reader& reader, const Digest& tokenDigest);
Outcome deleteSession(Transaction& tx, const Digest& tokenDigest);
Result<std::vector<Session>> sessionsOf(Reader& reader, UserId user);  // the latest used first

struct Key {
  KeyId id;
  Digest secretDigest{};  // SHA-256 of the key (256 random bits need no slow hash)
  CompanyId company;
  std::string name;
  std::vector<std::string> scopes;
  Instant createdAt;
  // Who made it, or took it over: it can do at most what that person still may. Empty: the command line.
  std::optional<UserId> madeBy = {};
  std::optional<Instant> expiresAt, revokedAt, lastUsedAt;
};
Outcome createKey(Transaction& tx, const Key& key);
Outcome updateKey(Transaction& tx, const Key& key);  // name, scopes, madeBy, expiresAt, revokedAt
Outcome touchKey(Transaction& tx, KeyId id, Instant usedAt);
Result<std::optional<Key>> keyByDigest(Reader& reader, const Digest& secretDigest);
Result<std::vector<Key>> listKeys(Reader& reader, const Viewer& viewer);

// Log-in attempts, per account and per address.
Outcome recordLoginFailure(Transaction& tx, std::string_view subject, Instant at);
Outcome clearLoginFailures(Transaction& tx, std::string_view subject);
struct LoginFailures {
  int count = 0;
  std::optional<Instant> last;
};
Result<LoginFailures> loginFailures(Reader& reader, std::string_view subject, Instant since);

// Idempotency-Key: the first answer, replayed. `requestDigest` tells another request under the same key.
struct StoredReply {
  Digest requestDigest{};
  int status = 0;
  std::string body;
};
Result<std::optional<StoredReply>> storedReply(Reader& reader, std::string_view scope, std::string_view key);
Outcome storeReply(Transaction& tx, std::string_view scope, std::string_view key, const StoredReply& reply,
                   Instant expiresAt);

}  // namespace postgang::store
