// Notices when the mail server refuses, waits, is silent or is cut off.
#include "tests/flow/notified.h"

namespace postgang::flow {
namespace {

TEST_F(Notify, ABounceTriesTheNextWay) {
  sellerIsNoCustomer();
  verify("gammal@nordhamn.example");
  answer(SmtpResult::refused, "550 5.1.1 no such user");
  const auto id = stopped("4711", "ny@nordhamn.example");
  later(20);
  EXPECT_EQ(noticed(id), "bounced:email sent:email");
  ASSERT_EQ(sent_.size(), 2U);
  EXPECT_EQ(sent_[1].envelope.recipients, std::vector<std::string>{"ny@nordhamn.example"});
  EXPECT_EQ(notice(id).state, NoticeState::sent);
  EXPECT_EQ(notice(id).address, "ny@nordhamn.example");
}

TEST_F(Notify, WhenEveryAddressBouncesNobodyIsReached) {
  sellerIsNoCustomer();
  verify("gammal@nordhamn.example");
  answer(SmtpResult::refused, "550 5.1.1 no such user");
  const auto id = stopped();
  later(20);
  EXPECT_EQ(noticed(id), "bounced:email unreachable:nobody");
  EXPECT_EQ(notice(id).state, NoticeState::unreachable);
  EXPECT_EQ(notice(id).reason, "550 5.1.1 no such user");
}

TEST_F(Notify, ABounceDoesNotTakeThePortalAway) {
  addUser("karin@nordhamn.example");
  answer(SmtpResult::refused, "550 5.1.1 no such user");
  const auto id = stopped();
  later(20);
  EXPECT_EQ(noticed(id), "sent:portal bounced:email");
  EXPECT_EQ(notice(id).state, NoticeState::sent);
  EXPECT_EQ(notice(id).way, "portal");
  EXPECT_EQ(notice(id).reason, "550 5.1.1 no such user");
}

TEST_F(Notify, ABusyServerIsTriedLaterAndLater) {
  sellerIsNoCustomer();
  verify("faktura@nordhamn.example");
  answer(SmtpResult::later, "451 greylisted");
  answer(SmtpResult::later, "451 greylisted");
  const auto id = stopped();
  later(20);
  EXPECT_EQ(sent_.size(), 1U);
  EXPECT_EQ(notice(id).state, NoticeState::waiting);
  EXPECT_EQ(notice(id).reason, "451 greylisted");
  later(60);
  EXPECT_EQ(sent_.size(), 2U);
  later(240);
  EXPECT_EQ(sent_.size(), 2U);
  later(60);
  EXPECT_EQ(sent_.size(), 3U);
  EXPECT_EQ(noticed(id), "sent:email");
}

TEST_F(Notify, AServerThatIsDownForDaysEndsInATask) {
  sellerIsNoCustomer();
  verify("faktura@nordhamn.example");
  for (int i = 0; i < 20; ++i) answer(SmtpResult::later, "451 not now");
  const auto id = stopped();
  later(3 * 86'400);
  EXPECT_EQ(sent_.size(), 8U);
  EXPECT_EQ(noticed(id), "bounced:email unreachable:nobody");
}

TEST_F(Notify, UncertainIsSaidAndSentAgainAsTheSameMessage) {
  sellerIsNoCustomer();
  verify("faktura@nordhamn.example");
  answer(SmtpResult::uncertain, "No answer after the message's end");
  const auto id = stopped();
  later(20);
  EXPECT_TRUE(notice(id).reason.starts_with("uncertain: "));
  EXPECT_EQ(notice(id).state, NoticeState::waiting);
  later(900);
  ASSERT_EQ(sent_.size(), 2U);
  const auto idOf = [](const std::string& message) {
    const auto at = message.find("Message-Id: ");
    return message.substr(at, message.find('\r', at) - at);
  };
  EXPECT_EQ(idOf(sent_[0].message), idOf(sent_[1].message));
  EXPECT_NE(fact<store::NoticeFact>(id).detail.find("may arrive twice"), std::string::npos);
}

TEST_F(Notify, UncertainAgainAndAgainIsATask) {
  sellerIsNoCustomer();
  verify("faktura@nordhamn.example");
  for (int i = 0; i < 9; ++i) answer(SmtpResult::uncertain, "No answer");
  const auto id = stopped();
  later(86'400);
  EXPECT_EQ(sent_.size(), 3U);
  EXPECT_EQ(notice(id).state, NoticeState::unreachable);
  EXPECT_TRUE(notice(id).reason.starts_with("uncertain: "));
}

TEST_F(Notify, KilledInTheMiddleIsNeitherLostNorHidden) {
  sellerIsNoCustomer();
  verify("faktura@nordhamn.example");
  beforeAnswer_ = [] { throw std::runtime_error("the process died here"); };
  const auto id = stopped();
  later(20);
  EXPECT_TRUE(notice(id).startedAt) << "the attempt is on disk";
  EXPECT_EQ(noticed(id), "");
  beforeAnswer_ = nullptr;
  restart();
  later(3600);
  EXPECT_EQ(noticed(id), "sent:email");
  EXPECT_NE(fact<store::NoticeFact>(id).detail.find("may arrive twice"), std::string::npos);
}
TEST_F(Notify, ADeadServerHoldsUpNobodyButIsAskedOnceAMinute) {
  sellerIsNoCustomer();
  verify("faktura@nordhamn.example");
  answers_.push_back({SmtpResult::later, "Couldn't connect", {}, ""});
  stopped("1");
  later(20);
  EXPECT_EQ(sent_.size(), 1U);
  stopped("2");
  later(20);
  EXPECT_EQ(sent_.size(), 1U);
  later(60);
  EXPECT_EQ(sent_.size(), 3U);
}

}  // namespace
}  // namespace postgang::flow
