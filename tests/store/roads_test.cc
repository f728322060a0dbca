// What is known of a mail or a letter, fact by fact.
#include "tests/store/smartmail_world.h"

namespace postgang::store {
namespace {

class Roads : public SmartmailWorld {};
INSTANTIATE_BOTH_STORES(Roads);

TEST_P(Roads, AMailWaitsUntilItsDeadline) {
  const auto mail = mailed(company(1), "1");
  const auto delivery = deliveryOf(mail);
  EXPECT_EQ(roadState(delivery), "waiting");
  EXPECT_EQ(delivery.status, DeliveryStatus::sent);
  EXPECT_EQ(delivery.road.sentAt, clock_.now());
  EXPECT_EQ(delivery.road.deadline, clock_.now().plusSeconds(7 * 86'400));
  EXPECT_EQ(delivery.road.sheets, 2);
  EXPECT_EQ(delivery.road.letterPrice->text(), "12.40");
  ASSERT_EQ(delivery.road.recipients.size(), 1U);
  EXPECT_EQ(delivery.road.recipients[0].address, "lena@kund.example");
  EXPECT_FALSE(delivery.road.openedAt);
}

TEST_P(Roads, EveryPartThatCountsMustBeOpened) {
  auto fact = mailFact(ids_.next<DeliveryId>());
  fact.parts = {{"", false}, {"Avtal.pdf", false}, {"Villkor.pdf", true}};
  fact.recipients = {{"lena@kund.example", {}}, {"ekonomi@kund.example", {}}};
  const auto mail = mailed(company(1), "1", fact);
  open(mail);
  auto road = deliveryOf(mail).road;
  EXPECT_EQ(road.parts[0].openedAt, clock_.now());
  EXPECT_FALSE(road.openedAt);
  EXPECT_EQ(roadState(deliveryOf(mail)), "waiting");
  const auto first = clock_.now();
  clock_.advanceSeconds(60);
  auto part = about(mail);
  part.part = "Avtal.pdf";
  part.recipient = "ekonomi@kund.example";
  appendTo(mail.document, {{EventType::part_opened, {}, part}});
  clock_.advanceSeconds(60);
  appendTo(mail.document, {{EventType::part_opened, {}, part}});
  road = deliveryOf(mail).road;
  EXPECT_EQ(road.openedAt, first.plusSeconds(60)) << "once";
  EXPECT_EQ(road.recipients[0].openedAt, first);
  EXPECT_EQ(road.recipients[1].openedAt, first.plusSeconds(60));
  EXPECT_FALSE(road.parts[2].openedAt);
  EXPECT_EQ(roadState(deliveryOf(mail)), "opened");
}

TEST_P(Roads, WhatPassedItsDeadlineIsPostedAlsoWhenItIsOpenedLater) {
  const auto mail = mailed(company(1), "1");
  clock_.advanceSeconds(7 * 86'400);
  const auto letter = expire(mail, clock_.now().plusSeconds(900));
  EXPECT_EQ(roadState(deliveryOf(mail)), "posted");
  EXPECT_EQ(roadState(deliveryOf(mail.document, letter)), "queued");
  open(mail);
  EXPECT_EQ(roadState(deliveryOf(mail)), "posted");
  EXPECT_TRUE(deliveryOf(mail).road.openedAt);
}

TEST_P(Roads, ADeadlineIsMovedAndTakenAway) {
  const auto mail = mailed(company(1), "1");
  auto fact = about(mail);
  fact.deadline = clock_.now().plusSeconds(99);
  appendTo(mail.document, {{EventType::deadline_moved, {}, fact}});
  EXPECT_EQ(deliveryOf(mail).road.deadline, fact.deadline);
  fact.deadline.reset();
  appendTo(mail.document, {{EventType::deadline_moved, {}, fact}, {EventType::reminded, {}, fact}});
  EXPECT_FALSE(deliveryOf(mail).road.deadline);
  EXPECT_EQ(deliveryOf(mail).road.reminders, 1);
}

TEST_P(Roads, OneOfSeveralAddressesBouncesOrAllDo) {
  auto fact = mailFact(ids_.next<DeliveryId>());
  fact.recipients = {{"lena@kund.example", {}}, {"gammal@kund.example", {}}};
  const auto mail = mailed(company(1), "1", fact);
  auto one = about(mail);
  one.recipient = "gammal@kund.example";
  one.detail = "550 5.1.1 unknown";
  appendTo(mail.document, {{EventType::recipient_bounced, {}, one}});
  auto road = deliveryOf(mail).road;
  EXPECT_EQ(road.recipients[0].bounced, "");
  EXPECT_EQ(road.recipients[1].bounced, "550 5.1.1 unknown");
  EXPECT_EQ(roadState(deliveryOf(mail)), "waiting");
  auto all = after(fact, "dsn");
  all.detail = "552 5.2.2 mailbox full";
  appendTo(mail.document, {{EventType::bounced, {}, all}});
  road = deliveryOf(mail).road;
  EXPECT_EQ(road.recipients[0].bounced, "552 5.2.2 mailbox full");
  EXPECT_EQ(road.recipients[1].bounced, "550 5.1.1 unknown");
  EXPECT_EQ(roadState(deliveryOf(mail)), "bounced");
}

TEST_P(Roads, ALetterGoesFromItsLineToThePostAndPerhapsBack) {
  const auto mail = mailed(company(1), "1");
  const auto cutOff = clock_.now().plusSeconds(900);
  const auto letter = expire(mail, cutOff);
  EXPECT_EQ(deliveryOf(mail.document, letter).road.deadline, cutOff);
  DeliveryFact fact;
  fact.delivery = letter;
  fact.channel = "print";
  fact.batch = "20261109-1600-001";
  const auto step = [&](EventType type) {
    appendTo(mail.document, {{type, {}, fact}});
    return std::string(roadState(deliveryOf(mail.document, letter)));
  };
  EXPECT_EQ(step(EventType::delivery_started), "sending");
  EXPECT_EQ(step(EventType::sent), "sent");
  EXPECT_EQ(step(EventType::printed), "printed");
  EXPECT_EQ(step(EventType::posted), "posted");
  EXPECT_EQ(step(EventType::delivery_returned), "returned");
  EXPECT_EQ(deliveryOf(mail.document, letter).road.batch, "20261109-1600-001");
}

TEST_P(Roads, ALetterThatWasTakenBackSaysSo) {
  const auto mail = mailed(company(1), "1");
  const auto letter = expire(mail, clock_.now().plusSeconds(900));
  DeliveryFact fact;
  fact.delivery = letter;
  fact.channel = "print";
  fact.evidence = "recalled";
  appendTo(mail.document, {{EventType::delivery_failed, {}, fact}});
  EXPECT_EQ(roadState(deliveryOf(mail.document, letter)), "recalled");
}

TEST_P(Roads, OtherChannelsHaveNoState) {
  const auto document = delivered(company(1), company(2), invoiceFacts(company(1), company(2), "1"));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto deliveries, deliveriesOf(reader, Viewer::system(), document));
    EXPECT_EQ(roadState(deliveries.at(0)), "");
    return {};
  });
}

TEST_P(Roads, AReceiverIsToldNothingOfTheSendersRoads) {
  const auto document = delivered(company(1), company(2), invoiceFacts(company(1), company(2), "1"));
  appendTo(document, {{EventType::delivery_started, {}, mailFact(ids_.next<DeliveryId>())}});
  read([&](Reader& reader) -> Outcome {
    TRY(const auto sender, deliveriesOf(reader, of(company(1)), document));
    EXPECT_EQ(sender.size(), 2U);
    TRY(const auto receiver, deliveriesOf(reader, of(company(2)), document));
    EXPECT_EQ(receiver.size(), 1U);
    EXPECT_TRUE(receiver[0].road.recipients.empty());
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
