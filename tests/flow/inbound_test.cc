// A supplier that is no customer: its receiver hands its invoice in.
#include "store/companies.h"
#include "tests/flow/receiver.h"

namespace postgang::flow {
namespace {

class Inbound : public ReceiverWithFilter {
 protected:
  static Sample fromSupplier() {
    Sample sample;
    sample.sellerName = "Björkvik Kontorsservice AB";
    sample.sellerNumber = "5599900098";
    return sample;
  }
  Upload handedIn(const Sample& sample) const {
    auto made = upload(sample);
    made.sender = granberga_;
    made.inbound = true;
    return made;
  }
  std::string statusHere(DocumentId id) { return received(id); }
};

TEST_F(Inbound, lies_in_its_receivers_inbox) {
  const auto id = send(handedIn(fromSupplier()));
  walk();
  EXPECT_EQ(statusHere(id), "delivered");
  const auto row = find(id, granberga_);
  EXPECT_EQ(row->entry.direction, store::Direction::received);
  EXPECT_EQ(row->entry.sender.name, "Björkvik Kontorsservice AB");
}

TEST_F(Inbound, makes_its_supplier_no_customer) {
  send(handedIn(fromSupplier()));
  walk();
  Sample toSupplier;
  toSupplier.buyerName = "Björkvik Kontorsservice AB";
  toSupplier.buyerNumber = "5599900098";
  const auto id = send(toSupplier);
  walk();
  EXPECT_EQ(statusOf(id), "failed");
}

TEST_F(Inbound, meets_the_receivers_filter) {
  demand(order_number_demanded);
  const auto id = send(handedIn(fromSupplier()));
  walk();
  EXPECT_EQ(statusHere(id), "returned");
}

TEST_F(Inbound, is_refused_when_it_is_somebody_elses) {
  auto sample = fromSupplier();
  sample.buyerName = "Tallmo kommun";
  sample.buyerNumber = "5599900106";
  const auto refused = flow_->accept(handedIn(sample));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "buyer-not-you");
}

TEST_F(Inbound, is_refused_when_its_sender_sends_by_itself) {
  const auto refused = flow_->accept(handedIn(Sample{}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "sender-is-customer");
}

TEST_F(Inbound, is_refused_when_nobody_can_be_its_sender) {
  auto unreadable = handedIn(fromSupplier());
  unreadable.bytes = "<Invoice";
  EXPECT_FALSE(flow_->accept(unreadable));
  auto nameless = fromSupplier();
  nameless.sellerNumber.clear();
  const auto refused = flow_->accept(handedIn(nameless));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "sender-without-identifier");
}

}  // namespace
}  // namespace postgang::flow
