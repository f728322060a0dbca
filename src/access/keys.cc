#include "access/keys.h"

#include <algorithm>
#include <map>

#include "access/visibility.h"
#include "base/text.h"
#include "store/key_addresses.h"
#include "store/sql/session.h"

namespace postgang::access {

namespace {

constexpr std::int64_t day_seconds = 24 * 3600;

bool isRevoked(const store::Key& key, Instant now) {
  return key.revokedAt && *key.revokedAt <= now;
}

bool isExpired(const store::Key& key, Instant now) {
  return key.expiresAt && *key.expiresAt <= now;
}

// Companies and people are asked for once each, however many keys are theirs.
class Standings {
 public:
  Standings(store::Reader& reader, Instant now) : reader_(reader), now_(now) {}

  Result<KeyStanding> of(store::Key key) {
    KeyStanding standing;
    TRY(const auto company, companyOf(key.company));
    standing.companyName = company.name;
    standing.effective = scopesFromNames(key.scopes);
    if (key.madeBy) {
      TRY(const auto left, scopesLeft(reader_, *key.madeBy, company));
      standing.effective = standing.effective.both(left);
      TRY(standing.madeByName, nameOf(*key.madeBy));
    }
    standing.key = std::move(key);
    judge(standing);
    return standing;
  }

 private:
  void judge(KeyStanding& standing) const {
    const auto& key = standing.key;
    if (isRevoked(key, now_))
      standing.state = KeyState::revoked;
    else if (isExpired(key, now_))
      standing.state = KeyState::expired;
    else if (standing.effective.isEmpty())
      standing.state = KeyState::silent;
    if (standing.state != KeyState::active) standing.effective = Scopes();
    const bool lives = standing.state == KeyState::active || standing.state == KeyState::silent;
    standing.endsSoon =
        lives && key.expiresAt && *key.expiresAt <= now_.plusSeconds(key_ends_soon_days * day_seconds);
  }

  Result<store::Company> companyOf(CompanyId id) {
    if (const auto known = companies_.find(id); known != companies_.end()) return known->second;
    TRY(auto company, store::company(reader_, id));
    return companies_.emplace(id, std::move(company)).first->second;
  }

  Result<std::string> nameOf(UserId id) {
    if (const auto known = names_.find(id); known != names_.end()) return known->second;
    TRY(const auto user, store::user(reader_, id));
    return names_.emplace(id, user ? user->name : std::string()).first->second;
  }

  store::Reader& reader_;
  const Instant now_;
  std::map<CompanyId, store::Company> companies_;
  std::map<UserId, std::string> names_;
};

Result<store::Key> keyById(store::Reader& reader, const store::Viewer& viewer, KeyId id) {
  TRY(auto keys, store::listKeys(reader, viewer));
  const auto found = std::ranges::find(keys, id, &store::Key::id);
  if (found == keys.end()) return fail(ProblemKind::not_found, "not-found", "There is no such key.");
  return std::move(*found);
}

Result<store::Key> livingKey(store::Reader& reader, const store::Viewer& viewer, KeyId id, Instant now) {
  TRY(auto key, keyById(reader, viewer, id));
  if (isRevoked(key, now) || isExpired(key, now))
    return fail(ProblemKind::conflict, "key-ended", "The key is revoked or past its last day.", {},
                "Make a new one: a key that has ended does not come back.");
  return key;
}

}  // namespace

bool looksLikeKey(std::string_view secret) {
  return (secret.starts_with(live_key_prefix) || secret.starts_with(test_key_prefix)) && secret.size() <= 128;
}

std::string_view name(KeyState state) {
  switch (state) {
    case KeyState::active:
      return "active";
    case KeyState::silent:
      return "silent";
    case KeyState::expired:
      return "expired";
    case KeyState::revoked:
      return "revoked";
  }
  return {};
}

Result<Scopes> scopesLeft(store::Reader& reader, UserId maker, const store::Company& company) {
  TRY(const auto user, store::user(reader, maker));
  if (!user || !user->active) return Scopes();
  TRY(const auto role, roleIn(reader, *user, company));
  return scopesOfRole(role);
}

Outcome checkKeyScopes(const std::vector<std::string>& scopes) {
  if (scopes.empty())
    return fail(ProblemKind::invalid, "key-without-scope", "A key needs at least one scope.", "/scopes");
  for (const auto& scope : scopes)
    if (const auto known = scopeFromName(scope); !known || isForPeopleAlone(*known))
      return fail(ProblemKind::invalid, "scope-unknown", "A key can have no scope \"" + scope + "\".",
                  "/scopes");
  return {};
}

Outcome checkScopesHeld(const std::vector<std::string>& scopes, Scopes held) {
  for (const auto& text : scopes)
    if (const auto scope = scopeFromName(text); scope && !held.has(*scope))
      return fail(Problem{ProblemKind::forbidden,
                          "scope-not-held",
                          "Nobody gives a key what they may not do themselves.",
                          "/scopes",
                          "Leave the scope out, or ask somebody who has it.",
                          {{"scope", text}}});
  return {};
}

Result<std::vector<KeyStanding>> keysSeen(store::Reader& reader, const store::Viewer& viewer, Instant now) {
  TRY(auto keys, store::listKeys(reader, viewer));
  TRY(const auto addresses, store::keyAddresses(reader, viewer));
  Standings standings(reader, now);
  std::vector<KeyStanding> all;
  for (auto& key : keys) {
    TRY(auto standing, standings.of(std::move(key)));
    if (const auto from = addresses.find(standing.key.id); from != addresses.end())
      standing.lastUsedFrom = from->second;
    all.push_back(std::move(standing));
  }
  std::ranges::reverse(all);  // the newest first
  return all;
}

Result<KeyStanding> keySeen(store::Reader& reader, const store::Viewer& viewer, KeyId id, Instant now) {
  TRY(auto key, keyById(reader, viewer, id));
  TRY(auto standing, Standings(reader, now).of(std::move(key)));
  TRY(const auto addresses, store::keyAddresses(reader, viewer));
  if (const auto from = addresses.find(id); from != addresses.end()) standing.lastUsedFrom = from->second;
  return standing;
}

Result<store::Key> changeKey(store::Transaction& tx, const store::Viewer& viewer, KeyId id,
                             const KeyChange& change, Instant now) {
  TRY(auto key, livingKey(tx, viewer, id, now));
  if (change.name) key.name = collapsed(*change.name);
  if (change.scopes) {
    CHECK_OK(checkKeyScopes(*change.scopes));
    const auto had = scopesFromNames(key.scopes);
    for (const auto& scope : *change.scopes)
      if (!had.has(*scopeFromName(scope)))
        return fail(ProblemKind::invalid, "key-scopes-wider", "A key in use gets no more than it had.",
                    "/scopes", "Make a new key with the wider scopes, and revoke this one.");
    key.scopes = *change.scopes;
  }
  if (change.setsEnd) key.expiresAt = change.expiresAt;
  CHECK_OK(store::updateKey(tx, key));
  return key;
}

Result<store::Key> takeOverKey(store::Transaction& tx, const store::Viewer& viewer, KeyId id, UserId by,
                               Instant now) {
  TRY(auto key, livingKey(tx, viewer, id, now));
  key.madeBy = by;
  CHECK_OK(store::updateKey(tx, key));
  return key;
}

Result<store::Key> revokeKey(store::Transaction& tx, const store::Viewer& viewer, KeyId id, Instant now) {
  TRY(auto key, keyById(tx, viewer, id));
  if (key.revokedAt) return key;  // asked for twice: it is as it should be
  key.revokedAt = now;
  CHECK_OK(store::updateKey(tx, key));
  return key;
}

}  // namespace postgang::access
