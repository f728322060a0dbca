// A user's own password, second step and sessions; what is mailed about them.
#include "access/totp.h"
#include "store/own_settings.h"
#include "store/sign_ins.h"
#include "tests/access/people_world.h"

namespace postgang::access {
namespace {

class OwnAccount : public PeopleWorld {
 protected:
  OwnAccount() {
    chef_ = user("chef@nordhamn.example", "administrator", {nordhamn_});
    karin_ = user("karin@nordhamn.example", "clerk", {energi_});
  }
  std::string fromBase32(std::string_view text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    unsigned waiting = 0;
    int bits = 0;
    for (const char c : text) {
      waiting = (waiting << 5) | static_cast<unsigned>(letters.find(c));
      if ((bits += 5) < 8) continue;
      bits -= 8;
      bytes += static_cast<char>((waiting >> bits) & 0xffU);
    }
    return bytes;
  }
  std::string now() { return totpCode(seed_, totpStep(clock_.now())); }
  std::vector<std::string> enrol(std::string_view email = "karin@nordhamn.example") {
    const auto who = caller(email);
    const auto enrolment = access_->enrolSecondFactor(*who, password);
    EXPECT_TRUE(enrolment) << enrolment.error().code;
    seed_ = fromBase32(enrolment->secret);
    const auto codes = access_->confirmSecondFactor(*who, now(), here);
    EXPECT_TRUE(codes) << codes.error().code;
    clock_.advanceSeconds(60);
    return codes ? *codes : std::vector<std::string>();
  }
  std::string pending() {
    const auto first = access_->signIn("karin@nordhamn.example", password, "192.0.2.7");
    EXPECT_TRUE(first);
    EXPECT_EQ(first->caller, nullptr);
    EXPECT_TRUE(first->token.empty());
    return first->pending;
  }
  std::string step(const std::string& token, std::string_view code) {
    return codeOf(access_->secondStep(token, code, here));
  }
  UserId chef_, karin_;
  std::string seed_;
};

TEST_F(OwnAccount, asks_for_the_old_password_and_ends_other_sessions) {
  const auto other = token("karin@nordhamn.example");
  const auto mine = access_->signIn("karin@nordhamn.example", password, "192.0.2.7");
  EXPECT_EQ(codeOf(access_->changePassword(*mine->caller, "fel lösenord", "fyra kloka ugglor", here)),
            "password-wrong");
  EXPECT_EQ(codeOf(access_->changePassword(*mine->caller, password, "lösenord123", here)), "password-common");
  ASSERT_EQ(codeOf(access_->changePassword(*mine->caller, password, "fyra kloka ugglor", here)), "good");
  EXPECT_EQ(codeOf(access_->bySession(other)), "not-signed-in");
  EXPECT_EQ(codeOf(access_->bySession(mine->token)), "good");
  EXPECT_EQ(mails("password-changed").size(), 1u);
}

TEST_F(OwnAccount, gets_a_new_password_from_the_command_line) {
  const auto open = token("karin@nordhamn.example");
  EXPECT_EQ(codeOf(access_->setPasswordOf("ingen@nordhamn.example", "fyra kloka ugglor")), "user-not-found");
  ASSERT_EQ(codeOf(access_->setPasswordOf("Karin@nordhamn.example", "fyra kloka ugglor")), "good");
  EXPECT_EQ(codeOf(access_->bySession(open)), "not-signed-in");
  EXPECT_EQ(codeOf(access_->signIn("karin@nordhamn.example", "fyra kloka ugglor", "192.0.2.7")), "good");
}

TEST_F(OwnAccount, answers_alike_whether_a_forgotten_password_is_anybodys) {
  EXPECT_EQ(codeOf(access_->askForNewPassword("karin@nordhamn.example", "192.0.2.7")), "good");
  EXPECT_EQ(codeOf(access_->askForNewPassword("ingen@nordhamn.example", "192.0.2.7")), "good");
  EXPECT_EQ(mails("new-password").size(), 2u) << "both make a job: who it is, is looked up when it is sent";
}

TEST_F(OwnAccount, mails_no_more_than_five_links_a_quarter) {
  for (int i = 0; i < 9; ++i) {
    clock_.advanceSeconds(1);
    EXPECT_EQ(codeOf(access_->askForNewPassword("karin@nordhamn.example", "192.0.2.7")), "good");
  }
  EXPECT_EQ(mails("new-password").size(), 5u);
}

TEST_F(OwnAccount, takes_a_link_to_a_new_password_once_and_within_the_hour) {
  const auto open = token("karin@nordhamn.example");
  const auto put = [&](const std::string& token) {
    ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) {
      return store::putPasswordReset(tx,
                                     {sha256(token), karin_, clock_.now(), clock_.now().plusSeconds(3600)});
    }));
  };
  put("one");
  clock_.advanceSeconds(3600);
  EXPECT_EQ(codeOf(access_->setNewPassword("one", "fyra kloka ugglor", here)), "link-invalid");
  put("two");
  put("three");
  EXPECT_EQ(codeOf(access_->checkPasswordLink("two")), "good");
  ASSERT_EQ(codeOf(access_->setNewPassword("two", "fyra kloka ugglor", here)), "good");
  EXPECT_EQ(codeOf(access_->setNewPassword("two", "fem kloka ugglor", here)), "link-invalid");
  EXPECT_EQ(codeOf(access_->checkPasswordLink("three")), "link-invalid") << "all of them end";
  EXPECT_EQ(codeOf(access_->bySession(open)), "not-signed-in");
  EXPECT_EQ(codeOf(access_->signIn("karin@nordhamn.example", "fyra kloka ugglor", "192.0.2.7")), "good");
}

TEST_F(OwnAccount, needs_the_code_once_the_second_step_is_on) {
  const auto codes = enrol();
  EXPECT_EQ(codes.size(), 10u);
  const auto waits = pending();
  EXPECT_EQ(step(waits, "000000"), "second-factor-wrong");
  EXPECT_EQ(codeOf(access_->bySession(waits)), "not-signed-in") << "what waits is no session";
  const auto code = now();
  EXPECT_EQ(step(waits, code), "good");
  EXPECT_EQ(step(waits, code), "sign-in-over") << "it is used";
  EXPECT_EQ(step(pending(), code), "second-factor-wrong") << "so is the code";
}

TEST_F(OwnAccount, takes_each_recovery_code_once) {
  const auto codes = enrol();
  EXPECT_EQ(step(pending(), codes[3]), "good");
  EXPECT_EQ(step(pending(), codes[3]), "second-factor-wrong");
  EXPECT_EQ(step(pending(), codes[4]), "good");
  clock_.advanceSeconds(60);
  const auto in = access_->secondStep(pending(), now(), here);
  ASSERT_TRUE(in) << in.error().code;
  EXPECT_EQ(access_->secondFactorState(*in->caller)->recoveryCodesLeft, 8);
}

TEST_F(OwnAccount, holds_back_whoever_guesses_at_codes_from_anywhere) {
  enrol();
  const auto waits = pending();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(step(waits, "000000"), "second-factor-wrong");
  EXPECT_EQ(codeOf(access_->secondStep(waits, now(), {"203.0.113.9", ""})), "too-many-attempts");
  EXPECT_EQ(step(pending(), now()), "too-many-attempts") << "a new first step does not begin it again";
}

TEST_F(OwnAccount, is_not_waited_for_longer_than_five_minutes) {
  enrol();
  const auto waits = pending();
  clock_.advanceSeconds(300);
  EXPECT_EQ(step(waits, now()), "sign-in-over");
}

TEST_F(OwnAccount, keeps_the_seed_sealed) {
  enrol();
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto factor, store::secondFactor(reader, karin_));
    EXPECT_TRUE(Vault::isSealed(factor->sealedSeed));
    EXPECT_EQ(factor->sealedSeed.find(seed_), std::string::npos);
    EXPECT_FALSE(vault_.unseal(factor->sealedSeed, "totp:" + chef_.text())) << "for nobody else";
    return {};
  }));
}

TEST_F(OwnAccount, sees_nothing_before_the_second_step_that_a_company_demands) {
  ASSERT_TRUE(access_->demandSecondFactor(*caller("chef@nordhamn.example"), true, ""));
  const auto karin = caller("karin@nordhamn.example");
  EXPECT_TRUE(karin->mustEnrol) << "demanded above it in the group";
  EXPECT_TRUE(karin->scopes.isEmpty());
  EXPECT_FALSE(karin->viewer.sees(energi_));
  EXPECT_FALSE(karin->acting.sees(energi_));
  enrol();
  const auto in = access_->secondStep(pending(), now(), here);
  ASSERT_TRUE(in) << in.error().code;
  EXPECT_FALSE(in->caller->mustEnrol);
  EXPECT_TRUE(in->caller->viewer.sees(energi_));
  EXPECT_EQ(codeOf(access_->removeSecondFactor(*in->caller, password, here)), "second-factor-demanded");
}

TEST_F(OwnAccount, loses_its_second_step_and_its_sessions_by_an_administrators_reset) {
  enrol();
  const auto in = access_->secondStep(pending(), now(), here);
  ASSERT_TRUE(in);
  ASSERT_TRUE(access_->resetSecondFactor(*caller("chef@nordhamn.example"), karin_, ""));
  EXPECT_EQ(codeOf(access_->bySession(in->token)), "not-signed-in");
  EXPECT_NE(caller("karin@nordhamn.example"), nullptr) << "the password alone again";
  EXPECT_EQ(mails("second-factor-reset").size(), 1u);
}

TEST_F(OwnAccount, lists_and_ends_its_own_sessions_alone) {
  const auto others = token("chef@nordhamn.example");
  const auto first = token("karin@nordhamn.example");
  clock_.advanceSeconds(1);
  const auto mine = caller("karin@nordhamn.example");
  const auto sessions = access_->ownSessions(*mine);
  ASSERT_EQ(sessions->size(), 2u);
  EXPECT_EQ(sessions->front().id, mine->session->id);
  EXPECT_EQ(sessions->front().device, "Firefox, Windows");
  EXPECT_EQ(codeOf(access_->endOwnSession(*mine, (*access_->bySession(others))->session->id)), "not-found");
  EXPECT_EQ(codeOf(access_->endOwnSession(*mine, sessions->back().id)), "good");
  EXPECT_EQ(codeOf(access_->bySession(first)), "not-signed-in");
  EXPECT_EQ(codeOf(access_->bySession(others)), "good");
}

TEST_F(OwnAccount, hears_of_a_sign_in_from_elsewhere_unless_it_would_rather_not) {
  const auto from = [&](std::string_view address) {
    ASSERT_TRUE(access_->signIn("karin@nordhamn.example", password, address, {}, "Firefox, Windows"));
  };
  from("192.0.2.7");
  EXPECT_TRUE(mails("new-sign-in").empty()) << "the first of all is no news";
  from("192.0.2.99");
  EXPECT_TRUE(mails("new-sign-in").empty()) << "the same network";
  from("203.0.113.9");
  EXPECT_EQ(mails("new-sign-in").size(), 1u);
  clock_.advanceSeconds(91LL * 24 * 3600);
  from("198.51.100.1");
  clock_.advanceSeconds(1);
  from("203.0.113.9");
  EXPECT_EQ(mails("new-sign-in").size(), 2u) << "not seen for so long, it is new again";
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) {
    return store::putOwnSettings(tx, karin_, {"system", {{"new-sign-in", "none"}}});
  }));
  from("100.64.0.1");
  EXPECT_TRUE(mails("new-sign-in").empty());
}

TEST_F(OwnAccount, hears_once_that_it_is_held_back) {
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(codeOf(access_->signIn("karin@nordhamn.example", "fel lösenord", "203.0.113.66")),
              "credentials-wrong");
  }
  EXPECT_TRUE(mails("locked").empty());
  EXPECT_EQ(codeOf(access_->signIn("karin@nordhamn.example", "fel lösenord", "203.0.113.66")),
            "credentials-wrong");
  EXPECT_EQ(mails("locked").size(), 1u);
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto told, store::listAudit(reader, store::Viewer::system(), {.actions = {"session.locked"}}));
    EXPECT_EQ(told.items.size(), 1u);
    return {};
  }));
  clock_.advanceSeconds(3);
  EXPECT_EQ(codeOf(access_->signIn("karin@nordhamn.example", "fel lösenord", "203.0.113.66")),
            "credentials-wrong");
  EXPECT_TRUE(mails("locked").empty()) << "not again within the hour";
}

}  // namespace
}  // namespace postgang::access
