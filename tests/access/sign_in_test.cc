#include "tests/access/world.h"

namespace postgang::access {
namespace {

class SignIn : public World {
 protected:
  void SetUp() override { user("karin@nordhamn.example", "clerk", {energi_}); }
  std::string codeOf(const std::string& email, const std::string& tried,
                     const std::string& address = "192.0.2.7") {
    const auto answer = access_->signIn(email, tried, address);
    return answer ? "signed-in" : answer.error().code;
  }
};

TEST_F(SignIn, gives_a_session_for_the_users_company) {
  const auto signedIn = access_->signIn(" Karin@Nordhamn.example ", password, "192.0.2.7");
  ASSERT_TRUE(signedIn) << signedIn.error().detail;
  EXPECT_EQ(signedIn->caller->company.name, "Nordhamn Energi AB");
  EXPECT_EQ(signedIn->caller->user->email, "karin@nordhamn.example");
  EXPECT_TRUE(signedIn->caller->viewer.sees(energi_));
  EXPECT_FALSE(signedIn->caller->csrfToken.empty());
  EXPECT_NE(signedIn->caller->csrfToken, signedIn->token);
  const auto again = access_->bySession(signedIn->token);
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->csrfToken, signedIn->caller->csrfToken);
}

TEST_F(SignIn, answers_a_wrong_password_an_unknown_address_and_an_inactive_user_alike) {
  const auto inactive = user("per@nordhamn.example", "clerk", {energi_});
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto row, store::user(tx, inactive));
    row->active = false;
    return store::updateUser(tx, *row);
  }));
  const auto wrong = access_->signIn("karin@nordhamn.example", "fel lösenord", "192.0.2.7").error();
  const auto unknown = access_->signIn("nobody@nordhamn.example", "fel lösenord", "192.0.2.7").error();
  const auto closed = access_->signIn("per@nordhamn.example", password, "192.0.2.7").error();
  EXPECT_EQ(wrong.code, "credentials-wrong");
  for (const auto& other : {unknown, closed}) {
    EXPECT_EQ(other.code, wrong.code);
    EXPECT_EQ(other.detail, wrong.detail);
    EXPECT_EQ(other.parameters, wrong.parameters);
  }
}

TEST_F(SignIn, waits_longer_and_longer_after_five_failures_even_with_the_right_password) {
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(codeOf("karin@nordhamn.example", "fel lösenord"), "credentials-wrong");
  const auto blocked = access_->signIn("karin@nordhamn.example", password, "192.0.2.7");
  ASSERT_FALSE(blocked);
  EXPECT_EQ(blocked.error().kind, ProblemKind::rate_limited);
  EXPECT_EQ(blocked.error().parameters.at("seconds"), "2");
  clock_.advanceSeconds(2);
  EXPECT_EQ(codeOf("karin@nordhamn.example", "fel lösenord"), "credentials-wrong");
  EXPECT_EQ(access_->signIn("karin@nordhamn.example", password, "192.0.2.7").error().parameters.at("seconds"),
            "4");
  clock_.advanceSeconds(4);
  EXPECT_EQ(codeOf("karin@nordhamn.example", password), "signed-in");
  EXPECT_EQ(codeOf("karin@nordhamn.example", "fel lösenord"), "credentials-wrong") << "the count began again";
}

TEST_F(SignIn, lets_the_user_in_from_elsewhere_while_somebody_guesses) {
  for (int i = 0; i < 6; ++i) codeOf("karin@nordhamn.example", "fel lösenord", "203.0.113.66");
  EXPECT_EQ(codeOf("karin@nordhamn.example", password, "203.0.113.66"), "too-many-attempts");
  EXPECT_EQ(codeOf("karin@nordhamn.example", password, "192.0.2.7"), "signed-in");
}

TEST_F(SignIn, stops_one_address_that_tries_many_accounts) {
  for (int i = 0; i < 30; ++i)
    EXPECT_EQ(codeOf("user" + std::to_string(i) + "@nordhamn.example", "fel lösenord"), "credentials-wrong");
  EXPECT_EQ(codeOf("karin@nordhamn.example", password), "too-many-attempts");
  EXPECT_EQ(codeOf("karin@nordhamn.example", password, "192.0.2.8"), "signed-in");
}

TEST_F(SignIn, slows_many_addresses_that_guess_at_one_account_but_a_minute_at_most) {
  for (int i = 0; i < 40; ++i) {
    codeOf("karin@nordhamn.example", "fel lösenord", "203.0.113." + std::to_string(i));
    clock_.advanceSeconds(1);
  }
  EXPECT_EQ(codeOf("karin@nordhamn.example", password), "too-many-attempts");
  clock_.advanceSeconds(60);
  EXPECT_EQ(codeOf("karin@nordhamn.example", password), "signed-in");
}

TEST_F(SignIn, gives_a_new_token_and_ends_the_one_that_was_held) {
  const auto first = token("karin@nordhamn.example");
  const auto second = access_->signIn("karin@nordhamn.example", password, "192.0.2.7", first);
  ASSERT_TRUE(second);
  EXPECT_NE(second->token, first);
  EXPECT_EQ(access_->bySession(first).error().code, "not-signed-in");
  EXPECT_TRUE(access_->bySession(second->token));
}

TEST_F(SignIn, knows_no_token_that_somebody_made_up) {
  EXPECT_EQ(access_->bySession("").error().code, "not-signed-in");
  EXPECT_EQ(access_->bySession(randomToken()).error().code, "not-signed-in");
}

TEST_F(SignIn, ends_after_twelve_idle_hours_and_after_a_week_in_any_case) {
  const auto idle = token("karin@nordhamn.example");
  clock_.advanceSeconds(12 * 3600);
  EXPECT_EQ(access_->bySession(idle).error().code, "not-signed-in");

  const auto busy = token("karin@nordhamn.example");
  for (int hours = 0; hours < 7 * 24 - 6; hours += 6) {
    ASSERT_TRUE(access_->bySession(busy)) << hours;
    clock_.advanceSeconds(6 * 3600);
  }
  clock_.advanceSeconds(6 * 3600);
  EXPECT_EQ(access_->bySession(busy).error().code, "not-signed-in");
}

TEST_F(SignIn, ends_when_signed_out) {
  const auto session = token("karin@nordhamn.example");
  ASSERT_TRUE(access_->signOut(session));
  EXPECT_EQ(access_->bySession(session).error().code, "not-signed-in");
}

TEST_F(SignIn, switches_to_a_company_of_ones_own_and_to_no_other) {
  user("chef@nordhamn.example", "clerk", {nordhamn_});
  const auto session = token("chef@nordhamn.example");
  const auto switched = access_->switchCompany(session, {lager_});
  ASSERT_TRUE(switched) << switched.error().detail;
  EXPECT_EQ((*switched)->company.name, "Nordhamn Lager AB");
  EXPECT_FALSE((*switched)->viewer.sees(energi_));
  EXPECT_EQ(access_->switchCompany(session, {granberga_}).error().kind, ProblemKind::not_found);
  EXPECT_EQ(access_->switchCompany(session, {CompanyId{987'654}}).error().kind, ProblemKind::not_found);
  EXPECT_EQ((*access_->bySession(session))->company.name, "Nordhamn Lager AB");
}

TEST_F(SignIn, outlives_no_role_and_no_company_that_was_taken_away) {
  const auto id = user("anna@nordhamn.example", "administrator", {granberga_});
  const auto session = token("anna@nordhamn.example");
  const auto change = [&](auto changeRow) {
    ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(auto row, store::user(tx, id));
      changeRow(*row);
      return store::updateUser(tx, *row);
    }));
  };
  change([](store::User& row) { row.memberships.front().role = "reader"; });
  EXPECT_FALSE((*access_->bySession(session))->may(Scope::documents_write));
  change([&](store::User& row) { row.memberships = {{lager_, "reader"}}; });
  EXPECT_EQ(access_->bySession(session).error().code, "not-signed-in");
}

TEST_F(SignIn, refuses_users_that_cannot_be) {
  const auto codeFor = [&](NewUser made) { return access_->createUser(ids_, made).error().code; };
  EXPECT_EQ(codeFor({"karin", "K", password, "clerk", "sv", {energi_}}), "email-malformed");
  EXPECT_EQ(codeFor({"k@n.example", " ", password, "clerk", "sv", {energi_}}), "name-missing");
  EXPECT_EQ(codeFor({"k@n.example", "K", "kort", "clerk", "sv", {energi_}}), "password-too-short");
  EXPECT_EQ(codeFor({"k@n.example", "K", password, "root", "sv", {energi_}}), "role-unknown");
  EXPECT_EQ(codeFor({"k@n.example", "K", password, "clerk", "de", {energi_}}), "language-unknown");
  EXPECT_EQ(codeFor({"k@n.example", "K", password, "clerk", "sv", {}}), "user-without-company");
  EXPECT_EQ(codeFor({"KARIN@nordhamn.example", "K", password, "clerk", "sv", {energi_}}), "email-taken");
}

}  // namespace
}  // namespace postgang::access
