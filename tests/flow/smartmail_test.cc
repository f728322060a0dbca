// The deadline of a Smartmail: it goes to paper once, by itself, and only when it was not opened in time.
#include "flow/smartmail.h"

#include "flow/track.h"
#include "tests/flow/mail_road.h"

namespace postgang::flow {
namespace {

using store::EventType;

class Smartmail : public MailHouse {
 protected:
  // 23 November 2026 is a Monday; seven days later at four o'clock in Sweden.
  const Instant deadline_ = *Instant::parse("2026-11-30T15:00:00Z");
};

TEST_F(Smartmail, what_nobody_opens_goes_to_paper_at_its_deadline) {
  const auto id = mailed();
  EXPECT_EQ(story(id), "received recognised checked routed delivery-started sent");
  EXPECT_EQ(deadlineOf(id), deadline_);
  runUntil(deadline_.plusSeconds(-1));
  EXPECT_EQ(count(id, EventType::delivery_expired), 0);
  runUntil(deadline_);
  EXPECT_EQ(story(id),
            "received recognised checked routed delivery-started sent delivery-expired delivery-queued");
  const auto deliveries = deliveriesOf(id);
  ASSERT_EQ(deliveries.size(), 2U);
  EXPECT_EQ(deliveries[0].road.expiredAt, deadline_);
  EXPECT_EQ(store::roadState(deliveries[0]), "posted");
  EXPECT_EQ(store::roadState(deliveries[1]), "queued");
  EXPECT_EQ(deliveries[1].road.sheets, 2) << "it is the letter that the mail knew of";
  EXPECT_EQ(deliveries[1].price->text(), "12.40");
}

TEST_F(Smartmail, it_goes_to_paper_once_however_often_the_job_comes) {
  const auto id = mailed();
  const auto again = [&] {
    return store_->write(store::Priority::walk, [&](store::Transaction& tx) {
      auto job = deadlineJob(id, energi_, mailOf(id).id, deadline_);
      job.key += ":again";
      return store::enqueue(tx, job);
    });
  };
  ASSERT_TRUE(again());
  runUntil(deadline_);
  ASSERT_TRUE(again());
  walk();
  runUntil(deadline_.plusSeconds(10 * 86'400));
  EXPECT_EQ(count(id, EventType::delivery_expired), 1);
  EXPECT_EQ(count(id, EventType::delivery_queued), 1);
}

TEST_F(Smartmail, a_standstill_over_the_deadline_is_made_up_for) {
  const auto id = mailed();
  flow_.reset();
  clock_.set(deadline_.plusSeconds(3 * 86'400));
  restart();
  walk();
  EXPECT_EQ(count(id, EventType::delivery_expired), 1);
  EXPECT_EQ(count(id, EventType::delivery_queued), 1);
}

TEST_F(Smartmail, what_is_opened_in_time_stays_mail) {
  const auto id = mailed();
  runUntil(deadline_.plusSeconds(-1));
  open(id);
  runUntil(deadline_.plusSeconds(60));
  EXPECT_EQ(count(id, EventType::delivery_expired), 0);
  EXPECT_EQ(store::roadState(mailOf(id)), "opened");
  EXPECT_EQ(statusOf(id), "opened");
}

TEST_F(Smartmail, an_opening_after_the_deadline_recalls_nothing) {
  const auto id = mailed();
  runUntil(deadline_);
  open(id);
  EXPECT_EQ(store::roadState(mailOf(id)), "posted");
  EXPECT_TRUE(mailOf(id).road.openedAt);
  EXPECT_EQ(count(id, EventType::delivery_queued), 1);
}

TEST_F(Smartmail, an_opening_between_reading_and_writing_goes_before) {
  const auto id = mailed();
  clock_.set(deadline_);
  store::Job job;
  const auto claimed = store::claim(*store_, {"smartmail-due"}, 1, 60);
  ASSERT_TRUE(claimed);
  ASSERT_EQ(claimed->size(), 1U);
  std::optional<Decision> decision;
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(decision, smartmailDue(Tools{*store_, clock_, ids_, *roads_}, reader, claimed->front()));
    return {};
  }));
  open(id);
  const auto outcome = store_->write(store::Priority::walk, decision->commit);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "stale-sequence");
  clock_.advanceSeconds(61);
  walk();
  EXPECT_EQ(count(id, EventType::delivery_expired), 0) << "opened in the deadline's second";
  EXPECT_EQ(count(id, EventType::delivery_queued), 0);
}

TEST_F(Smartmail, an_attachment_that_is_not_opened_does_not_stop_the_deadline) {
  mail_->parts = {{"", false}, {"Avtal.pdf", false}};
  const auto half = mailed("1"), whole = mailed("2");
  open(half);
  open(whole);
  openPart(whole, "Avtal.pdf");
  EXPECT_EQ(store::roadState(mailOf(half)), "waiting");
  EXPECT_EQ(store::roadState(mailOf(whole)), "opened");
  runUntil(deadline_);
  EXPECT_EQ(count(half, EventType::delivery_queued), 1);
  EXPECT_EQ(count(whole, EventType::delivery_queued), 0);
}

TEST_F(Smartmail, an_exempt_attachment_need_not_be_opened) {
  mail_->parts = {{"", false}, {"Villkor.pdf", true}};
  const auto id = mailed();
  open(id);
  EXPECT_EQ(store::roadState(mailOf(id)), "opened");
  runUntil(deadline_);
  EXPECT_EQ(count(id, EventType::delivery_expired), 0);
}

TEST_F(Smartmail, without_a_way_to_paper_it_fails_and_says_why) {
  withoutPaper();
  const auto id = mailed();
  runUntil(deadline_);
  EXPECT_EQ(count(id, EventType::delivery_expired), 1);
  EXPECT_EQ(statusOf(id), "failed");
  EXPECT_EQ(fact<store::FailedFact>(id).code, "smartmail-not-opened");
}

TEST_F(Smartmail, a_deadline_that_was_moved_or_taken_away_is_not_kept) {
  const auto moved = mailed("1"), stopped = mailed("2");
  const auto later = deadline_.plusSeconds(2 * 86'400);
  store::SmartmailFact fact;
  fact.delivery = mailOf(moved).id;
  fact.deadline = later;
  write(moved, EventType::deadline_moved, fact);
  ASSERT_TRUE(store_->write(store::Priority::walk, [&](store::Transaction& tx) {
    return store::enqueue(tx, deadlineJob(moved, energi_, fact.delivery, later));
  }));
  fact.delivery = mailOf(stopped).id;
  fact.deadline.reset();
  write(stopped, EventType::deadline_moved, fact);
  runUntil(later.plusSeconds(-1));
  EXPECT_EQ(count(moved, EventType::delivery_expired), 0);
  runUntil(later.plusSeconds(86'400));
  EXPECT_EQ(count(moved, EventType::delivery_expired), 1);
  EXPECT_EQ(mailOf(moved).road.expiredAt, later);
  EXPECT_EQ(count(stopped, EventType::delivery_expired), 0);
  EXPECT_EQ(store::roadState(mailOf(stopped)), "waiting");
}

TEST_F(Smartmail, what_bounced_is_on_paper_already) {
  const auto id = mailed();
  store::DeliveryFact fact;
  for (const auto& event : eventsOf(id))
    if (event.type == EventType::sent) fact = std::get<store::DeliveryFact>(event.fact);
  fact.detail = "550 5.1.1 no such user";
  ASSERT_TRUE(track(Tools{*store_, clock_, ids_, *roads_}, {id, EventType::bounced, fact}));
  walk();
  EXPECT_EQ(count(id, EventType::delivery_queued), 1);
  runUntil(deadline_.plusSeconds(86'400));
  EXPECT_EQ(count(id, EventType::delivery_queued), 1);
  EXPECT_EQ(count(id, EventType::delivery_expired), 0);
  EXPECT_EQ(store::roadState(mailOf(id)), "bounced");
}

TEST_F(Smartmail, what_was_sent_again_by_hand_is_not_posted_besides) {
  const auto id = mailed();
  ASSERT_TRUE(flow_->resend(store::Viewer::ofCompanies({energi_}, {}), id, "email", true));
  clock_.advanceSeconds(86'400);
  walk();
  ASSERT_EQ(deliveriesOf(id).size(), 2U);
  runUntil(deadline_);
  EXPECT_EQ(count(id, EventType::delivery_expired), 0);
  EXPECT_FALSE(deliveriesOf(id)[0].road.deadline) << "the second mail has its own time";
  runUntil(deadline_.plusSeconds(86'400));
  EXPECT_EQ(count(id, EventType::delivery_expired), 1);
  EXPECT_EQ(count(id, EventType::delivery_queued), 1);
}

TEST_F(Smartmail, a_document_that_was_taken_back_is_not_posted) {
  const auto id = mailed();
  write(id, EventType::cancelled, store::NoteFact{});
  runUntil(deadline_.plusSeconds(86'400));
  EXPECT_EQ(count(id, EventType::delivery_expired), 0);
}

TEST_F(Smartmail, an_attempt_that_nobody_knows_the_result_of_has_its_deadline_too) {
  mail_->result = EventType::delivery_uncertain;
  const auto id = mailed();
  runUntil(deadline_);
  EXPECT_EQ(count(id, EventType::delivery_queued), 1);
}

TEST_F(Smartmail, bank_days_are_counted_as_the_banks_have_them) {
  mail_->settings.days = 3;
  mail_->settings.bankDays = true;
  clock_.set(*Instant::parse("2026-12-22T08:00:00Z"));  // a Tuesday before Christmas
  const auto id = mailed();
  EXPECT_EQ(deadlineOf(id), *Instant::parse("2026-12-29T15:00:00Z")) << "23, 28, 29 December";
  runUntil(deadlineOf(id).plusSeconds(-1));
  EXPECT_EQ(count(id, EventType::delivery_expired), 0);
  runUntil(deadlineOf(id));
  EXPECT_EQ(count(id, EventType::delivery_expired), 1);
}

}  // namespace
}  // namespace postgang::flow
