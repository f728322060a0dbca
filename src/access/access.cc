#include "access/access.h"

#include "access/keys.h"
#include "access/manage.h"
#include "access/visibility.h"
#include "base/log.h"
#include "base/text.h"
#include "store/documents.h"
#include "store/key_addresses.h"
#include "store/sql/session.h"

namespace postgang::access {

namespace {

tl::unexpected<Problem> notSignedIn() {
  return fail(ProblemKind::unauthenticated, "not-signed-in", "This needs a session or an API key.", {},
              "Sign in, or send the key as Authorization: Bearer.");
}

tl::unexpected<Problem> keyInvalid() {
  return fail(ProblemKind::unauthenticated, "key-invalid",
              "The API key is unknown, revoked or past its last day.", {},
              "Check that it was copied whole, or ask for a new one.");
}

Caller nobody() {
  return {store::Viewer::ofCompanies({}, {}), store::Viewer::ofCompanies({}, {}), {}, {}, {}, {}, {}};
}

// In the customer's own trail: it sees who was there, and why.
Outcome recordActing(store::Transaction& tx, const store::User& user, const store::Company& customer,
                     const store::Session& session) {
  store::AuditEntry entry;
  entry.company = customer.id;
  entry.actor = {store::ActorKind::person, user.id.text(), user.name};
  entry.reason = session.reason;
  entry.action = "staff.acts-for-company";
  entry.object = "company";
  entry.objectId = std::to_string(customer.id.value);
  entry.objectName = customer.name;
  entry.address = session.address;
  return store::recordAudit(tx, entry);
}

}  // namespace

Access::Access(store::Store& store, const Clock& clock, AccessOptions options)
    : store_(store),
      clock_(clock),
      options_(options),
      ids_(clock),
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
  auto caller = std::make_shared<Caller>(nobody());
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
    TRY(caller->viewer, viewerOf(reader, *caller->user, caller->company, session->everything));
    TRY(caller->role, roleIn(reader, *caller->user, caller->company));
    TRY(caller->mustEnrol, mustEnrol(reader, *caller->user, session->method));
    return {};
  }));
  if (caller->mustEnrol) caller->viewer = store::Viewer::ofCompanies({}, caller->viewer.actor());
  caller->acting = caller->viewer.acting();
  caller->csrfToken = session->csrfToken;
  caller->session = session;
  if (!caller->mustEnrol) caller->scopes = scopesWithin(caller->company, scopesOfRole(caller->role));
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

Result<CallerPointer> Access::byKey(std::string_view secret, std::string_view address) {
  if (!looksLikeKey(secret)) return keyInvalid();
  const Digest digest = sha256(secret);
  if (auto known = cache_.find(digest)) return known;
  return readKey(digest, address, clock_.now());
}

Result<CallerPointer> Access::readKey(const Digest& secretDigest, std::string_view address, Instant now) {
  auto caller = std::make_shared<Caller>(nobody());
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
    caller->scopes = scopesWithin(caller->company, scopesFromNames(key->scopes));
    if (key->madeBy) {
      TRY(const auto left, scopesLeft(reader, *key->madeBy, caller->company));
      caller->scopes = caller->scopes.both(left);
    }
    return {};
  }));
  caller->acting = caller->viewer.acting();
  if (!caller->key->lastUsedAt || caller->key->lastUsedAt->plusSeconds(options_.touchSeconds) <= now) {
    const auto touched = store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      CHECK_OK(store::touchKey(tx, caller->key->id, now));
      return store::noteKeyAddress(tx, caller->key->id, address);
    });
    if (!touched) log::warning("key not touched", {{"code", touched.error().code}});
  }
  cache_.put(secretDigest, caller);
  return caller;
}

void Access::forgetCallers() {
  cache_.forgetAll();
}

Outcome Access::signOut(std::string_view token) {
  const Digest digest = sha256(token);
  const auto ended = store_.write(store::Priority::background,
                                  [&](store::Transaction& tx) { return store::deleteSession(tx, digest); });
  cache_.forget(digest);
  return ended;
}

Result<CallerPointer> Access::switchCompany(std::string_view token, const Switch& to) {
  const Digest digest = sha256(token);
  const Instant now = clock_.now();
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto session, store::session(tx, digest));
    if (!session || !isLive(*session, now)) return notSignedIn();
    TRY(const auto user, store::user(tx, session->user));
    if (!user) return notSignedIn();
    TRY(const auto company, companyToActFor(tx, *user, to.company));
    const bool forCustomer = user->staff && !company.isOperator;
    session->reason = forCustomer ? collapsed(to.reason) : std::string();
    if (forCustomer && session->reason.empty())
      return fail(ProblemKind::invalid, "reason-missing", "Operator staff say why they act for a customer.",
                  "/reason", "Write the reason: the customer sees it in its audit trail.");
    session->company = company.id;
    session->everything = to.everything && !user->staff;
    session->lastSeenAt = now;
    if (forCustomer) CHECK_OK(recordActing(tx, *user, company, *session));
    return store::putSession(tx, *session);
  }));
  cache_.forget(digest);
  return bySession(token);
}

bool Access::seesWithoutActing(const Caller& caller, DocumentId document) {
  bool acts = true, sees = false;
  const auto read = store_.read([&](store::Reader& reader) -> Outcome {
    acts = store::findDocument(reader, caller.acting, document).has_value();
    sees = acts || store::findDocument(reader, caller.viewer, document).has_value();
    return {};
  });
  return read && sees && !acts;
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
