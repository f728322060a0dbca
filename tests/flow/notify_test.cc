// Who is told of a stop, by which way, and how often.
#include "flow/notice_texts.h"
#include "tests/flow/notified.h"

namespace postgang::flow {
namespace {

TEST_F(Notify, ACustomerIsToldInThePortalAtOnceAndByMail) {
  addUser("karin@nordhamn.example");
  const auto id = stopped();
  EXPECT_EQ(noticed(id), "");
  later(20);
  EXPECT_EQ(noticed(id), "sent:portal sent:email");
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_[0].envelope.recipients, std::vector<std::string>{"karin@nordhamn.example"});
  EXPECT_EQ(sent_[0].envelope.sender, "retur@postgang.example");
  const auto text = readable(sent_[0].message);
  EXPECT_NE(text.find("Granberga Bygg AB har inte fått fakturan."), text.npos) << text;
  EXPECT_NE(text.find("4711, 2026-11-23"), text.npos);
  EXPECT_NE(text.find("Rätta senast 2026-12-07"), text.npos);
  EXPECT_EQ(notice(id).state, NoticeState::sent);
  EXPECT_EQ(notice(id).address, "Nordhamn Energi AB") << "a colleague's address is nobody else's matter";
}

TEST_F(Notify, TheCompanysOwnNoticeAddressGoesBeforeItsUsers) {
  addUser("karin@nordhamn.example");
  write(
      [&](store::Transaction& tx) { return store::setNoticeEmail(tx, energi_, "ekonomi@nordhamn.example"); });
  stopped();
  later(20);
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_[0].envelope.recipients, std::vector<std::string>{"ekonomi@nordhamn.example"});
}

TEST_F(Notify, WithoutAMailServerThePortalIsTheWay) {
  withoutMail();
  addUser("karin@nordhamn.example");
  const auto id = stopped();
  later(20);
  EXPECT_EQ(noticed(id), "sent:portal");
  EXPECT_EQ(notice(id).state, NoticeState::sent);
}

TEST_F(Notify, WithoutAMailServerNobodyElseIsReachedAndThatIsSaid) {
  withoutMail();
  sellerIsNoCustomer();
  const auto id = stopped("4711", "faktura@nordhamn.example");
  later(20);
  EXPECT_EQ(noticed(id), "unreachable:nobody");
  EXPECT_EQ(notice(id).state, NoticeState::unreachable);
  EXPECT_EQ(notice(id).reason, "no-mail-server");
  EXPECT_EQ(notice(id).missing, std::vector<std::string>{"mail-server"});
}

TEST_F(Notify, AnAddressThatTheReceiverHasVerifiedMayEdit) {
  sellerIsNoCustomer();
  verify("faktura@nordhamn.example");
  const auto id = stopped("4711", "annan@svek.example");
  later(20);
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_[0].envelope.recipients, std::vector<std::string>{"faktura@nordhamn.example"});
  const auto token = linkIn(sent_[0].message);
  const auto read = store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto link, store::link(reader, linkDigest(token)));
    EXPECT_TRUE(link && link->mayEdit);
    EXPECT_EQ(link->notice, notice(id).id);
    return {};
  });
  EXPECT_TRUE(read);
  EXPECT_NE(sent_[0].message.find("Content-Disposition: attachment"), std::string::npos);
}

TEST_F(Notify, AnAddressThatStandsOnlyInTheInvoiceGetsTheReasonAlone) {
  sellerIsNoCustomer();
  stopped("4711", "faktura@nordhamn.example");
  later(20);
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_[0].envelope.recipients, std::vector<std::string>{"faktura@nordhamn.example"});
  EXPECT_EQ(readable(sent_[0].message).find("Rätta och skicka igen"), std::string::npos);
  EXPECT_EQ(sent_[0].message.find("Content-Disposition: attachment"), std::string::npos);
  const auto read = store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto link, store::link(reader, linkDigest(linkIn(sent_[0].message))));
    EXPECT_TRUE(link && !link->mayEdit);
    return {};
  });
  EXPECT_TRUE(read);
}

TEST_F(Notify, NoAddressAnywhereIsAStateOfItsOwn) {
  sellerIsNoCustomer();
  const auto id = stopped();
  later(20);
  EXPECT_EQ(noticed(id), "unreachable:nobody");
  EXPECT_EQ(notice(id).missing, std::vector<std::string>{"email"});
  EXPECT_EQ(statusOf(id), "returned");
}

TEST_F(Notify, SeveralStopsAtOnceAreOneNotice) {
  addUser("karin@nordhamn.example");
  const auto first = stopped("1"), second = stopped("2"), third = stopped("3");
  later(20);
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_NE(readable(sent_[0].message).find("3 fakturor behöver rättas"), std::string::npos);
  for (const auto id : {first, second, third}) {
    EXPECT_EQ(noticed(id), "sent:portal sent:email");
    EXPECT_EQ(fact<store::NoticeFact>(id).documents, 3);
  }
  later(60);
  EXPECT_EQ(sent_.size(), 1U);
}

TEST_F(Notify, RemindersComeUntilItIsDealtWithEverMoreSeldom) {
  addUser("karin@nordhamn.example");
  const auto id = stopped();
  later(20);
  later(3 * 86'400);
  EXPECT_EQ(sent_.size(), 2U);
  EXPECT_NE(readable(sent_[1].message).find("Påminnelse: fortfarande stoppad"), std::string::npos);
  EXPECT_NE(linkIn(sent_[1].message), linkIn(sent_[0].message));
  later(6 * 86'400);
  EXPECT_EQ(sent_.size(), 4U);  // days 3, 6 and 9
  EXPECT_EQ(noticed(id),
            "sent:portal sent:email sent:email:reminder sent:email:reminder sent:email:reminder");
  EXPECT_EQ(notice(id).reminders, 3);
  later(24 * 86'400);
  EXPECT_EQ(sent_.size(), 6U);  // days 15 and 27
  later(365 * 86'400);
  EXPECT_EQ(sent_.size(), 13U);
  EXPECT_EQ(notice(id).reminders, 12);
}

TEST(Reminders, AreNeverRarerThanMonthlyNorMoreOftenThanAsked) {
  EXPECT_EQ(daysToReminder(0, 3), 3);
  EXPECT_EQ(daysToReminder(2, 3), 3);
  EXPECT_EQ(daysToReminder(3, 3), 6);
  EXPECT_EQ(daysToReminder(4, 3), 12);
  EXPECT_EQ(daysToReminder(11, 3), 30);
  EXPECT_EQ(daysToReminder(11, 60), 60);
}

TEST_F(Notify, WhatIsPutRightIsNotRemindedOf) {
  addUser("karin@nordhamn.example");
  const auto first = stopped("1"), second = stopped("2");
  later(20);
  corrected(orderNumber(first, "45123456"));
  walk();
  later(3 * 86'400);
  ASSERT_EQ(sent_.size(), 2U);
  EXPECT_NE(readable(sent_[1].message).find("Faktura 2 behöver rättas"), std::string::npos);
  corrected(orderNumber(second, "45123456"));
  walk();
  later(30 * 86'400);
  EXPECT_EQ(sent_.size(), 2U);
}

TEST_F(Notify, TheReceiversOwnDaysAndWords) {
  addUser("karin@nordhamn.example");
  write([&](store::Transaction& tx) {
    return store::setNoticeTexts(
        tx, granberga_,
        R"({"sv":{"greeting":"Hej.","help":"Ring oss.","contact":"lev@granberga.example"},"reminderDays":1,"putRightDays":5})");
  });
  stopped();
  later(20);
  later(86'400);
  ASSERT_EQ(sent_.size(), 2U);
  const auto text = readable(sent_[0].message);
  EXPECT_NE(text.find("Ring oss."), text.npos);
  EXPECT_NE(text.find("Reply-To: Granberga Bygg AB <lev@granberga.example>"), text.npos) << text;
  EXPECT_NE(text.find("Rätta senast 2026-11-28"), text.npos);
}

TEST_F(Notify, AUserWhoOpensItHasReadItOnce) {
  addUser("karin@nordhamn.example");
  const auto id = stopped();
  later(20);
  EXPECT_TRUE(flow_->noticeRead(buyer(), granberga_, id));
  EXPECT_EQ(notice(id).state, NoticeState::sent) << "the receiver's own look is no reading";
  EXPECT_TRUE(flow_->noticeRead(seller(), energi_, id));
  EXPECT_TRUE(flow_->noticeRead(seller(), energi_, id));
  EXPECT_EQ(noticed(id), "sent:portal sent:email read:email");
  EXPECT_EQ(notice(id).state, NoticeState::read);
  EXPECT_TRUE(notice(id).readAt);
}

TEST_F(Notify, AfterTheAddressIsPutRightItIsToldAgain) {
  sellerIsNoCustomer();
  const auto id = stopped();
  later(20);
  EXPECT_EQ(notice(id).state, NoticeState::unreachable);
  verify("faktura@nordhamn.example");
  EXPECT_FALSE(flow_->tellAgain(seller(), energi_, id)) << "it is the receiver's to ask for";
  const auto again = flow_->tellAgain(buyer(), granberga_, id);
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(again->notice.state, NoticeState::waiting);
  walk();
  EXPECT_EQ(noticed(id), "unreachable:nobody sent:email");
  EXPECT_EQ(notice(id).state, NoticeState::sent);
}

TEST_F(Notify, ADocumentThatWasNotStoppedNeedsNoNotice) {
  const auto id = stopped();
  corrected(orderNumber(id, "45123456"));
  walk();
  const auto again = flow_->tellAgain(buyer(), granberga_, id);
  EXPECT_EQ(again ? "" : again.error().code, "notice-not-needed");
}

TEST(LinkToken, IsEightyBitsInGroupsOfFour) {
  const auto token = newLinkToken();
  ASSERT_EQ(token.size(), 19U);
  EXPECT_EQ(std::ranges::count(token, '-'), 3);
  EXPECT_NE(newLinkToken(), token);
  EXPECT_EQ(linkDigest(token), linkDigest(lowered(token)));
  EXPECT_EQ(linkDigest("0101-OLIo"), linkDigest("01010110"));
  EXPECT_NE(linkDigest(token), linkDigest(token + "0"));
  EXPECT_NE(linkDigest(std::string(10'000, 'A')), linkDigest("A"));
}

}  // namespace
}  // namespace postgang::flow
