// The morning list: once a morning, only when there is something to say, tried again while the server is
// away.
#include "flow/morning_list.h"

#include <deque>

#include "store/smartmail.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

class MorningListTest : public House {
 protected:
  MorningListTest() {
    settings_.mailing.from = "retur@postgang.example";
    settings_.mailing.publicUrl = "https://postgang.example";
    settings_.mailing.send = [this](const net::Envelope& envelope, std::string_view message) {
      sent_.push_back({envelope, std::string(message)});
      if (answers_.empty()) return net::SmtpAnswer{net::SmtpResult::accepted, "250 queued", {}, {}};
      const auto answer = answers_.front();
      answers_.pop_front();
      return net::SmtpAnswer{answer, "words", {}, {}};
    };
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  }
  void set(const MorningListSettings& settings) {
    const auto kept = store_->write(store::Priority::background, [&](store::Transaction& tx) {
      return keepMorningList(tx, energi_, settings, clock_.now());
    });
    ASSERT_TRUE(kept) << kept.error().detail;
  }
  static MorningListSettings toKarin(int minute = 7 * 60) {
    return {.addresses = {"karin@nordhamn.example"}, .minuteOfDay = minute};
  }
  // Nobody reaches this one.
  void failOne(const std::string& number = "4711") {
    Sample sample;
    sample.number = number;
    sample.buyerName = "Fyrnäs El AB";
    sample.buyerNumber = "5599900031";
    const auto id = send(sample);
    walk();
    ASSERT_EQ(statusOf(id), "failed");
  }
  void until(std::string_view instant) {
    const auto seconds = (Instant::parse(instant)->microseconds - clock_.now().microseconds) / 1'000'000;
    ASSERT_TRUE(flow_->advance(clock_, seconds));
  }

  struct Mail {
    net::Envelope envelope;
    std::string message;
  };
  std::vector<Mail> sent_;
  std::deque<net::SmtpResult> answers_;
};

TEST_F(MorningListTest, ComesOnceEachBankDayWithWhatFailed) {
  set(toKarin());
  failOne();
  until("2026-11-24T05:59:00Z");
  EXPECT_TRUE(sent_.empty()) << "not before seven";
  until("2026-11-24T06:01:00Z");
  ASSERT_EQ(sent_.size(), 1u);
  EXPECT_EQ(sent_[0].envelope.recipients, std::vector<std::string>{"karin@nordhamn.example"});
  EXPECT_NE(sent_[0].message.find("4711"), std::string::npos);
  EXPECT_NE(sent_[0].message.find("morning."), std::string::npos) << "a Message-ID of its own";
  until("2026-11-28T12:00:00Z");  // Saturday: Tuesday to Friday had one each
  EXPECT_EQ(sent_.size(), 4u);
  until("2026-11-30T06:01:00Z");
  EXPECT_EQ(sent_.size(), 5u);
}

TEST_F(MorningListTest, SaysNothingWhenThereIsNothingToSay) {
  set(toKarin());
  send(Sample{});
  walk();
  until("2026-11-26T12:00:00Z");
  EXPECT_TRUE(sent_.empty());
  failOne("4712");
  until("2026-11-27T06:01:00Z");
  EXPECT_EQ(sent_.size(), 1u) << "and goes on asking";
}

TEST_F(MorningListTest, IsTriedAgainWhileTheServerIsAway) {
  set(toKarin());
  failOne();
  answers_ = {net::SmtpResult::later, net::SmtpResult::later};
  until("2026-11-24T06:30:00Z");
  EXPECT_EQ(sent_.size(), 3u);
  until("2026-11-24T23:00:00Z");
  EXPECT_EQ(sent_.size(), 3u);
  until("2026-11-25T06:01:00Z");
  EXPECT_EQ(sent_.size(), 4u) << "one more morning, not two";
}

TEST_F(MorningListTest, MovedToAnotherTimeComesThenAndOnlyThen) {
  set(toKarin());
  set(toKarin(6 * 60));
  set(toKarin(6 * 60));
  failOne();
  until("2026-11-24T12:00:00Z");
  EXPECT_EQ(sent_.size(), 1u);
  set({});
  until("2026-11-26T12:00:00Z");
  EXPECT_EQ(sent_.size(), 1u) << "nobody gets it any longer";
}

TEST_F(MorningListTest, SettingsSurviveBeingKept) {
  auto settings = toKarin(7 * 60 + 30);
  settings.bankDaysOnly = false;
  settings.language = Language::english;
  const auto read = morningListFrom(serialized(settings));
  EXPECT_EQ(read.addresses, settings.addresses);
  EXPECT_EQ(read.minuteOfDay, 450);
  EXPECT_FALSE(read.bankDaysOnly);
  EXPECT_EQ(read.language, Language::english);
  for (const auto* broken : {"", "{", "[]", "{\"addresses\":7}", "{\"minuteOfDay\":99999}"})
    EXPECT_TRUE(morningListFrom(broken).addresses.empty()) << broken;
}

}  // namespace
}  // namespace postgang::flow
