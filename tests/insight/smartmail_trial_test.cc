#include "insight/smartmail_trial.h"

#include <gtest/gtest.h>

namespace postgang::insight {
namespace {

constexpr std::int64_t day = 86'400;

// Sent on a Monday morning in November 2026; seven days to open it in as it was.
class SmartmailTrials : public ::testing::Test {
 protected:
  store::PastSmartmail mail(const std::string& state, std::optional<std::int64_t> openedAfter = {}) {
    store::PastSmartmail mail;
    mail.sentAt = sent_;
    mail.deadline = *Instant::parse("2026-11-09T15:00:00Z");
    mail.state = state;
    if (openedAfter) mail.openedAt = sent_.plusSeconds(*openedAfter);
    if (state == "posted") mail.expiredAt = mail.deadline;
    mail.evidence = state == "posted" ? "deadline" : "smtp";
    mail.letterHundredths = 1240;
    mail.currency = "SEK";
    return mail;
  }
  void tryOn(int days, const store::PastSmartmail& mail) {
    order_.settings.days = days;
    insight::tryOn(trial_, order_, mail, now_);
  }
  // What adds up whatever is tried.
  void TearDown() override {
    EXPECT_EQ(trial_.openedNow + trial_.postedNow, trial_.mails);
    EXPECT_EQ(trial_.openedThen + trial_.postedThen, trial_.mails);
    EXPECT_EQ(trial_.openedNow - trial_.openedTooLate + trial_.openedAfterPosting, trial_.openedThen);
  }

  const Instant sent_ = *Instant::parse("2026-11-02T08:00:00Z");
  Instant now_ = *Instant::parse("2026-12-01T08:00:00Z");
  SmartmailTrialOrder order_;
  SmartmailTrial trial_;
};

TEST_F(SmartmailTrials, who_opened_later_than_the_shorter_deadline_would_have_had_a_letter) {
  tryOn(5, mail("opened", 2 * day));
  tryOn(5, mail("opened", 6 * day));
  tryOn(5, mail("posted"));
  EXPECT_EQ(trial_.mails, 3);
  EXPECT_EQ(trial_.openedNow, 2);
  EXPECT_EQ(trial_.openedThen, 1);
  EXPECT_EQ(trial_.openedTooLate, 1);
  EXPECT_EQ(trial_.postedNow, 1);
  EXPECT_EQ(trial_.postedThen, 2);
  EXPECT_EQ(trial_.cost.at(0).now_hundredths, 1240);
  EXPECT_EQ(trial_.cost.at(0).then_hundredths, 2480);
  EXPECT_EQ(trial_.perhaps, 0) << "less time would have helped nobody";
}

TEST_F(SmartmailTrials, more_time_saves_the_letters_of_those_who_opened_after_all) {
  tryOn(14, mail("posted", 9 * day));
  tryOn(14, mail("posted", 20 * day));
  tryOn(14, mail("posted"));
  EXPECT_EQ(trial_.postedNow, 3);
  EXPECT_EQ(trial_.postedThen, 2);
  EXPECT_EQ(trial_.openedAfterPosting, 1);
  EXPECT_EQ(trial_.perhaps, 1) << "never opened since: nobody knows";
}

TEST_F(SmartmailTrials, an_opening_in_the_deadlines_instant_is_too_late) {
  order_.settings.days = 5;
  const auto deadline = channels::deadlineOf(order_.settings, sent_, {}, order_.cutOffMinute);
  auto before = mail("opened", 0), at = mail("opened", 0);
  before.openedAt = deadline->plusMicroseconds(-1);
  at.openedAt = deadline;
  tryOn(5, before);
  tryOn(5, at);
  EXPECT_EQ(trial_.openedThen, 1);
}

TEST_F(SmartmailTrials, what_the_sender_posted_by_hand_is_posted_whatever_the_deadline) {
  auto asked = mail("posted", 9 * day);
  asked.evidence = "asked";
  tryOn(14, asked);
  EXPECT_EQ(trial_.postedThen, 1);
  EXPECT_EQ(trial_.openedAfterPosting + trial_.perhaps, 0);
}

TEST_F(SmartmailTrials, leaves_out_what_did_not_come_to_an_end_by_its_deadline) {
  for (const auto* state : {"bounced", "failed", "waiting"}) tryOn(5, mail(state));
  auto without = mail("opened", day);
  without.deadline.reset();
  tryOn(5, without);
  EXPECT_EQ(trial_.leftOut, 4);
  EXPECT_EQ(trial_.mails, 0);
  now_ = sent_.plusSeconds(8 * day);
  tryOn(30, mail("posted"));
  EXPECT_EQ(trial_.leftOut, 5) << "the deadline that is tried has not passed yet";
  tryOn(30, mail("posted", 7 * day + 3600 * 8));
  EXPECT_EQ(trial_.openedAfterPosting, 1);
}

TEST_F(SmartmailTrials, the_due_date_holds_the_tried_deadline_back) {
  auto one = mail("opened", 6 * day);
  one.dueDate = Date::of(2026, 11, 12);
  order_.settings.daysBeforeDue = 5;
  tryOn(30, one);
  EXPECT_EQ(trial_.openedTooLate, 1) << "7 November at four";
  order_.settings.daysBeforeDue = 0;
  tryOn(30, one);
  EXPECT_EQ(trial_.openedThen, 1);
}

TEST_F(SmartmailTrials, letters_of_unknown_price_are_counted_apart) {
  auto one = mail("posted");
  one.letterHundredths.reset();
  tryOn(5, one);
  EXPECT_EQ(trial_.withoutPrice, 1);
  EXPECT_TRUE(trial_.cost.empty());
}

TEST_F(SmartmailTrials, each_currency_by_itself) {
  auto euros = mail("posted");
  euros.currency = "EUR";
  tryOn(5, euros);
  tryOn(5, mail("posted"));
  ASSERT_EQ(trial_.cost.size(), 2U);
  EXPECT_EQ(trial_.cost[0].currency + trial_.cost[1].currency, "EURSEK");
}

TEST_F(SmartmailTrials, counts_who_opened_on_which_day) {
  for (const auto after : {std::int64_t{600}, day - 1, day, 3 * day + 7}) tryOn(7, mail("opened", after));
  EXPECT_EQ(trial_.openedWithin, (std::vector<std::int64_t>{2, 1, 0, 1}));
}

}  // namespace
}  // namespace postgang::insight
