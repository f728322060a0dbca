// What a user does with its own account: password, forgotten password, sessions, name and language.
#include <algorithm>

#include "access/access.h"
#include "access/manage.h"
#include "access/password_rules.h"
#include "access/sign_in_limit.h"
#include "base/text.h"
#include "store/sign_ins.h"
#include "store/sql/session.h"
#include "store/user_changes.h"

namespace postgang::access {

namespace {

constexpr std::size_t name_points_max = 200;
constexpr int links_asked_max = 5;  // per account, in the window of sign_in_limit.h

tl::unexpected<Problem> linkInvalid() {
  return fail(ProblemKind::not_found, "link-invalid", "This link has been used, or can no longer be used.",
              {}, "Ask for a new one.");
}

tl::unexpected<Problem> passwordWrong() {
  return fail(ProblemKind::invalid, "password-wrong", "This is not your present password.", "/password",
              "Type the password that you sign in with.");
}

Result<store::User> userOfLink(store::Reader& reader, std::string_view token, Instant now) {
  TRY(const auto reset, store::passwordReset(reader, sha256(token)));
  if (!reset || reset->expiresAt <= now) return linkInvalid();
  TRY(const auto user, store::user(reader, reset->user));
  if (!user || !user->active) return linkInvalid();
  return *user;
}

}  // namespace

// The present password, asked for before what a stolen session must not do; guessing at it is counted as
// guessing at the door.
Outcome Access::checkOwnPassword(const Caller& caller, std::string_view password) {
  const auto& email = caller.user->email;
  const auto now = clock_.now();
  CHECK_OK(admitAttempt(email, caller.session->address, now));
  TRY(const bool right, passwords_.matches(caller.user->passwordHash, password));
  if (!right) {
    CHECK_OK(refused(email, caller.user, caller.session->address, now));
    return passwordWrong();
  }
  return store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::clearLoginFailures(tx, accountSubject(email)));
    return store::clearLoginFailures(tx, accountAndAddressSubject(email, caller.session->address));
  });
}

Result<std::string> Access::hashedFor(const store::User& user, std::string_view password) {
  std::vector<std::string> known{user.name, user.email};
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    for (const auto& membership : user.memberships)
      if (const auto company = store::company(reader, membership.company)) known.push_back(company->name);
    return {};
  }));
  // Length first: a short one is told so, whatever else it is.
  if (codePoints(password) >= 10) CHECK_OK(checkPassword(password, known));
  return passwords_.hashed(password);
}

// All sessions end but the one that it is changed in: whoever had the old password is out.
Outcome Access::replacePassword(store::User user, std::string_view password, const From& from,
                                const std::optional<Digest>& keep, const std::optional<Digest>& link) {
  TRY(const auto hash, hashedFor(user, password));
  const auto replaced = store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    if (link) {
      TRY(const bool first, store::takePasswordReset(tx, *link));
      if (!first) return linkInvalid();
    }
    TRY(auto row, store::userToChange(tx, user.id));
    if (!row) return linkInvalid();
    row->passwordHash = hash;
    CHECK_OK(store::updateUser(tx, *row));
    CHECK_OK(store::deletePasswordResets(tx, user.id));
    CHECK_OK(store::deletePendingSignIns(tx, user.id));
    TRY(const auto sessions, store::sessionsOf(tx, user.id));
    for (const auto& session : sessions)
      if (session.tokenDigest != keep) CHECK_OK(store::deleteSession(tx, session.tokenDigest));
    CHECK_OK(recordOfOwn(tx, *row, {"user.password-changed", {}, from.address}));
    return mailToUser(tx, "password-changed", *row, from, clock_.now());
  });
  cache_.forgetUser(user.id);
  return replaced;
}

Outcome Access::changePassword(const Caller& caller, std::string_view old, std::string_view chosen,
                               const From& from) {
  CHECK_OK(checkOwnPassword(caller, old));
  return replacePassword(*caller.user, chosen, from, caller.session->tokenDigest);
}

Outcome Access::askForNewPassword(std::string_view email, std::string_view address) {
  const auto now = clock_.now();
  const auto since = now.plusSeconds(-sign_in_window_seconds);
  const auto account = "forgotten:" + accountSubject(email), place = "forgotten:" + addressSubject(address);
  return store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto ofAccount, store::loginFailures(tx, account, since));
    TRY(const auto ofPlace, store::loginFailures(tx, place, since));
    if (const auto wait = secondsToWait(address_limit, ofPlace, now); wait > 0)
      return fail(Problem{ProblemKind::rate_limited,
                          "too-many-attempts",
                          "There were too many attempts from here.",
                          {},
                          "Wait a while, then try again.",
                          {{"seconds", std::to_string(wait)}}});
    CHECK_OK(store::recordLoginFailure(tx, account, now));
    CHECK_OK(store::recordLoginFailure(tx, place, now));
    if (ofAccount.count >= links_asked_max) return {};  // the mails that went before are enough
    store::AccountMail mail;
    mail.what = "new-password";
    mail.email = lowered(trimmed(email));
    mail.at = now;
    mail.expiresAt = now.plusSeconds(options_.passwordLinkSeconds);
    mail.address = address;
    return store::enqueue(tx, store::accountMailJob(mail, {}, tx.clock().now()));
  });
}

Outcome Access::setPasswordOf(std::string_view email, std::string_view password) {
  std::optional<store::User> user;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(user, store::userByEmail(reader, lowered(trimmed(email))));
    if (!user)
      return fail(ProblemKind::not_found, "user-not-found", "There is no such user.", std::string(email));
    return {};
  }));
  return replacePassword(*user, password, {}, std::nullopt);
}

Outcome Access::checkPasswordLink(std::string_view token) {
  return store_.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto user, userOfLink(reader, token, clock_.now()));
    return {};
  });
}

Outcome Access::setNewPassword(std::string_view token, std::string_view password, const From& from) {
  std::optional<store::User> user;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(user, userOfLink(reader, token, clock_.now()));
    return {};
  }));
  CHECK_OK(replacePassword(*user, password, from, std::nullopt, sha256(token)));
  return store_.write(store::Priority::background, [&](store::Transaction& tx) {
    return store::clearLoginFailures(tx, accountSubject(user->email));
  });
}

Result<std::vector<store::Session>> Access::ownSessions(const Caller& caller) {
  std::vector<store::Session> live;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(live, store::sessionsOf(reader, caller.user->id));
    return {};
  }));
  std::erase_if(live, [&](const store::Session& session) { return !isLive(session, clock_.now()); });
  return live;
}

Outcome Access::endOwnSession(const Caller& caller, SessionId id) {
  std::optional<Digest> ended;
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto sessions, store::sessionsOf(tx, caller.user->id));
    const auto found = std::ranges::find(sessions, id, &store::Session::id);
    if (found == sessions.end())
      return fail(ProblemKind::not_found, "not-found", "There is no such session.");
    ended = found->tokenDigest;
    return store::deleteSession(tx, found->tokenDigest);
  }));
  cache_.forget(*ended);
  return {};
}

Outcome Access::endOtherSessions(const Caller& caller) {
  const auto ended = store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto sessions, store::sessionsOf(tx, caller.user->id));
    for (const auto& session : sessions)
      if (session.id != caller.session->id) CHECK_OK(store::deleteSession(tx, session.tokenDigest));
    return {};
  });
  cache_.forgetUser(caller.user->id);
  return ended;
}

Outcome Access::renameSelf(const Caller& caller, std::string_view name, std::string_view language) {
  const auto wanted = collapsed(name);
  if (wanted.empty() || codePoints(wanted) > name_points_max)
    return fail(ProblemKind::invalid, "name-missing", "A user needs a name, of at most 200 characters.",
                "/name");
  if (language != "sv" && language != "en")
    return fail(ProblemKind::invalid, "language-unknown", "A language is sv or en.", "/language");
  const auto kept = store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto row, store::userToChange(tx, caller.user->id));
    if (!row) return fail(ProblemKind::not_found, "not-found", "There is no such user.");
    row->name = wanted;
    row->language = language;
    return store::updateUser(tx, *row);
  });
  cache_.forgetUser(caller.user->id);
  return kept;
}

}  // namespace postgang::access
