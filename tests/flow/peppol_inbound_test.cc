// What comes in over Peppol: statuses, invoice responses, invoices, and the status that is sent back.
#include "store/filters.h"
#include "tests/flow/peppol_house.h"

namespace postgang::flow {
namespace {

using formats::InvoiceStatus;
using formats::MlsCode;
using store::EventType;
using store::ExchangeDirection;

class PeppolIn : public PeppolHouse {
 protected:
  DocumentId onItsWay() {
    registered({"invoice"});
    const auto id = sent();
    EXPECT_EQ(statusOf(id), "sent");
    instance_ = lastDelivery(id).reference;
    return id;
  }
  // From outside to Granberga, who is a customer here.
  std::string incoming(const std::string& instance, bool always = false, const std::string& number = "A-1",
                       const std::string& to = "0007:5599900023") {
    Sample sample;
    sample.number = number;
    sample.sellerName = "Österby Bygg AB";
    sample.sellerNumber = outside_number;
    return enveloped(bisInvoice(sample), "invoice", outside, to, instance, always);
  }
  std::string receivedAs(DocumentId id) {
    const auto row = find(id, granberga_);
    return row ? std::string(document::name(row->entry.status)) : row.error().code;
  }
  // The statuses that have left the house.
  std::vector<formats::Mls> statuses() {
    for (int i = 0; i < 3; ++i) {
      clock_.advanceSeconds(5);
      walk();
    }
    std::vector<formats::Mls> found;
    for (const auto& bytes : accessPoint_.envelopes())
      if (auto mls = formats::readMls(formats::readSbdh(bytes)->payload)) found.push_back(std::move(*mls));
    return found;
  }
  int count(DocumentId id, EventType type) {
    int count = 0;
    for (const auto& event : eventsOf(id)) count += event.type == type;
    return count;
  }
  std::string instance_;
};

TEST_F(PeppolIn, a_status_says_that_it_is_there_once) {
  const auto id = onItsWay();
  const auto bytes = status(MlsCode::delivered, instance_, "s-1");
  const auto first = taken(bytes);
  EXPECT_EQ(first.kind, "mls");
  EXPECT_EQ(first.document, id);
  EXPECT_EQ(statusOf(id), "delivered");
  EXPECT_EQ(lastDelivery(id).evidence, "mls");
  const auto again = taken(bytes);
  EXPECT_EQ(again.instance, first.instance);
  EXPECT_EQ(again.kind, first.kind);
  EXPECT_EQ(again.document, first.document);
  taken(status(MlsCode::delivered, instance_, "s-2"));
  EXPECT_EQ(count(id, EventType::delivered), 1);
  const auto row = exchangeOf(instance_, ExchangeDirection::out);
  EXPECT_EQ(row->mls, "AP");
  EXPECT_TRUE(row->mlsAt);
}

TEST_F(PeppolIn, without_a_confirmation_it_stays_sent_and_the_timeline_says_so) {
  const auto id = onItsWay();
  taken(status(MlsCode::handed_on, instance_, "s-1"));
  EXPECT_EQ(statusOf(id), "sent");
  EXPECT_EQ(lastDelivery(id).evidence, "mls");
  EXPECT_EQ(eventsOf(id).back().type, EventType::sent);
}

TEST_F(PeppolIn, what_is_rejected_goes_the_next_way_in_its_words) {
  const auto id = onItsWay();
  taken(status(MlsCode::rejected, instance_, "s-1"));
  EXPECT_EQ(print_->sent.size(), 1u);
  bool told = false;
  for (const auto& event : eventsOf(id))
    if (event.type == EventType::delivery_failed)
      told =
          std::get<store::DeliveryFact>(event.fact).detail.find("The number is taken") != std::string::npos;
  EXPECT_TRUE(told);
  // A late one that contradicts it does not send it once more.
  taken(status(MlsCode::rejected, instance_, "s-2"));
  EXPECT_EQ(print_->sent.size(), 1u);
}

TEST_F(PeppolIn, what_is_rejected_and_has_no_other_way_has_failed) {
  registered({"invoice"});
  auto made = upload(bisInvoice(toOutside()));
  made.channel = "peppol";
  const auto id = send(made);
  walk();
  taken(status(MlsCode::rejected, lastDelivery(id).reference, "s-1"));
  EXPECT_EQ(statusOf(id), "failed");
  const auto failed = fact<store::FailedFact>(id);
  EXPECT_EQ(failed.code, "peppol-rejected");
  EXPECT_NE(failed.parameters.at("words").find("The number is taken"), std::string::npos);
}

TEST_F(PeppolIn, a_strangers_status_and_one_about_nothing_change_nothing) {
  const auto id = onItsWay();
  const auto stranger = taken(status(MlsCode::rejected, instance_, "s-1", "0242:000009"));
  EXPECT_FALSE(stranger.document);
  EXPECT_FALSE(taken(status(MlsCode::rejected, "no-such", "s-2")).document);
  EXPECT_EQ(statusOf(id), "sent");
  EXPECT_TRUE(print_->sent.empty());
}

TEST_F(PeppolIn, a_buyers_response_is_on_the_timeline) {
  const auto id = onItsWay();
  EXPECT_EQ(taken(response(InvoiceStatus::received, "t-1")).document, id);
  EXPECT_EQ(statusOf(id), "delivered");
  EXPECT_EQ(fact<store::AnswerFact>(id).code, "AB");
  taken(response(InvoiceStatus::under_query, "t-2"));
  EXPECT_EQ(count(id, EventType::answered), 2);
  taken(response(InvoiceStatus::accepted, "t-3"));
  EXPECT_EQ(statusOf(id), "accepted");
  taken(response(InvoiceStatus::paid, "t-4"));
  EXPECT_EQ(count(id, EventType::accepted), 1);
  EXPECT_EQ(count(id, EventType::answered), 3);
  taken(response(InvoiceStatus::paid, "t-4"));
  EXPECT_EQ(count(id, EventType::answered), 3);
}

TEST_F(PeppolIn, a_buyers_no_is_a_no_in_its_words) {
  const auto id = onItsWay();
  taken(response(InvoiceStatus::rejected, "t-1"));
  EXPECT_EQ(statusOf(id), "rejected");
  EXPECT_EQ(std::get<store::NoteFact>(eventsOf(id).back().fact).reason, "The reference is not ours");
}

TEST_F(PeppolIn, nobody_else_answers_for_the_buyer) {
  const auto id = onItsWay();
  const auto stranger = taken(response(InvoiceStatus::rejected, "t-1", "4711", "0007:5599900148"));
  EXPECT_FALSE(stranger.document);
  EXPECT_FALSE(taken(response(InvoiceStatus::rejected, "t-2", "4712")).document);
  EXPECT_EQ(statusOf(id), "sent");
}

TEST_F(PeppolIn, an_invoice_lies_in_the_receivers_inbox) {
  const auto first = taken(incoming("i-1"));
  ASSERT_TRUE(first.document);
  EXPECT_EQ(first.kind, "invoice");
  EXPECT_EQ(first.receiverCountry, "SE");
  EXPECT_EQ(receivedAs(*first.document), "delivered");
  EXPECT_EQ(find(*first.document, granberga_)->door, "peppol");
  EXPECT_EQ(taken(incoming("i-1")).document, first.document);
  const auto row = exchangeOf("i-1", ExchangeDirection::in);
  EXPECT_EQ(row->company, granberga_);
  EXPECT_EQ(row->senderAccessPoint, "POP000002");
  EXPECT_TRUE(statuses().empty()) << "its sender wants to hear of rejections alone";
  EXPECT_EQ(exchangeOf("i-1", ExchangeDirection::in)->mls, "AP") << "what it would have been";
}

TEST_F(PeppolIn, its_sender_hears_that_it_is_there_where_it_wants_to) {
  taken(incoming("i-1", true));
  const auto told = statuses();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].result, MlsCode::delivered);
  EXPECT_EQ(told[0].instance, "i-1");
  EXPECT_EQ(told[0].receiver, their_provider);
  EXPECT_EQ(told[0].sender, our_provider);
}

TEST_F(PeppolIn, what_is_stopped_is_told_with_its_findings) {
  const auto filter = store_->write(store::Priority::background, [&](store::Transaction& tx) {
    return store::createFilter(
        tx, granberga_, ids_.next<store::FilterId>(),
        {"Krav",
         true,
         {},
         R"([{"id":"order","term":"BT-13","test":"digits","least":8,"most":8,"prefix":"45"}])",
         ""},
        {store::ActorKind::person, "1", "Ivar Lind"});
  });
  ASSERT_TRUE(filter);
  const auto first = taken(incoming("i-1"));
  EXPECT_EQ(receivedAs(*first.document), "returned");
  const auto told = statuses();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].result, MlsCode::rejected);
  ASSERT_FALSE(told[0].issues.empty());
  EXPECT_EQ(told[0].issues[0].reason, formats::MlsReason::rule);
  EXPECT_TRUE(formats::checkMls(told[0]));
}

TEST_F(PeppolIn, what_cannot_be_taken_in_is_told_and_kept_only_as_an_exchange) {
  // For Granberga, as the envelope says; the invoice itself is for somebody else.
  Sample sample;
  sample.sellerNumber = outside_number;
  sample.buyerNumber = "5599900148";
  const auto first = taken(enveloped(bisInvoice(sample), "invoice", outside, "0007:5599900023", "i-1"));
  EXPECT_FALSE(first.document);
  const auto told = statuses();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].result, MlsCode::rejected);
}

TEST_F(PeppolIn, the_same_invoice_in_another_envelope_is_the_same_document) {
  const auto first = taken(incoming("i-1"));
  const auto second = taken(incoming("i-2", true));
  EXPECT_EQ(second.document, first.document);
  const auto told = statuses();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].result, MlsCode::delivered) << "it is there";
}

TEST_F(PeppolIn, an_unknown_receiver_and_what_is_no_envelope_are_refused) {
  const auto unknown = take(incoming("i-1", false, "A-1", "0007:5599900148"));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "peppol-receiver-unknown");
  EXPECT_EQ(unknown.error().parameters.at("receiver"), "0007:5599900148");
  EXPECT_FALSE(exchangeOf("i-1", ExchangeDirection::in));
  EXPECT_FALSE(take("<x/>"));
  EXPECT_FALSE(take(""));
  EXPECT_FALSE(take("<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>"));
}

TEST_F(PeppolIn, a_status_that_the_access_point_does_not_take_now_goes_later) {
  accessPoint_.answersWith(503, "");
  taken(incoming("i-1", true));
  EXPECT_TRUE(statuses().empty());
  accessPoint_.answersItself();
  clock_.advanceSeconds(120);
  walk();
  EXPECT_EQ(statuses().size(), 1u);
}

}  // namespace
}  // namespace postgang::flow
