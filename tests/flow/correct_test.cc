// Stopped by the receiver, corrected by the sender, sent again.
#include "flow/correct.h"

#include "formats/format.h"
#include "store/blobs.h"
#include "store/remembered.h"
#include "tests/flow/receiver.h"

namespace postgang::flow {
namespace {

class Correct : public ReceiverWithFilter {
 protected:
  std::string bytesOf(DocumentId id) {
    std::string bytes;
    const auto digest = find(id, energi_)->digest;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(bytes, store::blob(reader, digest));
      return {};
    });
    EXPECT_TRUE(read);
    return bytes;
  }
  std::vector<store::Remembered> rules() {
    std::vector<store::Remembered> found;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::listRemembered(reader, seller(), energi_));
      return {};
    });
    EXPECT_TRUE(read);
    return found;
  }
};

TEST_F(Correct, is_asked_for_by_a_stop_that_both_see) {
  demand(order_number_demanded);
  const auto id = send(Sample{});
  walk();
  EXPECT_EQ(story(id), "received recognised stopped returned");
  EXPECT_EQ(statusOf(id), "returned");
  EXPECT_EQ(received(id), "returned");
  EXPECT_EQ(find(id, granberga_)->entry.lastEventDetail, "demand-missing:BT-13");
  ASSERT_TRUE(flow_->opened(buyer(), granberga_, id, "copy"));
  EXPECT_EQ(story(id), "received recognised stopped returned opened");
  for (const auto side : {energi_, granberga_})
    EXPECT_EQ(find(id, side)->entry.lastEventDetail, "demand-missing:BT-13") << "not who has looked";
}

TEST_F(Correct, makes_a_new_version_that_is_delivered) {
  demand(order_number_demanded);
  const auto first = send(Sample{});
  walk();
  const auto second = corrected(orderNumber(first, "45123456"));
  walk();
  EXPECT_EQ(statusOf(first), "superseded");
  EXPECT_EQ(statusOf(second), "delivered");
  EXPECT_EQ(received(second), "delivered");
  const auto row = find(second, energi_);
  EXPECT_EQ(row->version, 2);
  EXPECT_EQ(row->root, first);
  EXPECT_EQ(row->orderReference, "45123456");
}

TEST_F(Correct, leaves_the_senders_bytes_alone_and_says_what_was_changed_by_whom) {
  demand(order_number_demanded);
  const auto first = send(Sample{});
  walk();
  auto request = orderNumber(first, "45123456");
  request.reason = "Beställaren ringde";
  const auto second = corrected(request);
  EXPECT_EQ(bytesOf(first), invoice(Sample{}));
  const auto fact = this->fact<store::ReceivedFact>(second);
  ASSERT_EQ(fact.changes.size(), 1u);
  EXPECT_EQ(fact.changes[0].term, "BT-13");
  EXPECT_EQ(fact.changes[0].before, std::nullopt);
  EXPECT_EQ(fact.changes[0].after, "45123456");
  EXPECT_EQ(fact.reason, "Beställaren ringde");
  EXPECT_EQ(eventsOf(second).front().actor.name, "Karin Sund");
  const auto reading = formats::readDocument(bytesOf(second));
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->document.text(document::Term::BT_13), "45123456");
}

TEST_F(Correct, tells_before_it_is_sent_what_the_receiver_would_say) {
  demand(order_number_demanded);
  const auto id = send(Sample{});
  walk();
  const auto wrong = flow_->propose(seller(), orderNumber(id, "99123456"));
  ASSERT_TRUE(wrong);
  EXPECT_FALSE(wrong->valid());
  EXPECT_EQ(wrong->findings().front().id, "demand-form");
  const auto right = flow_->propose(seller(), orderNumber(id, "45123456"));
  ASSERT_TRUE(right);
  EXPECT_TRUE(right->valid());
  EXPECT_EQ(right->difference.size(), 1u);
  EXPECT_GT(right->unchanged, 15);
  const auto refused = flow_->correct(seller(), orderNumber(id, "99123456"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "correction-not-enough");
  EXPECT_EQ(statusOf(id), "returned");
}

TEST_F(Correct, tells_the_second_of_two_that_somebody_was_first) {
  demand(order_number_demanded);
  const auto id = send(Sample{});
  walk();
  const auto newer = corrected(orderNumber(id, "45123456"));
  const auto late = flow_->correct(seller(), orderNumber(id, "45999999"));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "document-superseded");
  EXPECT_EQ(late.error().parameters.at("documentId"), newer.text());
  EXPECT_EQ(late.error().parameters.at("by"), "Karin Sund");
  EXPECT_EQ(late.error().parameters.at("at"), clock_.now().text());
}

TEST_F(Correct, needs_no_finding) {
  const auto first = send(Sample{});
  walk();
  ASSERT_EQ(statusOf(first), "delivered");
  const auto second = corrected(orderNumber(first, "45123456"));
  walk();
  EXPECT_EQ(statusOf(first), "superseded");
  EXPECT_EQ(statusOf(second), "delivered");
  EXPECT_EQ(received(first), "superseded");
  EXPECT_EQ(received(second), "delivered");
}

TEST_F(Correct, is_no_duplicate_of_its_own_chain_and_the_number_stays_taken) {
  const auto first = send(Sample{});
  walk();
  const auto second = corrected(orderNumber(first, "45123456"));
  walk();
  const auto third = corrected(orderNumber(second, "45123457"));
  walk();
  EXPECT_EQ(statusOf(third), "delivered");
  Sample again;
  again.lineNet = again.lines = again.withoutVat = again.taxable = "2000.00";
  again.vat = again.vatTotal = "500.00";
  again.withVat = again.payable = "2500.00";
  const auto other = send(again);
  walk();
  EXPECT_EQ(findingOf(other), "number-repeated");
}

TEST_F(Correct, may_go_back_to_the_first_versions_bytes) {
  const auto first = send(Sample{});
  walk();
  const auto second = corrected(orderNumber(first, "45123456"));
  walk();
  CorrectionRequest back;
  back.document = second;
  back.changes = {{document::Term::BT_13, {}, std::nullopt, {}}};
  const auto third = corrected(back);
  walk();
  EXPECT_EQ(statusOf(third), "delivered");
}

TEST_F(Correct, never_touches_what_takes_a_credit_note) {
  const auto id = send(Sample{});
  walk();
  CorrectionRequest request;
  request.document = id;
  request.changes = {{document::Term::BT_1, {}, "4712", {}}};
  const auto refused = flow_->propose(seller(), request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "term-not-correctable");
}

TEST_F(Correct, is_the_senders_alone) {
  demand(order_number_demanded);
  const auto id = send(Sample{});
  walk();
  const auto byBuyer = flow_->correct(buyer(), orderNumber(id, "45123456"));
  ASSERT_FALSE(byBuyer);
  EXPECT_EQ(byBuyer.error().code, "not-the-sender");
  const auto stranger = company("Tallmo kommun", "0007:5599900031");
  const auto byStranger = flow_->correct(viewer(stranger, "Nils"), orderNumber(id, "45123456"));
  ASSERT_FALSE(byStranger);
  EXPECT_EQ(byStranger.error().kind, ProblemKind::not_found);
}

TEST_F(Correct, is_remembered_for_the_counterpart_until_withdrawn) {
  demand(order_number_demanded);
  const auto first = send(Sample{});
  walk();
  auto request = orderNumber(first, "45123456");
  request.remember = true;
  corrected(request);
  walk();

  Sample next;
  next.number = "4712";
  const auto stopped = send(next);
  walk();
  EXPECT_EQ(story(stopped), "received recognised stopped superseded");
  ASSERT_EQ(rules().size(), 1u);
  EXPECT_EQ(rules()[0].used, 1);
  EXPECT_EQ(rules()[0].createdBy, "Karin Sund");
  EXPECT_EQ(rules()[0].counterpart, "0007:5599900023");

  const auto withdrawn = store_->write(store::Priority::background, [&](store::Transaction& tx) {
    return store::withdraw(tx, seller(), rules()[0].id, clock_.now());
  });
  ASSERT_TRUE(withdrawn);
  next.number = "4713";
  const auto again = send(next);
  walk();
  EXPECT_EQ(story(again), "received recognised stopped returned");
}

TEST_F(Correct, does_not_remember_beyond_what_it_answered) {
  demand(order_number_demanded);
  const auto first = send(Sample{});
  walk();
  auto request = orderNumber(first, "45123456");
  request.remember = true;
  corrected(request);
  walk();
  demand(R"([{"id":"reference","term":"BT-10","test":"present"}])");
  Sample next;
  next.number = "4712";
  const auto stopped = send(next);
  walk();
  EXPECT_EQ(story(stopped), "received recognised stopped returned");
  EXPECT_EQ(rules()[0].used, 0);
}

}  // namespace
}  // namespace postgang::flow
