// API keys as administrators handle them: how each stands, changed, taken over, revoked.
//
//   TRY(const auto keys, keysSeen(reader, viewer, access.now()));       keys[0].state, .effective
//   TRY(const auto key, changeKey(tx, viewer, id, {.name = "Affärssystem"}, access.now()));
//   access.forget(key.secretDigest);                                     from the next call on it holds here
//
// A key does at most what whoever made it still may in the key's company: when that person loses the role the
// key falls silent (state silent, 403 scope-missing for its program) until another administrator takes it
// over. A key from the command line has no maker and keeps its scopes. The viewer says whose keys there are:
// a foreign key is not found.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.h"
#include "base/problem.h"
#include "base/time.h"
#include "store/access_rows.h"
#include "store/companies.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::access {

inline constexpr std::string_view live_key_prefix = "pg_live_";
inline constexpr std::string_view test_key_prefix = "pg_test_";  // of a sandbox company
bool looksLikeKey(std::string_view secret);

inline constexpr int key_ends_soon_days = 14;
inline constexpr std::size_t key_name_codePoints_max = 100;

enum class KeyState { active, silent, expired, revoked };
std::string_view name(KeyState state);

struct KeyStanding {
  store::Key key;
  KeyState state = KeyState::active;
  Scopes effective;       // what it can do now; none unless active
  bool endsSoon = false;  // active or silent, and within key_ends_soon_days of its end
  std::string companyName = {};
  std::string madeByName = {};    // empty for the command line and for a user who is gone
  std::string lastUsedFrom = {};  // address
};

// What whoever made a key may still do in its company: none where the user is gone or inactive.
Result<Scopes> scopesLeft(store::Reader& reader, UserId maker, const store::Company& company);
// Codes key-without-scope, scope-unknown (invalid).
Outcome checkKeyScopes(const std::vector<std::string>& scopes);
// Code scope-not-held (forbidden): the maker may not do that itself.
Outcome checkScopesHeld(const std::vector<std::string>& scopes, Scopes held);

Result<std::vector<KeyStanding>> keysSeen(store::Reader& reader, const store::Viewer& viewer, Instant now);
// Code not-found.
Result<KeyStanding> keySeen(store::Reader& reader, const store::Viewer& viewer, KeyId id, Instant now);

struct KeyChange {
  std::optional<std::string> name = {};
  std::optional<std::vector<std::string>> scopes = {};
  bool setsEnd = false;  // whether expiresAt means something; then none is a key without an end
  std::optional<Instant> expiresAt = {};
};
// Each gives the key as it stands afterwards. Codes: not-found; key-ended (conflict) where it is revoked or
// past its end, for good; key-scopes-wider (invalid): a key that is in use gets no more than it had.
Result<store::Key> changeKey(store::Transaction& tx, const store::Viewer& viewer, KeyId id,
                             const KeyChange& change, Instant now);
Result<store::Key> takeOverKey(store::Transaction& tx, const store::Viewer& viewer, KeyId id, UserId by,
                               Instant now);
Result<store::Key> revokeKey(store::Transaction& tx, const store::Viewer& viewer, KeyId id, Instant now);

}  // namespace postgang::access
