// What becomes of documents, from the door to the inbox.
#include <algorithm>

#include "store/blobs.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

using Walk = House;

TEST_F(Walk, brings_an_invoice_into_its_receivers_inbox) {
  const auto id = send(Sample{});
  EXPECT_EQ(statusOf(id), "received");
  EXPECT_FALSE(find(id, granberga_)) << "not theirs before it lies in their inbox";
  EXPECT_EQ(walk(), 2) << "one job to advance, one to deliver";
  EXPECT_EQ(story(id), "received recognised checked routed delivery-started delivered");
  EXPECT_EQ(statusOf(id), "delivered");
  const auto received = find(id, granberga_);
  ASSERT_TRUE(received);
  EXPECT_EQ(received->entry.direction, store::Direction::received);
  EXPECT_EQ(received->entry.number, "4711");
  EXPECT_EQ(received->entry.counterpartName, "Nordhamn Energi AB");
}

TEST_F(Walk, names_the_evidence_and_keeps_what_was_sent) {
  const auto bytes = invoice({});
  const auto id = send(upload(bytes));
  walk();
  store::DeliveryFact delivered;
  for (const auto& event : eventsOf(id))
    if (event.type == store::EventType::delivered) delivered = std::get<store::DeliveryFact>(event.fact);
  EXPECT_EQ(delivered.evidence, "inbox");
  EXPECT_EQ(delivered.channel, "network");
  EXPECT_EQ(delivered.address, "0007:5599900023");
  EXPECT_EQ(delivered.price->text(), "0.30");
  ASSERT_TRUE(delivered.sentDigest);
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto sent, store::blob(reader, *delivered.sentDigest));
    EXPECT_EQ(sent, bytes);
    return {};
  }));
}

TEST_F(Walk, says_why_it_took_the_road) {
  const auto id = send(Sample{});
  walk();
  const auto plan = fact<store::RoutedFact>(id);
  const auto first = std::ranges::find_if(plan.plan, &store::PlanStep::reachable);
  ASSERT_NE(first, plan.plan.end());
  EXPECT_EQ(first->channel, "network");
  EXPECT_EQ(first->reason, "receiver-is-customer");
  EXPECT_EQ(plan.receiver, granberga_);
}

TEST_F(Walk, fails_honestly_where_no_channel_reaches) {
  Sample sample;
  sample.buyerName = "Fyrnäs El AB";
  sample.buyerNumber = "5599900031";
  const auto id = send(sample);
  walk();
  EXPECT_EQ(story(id), "received recognised checked routed failed");
  const auto failed = fact<store::FailedFact>(id);
  EXPECT_EQ(failed.code, "no-channel");
  EXPECT_EQ(failed.parameters.at("receiver"), "Fyrnäs El AB");
  EXPECT_FALSE(failed.advice.empty());
  EXPECT_EQ(fact<store::RoutedFact>(id).plan[0].reason, "receiver-unknown");
}

TEST_F(Walk, fails_for_a_person_without_an_address) {
  Sample sample;
  sample.buyerName = "Anna Berg";
  sample.buyerNumber.clear();
  sample.customerNumber = "20117";
  const auto id = send(sample);
  walk();
  const auto failed = fact<store::FailedFact>(id);
  EXPECT_EQ(failed.code, "no-channel-person");
  EXPECT_EQ(failed.parameters.at("customerNumber"), "20117");
}

TEST_F(Walk, reaches_a_receiver_by_any_of_its_identifiers) {
  company("Stensäter Data AB", "0088:7350000000009");
  Sample sample;
  sample.buyerName = "Stensäter Data AB";
  sample.buyerNumber = "5599900031";
  auto bytes = invoice(sample);
  const std::string endpoint = "<cbc:EndpointID schemeID=\"0007\">5599900031</cbc:EndpointID>";
  bytes.replace(bytes.find(endpoint), endpoint.size(),
                "<cbc:EndpointID schemeID=\"0088\">7350000000009</cbc:EndpointID>");
  const auto id = send(upload(bytes));
  walk();
  EXPECT_EQ(statusOf(id), "delivered");
}

TEST_F(Walk, stops_what_the_filter_refuses) {
  Sample sample;
  sample.number.clear();
  const auto id = send(sample);
  walk();
  EXPECT_EQ(story(id), "received recognised stopped");
  EXPECT_EQ(findingOf(id), "number-missing");
  EXPECT_FALSE(find(id, granberga_)) << "its sender's alone";
}

TEST_F(Walk, stops_what_cannot_be_read_and_keeps_it) {
  const std::pair<std::string, std::string> cases[] = {
      {"Fakturanummer;Belopp\r\n4711;1250", "xml-not-well-formed"},
      {"%PDF-1.7 and so on", "format-not-xml"},
      {"<Recipe/>", "format-unknown"},
      {"<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>", "xml-doctype"},
      {invoice({}).substr(0, 900), "xml-not-well-formed"},
      {std::string("PK\x03\x04") + "no zip at all", "archive-damaged"},
  };
  for (const auto& [bytes, code] : cases) {
    const auto id = send(upload(bytes));
    walk();
    EXPECT_EQ(story(id), "received stopped") << code;
    EXPECT_EQ(findingOf(id), code);
    EXPECT_EQ(statusOf(id), "stopped");
    EXPECT_FALSE(find(id, granberga_));
  }
}

TEST_F(Walk, stops_a_number_that_is_used) {
  const auto first = send(Sample{});
  walk();
  Sample sample;
  sample.lineNet = sample.lines = sample.withoutVat = sample.taxable = "2000.00";
  sample.vat = sample.vatTotal = "500.00";
  sample.withVat = sample.payable = "2500.00";
  const auto second = send(sample);
  walk();
  EXPECT_EQ(findingOf(second), "number-repeated");
  EXPECT_EQ(fact<store::StoppedFact>(second).repeats, first);
  EXPECT_EQ(statusOf(first), "delivered");
  sample.issued = "2027-01-04";
  const auto nextYear = send(sample);
  walk();
  EXPECT_EQ(statusOf(nextYear), "delivered") << "a new year, a new series";
}

TEST_F(Walk, stops_one_of_two_with_the_same_number_in_one_batch) {
  Sample other;
  other.buyerName = "Granberga Bygg Aktiebolag";
  const auto first = send(Sample{}), second = send(other);
  walk();
  EXPECT_EQ(statusOf(first), "delivered");
  EXPECT_EQ(findingOf(second), "number-repeated");
}

TEST_F(Walk, takes_a_stopped_file_again_once_the_cause_is_gone) {
  Sample sample;
  sample.sellerName = "Fyrnäs El AB";
  sample.sellerNumber = "5599900031";
  const auto first = send(sample);
  walk();
  EXPECT_EQ(findingOf(first), "sender-not-yours");
  company("Fyrnäs El AB", "0007:5599900031", energi_);
  const auto again = send(sample);
  walk();
  EXPECT_EQ(statusOf(again), "delivered");
}

TEST_F(Walk, follows_the_partners_own_order_of_channels) {
  store::Partner partner;
  partner.identifier = "0007:5599900023";
  partner.name = "Granberga Bygg AB";
  partner.channels = {"edi", "network"};
  ASSERT_TRUE(store_->write(store::Priority::background,
                            [&](store::Transaction& tx) { return store::putPartner(tx, energi_, partner); }));
  const auto id = send(Sample{});
  walk();
  const auto plan = fact<store::RoutedFact>(id).plan;
  ASSERT_GE(plan.size(), 3u);
  EXPECT_EQ(plan[0].channel, "edi");
  EXPECT_FALSE(plan[0].reachable);
  EXPECT_EQ(plan[0].reason, "channel-not-built");
  EXPECT_EQ(plan[1].channel, "system") << "how a customer takes it goes with the network";
  EXPECT_EQ(plan[2].channel, "network");
  EXPECT_EQ(statusOf(id), "delivered");
}

TEST_F(Walk, judges_without_keeping) {
  Sample sample;
  sample.number.clear();
  const auto judgement = flow_->judge(energi_, "f.xml", invoice(sample));
  ASSERT_TRUE(judgement);
  EXPECT_FALSE(judgement->valid());
  EXPECT_EQ(judgement->format, "UBL 2.1 Invoice");
  EXPECT_EQ(judgement->findings.front().id, "number-missing");
  const auto unreadable = flow_->judge(energi_, "f.xml", "nothing");
  ASSERT_TRUE(unreadable);
  EXPECT_EQ(unreadable->findings.front().id, "xml-not-well-formed");
  EXPECT_EQ(walk(), 0);
}

TEST_F(Walk, looks_up_a_road_without_sending) {
  const auto lookup = flow_->lookUp(energi_, "0007:559990-0023");
  ASSERT_TRUE(lookup) << lookup.error().code;
  EXPECT_EQ(lookup->identifier, "0007:5599900023");
  EXPECT_TRUE(std::ranges::any_of(lookup->plan, &store::PlanStep::reachable));
  ASSERT_EQ(lookup->registers.size(), 1u);
  EXPECT_EQ(lookup->registers[0].answer, "Granberga Bygg AB");
  EXPECT_EQ(flow_->lookUp(energi_, "0007:1234").error().code, "identifier-malformed");
}

TEST_F(Walk, is_done_by_workers_once_started) {
  flow_->start();
  std::vector<DocumentId> documents;
  for (int i = 0; i < 50; ++i) {
    Sample sample;
    sample.number = std::to_string(5000 + i);
    documents.push_back(send(sample));
  }
  ASSERT_TRUE(flow_->runDue());
  flow_->stop();
  for (const auto id : documents)
    EXPECT_EQ(story(id), "received recognised checked routed delivery-started delivered");
}

}  // namespace
}  // namespace postgang::flow
