// Deliveries by channels that leave the house, seen through one that the test holds in its hand.
#include "flow/deliver.h"

#include "flow/track.h"
#include "store/upkeep.h"
#include "tests/flow/courier.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

using store::EventType;

class Deliver : public House {
 protected:
  Deliver() {
    auto email = std::make_unique<Courier>("email", 50);
    auto print = std::make_unique<Courier>("print", 900);
    email_ = email.get();
    print_ = print.get();
    std::vector<std::unique_ptr<channels::Channel>> all;
    all.push_back(std::move(print));
    all.push_back(std::move(email));
    couriers_ = std::make_unique<channels::Registry>(std::move(all));
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, *couriers_, settings_);
  }

  static channels::Sent answer(EventType type, std::optional<Instant> retryAt = {}) {
    channels::Sent sent;
    sent.result = type;
    sent.retryAt = retryAt;
    return sent;
  }

  std::unique_ptr<channels::Registry> couriers_;
  Courier* email_ = nullptr;
  Courier* print_ = nullptr;
};

TEST_F(Deliver, takes_the_cheapest_road_first) {
  const auto id = send(Sample{});
  walk();
  EXPECT_EQ(story(id), "received recognised checked routed delivery-started sent");
  EXPECT_EQ(email_->sent.size(), 1u);
  EXPECT_EQ(print_->sent.size(), 0u);
  EXPECT_EQ(statusOf(id), "sent");
}

TEST_F(Deliver, has_the_attempt_on_disk_before_the_first_byte_leaves) {
  DocumentId id;
  std::string told;
  email_->onSend = [&] { told = story(id); };
  id = send(Sample{});
  walk();
  EXPECT_EQ(told, "received recognised checked routed delivery-started");
}

TEST_F(Deliver, goes_on_to_the_next_road_after_a_bounce) {
  email_->answers = {answer(EventType::bounced)};
  const auto id = send(Sample{});
  walk();
  EXPECT_EQ(story(id), "received recognised checked routed delivery-started bounced delivery-started sent");
  EXPECT_EQ(print_->sent.size(), 1u);
}

TEST_F(Deliver, tries_the_same_road_again_when_it_asks_for_that) {
  const auto later = clock_.now().plusSeconds(600);
  email_->answers = {answer(EventType::delivery_failed, later), answer(EventType::sent)};
  const auto id = send(Sample{});
  walk();
  EXPECT_EQ(email_->sent.size(), 1u);
  ASSERT_TRUE(flow_->advance(clock_, 599));
  EXPECT_EQ(email_->sent.size(), 1u);
  ASSERT_TRUE(flow_->advance(clock_, 2));
  ASSERT_EQ(email_->sent.size(), 2u);
  EXPECT_EQ(email_->sent[1].attempt, 2);
  EXPECT_EQ(email_->sent[1].delivery, email_->sent[0].delivery);
  EXPECT_EQ(statusOf(id), "sent");
  EXPECT_EQ(eventsOf(id).back().at, later) << "at its own time, not when time was moved to";
  EXPECT_TRUE(print_->sent.empty());
}

TEST_F(Deliver, fails_when_every_road_is_tried) {
  email_->answers = {answer(EventType::bounced)};
  print_->answers = {answer(EventType::delivery_failed)};
  const auto id = send(Sample{});
  walk();
  EXPECT_EQ(statusOf(id), "failed");
  EXPECT_EQ(fact<store::FailedFact>(id).code, "channels-exhausted");
}

TEST_F(Deliver, an_attempt_that_was_cut_off_is_uncertain_and_not_made_again) {
  settings_.leaseSeconds = 60;
  // It is cut off while the courier has the bytes: its result is never written.
  email_->onSend = [] { throw std::runtime_error("cut off"); };
  const auto id = send(Sample{});
  walk();
  email_->onSend = {};
  flow_ = std::make_unique<Flow>(*store_, clock_, ids_, *couriers_, settings_);
  clock_.advanceSeconds(61);
  walk();
  EXPECT_EQ(story(id), "received recognised checked routed delivery-started delivery-uncertain");
  EXPECT_EQ(email_->sent.size(), 1u) << "sending again could double it";
}

TEST_F(Deliver, a_bounce_that_comes_later_moves_it_on) {
  const auto id = send(Sample{});
  walk();
  store::DeliveryFact fact;
  for (const auto& event : eventsOf(id))
    if (event.type == EventType::sent) fact = std::get<store::DeliveryFact>(event.fact);
  ASSERT_TRUE(track(Tools{*store_, clock_, ids_, *couriers_}, {id, EventType::bounced, fact}));
  walk();
  EXPECT_EQ(print_->sent.size(), 1u);
  EXPECT_EQ(statusOf(id), "sent");
}

TEST_F(Deliver, what_was_delivered_is_not_taken_in_again_though_all_that_followed_failed) {
  const auto id = send(Sample{});
  walk();
  const auto fact = std::get<store::DeliveryFact>(eventsOf(id).back().fact);
  print_->answers = {answer(EventType::delivery_failed)};
  for (const auto type : {EventType::delivered, EventType::delivery_returned})
    ASSERT_TRUE(track(Tools{*store_, clock_, ids_, *couriers_}, {id, type, fact}));
  walk();
  EXPECT_EQ(story(id).substr(story(id).rfind(' ')), " failed");
  EXPECT_EQ(statusOf(id), "delivered");
  const auto again = flow_->accept(upload(Sample{}));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "duplicate-document");
  const auto report = store::verify(*store_);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->damages.empty()) << report->damages.front().detail;
}

}  // namespace
}  // namespace postgang::flow
