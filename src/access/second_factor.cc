// The second step of signing in: enrolling, codes at the door, recovery codes. The seed is sealed for its
// user; a code is taken once; tries are counted per user, before they are looked at, whatever address they
// come from.
#include "access/access.h"
#include "access/manage.h"
#include "access/sign_in_limit.h"
#include "access/totp.h"
#include "base/text.h"
#include "store/sign_ins.h"
#include "store/sql/session.h"
#include "store/user_changes.h"

namespace postgang::access {

namespace {

constexpr SignInLimit code_limit{5, 15 * 60};

std::string codeSubject(UserId user) {
  return "code:" + user.text();
}
std::string contextOf(UserId user) {
  return "totp:" + user.text();
}

tl::unexpected<Problem> codeWrong(ProblemKind kind) {
  return fail(kind, "second-factor-wrong", "The code is wrong, or has been used.", "/code",
              "Wait for the app's next code, and check that the phone's clock is right.");
}

tl::unexpected<Problem> signInOver() {
  return fail(ProblemKind::unauthenticated, "sign-in-over", "Signing in took too long.", {},
              "Begin again with e-mail address and password.");
}

tl::unexpected<Problem> unavailable() {
  return fail(ProblemKind::unavailable, "second-factor-unavailable",
              "Nothing can be sealed here: there is no key.", {}, "Tell whoever runs this Postgång.");
}

}  // namespace

Result<std::string> Access::pendingFor(const store::User& user, Instant now) {
  std::string token;
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    token.clear();
    TRY(const auto factor, store::secondFactor(tx, user.id));
    if (!factor || !factor->confirmedAt) return {};
    token = randomToken();
    return store::putPendingSignIn(tx,
                                   {sha256(token), user.id, now, now.plusSeconds(options_.pendingSeconds)});
  }));
  return token;
}

Outcome Access::admitCode(UserId user, Instant now) {
  return store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    // One at a time: codes that are tried at the same instant do not all find the count at four.
    TRY(const auto locked, store::userToChange(tx, user));
    if (!locked) return signInOver();
    TRY(const auto failures,
        store::loginFailures(tx, codeSubject(user), now.plusSeconds(-sign_in_window_seconds)));
    if (const auto wait = secondsToWait(code_limit, failures, now); wait > 0)
      return fail(Problem{ProblemKind::rate_limited,
                          "too-many-attempts",
                          "There were too many wrong codes.",
                          {},
                          "Wait a while, then try again.",
                          {{"seconds", std::to_string(wait)}}});
    return store::recordLoginFailure(tx, codeSubject(user), now);
  });
}

// In one transaction with what it lets happen: the same code cannot do it twice.
Result<bool> Access::isRightCode(store::Transaction& tx, UserId user, std::string_view code, Instant now,
                                 std::string& method) {
  TRY(const auto factor, store::secondFactor(tx, user));
  if (!factor || !factor->confirmedAt) return false;
  if (!options_.vault) return unavailable();
  TRY(const auto seed, options_.vault->unseal(factor->sealedSeed, contextOf(user)));
  if (const auto step = matchingStep(seed, digitsOf(code).size() == 6 ? digitsOf(code) : std::string(), now,
                                     factor->lastStep)) {
    method = "totp";
    return store::takeStep(tx, user, *step);
  }
  method = "recovery-code";
  return store::useRecoveryCode(tx, user, recoveryDigest(code));
}

Result<SignedIn> Access::secondStep(std::string_view pending, std::string_view code, const From& from,
                                    std::optional<std::string> replaces) {
  const auto now = clock_.now();
  std::optional<store::User> user;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto found, store::pendingSignIn(reader, sha256(pending)));
    if (!found || found->expiresAt <= now) return signInOver();
    TRY(user, store::user(reader, found->user));
    if (!user || !user->active) return signInOver();
    return {};
  }));
  CHECK_OK(admitCode(user->id, now));
  bool right = false;
  std::string method;
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto still, store::pendingSignIn(tx, sha256(pending)));
    if (!still) return signInOver();
    TRY(right, isRightCode(tx, user->id, code, now, method));
    if (!right) return recordOfOwn(tx, *user, {"session.refused", R"({"why":"code"})", from.address});
    TRY(const bool first, store::takePendingSignIn(tx, sha256(pending)));
    if (!first) return signInOver();
    return store::clearLoginFailures(tx, codeSubject(user->id));
  }));
  if (!right) return codeWrong(ProblemKind::unauthenticated);
  return openSession(*user, std::move(replaces), now, method, from);
}

Result<Access::SecondFactorState> Access::secondFactorState(const Caller& caller) {
  SecondFactorState state;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto factor, store::secondFactor(reader, caller.user->id));
    state.on = factor && factor->confirmedAt;
    TRY(state.demanded, demandedOf(reader, *caller.user));
    TRY(state.recoveryCodesLeft, store::recoveryCodesLeft(reader, caller.user->id));
    return {};
  }));
  return state;
}

Result<Enrolment> Access::enrolSecondFactor(const Caller& caller, std::string_view password) {
  if (!options_.vault) return unavailable();
  CHECK_OK(checkOwnPassword(caller, password));
  const auto& user = *caller.user;
  const auto seed = newTotpSeed();
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto factor, store::secondFactor(tx, user.id));
    if (factor && factor->confirmedAt)
      return fail(ProblemKind::conflict, "second-factor-on", "A second step is set up already.", {},
                  "Turn it off first.");
    return store::putSecondFactor(tx, {user.id, options_.vault->seal(seed, contextOf(user.id))});
  }));
  return Enrolment{base32(seed), otpauthUri(seed, user.email)};
}

Result<std::vector<std::string>> Access::newRecoveryCodes(store::Transaction& tx, UserId user) {
  std::vector<std::string> codes;
  std::vector<Digest> digests;
  for (int i = 0; i < recovery_codes_made; ++i) {
    codes.push_back(newRecoveryCode());
    digests.push_back(recoveryDigest(codes.back()));
  }
  CHECK_OK(store::putRecoveryCodes(tx, user, digests));
  return codes;
}

Result<std::vector<std::string>> Access::confirmSecondFactor(const Caller& caller, std::string_view code,
                                                             const From& from) {
  const auto now = clock_.now();
  const auto user = caller.user->id;
  if (!options_.vault) return unavailable();
  CHECK_OK(admitCode(user, now));
  std::vector<std::string> codes;
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto factor, store::secondFactor(tx, user));
    if (!factor)
      return fail(ProblemKind::conflict, "second-factor-off", "Nothing is being set up.", {}, "Begin anew.");
    if (factor->confirmedAt)
      return fail(ProblemKind::conflict, "second-factor-on", "A second step is set up already.");
    TRY(const auto seed, options_.vault->unseal(factor->sealedSeed, contextOf(user)));
    const auto step = matchingStep(seed, digitsOf(code), now, factor->lastStep);
    if (!step) return codeWrong(ProblemKind::invalid);
    factor->lastStep = *step;
    factor->confirmedAt = now;
    CHECK_OK(store::putSecondFactor(tx, *factor));
    CHECK_OK(store::clearLoginFailures(tx, codeSubject(user)));
    CHECK_OK(recordOfOwn(tx, *caller.user, {"user.second-factor-on", {}, from.address}));
    TRY(codes, newRecoveryCodes(tx, user));
    return {};
  }));
  cache_.forgetUser(user);
  return codes;
}

Result<std::vector<std::string>> Access::renewRecoveryCodes(const Caller& caller, std::string_view password,
                                                            const From& from) {
  CHECK_OK(checkOwnPassword(caller, password));
  std::vector<std::string> codes;
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto factor, store::secondFactor(tx, caller.user->id));
    if (!factor || !factor->confirmedAt)
      return fail(ProblemKind::conflict, "second-factor-off", "There is no second step.", {},
                  "Set it up first.");
    CHECK_OK(recordOfOwn(tx, *caller.user, {"user.recovery-codes-renewed", {}, from.address}));
    TRY(codes, newRecoveryCodes(tx, caller.user->id));
    return {};
  }));
  return codes;
}

Outcome Access::removeSecondFactor(const Caller& caller, std::string_view password, const From& from) {
  CHECK_OK(checkOwnPassword(caller, password));
  const auto removed = store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto factor, store::secondFactor(tx, caller.user->id));
    if (!factor || !factor->confirmedAt)
      return fail(ProblemKind::conflict, "second-factor-off", "There is no second step.");
    TRY(const bool demanded, demandedOf(tx, *caller.user));
    if (demanded)
      return fail(ProblemKind::conflict, "second-factor-demanded", "Your company demands the second step.",
                  {}, "Ask an administrator to reset it when you have a new phone.");
    CHECK_OK(store::deleteSecondFactor(tx, caller.user->id));
    CHECK_OK(recordOfOwn(tx, *caller.user, {"user.second-factor-off", {}, from.address}));
    return mailToUser(tx, "second-factor-reset", *caller.user, from, clock_.now());
  });
  cache_.forgetUser(caller.user->id);
  return removed;
}

}  // namespace postgang::access
