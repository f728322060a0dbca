// What a receiver decides, and what a sender takes back or sends once more.
#include "flow/decide.h"

#include <algorithm>

#include "flow/resend.h"
#include "store/upkeep.h"
#include "tests/flow/receiver.h"

namespace postgang::flow {
namespace {

class Decide : public ReceiverWithFilter {
 protected:
  DocumentId heldDocument() {
    demand(held(order_number_demanded));
    const auto id = send(Sample{});
    walk();
    EXPECT_EQ(story(id), "received recognised held");
    return id;
  }
  DocumentId deliveredDocument() {
    const auto id = send(Sample{});
    walk();
    EXPECT_EQ(statusOf(id), "delivered");
    return id;
  }
  Outcome decided(DocumentId id, Verb verb, std::string_view reason = {}) {
    return flow_->decide(buyer(), id, verb, reason);
  }
};

TEST_F(Decide, lets_a_held_document_through) {
  const auto id = heldDocument();
  EXPECT_EQ(statusOf(id), "held");
  EXPECT_EQ(received(id), "held");
  ASSERT_TRUE(decided(id, Verb::release, "Ordern är muntlig"));
  walk();
  EXPECT_EQ(story(id), "received recognised held checked routed delivery-started delivered");
  EXPECT_EQ(received(id), "delivered");
}

TEST_F(Decide, looks_at_what_is_held_and_it_is_held_still) {
  const auto id = heldDocument();
  ASSERT_TRUE(flow_->opened(buyer(), granberga_, id, "copy"));
  EXPECT_EQ(statusOf(id), "held");
  EXPECT_EQ(received(id), "held");
  EXPECT_EQ(find(id, granberga_)->entry.lastEventDetail, "demand-missing:BT-13");
}

TEST_F(Decide, sends_a_held_document_back_with_a_reason) {
  const auto id = heldDocument();
  const auto silent = decided(id, Verb::send_back);
  ASSERT_FALSE(silent);
  EXPECT_EQ(silent.error().code, "reason-missing");
  ASSERT_TRUE(decided(id, Verb::send_back, "Vi har inte beställt det här"));
  EXPECT_EQ(story(id), "received recognised held returned");
  EXPECT_EQ(find(id, energi_)->entry.lastEventDetail, "Vi har inte beställt det här");
}

TEST_F(Decide, never_both_releases_and_returns) {
  const auto id = heldDocument();
  ASSERT_TRUE(decided(id, Verb::release));
  const auto late = decided(id, Verb::send_back, "Nej");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "decision-taken");
  walk();
  const auto told = story(id);
  EXPECT_EQ(told.find("returned"), std::string::npos);
}

TEST_F(Decide, answers_what_has_arrived_once) {
  const auto id = deliveredDocument();
  ASSERT_TRUE(decided(id, Verb::reject, "Fel pris på rad 2"));
  EXPECT_EQ(statusOf(id), "rejected");
  EXPECT_EQ(find(id, energi_)->entry.lastEventDetail, "Fel pris på rad 2");
  const auto again = decided(id, Verb::accept);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "decision-taken");
}

TEST_F(Decide, is_the_receivers_alone) {
  const auto id = heldDocument();
  const auto bySeller = flow_->decide(seller(), id, Verb::release, "");
  ASSERT_FALSE(bySeller);
  EXPECT_EQ(bySeller.error().code, "not-the-receiver");
}

TEST_F(Decide, takes_back_what_nobody_has_opened) {
  const auto id = deliveredDocument();
  ASSERT_TRUE(flow_->recall(seller(), id, "Fel mottagare"));
  EXPECT_EQ(statusOf(id), "cancelled");
  EXPECT_EQ(received(id), "cancelled");
}

TEST_F(Decide, leaves_what_somebody_has_opened) {
  const auto id = deliveredDocument();
  ASSERT_TRUE(flow_->opened(buyer(), granberga_, id, "copy"));
  const auto late = flow_->recall(seller(), id, "");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "recall-too-late");
}

TEST_F(Decide, sends_once_more_only_when_it_is_known_that_it_was_sent) {
  const auto id = deliveredDocument();
  const auto warned = flow_->resend(seller(), id, "", false);
  ASSERT_FALSE(warned);
  EXPECT_EQ(warned.error().code, "resend-confirm");
  EXPECT_EQ(warned.error().parameters.at("date"), "2026-11-23");
  ASSERT_TRUE(flow_->resend(seller(), id, "", true));
  walk();
  EXPECT_EQ(
      story(id),
      "received recognised checked routed delivery-started delivered routed delivery-started delivered");
}

TEST_F(Decide, does_not_resend_what_is_stopped) {
  demand(order_number_demanded);
  const auto id = send(Sample{});
  walk();
  const auto state = flow_->resendState(seller(), id);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->why, "resend-stopped");
}

TEST_F(Decide, sends_a_failed_document_once_its_receiver_can_be_reached) {
  Sample sample;
  sample.buyerName = "Sen Kund AB";
  sample.buyerNumber = "5599900049";
  const auto id = send(sample);
  walk();
  ASSERT_EQ(statusOf(id), "failed");
  EXPECT_EQ(flow_->resendState(seller(), id)->why, "no-channel");
  company("Sen Kund AB", "0007:5599900049");
  ASSERT_TRUE(flow_->resend(seller(), id, "", false));
  walk();
  EXPECT_EQ(statusOf(id), "delivered");
}

class ResendAfterFailure : public Decide {
 protected:
  // Failed for want of a road that is there now.
  DocumentId failedDocument() {
    const auto id = send(upload(toLateCustomer("Sen Kund AB")));
    walk();
    EXPECT_EQ(statusOf(id), "failed");
    company("Sen Kund AB", "0007:5599900049");
    return id;
  }
  static std::string toLateCustomer(const std::string& name) {
    Sample sample;
    sample.buyerName = name;
    sample.buyerNumber = "5599900049";
    return invoice(sample);
  }
  void expectWhole() {
    const auto report = store::verify(*store_);
    ASSERT_TRUE(report) << report.error().detail;
    for (const auto& damage : report->damages) ADD_FAILURE() << damage.where << ": " << damage.detail;
  }
};

TEST_F(ResendAfterFailure, holds_its_number_and_its_bytes_again) {
  const auto id = failedDocument();
  ASSERT_TRUE(flow_->resend(seller(), id, "", false));
  walk();
  EXPECT_EQ(statusOf(id), "delivered");
  const auto sameBytes = flow_->accept(upload(toLateCustomer("Sen Kund AB")));
  ASSERT_FALSE(sameBytes);
  EXPECT_EQ(sameBytes.error().code, "duplicate-document");
  const auto sameNumber = send(upload(toLateCustomer("Sen Kund Aktiebolag")));
  walk();
  EXPECT_EQ(findingOf(sameNumber), "number-repeated");
  expectWhole();
  ASSERT_TRUE(store::rebuild(*store_));
  expectWhole();
}

TEST_F(ResendAfterFailure, is_refused_when_the_same_number_has_come_since) {
  const auto id = failedDocument();
  const auto since = send(upload(toLateCustomer("Sen Kund Aktiebolag")));
  walk();
  ASSERT_EQ(statusOf(since), "delivered");
  const auto refused = flow_->resend(seller(), id, "", true);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "resend-repeated");
  EXPECT_EQ(refused.error().parameters.at("documentId"), since.text());
  EXPECT_EQ(statusOf(id), "failed");
  expectWhole();
}

TEST_F(ResendAfterFailure, is_refused_when_the_same_bytes_have_come_since) {
  const auto id = failedDocument();
  const auto since = send(upload(toLateCustomer("Sen Kund AB")));
  walk();
  ASSERT_EQ(statusOf(since), "delivered");
  const auto refused = flow_->resend(seller(), id, "", true);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "resend-repeated");
}

}  // namespace
}  // namespace postgang::flow
