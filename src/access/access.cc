#include "access/access.h"

#include "access/visibility.h"
#include "base/log.h"
#include "base/text.h"
#include "store/sql/session.h"

namespace postgang::access {

namespace {

constexpr std::string_view key_prefix = "pg_live_";

tl::unexpected<Problem> notSignedIn() {
  return fail(ProblemKind::unauthenticated, "not-signed-in", "This needs a session or an API key.", {},
              "Sign in, or send the key as Authorization: Bearer.");
}

tl::unexpected<Problem> keyInvalid() {
  return fail(ProblemKind::unauthenticated, "key-invalid",
              "The API key is unknown, revoked or past its last day.", {},
              "Check that it was copied whole, or ask for a new one.");
}

}  // namespace

Access::Access(store::Store& store, const Clock& clock, AccessOptions options)
    : store_(store),
      clock_(clock),
      options_(options),
      passwords_(options.passwordCost),
      cache_(options.cacheMilliseconds) {}

bool Access::isLive(const store::Session& session, Instant now) const {
  return now < session.expiresAt && now < session.lastSeenAt.plusSeconds(options_.sessionIdleSeconds);
}

Result<CallerPointer> Access::bySession(std::string_view token) {
  if (token.size() < 32 || token.size() > 128) return notSignedIn();
  const Digest digest = sha256(token);
  if (auto known = cache_.find(digest)) return known;
  return readSession(digest, clock_.now());
}

Result<CallerPointer> Access::readSession(const Digest& tokenDigest, Instant now) {
  auto caller = std::make_shared<Caller>(Caller{store::Viewer::ofCompanies({}, {}), {}, {}, {}, {}, {}});
  std::optional<store::Session> session;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(session, store::session(reader, tokenDigest));
    if (!session || !isLive(*session, now)) return notSignedIn();
    TRY(caller->user, store::user(reader, session->user));
    if (!caller->user || !caller->user->active) return notSignedIn();
    // A company that was taken from the user since: the session ends rather than fall to another company
    // unseen.
    auto company = companyToActFor(reader, *caller->user, session->company);
    if (!company)
      return company.error().kind == ProblemKind::not_found ? Outcome(notSignedIn()) : fail(company.error());
    caller->company = std::move(*company);
    TRY(caller->viewer, viewerOf(reader, *caller->user, caller->company));
    return {};
  }));
  caller->csrfToken = session->csrfToken;
  caller->scopes = scopesOfRole(caller->user->role);
  if (session->lastSeenAt.plusSeconds(options_.touchSeconds) <= now) {
    session->lastSeenAt = now;
    // Read again within the write: a session that was ended meanwhile must not come back.
    const auto touched = store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto still, store::session(tx, tokenDigest));
      if (!still) return {};
      auto seen = *still;
      seen.lastSeenAt = now;
      return store::putSession(tx, seen);
    });
    if (!touched) log::warning("session not touched", {{"code", touched.error().code}});
  }
  cache_.put(tokenDigest, caller);
  return caller;
}

Result<CallerPointer> Access::byKey(std::string_view secret) {
  if (!secret.starts_with(key_prefix) || secret.size() > 128) return keyInvalid();
  const Digest digest = sha256(secret);
  if (auto known = cache_.find(digest)) return known;
  return readKey(digest, clock_.now());
}

Result<CallerPointer> Access::readKey(const Digest& secretDigest, Instant now) {
  auto caller = std::make_shared<Caller>(Caller{store::Viewer::ofCompanies({}, {}), {}, {}, {}, {}, {}});
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(caller->key, store::keyByDigest(reader, secretDigest));
    const auto& key = caller->key;
    if (!key || (key->revokedAt && *key->revokedAt <= now) || (key->expiresAt && *key->expiresAt <= now))
      return keyInvalid();
    auto company = store::company(reader, key->company);
    if (!company)
      return company.error().kind == ProblemKind::not_found ? Outcome(keyInvalid()) : fail(company.error());
    caller->company = std::move(*company);
    TRY(caller->viewer, viewerOf(reader, *key));
    return {};
  }));
  caller->scopes = scopesFromNames(caller->key->scopes);
  if (!caller->key->lastUsedAt || caller->key->lastUsedAt->plusSeconds(options_.touchSeconds) <= now) {
    const auto touched = store_.write(store::Priority::background, [&](store::Transaction& tx) {
      return store::touchKey(tx, caller->key->id, now);
    });
    if (!touched) log::warning("key not touched", {{"code", touched.error().code}});
  }
  cache_.put(secretDigest, caller);
  return caller;
}

Outcome Access::signOut(std::string_view token) {
  const Digest digest = sha256(token);
  const auto ended = store_.write(store::Priority::background,
                                  [&](store::Transaction& tx) { return store::deleteSession(tx, digest); });
  cache_.forget(digest);
  return ended;
}

Result<CallerPointer> Access::switchCompany(std::string_view token, CompanyId company) {
  const Digest digest = sha256(token);
  const Instant now = clock_.now();
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto session, store::session(tx, digest));
    if (!session || !isLive(*session, now)) return notSignedIn();
    TRY(const auto user, store::user(tx, session->user));
    if (!user) return notSignedIn();
    CHECK_OK(companyToActFor(tx, *user, company));
    session->company = company;
    session->lastSeenAt = now;
    return store::putSession(tx, *session);
  }));
  cache_.forget(digest);
  return bySession(token);
}

Result<std::vector<store::Company>> Access::companiesToActFor(const Caller& caller) {
  if (!caller.user) return std::vector<store::Company>{caller.company};
  std::vector<store::Company> companies;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(companies, access::companiesToActFor(reader, *caller.user));
    return {};
  }));
  return companies;
}

}  // namespace postgang::access
