// Invitations, second factors, what stands between a password and a session, and a user's own settings, on
// both stores.
#include "store/account_mails.h"
#include "store/own_settings.h"
#include "store/second_factors.h"
#include "store/sign_ins.h"
#include "store/user_changes.h"
#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class People : public BothStores {
 protected:
  UserId person(const std::string& email) {
    User user;
    user.id = ids_.next<UserId>();
    user.email = email;
    user.name = "Karin Sand";
    user.memberships = {{company(1), "clerk"}};
    write([&](Transaction& tx) { return createUser(tx, user); });
    return user.id;
  }
  Invitation invited(const std::string& email, std::vector<Membership> memberships) {
    Invitation row;
    row.id = ids_.next<InvitationId>();
    row.email = email;
    row.name = "Per Lind";
    row.memberships = std::move(memberships);
    row.invitedBy = ids_.next<UserId>();
    row.invitedByName = "Inga Berg";
    row.createdAt = clock_.now();
    row.expiresAt = clock_.now().plusSeconds(3600);
    return row;
  }
  std::vector<std::string> listed(const Viewer& viewer) {
    std::vector<std::string> emails;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto found, listInvitations(reader, viewer));
      for (const auto& each : found) emails.push_back(each.email);
      return {};
    });
    return emails;
  }
};
INSTANTIATE_BOTH_STORES(People);

using Texts = std::vector<std::string>;

TEST_P(People, InvitationsComeBackAsTheyWereKept) {
  auto row = invited("per@x.example", {{company(1), "clerk"}, {company(2), "reader"}});
  write([&](Transaction& tx) { return putInvitation(tx, row); });
  row.tokenDigest = sha256("token");
  row.sentAt = clock_.now();
  write([&](Transaction& tx) { return putInvitation(tx, row); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, invitationByToken(reader, sha256("token")));
    EXPECT_TRUE(found);
    EXPECT_EQ(found->id, row.id);
    EXPECT_EQ(found->memberships.size(), 2u);
    EXPECT_EQ(found->memberships[1].role, "reader");
    EXPECT_EQ(found->sentAt, row.sentAt);
    EXPECT_TRUE(found->isUsable(row.createdAt));
    EXPECT_FALSE(found->isUsable(row.expiresAt));
    TRY(const auto none, invitationByToken(reader, sha256("other")));
    EXPECT_FALSE(none);
    return {};
  });
}

TEST_P(People, InvitationsAreListedForWhoSeesAllOfThem) {
  const auto mine = invited("mine@x.example", {{company(1), "clerk"}});
  const auto both = invited("both@x.example", {{company(1), "clerk"}, {company(2), "clerk"}});
  auto gone = invited("gone@x.example", {{company(1), "clerk"}});
  gone.withdrawnAt = clock_.now();
  write([&](Transaction& tx) -> Outcome {
    for (const auto& each : {mine, both, gone}) CHECK_OK(putInvitation(tx, each));
    return {};
  });
  EXPECT_EQ(listed(Viewer::ofCompanies({company(1)}, {})), Texts{"mine@x.example"});
  EXPECT_EQ(listed(Viewer::ofCompanies({company(2)}, {})), Texts{});
  EXPECT_EQ(listed(Viewer::ofCompanies({company(1), company(2)}, {})).size(), 2u);
  EXPECT_EQ(listed(Viewer::system()).size(), 2u);
}

TEST_P(People, ASecondFactorKeepsItsLastStep) {
  const auto user = person("karin@x.example");
  write([&](Transaction& tx) { return putSecondFactor(tx, {user, "v1.a.b", std::nullopt, 41}); });
  write([&](Transaction& tx) { return putSecondFactor(tx, {user, "v1.a.b", clock_.now(), 42}); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, secondFactor(reader, user));
    EXPECT_TRUE(found && found->confirmedAt);
    EXPECT_EQ(found->lastStep, 42);
    return {};
  });
}

TEST_P(People, ARecoveryCodeWorksOnceAndForItsUserAlone) {
  const auto user = person("karin@x.example"), other = person("per@x.example");
  write([&](Transaction& tx) { return putRecoveryCodes(tx, user, {sha256("a"), sha256("b")}); });
  write([&](Transaction& tx) -> Outcome {
    TRY(const bool others, useRecoveryCode(tx, other, sha256("a")));
    EXPECT_FALSE(others);
    TRY(const bool first, useRecoveryCode(tx, user, sha256("a")));
    EXPECT_TRUE(first);
    TRY(const bool second, useRecoveryCode(tx, user, sha256("a")));
    EXPECT_FALSE(second);
    TRY(const int left, recoveryCodesLeft(tx, user));
    EXPECT_EQ(left, 1);
    CHECK_OK(putRecoveryCodes(tx, user, {sha256("c")}));
    TRY(const bool old, useRecoveryCode(tx, user, sha256("b")));
    EXPECT_FALSE(old) << "the old ones went";
    return {};
  });
}

TEST_P(People, ADemandIsACompanysAndCanBeTakenBack) {
  const auto one = company(1), other = company(2);
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(setSecondFactorDemand(tx, other, true));
    CHECK_OK(setSecondFactorDemand(tx, other, true));
    CHECK_OK(setSecondFactorDemand(tx, one, true));
    return setSecondFactorDemand(tx, one, false);
  });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto demands, secondFactorDemands(reader));
    EXPECT_EQ(demands, std::vector<CompanyId>{company(2)});
    return {};
  });
}

TEST_P(People, WhatWaitsForItsSecondStepGoesWhenItIsOver) {
  const auto user = person("karin@x.example");
  const auto now = clock_.now();
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(putPendingSignIn(tx, {sha256("old"), user, now, now.plusSeconds(1)}));
    CHECK_OK(putPendingSignIn(tx, {sha256("new"), user, now.plusSeconds(2), now.plusSeconds(9)}));
    TRY(const auto old, pendingSignIn(tx, sha256("old")));
    EXPECT_FALSE(old);
    TRY(const auto fresh, pendingSignIn(tx, sha256("new")));
    EXPECT_TRUE(fresh && fresh->user == user);
    CHECK_OK(deletePendingSignIns(tx, user));
    TRY(const auto gone, pendingSignIn(tx, sha256("new")));
    EXPECT_FALSE(gone);
    return {};
  });
}

TEST_P(People, ADeviceIsNewOnceUntilItIsForgotten) {
  const auto user = person("karin@x.example");
  const auto now = clock_.now();
  const auto seen = [&](Instant at) {
    bool isNew = false;
    write([&](Transaction& tx) -> Outcome {
      TRY(isNew, rememberDevice(tx, user, sha256("phone"), at, at.plusSeconds(-100)));
      return {};
    });
    return isNew;
  };
  EXPECT_TRUE(seen(now));
  EXPECT_FALSE(seen(now.plusSeconds(100)));
  EXPECT_FALSE(seen(now.plusSeconds(200))) << "each time begins the hundred seconds again";
  EXPECT_TRUE(seen(now.plusSeconds(301)));
}

TEST_P(People, NoticesComeEachUnlessTheUserHasChosenElse) {
  const auto user = person("karin@x.example");
  write([&](Transaction& tx) {
    return putOwnSettings(tx, user, {"dark", {{"stopped", "digest"}, {"new-sign-in", "each"}}});
  });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto own, ownSettings(reader, user));
    EXPECT_EQ(own.theme, "dark");
    EXPECT_EQ(own.notices.size(), 2u);
    const auto wants = [&](std::string_view email, std::string_view kind) {
      const auto wanted = wantsEach(reader, email, kind);
      return wanted && *wanted;
    };
    EXPECT_FALSE(wants("karin@x.example", "stopped"));
    EXPECT_TRUE(wants("karin@x.example", "new-sign-in"));
    EXPECT_TRUE(wants("karin@x.example", "morning-list"));
    EXPECT_TRUE(wants("nobody@x.example", "stopped"));
    return {};
  });
}

TEST_P(People, SavedViewsKeepTheirOrderAndTheirOwner) {
  const auto user = person("karin@x.example"), other = person("per@x.example");
  const auto one = ids_.next<SavedViewId>(), two = ids_.next<SavedViewId>();
  write([&](Transaction& tx) {
    return putSavedViews(tx, user, {{one, "sent", "B", "status=failed"}, {two, "received", "A", ""}});
  });
  write([&](Transaction& tx) {
    return putSavedViews(tx, user, {{two, "received", "A", ""}, {one, "sent", "C", "x=1"}});
  });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto views, savedViews(reader, user));
    EXPECT_EQ(views.size(), 2u);
    EXPECT_EQ(views[0].id, two);
    EXPECT_EQ(views[1].name, "C");
    EXPECT_EQ(views[1].query, "x=1");
    TRY(const auto none, savedViews(reader, other));
    EXPECT_TRUE(none.empty());
    return {};
  });
}

TEST_P(People, WhatIsTakenIsTakenOnce) {
  const auto user = person("karin@x.example");
  const auto now = clock_.now();
  const auto companyId = company(1);
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(putPendingSignIn(tx, {sha256("a"), user, now, now.plusSeconds(9)}));
    CHECK_OK(putPasswordReset(tx, {sha256("b"), user, now, now.plusSeconds(9)}));
    CHECK_OK(putSecondFactor(tx, {user, "v1.a.b", now, 41}));
    for (const bool expected : {true, false}) {
      TRY(const bool pending, takePendingSignIn(tx, sha256("a")));
      EXPECT_EQ(pending, expected);
      TRY(const bool reset, takePasswordReset(tx, sha256("b")));
      EXPECT_EQ(reset, expected);
      TRY(const bool step, takeStep(tx, user, 42));
      EXPECT_EQ(step, expected);
    }
    TRY(const bool earlier, takeStep(tx, user, 41));
    EXPECT_FALSE(earlier);
    TRY(const auto locked, userToChange(tx, user));
    EXPECT_TRUE(locked && locked->email == "karin@x.example");
    TRY(const auto nobody, userToChange(tx, ids_.next<UserId>()));
    EXPECT_FALSE(nobody);
    return lockCompany(tx, companyId);
  });
}

TEST_P(People, AMailAboutAnAccountIsOneJob) {
  AccountMail mail;
  mail.what = "locked";
  mail.email = "karin@x.example";
  mail.at = clock_.now();
  mail.address = "192.0.2.7";
  mail.device = "Firefox, \"Windows\"";
  const auto owner = company(1);
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(enqueue(tx, accountMailJob(mail, owner, clock_.now())));
    return enqueue(tx, accountMailJob(mail, owner, clock_.now()));
  });
  const auto jobs = claim(store(), {"account-mail"}, 10, 60);
  ASSERT_TRUE(jobs);
  ASSERT_EQ(jobs->size(), 1u);
  const auto back = accountMailIn(jobs->front());
  EXPECT_EQ(back.what, mail.what);
  EXPECT_EQ(back.email, mail.email);
  EXPECT_EQ(back.at, mail.at);
  EXPECT_EQ(back.device, mail.device);
}

}  // namespace
}  // namespace postgang::store
