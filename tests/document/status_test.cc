#include "document/status.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace postgang::document {
namespace {

using Events = std::vector<EventType>;

Status after(const Events& events) {
  std::optional<Status> status;
  for (const auto event : events) status = fold(status, event);
  return *status;
}

DeliveryStatus deliveryAfter(const Events& events) {
  std::optional<DeliveryStatus> status;
  for (const auto event : events) status = fold(status, event);
  return *status;
}

using enum EventType;

TEST(Status, OfAnInvoiceThatArrives) {
  EXPECT_EQ(after({received}), Status::received);
  EXPECT_EQ(after({received, recognised}), Status::received);
  EXPECT_EQ(after({received, recognised, checked}), Status::ready);
  EXPECT_EQ(after({received, recognised, checked, routed, delivery_started}), Status::sending);
  EXPECT_EQ(after({received, recognised, checked, routed, delivery_started, sent}), Status::sent);
  EXPECT_EQ(after({received, recognised, checked, routed, delivery_started, delivered, opened}),
            Status::opened);
}

TEST(Status, StoppedThenLetThrough) {
  EXPECT_EQ(after({received, recognised, EventType::stopped}), Status::stopped);
  EXPECT_EQ(after({received, EventType::stopped, routed}), Status::stopped);
  EXPECT_EQ(after({received, EventType::stopped, checked}), Status::ready);
  EXPECT_EQ(after({received, EventType::held, checked, routed, delivered}), Status::delivered);
}

TEST(Status, AStopBeatsWhatWasIntendedAndNotWhatHappened) {
  EXPECT_EQ(after({received, checked, routed, EventType::stopped}), Status::stopped);
  EXPECT_EQ(after({received, checked, routed, delivery_started, EventType::stopped}), Status::stopped);
  EXPECT_EQ(after({received, checked, routed, delivered, EventType::stopped}), Status::delivered);
}

TEST(Status, FailedThenTriedAgain) {
  EXPECT_EQ(after({received, checked, routed, delivery_started, sent, EventType::failed}), Status::failed);
  EXPECT_EQ(after({received, checked, routed, EventType::failed, delivered}), Status::delivered);
  EXPECT_EQ(after({received, checked, routed, EventType::failed, routed}), Status::ready);
  EXPECT_EQ(after({received, checked, routed, EventType::failed, routed, delivery_started, sent}),
            Status::sent);
}

TEST(Status, AFetchOrABounceChangesNothing) {
  for (const auto event :
       {fetched, bounced, delivery_failed, delivery_uncertain, delivery_expired, delivery_returned})
    for (const auto& before : {Events{received}, Events{received, checked, routed, delivered},
                               Events{received, delivered, opened}}) {
      auto with = before;
      with.push_back(event);
      EXPECT_EQ(after(with), after(before)) << name(event);
    }
}

TEST(Status, TheWrongRecipientTakesBackWhatItSeemedToSay) {
  EXPECT_EQ(after({received, checked, routed, delivery_started, sent, wrong_recipient}), Status::sending);
  EXPECT_EQ(after({received, checked, routed, delivery_started, sent, opened, wrong_recipient}),
            Status::sending);
  EXPECT_EQ(after({received, checked, routed, delivery_started, sent, opened, wrong_recipient,
                   delivery_queued, delivery_started, sent}),
            Status::sent);
  EXPECT_EQ(after({received, routed, sent, opened, wrong_recipient, EventType::failed}), Status::failed);
  EXPECT_EQ(after({received, routed, sent, accepted, wrong_recipient}), Status::accepted);
  EXPECT_EQ(after({received, routed, sent, EventType::answered}), Status::delivered) << "who answers has it";
  EXPECT_EQ(after({received, routed, sent, opened, EventType::answered}), Status::opened);
  EXPECT_EQ(after({received, routed, sent, EventType::not_fetched}), Status::sent);
  EXPECT_EQ(after({received, routed, sent, cancelled, wrong_recipient}), Status::cancelled);
  EXPECT_EQ(deliveryAfter({delivery_started, sent, opened, wrong_recipient}), DeliveryStatus::failed);
  EXPECT_EQ(deliveryAfter({delivery_started, sent, bounced, wrong_recipient}), DeliveryStatus::bounced);
}

TEST(Status, TheEndIsTheEnd) {
  for (const auto late :
       {delivered, opened, accepted, rejected, routed, checked, delivery_started, EventType::stopped}) {
    EXPECT_EQ(after({received, superseded, late}), Status::superseded) << name(late);
    EXPECT_EQ(after({received, cancelled, late}), Status::cancelled) << name(late);
    EXPECT_EQ(after({received, EventType::stopped, EventType::returned, late}), Status::returned)
        << name(late);
  }
}

// All facts that may come late and in any order once the document is on its way.
constexpr EventType late_facts[] = {delivery_started,
                                    sent,
                                    delivered,
                                    fetched,
                                    opened,
                                    bounced,
                                    delivery_failed,
                                    delivery_expired,
                                    EventType::failed,
                                    accepted,
                                    rejected,
                                    EventType::returned,
                                    superseded,
                                    cancelled,
                                    EventType::stopped};

// Every choice of up to five facts, in every order, ends alike.
TEST(Status, AnyOrderOfLateFactsEndsAlike) {
  constexpr unsigned count = std::size(late_facts);
  std::size_t orders = 0;
  for (unsigned choice = 0; choice < (1U << count); ++choice) {
    Events facts;
    for (unsigned i = 0; i < count; ++i)
      if ((choice >> i & 1U) != 0) facts.push_back(late_facts[i]);
    if (facts.size() > 5) continue;
    std::sort(facts.begin(), facts.end());
    std::optional<Status> expected;
    do {
      Events events{received, recognised, checked, routed};
      events.insert(events.end(), facts.begin(), facts.end());
      const auto status = after(events);
      if (!expected) expected = status;
      ASSERT_EQ(status, *expected);
      ++orders;
    } while (std::next_permutation(facts.begin(), facts.end()));
  }
  EXPECT_GT(orders, 300'000U);
}

// A fact said twice is a fact said once.
TEST(Status, RepetitionChangesNothing) {
  for (const auto first : late_facts)
    for (const auto second : late_facts)
      EXPECT_EQ(after({received, checked, routed, first, second, first, second}),
                after({received, checked, routed, first, second}));
}

TEST(Delivery, GoesItsWay) {
  EXPECT_EQ(fold(std::optional<DeliveryStatus>(), routed), DeliveryStatus::queued);
  EXPECT_EQ(deliveryAfter({delivery_started}), DeliveryStatus::sending);
  EXPECT_EQ(deliveryAfter({delivery_started, sent, delivered, opened}), DeliveryStatus::opened);
  EXPECT_EQ(deliveryAfter({delivery_started, sent, bounced}), DeliveryStatus::bounced);
}

TEST(Delivery, IsTriedAgain) {
  EXPECT_EQ(deliveryAfter({delivery_started, delivery_failed, delivery_started}), DeliveryStatus::sending);
  EXPECT_EQ(deliveryAfter({delivery_started, delivery_uncertain, delivery_started, sent}),
            DeliveryStatus::sent);
  EXPECT_EQ(deliveryAfter({delivery_started, delivery_uncertain, delivered}), DeliveryStatus::delivered);
}

TEST(Delivery, AnOpeningOutranksDeadlineAndBounce) {
  EXPECT_EQ(deliveryAfter({delivery_started, delivery_expired, opened}), DeliveryStatus::opened);
  EXPECT_EQ(deliveryAfter({delivery_started, opened, bounced}), DeliveryStatus::opened);
  EXPECT_EQ(deliveryAfter({delivery_started, delivered, delivery_expired}), DeliveryStatus::expired);
  EXPECT_EQ(deliveryAfter({delivery_started, delivered, fetched, accepted}), DeliveryStatus::delivered);
}

TEST(Delivery, AnyOrderOfFactsEndsAlike) {
  Events facts{sent, delivered, fetched, opened, bounced, delivery_failed, delivery_expired};
  for (unsigned choice = 0; choice < (1U << facts.size()); ++choice) {
    Events chosen;
    for (unsigned i = 0; i < facts.size(); ++i)
      if ((choice >> i & 1U) != 0) chosen.push_back(facts[i]);
    std::sort(chosen.begin(), chosen.end());
    std::optional<DeliveryStatus> expected;
    do {
      Events events{delivery_started};
      events.insert(events.end(), chosen.begin(), chosen.end());
      if (!expected) expected = deliveryAfter(events);
      ASSERT_EQ(deliveryAfter(events), *expected);
    } while (std::next_permutation(chosen.begin(), chosen.end()));
  }
}

TEST(Names, ComeBack) {
  for (int i = 0; i <= static_cast<int>(Status::cancelled); ++i) {
    const auto status = static_cast<Status>(i);
    EXPECT_EQ(statusFromName(name(status)), status);
  }
  for (int i = 0; i <= static_cast<int>(DeliveryStatus::uncertain); ++i) {
    const auto status = static_cast<DeliveryStatus>(i);
    EXPECT_EQ(deliveryStatusFromName(name(status)), status);
  }
  for (int i = 0; i <= static_cast<int>(EventType::cancelled); ++i) {
    const auto type = static_cast<EventType>(i);
    EXPECT_EQ(eventTypeFromName(name(type)), type);
  }
  EXPECT_FALSE(statusFromName("klar"));
}

TEST(NeedsSomebody, WhereNothingGoesOnByItself) {
  for (const auto status :
       {Status::stopped, Status::returned, Status::rejected, Status::failed, Status::held})
    EXPECT_TRUE(needsSomebody(status));
  for (const auto status :
       {Status::received, Status::ready, Status::sent, Status::opened, Status::superseded})
    EXPECT_FALSE(needsSomebody(status));
}

}  // namespace
}  // namespace postgang::document
