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

struct User {
  UserId id;
  std::string email;  // lower case, unique
  std::string name;
  std::string passwordHash;  // argon2id, libsodium's text form
  std::string language = "sv";
  std::string role;                  // "reader", "clerk", "administrator", "operator"
  std::vector<CompanyId> companies;  // may act for these (and their subsidiaries, by access/)
  bool active = true;
};
Outcome createUser(Transaction& tx, const User& user);  // code email-taken (conflict)
Outcome updateUser(Transaction& tx, const User& user);
Result<std::optional<User>> userByEmail(Reader& reader, std::string_view email);
Result<std::optional<User>> user(Reader& reader, UserId id);
Result<std::vector<User>> listUsers(Reader& reader, const Viewer& viewer);

struct Session {
  Digest tokenDigest{};  // SHA-256 of the cookie's value
  UserId user;
  CompanyId company;  // the one acted for now
  std::string csrfToken;
  Instant createdAt, lastSeenAt, expiresAt;
};
Outcome putSession(Transaction& tx, const Session& session);  // creates or updates
Result<std::optional<Session>> session(Reader& reader, const Digest& tokenDigest);
Outcome deleteSession(Transaction& tx, const Digest& tokenDigest);

struct Key {
  KeyId id;
  Digest secretDigest{};  // SHA-256 of the key (256 random bits need no slow hash)
  CompanyId company;
  std::string name;
  std::vector<std::string> scopes;
  Instant createdAt;
  std::optional<Instant> expiresAt, revokedAt, lastUsedAt;
};
Outcome createKey(Transaction& tx, const Key& key);
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
