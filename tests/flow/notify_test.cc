// Notices with a mail server that answers as the test wants. The real one is e2e/mail's.
#include "flow/notify.h"

#include <algorithm>
#include <deque>

#include "flow/link_token.h"
#include "flow/mailing.h"
#include "store/access_rows.h"
#include "store/notices.h"
#include "tests/flow/receiver.h"

namespace postgang::flow {
namespace {

using net::SmtpResult;
using store::NoticeState;

class Notify : public ReceiverWithFilter {
 protected:
  struct Sent {
    net::Envelope envelope;
    std::string message;
  };

  Notify() {
    demand(order_number_demanded);
    withMail();
  }
  void withMail() {
    settings_.mailing.from = "retur@postgang.example";
    settings_.mailing.publicUrl = "https://postgang.example";
    settings_.mailing.send = [this](const net::Envelope& envelope, std::string_view message) {
      if (beforeAnswer_) beforeAnswer_();
      sent_.push_back({envelope, std::string(message)});
      if (answers_.empty()) return net::SmtpAnswer{SmtpResult::accepted, "250 queued", {}, "> .\n< 250\n"};
      auto answer = answers_.front();
      answers_.pop_front();
      return answer;
    };
    restart();
  }
  void withoutMail() {
    settings_.mailing.send = nullptr;
    restart();
  }
  void restart() { flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_); }
  void answer(SmtpResult result, std::string words = "words") {
    answers_.push_back({result, std::move(words), {}, "> .\n< words\n"});
  }

  void write(const std::function<Outcome(store::Transaction&)>& body) {
    const auto outcome = store_->write(store::Priority::background, body);
    EXPECT_TRUE(outcome) << outcome.error().detail;
  }
  void addUser(const std::string& email) {
    write([&](store::Transaction& tx) {
      return store::createUser(
          tx, {ids_.next<UserId>(), email, "Karin Sund", "x", "sv", "clerk", {energi_}, true});
    });
  }
  // Only known as a counterpart.
  void sellerIsNoCustomer() {
    write([&](store::Transaction& tx) -> Outcome {
      CHECK_OK(tx.connection().run("UPDATE companies SET customer = 0 WHERE id = ?1", {energi_}));
      return {};
    });
  }
  void verify(const std::string& email) {
    write([&](store::Transaction& tx) {
      store::Partner partner;
      partner.identifier = "0007:5599900015";
      partner.name = "Nordhamn Energi AB";
      partner.email = email;
      partner.emailVerifiedAt = clock_.now();
      partner.emailVerifiedBy = "Ivar Lind";
      return store::putPartner(tx, granberga_, partner);
    });
  }
  static std::string withEmail(const Sample& sample, const std::string& email) {
    auto bytes = invoice(sample);
    const std::string end = "</cac:PartyLegalEntity>";
    bytes.insert(bytes.find(end) + end.size(),
                 "<cac:Contact><cbc:ElectronicMail>" + email + "</cbc:ElectronicMail></cac:Contact>");
    return bytes;
  }
  DocumentId stopped(const std::string& number = "4711", const std::string& email = {}) {
    Sample sample;
    sample.number = number;
    const auto id = send(upload(email.empty() ? invoice(sample) : withEmail(sample, email)));
    walk();
    EXPECT_EQ(statusOf(id), "returned");
    return id;
  }
  void later(std::int64_t seconds) {
    const auto moved = flow_->advance(clock_, seconds);
    EXPECT_TRUE(moved) << moved.error().detail;
  }
  store::Notice notice(DocumentId id) {
    std::optional<store::NoticeRow> row;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(row, store::latestNoticeOf(reader, store::Viewer::system(), id));
      return {};
    });
    EXPECT_TRUE(read);
    EXPECT_TRUE(row) << "no notice";
    return row ? row->notice : store::Notice();
  }
  std::string noticed(DocumentId id) {
    std::string text;
    for (const auto& event : eventsOf(id))
      if (const auto* fact = std::get_if<store::NoticeFact>(&event.fact))
        text += (text.empty() ? "" : " ") + std::string(document::name(event.type)).substr(7) + ":" +
                (fact->way.empty() ? "nobody" : fact->way) + (fact->reminder ? ":reminder" : "");
    return text;
  }
  // As the mail's reader sees the text part: quoted-printable undone for what these tests look for.
  static std::string readable(const std::string& message) {
    std::string text;
    for (std::size_t i = 0; i < message.size(); ++i) {
      if (message.compare(i, 3, "=\r\n") == 0) {
        i += 2;
        continue;
      }
      unsigned value = 0;
      if (message[i] == '=' && i + 2 < message.size() &&
          std::sscanf(message.substr(i + 1, 2).c_str(), "%2X", &value) == 1) {
        text += static_cast<char>(value);
        i += 2;
        continue;
      }
      text += message[i];
    }
    return text;
  }
  static std::string linkIn(const std::string& message) {
    const auto text = readable(message);
    const auto at = text.find("https://postgang.example/r/");
    return at == text.npos ? "" : text.substr(at + 27, 19);
  }

  std::vector<Sent> sent_;
  std::deque<net::SmtpAnswer> answers_;
  std::function<void()> beforeAnswer_;
};

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

TEST_F(Notify, RemindersComeUntilItIsDealtWithThreeAtMost) {
  addUser("karin@nordhamn.example");
  const auto id = stopped();
  later(20);
  later(3 * 86'400);
  EXPECT_EQ(sent_.size(), 2U);
  EXPECT_NE(readable(sent_[1].message).find("Påminnelse: fortfarande stoppad"), std::string::npos);
  EXPECT_NE(linkIn(sent_[1].message), linkIn(sent_[0].message));
  later(30 * 86'400);
  EXPECT_EQ(sent_.size(), 4U);
  EXPECT_EQ(noticed(id),
            "sent:portal sent:email sent:email:reminder sent:email:reminder sent:email:reminder");
  EXPECT_EQ(notice(id).reminders, 3);
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
