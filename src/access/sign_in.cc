// Signing in. The attempt is counted before the password is looked at, in the transaction that decides
// whether it is let through: thirty tries at the same instant cannot all find the count at four. What counts
// against an address alone is written after a failure, or an office that signs in at eight o'clock would shut
// itself out.
#include <algorithm>

#include "access/access.h"
#include "access/sign_in_limit.h"
#include "access/visibility.h"
#include "base/text.h"
#include "store/sql/session.h"

namespace postgang::access {

namespace {

tl::unexpected<Problem> wrong() {
  return fail(ProblemKind::unauthenticated, "credentials-wrong",
              "The e-mail address or the password is wrong.", {}, "Check both and try again.");
}

tl::unexpected<Problem> tooMany(std::int64_t seconds) {
  Problem problem{ProblemKind::rate_limited,
                  "too-many-attempts",
                  "There were too many attempts to sign in.",
                  {},
                  "Wait a while, then try again.",
                  {{"seconds", std::to_string(seconds)}}};
  return fail(std::move(problem));
}

}  // namespace

Outcome Access::admitAttempt(std::string_view email, std::string_view address, Instant now) {
  const std::string account = accountSubject(email);
  const std::string pair = accountAndAddressSubject(email, address);
  const std::string place = addressSubject(address);
  const Instant since = now.plusSeconds(-sign_in_window_seconds);
  return store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto ofPair, store::loginFailures(tx, pair, since));
    TRY(const auto ofAddress, store::loginFailures(tx, place, since));
    TRY(const auto ofAccount, store::loginFailures(tx, account, since));
    const auto wait = std::max({secondsToWait(account_and_address_limit, ofPair, now),
                                secondsToWait(address_limit, ofAddress, now),
                                secondsToWait(account_limit, ofAccount, now)});
    if (wait > 0) return tooMany(wait);
    CHECK_OK(store::recordLoginFailure(tx, pair, now));
    return store::recordLoginFailure(tx, account, now);
  });
}

Result<SignedIn> Access::signIn(std::string_view email, std::string_view password, std::string_view address,
                                std::optional<std::string> replaces) {
  const Instant now = clock_.now();
  CHECK_OK(admitAttempt(email, address, now));

  std::optional<store::User> user;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(user, store::userByEmail(reader, lowered(trimmed(email))));
    return {};
  }));
  TRY(const bool right,
      passwords_.matches(user && user->active ? user->passwordHash : std::string(), password));
  if (!right) {
    CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) {
      return store::recordLoginFailure(tx, addressSubject(address), now);
    }));
    return wrong();
  }
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::clearLoginFailures(tx, accountSubject(email)));
    return store::clearLoginFailures(tx, accountAndAddressSubject(email, address));
  }));
  return openSession(*user, std::move(replaces), now);
}

Result<SignedIn> Access::openSession(const store::User& user, std::optional<std::string> replaces,
                                     Instant now) {
  SignedIn signedIn;
  signedIn.token = randomToken();
  store::Session session;
  session.tokenDigest = sha256(signedIn.token);
  session.user = user.id;
  session.csrfToken = randomToken();
  session.createdAt = session.lastSeenAt = now;
  session.expiresAt = now.plusSeconds(options_.sessionLifeSeconds);
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto companies, access::companiesToActFor(tx, user));
    if (companies.empty()) return wrong();
    // The user's own first company; staff begin with the operator's.
    const auto own = std::ranges::find_if(companies, [&](const store::Company& company) {
      return user.companies.empty() ? company.isOperator : company.id == user.companies.front();
    });
    session.company = own == companies.end() ? companies.front().id : own->id;
    if (replaces) CHECK_OK(store::deleteSession(tx, sha256(*replaces)));
    return store::putSession(tx, session);
  }));
  if (replaces) cache_.forget(sha256(*replaces));
  TRY(signedIn.caller, bySession(signedIn.token));
  return signedIn;
}

}  // namespace postgang::access
