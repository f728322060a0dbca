// Documents by Peppol: whom it reaches, what leaves, what the access point answers, and that nothing goes
// twice.
#include <algorithm>

#include "tests/flow/peppol_house.h"
#include "tests/net/server_fixture.h"

namespace postgang::flow {
namespace {

using channels::test::AccessPointDouble;
using store::EventType;
using store::ExchangeDirection;

class PeppolOut : public PeppolHouse {};

constexpr auto on_its_way = "received recognised checked routed delivery-started sent";

TEST_F(PeppolOut, goes_in_an_envelope_that_says_what_the_register_compared) {
  registered({"invoice"});
  const auto id = sent();
  EXPECT_EQ(story(id), on_its_way);
  EXPECT_EQ(statusOf(id), "sent");
  const auto last = lastDelivery(id);
  EXPECT_EQ(last.evidence, "access-point");
  EXPECT_EQ(last.address, outside);
  const auto made = envelope();
  EXPECT_EQ(made.header.instance, last.reference);
  EXPECT_EQ(made.header.sender, "0007:5599900015");
  EXPECT_EQ(made.header.receiver, outside);
  EXPECT_EQ(made.header.senderCountry, "SE");
  EXPECT_EQ(made.header.mlsTo, our_provider);
  EXPECT_EQ(made.header.mlsType, formats::MlsType::always_send);
  EXPECT_EQ(made.header.documentType.value, formats::peppolDocuments()[0].value);
  EXPECT_NE(made.payload.find(">4711<"), std::string::npos);
  const auto row = exchangeOf(last.reference, ExchangeDirection::out);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->confirmedAt, Instant::parse("2026-11-23T09:41:07Z"));
  EXPECT_EQ(row->messageId, "m-1@ap");
  EXPECT_EQ(row->document, id);
  EXPECT_EQ(row->company, energi_);
  EXPECT_EQ(row->senderAccessPoint + row->receiverAccessPoint, "POP000001POP000002");
  EXPECT_EQ(row->kind, "invoice");
  EXPECT_EQ(last.sentDigest, std::nullopt) << "said when it began";
}

TEST_F(PeppolOut, says_why_it_does_not_reach) {
  const auto none = [](store::Lookup::Result result) { return store::Lookup{result, {}, "no", {}, {}, 1}; };
  EXPECT_EQ(reasonOf(sent(toOutside("1"))), "peppol-silent") << "nobody has been asked";
  said(none(store::Lookup::Result::unknown));
  EXPECT_EQ(reasonOf(sent(toOutside("2"))), "peppol-silent");
  said(none(store::Lookup::Result::absent));
  EXPECT_EQ(reasonOf(sent(toOutside("3"))), "peppol-not-registered");
  registered({"credit-note"});
  EXPECT_EQ(reasonOf(sent(toOutside("4"))), "peppol-kind-not-taken");
  registered({"invoice"});
  EXPECT_EQ(reasonOf(sent(toOutside("5"))), "peppol-takes-it");
  auto person = toOutside("6");
  person.buyerNumber.clear();
  person.customerNumber = "77";
  const auto toPerson = reasonOf(sent(person));
  EXPECT_TRUE(toPerson == "peppol-person" || toPerson == "peppol-no-identifier") << toPerson;
  Sample here;
  here.number = "7";
  EXPECT_EQ(reasonOf(sent(here)), "peppol-receiver-here");
  const auto plain = send(upload(invoice(toOutside("8"))));
  walk();
  EXPECT_EQ(reasonOf(plain), "peppol-other-rules");
  const auto again = flow_->resendState(store::Viewer::system(), plain);
  ASSERT_TRUE(again);
  EXPECT_EQ(std::ranges::find(again->plan, "peppol", &store::PlanStep::channel)->reason,
            "peppol-other-rules");
  auto steered = bisInvoice(toOutside("9"));
  steered.insert(steered.find("<cac:AccountingSupplierParty>"),
                 "<cac:AdditionalDocumentReference><cbc:ID>101</cbc:ID><cbc:DocumentDescription>AQY</"
                 "cbc:DocumentDescription></cac:AdditionalDocumentReference>");
  const auto toPrint = send(upload(steered));
  walk();
  EXPECT_TRUE(reasonOf(toPrint) == "peppol-print-code" || reasonOf(toPrint) == "not-chosen");
  setUp(false);
  EXPECT_EQ(reasonOf(sent(toOutside("10"))), "peppol-off");
  EXPECT_EQ(accessPoint_.envelopes().size(), 1u);
}

TEST_F(PeppolOut, what_is_refused_goes_the_next_way) {
  registered({"invoice"});
  accessPoint_.answersWith(422, "\"Not serviced\"");
  const auto id = sent();
  EXPECT_EQ(story(id),
            "received recognised checked routed delivery-started delivery-failed delivery-started "
            "sent");
  EXPECT_EQ(print_->sent.size(), 1u);
  EXPECT_NE(story(id).find("delivery-failed"), std::string::npos);
}

TEST_F(PeppolOut, what_it_wants_later_is_the_same_envelope_again) {
  registered({"invoice"});
  accessPoint_.answersWith(503, "");
  const auto id = sent();
  EXPECT_EQ(statusOf(id), "sending");
  const auto instance = lastDelivery(id).reference;
  accessPoint_.answersItself();
  walk();
  EXPECT_TRUE(accessPoint_.envelopes().empty()) << "not before a minute";
  clock_.advanceSeconds(75);
  walk();
  ASSERT_EQ(accessPoint_.envelopes().size(), 1u);
  EXPECT_EQ(envelope().header.instance, instance);
  EXPECT_EQ(statusOf(id), "sent");
  EXPECT_EQ(lastDelivery(id).attempt, 2);
  EXPECT_TRUE(print_->sent.empty());
}

TEST_F(PeppolOut, after_a_day_without_the_access_point_another_way_is_taken) {
  registered({"invoice"});
  accessPoint_.answersWith(503, "");
  const auto id = sent();
  for (int i = 0; i < 8; ++i) {
    clock_.advanceSeconds(15 * 3600);
    walk();
  }
  EXPECT_EQ(print_->sent.size(), 1u);
  EXPECT_EQ(statusOf(id), "sent");
}

TEST_F(PeppolOut, an_answer_that_never_comes_is_asked_for_and_nothing_goes_twice) {
  registered({"invoice"});
  net::test::Gate gate;
  accessPoint_.answers([&](const net::Request& request) -> std::optional<net::Reply> {
    accessPoint_.take(request);
    gate.wait();
    return net::Reply::json("{}");
  });
  const auto id = sent();
  gate.open();
  EXPECT_EQ(statusOf(id), "sending");
  EXPECT_EQ(lastDelivery(id).evidence, "in-hand");
  accessPoint_.answersItself();
  clock_.advanceSeconds(75);
  walk();
  EXPECT_EQ(statusOf(id), "sent");
  EXPECT_EQ(accessPoint_.envelopes().size(), 1u);
  const auto asked = accessPoint_.asked();
  EXPECT_EQ(std::ranges::count(asked, "POST /api/outbound/submit-sbd"), 1);
}

TEST_F(PeppolOut, what_may_have_gone_is_uncertain_in_the_end_and_goes_no_other_way) {
  registered({"invoice"});
  accessPoint_.answersWith(202, R"({"status":"pending"})");
  const auto id = sent();
  accessPoint_.answersWith(503, "");
  for (int i = 0; i < 8; ++i) {
    clock_.advanceSeconds(15 * 3600);
    walk();
  }
  EXPECT_TRUE(print_->sent.empty());
  EXPECT_NE(story(id).find("delivery-uncertain"), std::string::npos) << story(id);
  // What is said of it then counts.
  taken(status(formats::MlsCode::delivered, lastDelivery(id).reference, "late"));
  EXPECT_EQ(statusOf(id), "delivered");
}

// Stands in for the channel, and dies in the middle of its first attempt.
class Dying final : public channels::Exchanging {
 public:
  std::string_view name() const override { return "peppol"; }
  Result<channels::Reach> reach(store::Reader&, const channels::Recipient&) const override {
    channels::Reach reach;
    reach.reachable = true;
    return reach;
  }
  channels::Price price() const override { return {Decimal(0), "SEK"}; }
  Result<channels::Exchanged> exchange(const channels::Consignment& consignment, const channels::Prepared&,
                                       Instant) const override {
    attempts.push_back(consignment.delivery.text() + " " + std::to_string(consignment.attempt));
    if (attempts.size() == 1) throw std::runtime_error("the process ended");
    channels::Exchanged exchanged;
    exchanged.sent.result = EventType::sent;
    return exchanged;
  }
  mutable std::vector<std::string> attempts;
};

TEST_F(PeppolOut, an_attempt_that_was_cut_off_is_made_again_by_the_same_delivery) {
  std::vector<std::unique_ptr<channels::Channel>> all;
  all.push_back(std::make_unique<Dying>());
  const auto& dying = static_cast<Dying&>(*all.front());
  const channels::Registry registry(std::move(all));
  Flow flow(*store_, clock_, ids_, registry, settings_);
  const auto accepted = flow.accept(upload(bisInvoice(toOutside())));
  ASSERT_TRUE(accepted);
  ASSERT_TRUE(flow.runDue());
  clock_.advanceSeconds(200);
  ASSERT_TRUE(flow.runDue());
  const auto id = accepted->documents.front().id;
  EXPECT_EQ(story(id),
            "received recognised checked routed delivery-started delivery-failed "
            "delivery-started sent");
  ASSERT_EQ(dying.attempts.size(), 2u);
  EXPECT_EQ(dying.attempts[0].substr(0, 36), dying.attempts[1].substr(0, 36));
  EXPECT_TRUE(dying.attempts[1].ends_with(" 2")) << "so that it asks first";
}

}  // namespace
}  // namespace postgang::flow
