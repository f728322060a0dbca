// Invitations: the link works once, until it expires, and only as long as whoever invited may.
#include "tests/access/people_world.h"

namespace postgang::access {
namespace {

class Invitations : public PeopleWorld {
 protected:
  Invitations() {
    chef_ = user("chef@nordhamn.example", "administrator", {nordhamn_});
    user("vd@nordhamn.example", "administrator", {nordhamn_});
  }
  Result<MadeInvitation> invite(std::string email = "per@nordhamn.example", std::string role = "clerk") {
    return access_->invite(*caller("chef@nordhamn.example"),
                           {std::move(email), "Per Lind", "sv", {{energi_, std::move(role)}}},
                           /*byMail=*/false, "192.0.2.7");
  }
  std::string accept(const std::string& token, std::string_view chosen = "fyra kloka ugglor") {
    return codeOf(access_->acceptInvitation(token, "Per Lind", chosen, here));
  }
  UserId chef_;
};

TEST_F(Invitations, make_a_user_who_is_signed_in) {
  const auto made = invite();
  ASSERT_TRUE(made) << made.error().code;
  const auto open = access_->openInvitation(made->token);
  ASSERT_TRUE(open);
  EXPECT_EQ(open->companies, std::vector<std::string>{"Nordhamn Energi AB"});
  EXPECT_FALSE(open->known);
  const auto in = access_->acceptInvitation(made->token, "Per Lind", "fyra kloka ugglor", here);
  ASSERT_TRUE(in) << in.error().code;
  EXPECT_EQ(in->caller->role, "clerk");
  EXPECT_EQ(in->caller->company.id, energi_);
  EXPECT_EQ(codeOf(access_->signIn("per@nordhamn.example", "fyra kloka ugglor", "192.0.2.9")), "good");
}

TEST_F(Invitations, work_once) {
  const auto made = invite();
  ASSERT_EQ(accept(made->token), "good");
  EXPECT_EQ(accept(made->token), "link-invalid");
  EXPECT_EQ(codeOf(access_->openInvitation(made->token)), "link-invalid");
}

TEST_F(Invitations, expire) {
  const auto made = invite();
  clock_.advanceSeconds(7 * 24 * 3600 - 1);
  EXPECT_TRUE(access_->openInvitation(made->token));
  clock_.advanceSeconds(1);
  EXPECT_EQ(accept(made->token), "link-invalid");
}

TEST_F(Invitations, sent_again_have_a_new_link_and_the_old_one_ends) {
  const auto first = invite();
  const auto again = access_->inviteAgain(*caller("chef@nordhamn.example"), first->invitation.id, false, "");
  ASSERT_TRUE(again);
  EXPECT_EQ(accept(first->token), "link-invalid");
  EXPECT_EQ(accept(again->token), "good");
}

TEST_F(Invitations, withdrawn_are_void) {
  const auto made = invite();
  ASSERT_TRUE(access_->withdrawInvitation(*caller("chef@nordhamn.example"), made->invitation.id, ""));
  EXPECT_EQ(accept(made->token), "link-invalid");
  EXPECT_EQ(codeOf(access_->withdrawInvitation(*caller("chef@nordhamn.example"), made->invitation.id, "")),
            "not-found");
}

TEST_F(Invitations, end_with_the_right_of_whoever_invited) {
  const auto made = invite("per@nordhamn.example", "administrator");
  ASSERT_TRUE(access_->changeUser(*caller("vd@nordhamn.example"), chef_,
                                  {.memberships = {{{nordhamn_, "clerk"}}}}, ""));
  EXPECT_EQ(accept(made->token), "link-invalid");
}

TEST_F(Invitations, let_a_user_that_there_is_already_in_by_its_own_password) {
  user("holm@granberga.example", "clerk", {granberga_});
  const auto made = invite("holm@granberga.example");
  EXPECT_TRUE(access_->openInvitation(made->token)->known);
  EXPECT_EQ(accept(made->token, "ett annat lösenord"), "credentials-wrong");
  const auto in = access_->acceptInvitation(made->token, "Mallory", password, here);
  ASSERT_TRUE(in) << in.error().code;
  EXPECT_EQ(in->caller->user->name, "Karin Sand") << "its name is its own";
  EXPECT_EQ(in->caller->user->memberships.size(), 2u);
}

TEST_F(Invitations, are_refused_before_anything_is_kept) {
  const auto chef = caller("chef@nordhamn.example");
  const auto code = [&](NewInvitation wanted) { return codeOf(access_->invite(*chef, wanted, false, "")); };
  EXPECT_EQ(code({"ingen adress", "Per", "sv", {{energi_, "clerk"}}}), "email-malformed");
  EXPECT_EQ(code({"per@x.example\r\nBcc: a@b.example", "Per", "sv", {{energi_, "clerk"}}}),
            "email-malformed");
  EXPECT_EQ(code({"per@x.example", " ", "sv", {{energi_, "clerk"}}}), "name-missing");
  EXPECT_EQ(code({"per@x.example", "Per", "de", {{energi_, "clerk"}}}), "language-unknown");
  EXPECT_EQ(code({"per@x.example", "Per", "sv", {}}), "memberships-missing");
  EXPECT_EQ(code({"per@x.example", "Per", "sv", {{granberga_, "clerk"}}}), "company-unknown");
  EXPECT_EQ(code({"per@x.example", "Per", "sv", {{energi_, "operator"}}}), "role-unknown");
  EXPECT_EQ(code({"vd@nordhamn.example", "Per", "sv", {{nordhamn_, "clerk"}}}), "already-member");
  ASSERT_EQ(code({"per@x.example", "Per", "sv", {{energi_, "clerk"}}}), "good");
  EXPECT_EQ(code({"PER@x.example ", "Per", "sv", {{energi_, "reader"}}}), "invitation-open");
  EXPECT_EQ(accept("x"), "link-invalid");
}

TEST_F(Invitations, by_mail_hold_no_token_until_they_leave) {
  const auto made =
      access_->invite(*caller("chef@nordhamn.example"),
                      {"per@nordhamn.example", "Per Lind", "sv", {{energi_, "clerk"}}}, true, "");
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->token.empty());
  EXPECT_FALSE(made->invitation.tokenDigest);
  const auto waiting = mails("invitation");
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].invitation, made->invitation.id);
}

TEST_F(Invitations, refuse_a_password_that_anybody_guesses) {
  const auto made = invite();
  EXPECT_EQ(accept(made->token, "kort"), "password-too-short");
  EXPECT_EQ(accept(made->token, "lösenord123"), "password-common");
  EXPECT_EQ(accept(made->token, "nordhamn2026"), "password-personal");
  EXPECT_EQ(accept(made->token), "good");
}

}  // namespace
}  // namespace postgang::access
