// Signing in. The attempt is counted before the password is looked at, in the transaction that decides
// whether it is let through: thirty tries at the same instant cannot all find the count at four. What counts
// against an address alone is written after a failure, or an office that signs in at eight o'clock would shut
// itself out.
#include <algorithm>

#include "access/access.h"
#include "access/manage.h"
#include "access/sign_in_limit.h"
#include "access/visibility.h"
#include "base/text.h"
#include "store/own_settings.h"
#include "store/sign_ins.h"
#include "store/sql/session.h"

namespace postgang::access {

namespace {

constexpr std::int64_t locked_notice_seconds = 3600;  // between two mails that say that an account is locked

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

Result<store::User> Access::proven(std::string_view email, std::string_view password,
                                   std::string_view address, Instant now) {
  CHECK_OK(passwordMayOpen(email));  // the domain decides, whoever is a user there
  CHECK_OK(admitAttempt(email, address, now));
  std::optional<store::User> user;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(user, store::userByEmail(reader, lowered(trimmed(email))));
    return {};
  }));
  TRY(const bool right,
      passwords_.matches(user && user->active ? user->passwordHash : std::string(), password));
  if (!right) {
    CHECK_OK(refused(email, user, address, now));
    return wrong();
  }
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::clearLoginFailures(tx, accountSubject(email)));
    return store::clearLoginFailures(tx, accountAndAddressSubject(email, address));
  }));
  return std::move(*user);
}

Result<SignedIn> Access::onwards(const store::User& user, std::optional<std::string> replaces, Instant now,
                                 const From& from, std::string_view method) {
  TRY(auto pending, pendingFor(user, now));
  if (!pending.empty()) return SignedIn{{}, nullptr, std::move(pending)};
  return openSession(user, std::move(replaces), now, method, from);
}

Result<SignedIn> Access::signIn(std::string_view email, std::string_view password, std::string_view address,
                                std::optional<std::string> replaces, std::string_view device) {
  const Instant now = clock_.now();
  TRY(const auto user, proven(email, password, address, now));
  return onwards(user, std::move(replaces), now, {std::string(address), std::string(device)});
}

// What is counted against the address, the line in the trail, and the mail to the owner when this try was the
// last of the free ones. The mail's job is made whether there is such a user or not: both take the same time.
Outcome Access::refused(std::string_view email, const std::optional<store::User>& user,
                        std::string_view address, Instant now) {
  const Instant since = now.plusSeconds(-sign_in_window_seconds);
  const auto locks = "locked:" + accountSubject(email);
  return store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::recordLoginFailure(tx, addressSubject(address), now));
    if (user) CHECK_OK(recordOfOwn(tx, *user, {"session.refused", R"({"why":"password"})", address}));
    TRY(const auto ofPair, store::loginFailures(tx, accountAndAddressSubject(email, address), since));
    TRY(const auto ofAccount, store::loginFailures(tx, accountSubject(email), since));
    if (ofPair.count < account_and_address_limit.freeTries && ofAccount.count < account_limit.freeTries)
      return {};
    TRY(const auto told, store::loginFailures(tx, locks, now.plusSeconds(-locked_notice_seconds)));
    if (told.count > 0) return {};
    CHECK_OK(store::recordLoginFailure(tx, locks, now));
    if (user) CHECK_OK(recordOfOwn(tx, *user, {"session.locked", {}, address}));
    store::AccountMail mail;
    mail.what = "locked";
    mail.email = lowered(trimmed(email));
    mail.at = now;
    mail.address = address;
    return store::enqueue(tx, store::accountMailJob(mail, {}, tx.clock().now()));
  });
}

namespace {

CompanyId firstCompany(const store::User& user, const std::vector<store::Company>& companies) {
  // The user's own first company; staff begin with the operator's.
  const auto own = std::ranges::find_if(companies, [&](const store::Company& company) {
    if (user.staff) return company.isOperator;
    return !user.memberships.empty() && company.id == user.memberships.front().company;
  });
  return own == companies.end() ? companies.front().id : own->id;
}

// A mail where this user was never seen from here; the very first time of all is no news.
Outcome noticeDevice(store::Transaction& tx, const store::User& user, const From& from, Instant now,
                     Instant since) {
  TRY(const bool seenBefore, store::hasDevices(tx, user.id));
  TRY(const bool isNew, store::rememberDevice(tx, user.id, deviceDigest(user.id, from), now, since));
  if (!isNew || !seenBefore) return {};
  TRY(const bool wanted, store::wantsEach(tx, user.email, "new-sign-in"));
  return wanted ? mailToUser(tx, "new-sign-in", user, from, now) : Outcome();
}

}  // namespace

Result<SignedIn> Access::openSession(const store::User& user, std::optional<std::string> replaces,
                                     Instant now, std::string_view method, const From& from) {
  SignedIn signedIn;
  signedIn.token = randomToken();
  store::Session session;
  session.tokenDigest = sha256(signedIn.token);
  session.id = SessionId(ids_.next());
  session.user = user.id;
  session.csrfToken = randomToken();
  session.method = method;
  session.address = from.address;
  session.device = from.device;
  session.createdAt = session.lastSeenAt = now;
  session.expiresAt = now.plusSeconds(options_.sessionLifeSeconds);
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto companies, access::companiesToActFor(tx, user));
    if (companies.empty()) return wrong();
    session.company = firstCompany(user, companies);
    if (replaces) CHECK_OK(store::deleteSession(tx, sha256(*replaces)));
    CHECK_OK(store::deletePendingSignIns(tx, user.id));
    CHECK_OK(noticeDevice(tx, user, from, now, now.plusSeconds(-options_.deviceSeconds)));
    const std::string detail = R"({"method":")" + session.method + "\"}";
    CHECK_OK(recordOfUser(tx, {store::ActorKind::person, user.id.text(), user.name}, {}, session.company,
                          user, {"session.opened", detail, from.address}));
    return store::putSession(tx, session);
  }));
  if (replaces) cache_.forget(sha256(*replaces));
  TRY(signedIn.caller, bySession(signedIn.token));
  return signedIn;
}

}  // namespace postgang::access
