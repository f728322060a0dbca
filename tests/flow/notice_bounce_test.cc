// Notices that come back after their mail server took them.
#include "flow/inbound_mail.h"
#include "tests/flow/mails.h"
#include "tests/flow/notified.h"

namespace postgang::flow {
namespace {

class NoticeBounce : public Notify {
 protected:
  std::string take(const std::string& bytes) {
    const Tools tools{*store_, clock_, ids_, channels_, &settings_.mailing};
    const auto taken = takeMail(tools, settings_.limits, bytes);
    return taken ? std::string(name(taken->meaning)) : taken.error().code;
  }
  // What comes back of the latest one that was sent.
  std::string returned() const {
    const auto& message = sent_.back().message;
    const auto from = message.find("Message-Id: <") + 13;
    Report report{"retur@postgang.example"};
    report.recipient = sent_.back().envelope.recipients.front();
    report.returned = message.substr(from, message.find('>', from) - from);
    return reportMail(report);
  }
};

TEST_F(NoticeBounce, the_next_way_is_tried_and_then_it_is_said_that_nobody_could_be_told) {
  sellerIsNoCustomer();
  verify("gammal@nordhamn.example");
  const auto id = stopped("4711", "ny@nordhamn.example");
  later(60);
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_.back().envelope.recipients.front(), "gammal@nordhamn.example");
  EXPECT_EQ(take(returned()), "notice-bounce");
  EXPECT_EQ(noticed(id), "sent:email bounced:email");
  EXPECT_EQ(notice(id).reason, "550 5.1.1 <karin@granberga.example>: User unknown");
  later(60);
  ASSERT_EQ(sent_.size(), 2U);
  EXPECT_EQ(sent_.back().envelope.recipients.front(), "ny@nordhamn.example");
  EXPECT_EQ(notice(id).state, NoticeState::sent);
  EXPECT_EQ(take(returned()), "notice-bounce");
  EXPECT_EQ(notice(id).state, NoticeState::unreachable);
  EXPECT_EQ(noticed(id), "sent:email bounced:email sent:email bounced:email unreachable:nobody");
  later(30 * 86'400);
  EXPECT_EQ(sent_.size(), 2U) << "no reminders to where nobody is";
}

TEST_F(NoticeBounce, the_portal_still_has_it) {
  addUser("karin@nordhamn.example");
  const auto id = stopped();
  later(60);
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(take(returned()), "notice-bounce");
  EXPECT_NE(noticed(id).find("bounced:email"), std::string::npos);
  EXPECT_NE(notice(id).state, NoticeState::unreachable);
}

TEST_F(NoticeBounce, nobody_elses_message_is_believed) {
  sellerIsNoCustomer();
  verify("gammal@nordhamn.example");
  const auto id = stopped();
  later(60);
  auto forged = returned();
  const auto at = forged.find("Message-ID: <notice.") + 20;
  forged.replace(at, 36, ids_.next<store::NoticeId>().text());
  take(forged);
  EXPECT_EQ(noticed(id), "sent:email");
}

}  // namespace
}  // namespace postgang::flow
