// Letters: put in line, made into batches, handed over, answered, taken back.
#include <gtest/gtest.h>

#include <algorithm>

#include "channels/print_batch.h"
#include "flow/print_batches.h"
#include "tests/flow/printed.h"

namespace postgang::flow {
namespace {

using store::EventType;

TEST_F(Printed, ALetterGoesFromTheLineToTheHouseToThePost) {
  const auto id = sendToKarin("P-1");
  EXPECT_EQ(statusOf(id), "sending");
  EXPECT_EQ(stateOf(id), "queued");
  EXPECT_EQ(letterOf(id).road.deadline, cut_off_);
  EXPECT_EQ(letterOf(id).road.sheets, 1);
  EXPECT_EQ(letterOf(id).price->text(), "13.50");
  EXPECT_EQ(letterOf(id).address, "Karin Ek, Strandgatan 4, 851 11  TALLMO");

  advanceTo(made_.plusSeconds(-1));
  EXPECT_EQ(stateOf(id), "queued");
  EXPECT_TRUE(batches().empty());

  advanceTo(made_);
  EXPECT_EQ(stateOf(id), "sent");
  EXPECT_EQ(statusOf(id), "sent");
  EXPECT_EQ(story(id), "received recognised checked routed delivery-queued delivery-started sent");
  ASSERT_EQ(batches().size(), 1U);
  const auto batch = batches().front();
  EXPECT_EQ(batch.id, "20261123-1600-001");
  EXPECT_EQ(batch.letters, 1);
  EXPECT_EQ(batch.sheets, 1);
  EXPECT_TRUE(batch.uploadedAt);
  EXPECT_EQ(letterOf(id).road.batch, batch.id);
  EXPECT_EQ(files("in"), std::vector<std::string>{"20261123-1600-001.zip"});

  const auto zip = channels::readBatch(blob(batch.digest));
  ASSERT_TRUE(zip) << zip.error().detail;
  ASSERT_EQ(zip->letters.size(), 1U);
  EXPECT_EQ(zip->letters.front().recipient,
            (std::vector<std::string>{"Karin Ek", "Strandgatan 4", "851 11  TALLMO"}));
  EXPECT_EQ(blob(*letterOf(id).sentDigest), zip->letters.front().pdf);

  EXPECT_EQ(houseWorks().posted, 1);
  advanceTo(made_.plusSeconds(3600));
  EXPECT_EQ(stateOf(id), "posted");
  EXPECT_TRUE(letterOf(id).road.printedAt);
  EXPECT_EQ(statusOf(id), "sent");
  EXPECT_TRUE(files("out").empty());
}

TEST_F(Printed, CutOffsAreBankDays) {
  using channels::nextCutOff;
  const auto at = [](const char* text) { return Instant::parse(text).value(); };
  EXPECT_EQ(nextCutOff(at("2026-11-23T14:59:59Z"), 960).text(), at("2026-11-23T15:00:00Z").text());
  EXPECT_EQ(nextCutOff(at("2026-11-23T15:00:00Z"), 960).text(), at("2026-11-24T15:00:00Z").text());
  EXPECT_EQ(nextCutOff(at("2026-11-27T15:00:01Z"), 960).text(), at("2026-11-30T15:00:00Z").text());
  EXPECT_EQ(nextCutOff(at("2026-12-23T16:00:00Z"), 960).text(), at("2026-12-28T15:00:00Z").text());
  EXPECT_EQ(nextCutOff(at("2026-06-18T14:00:00Z"), 960).text(), at("2026-06-22T14:00:00Z").text());
  // What a deadline puts in line at the cut-off goes along.
  EXPECT_EQ(channels::cutOffOfDeadline(at("2026-11-23T15:14:59Z"), 960).text(),
            at("2026-11-23T15:00:00Z").text());
  EXPECT_EQ(channels::cutOffOfDeadline(at("2026-11-23T15:15:00Z"), 960).text(),
            at("2026-11-24T15:00:00Z").text());
}

TEST_F(Printed, AnAddressThatCannotBePostedIsNoRoad) {
  const auto id = send(upload(addressed(toKarin("P-2"), "Strandgatan 4", "999 99")));
  walk();
  EXPECT_EQ(statusOf(id), "failed");
  const auto plan = fact<store::RoutedFact>(id).plan;
  const auto step = std::ranges::find(plan, "print", &store::PlanStep::channel);
  ASSERT_NE(step, plan.end());
  EXPECT_FALSE(step->reachable);
  EXPECT_EQ(step->reason, "post-code-outside");
}

TEST_F(Printed, TheCounterpartsOwnAddressGoesBeforeTheDocuments) {
  store::Partner karin;
  karin.identifier = "customer:34052";
  karin.name = "Karin Ek";
  karin.customerNumber = "34052";
  karin.postalAddress = store::PostalAddress{"Nya vägen 7\nc/o Berg", "111 22", "Stockholm", "SE"};
  ASSERT_TRUE(store_->write(store::Priority::background,
                            [&](store::Transaction& tx) { return store::putPartner(tx, energi_, karin); }));
  const auto id = sendToKarin("P-3");
  EXPECT_EQ(letterOf(id).address, "Karin Ek, Nya vägen 7, c/o Berg, 111 22  STOCKHOLM");
}

TEST_F(Printed, ALetterIsTakenBackUntilTheCutOff) {
  const auto first = sendToKarin("P-4"), second = sendToKarin("P-5");
  const auto viewer = store::Viewer::ofCompanies({energi_}, {store::ActorKind::person, "u1", "Karin Sand"});
  advanceTo(cut_off_.plusSeconds(-1));
  ASSERT_TRUE(flow_->recall(viewer, first, "Fel belopp"));
  EXPECT_EQ(stateOf(first), "recalled");
  EXPECT_EQ(statusOf(first), "cancelled");
  advanceTo(cut_off_);
  const auto late = flow_->recall(viewer, second, "Fel belopp");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "recall-too-late");
  advanceTo(made_);
  EXPECT_EQ(stateOf(first), "recalled");
  EXPECT_EQ(stateOf(second), "sent");
  EXPECT_EQ(batches().front().letters, 1);
  EXPECT_EQ(flow_->recall(viewer, second, "Fel belopp").error().code, "recall-too-late");
}

TEST_F(Printed, AnAttachmentThatCannotBePrintedIsSaidAndNothingIsSent) {
  const auto file = addressed(toKarin("P-6"), "Strandgatan 4", "851 11");
  const auto id = send(upload(withAttachment(file, "kalkyl.xlsx", "PK\x03\x04 no page of it")));
  walk();
  EXPECT_EQ(statusOf(id), "failed");
  const auto failed = fact<store::FailedFact>(id);
  EXPECT_EQ(failed.code, "letter-attachment-not-printable");
  EXPECT_EQ(failed.parameters.at("name"), "kalkyl.xlsx");
  EXPECT_EQ(stateOf(id), "failed");
  advanceTo(made_);
  EXPECT_TRUE(batches().empty());
}

TEST_F(Printed, WhatTheSenderCanDoWithoutIsLeftOut) {
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) {
    return store::setSmartmailSettings(tx, energi_, R"({"exempt": ["*.xlsx"]})");
  }));
  const auto file = addressed(toKarin("P-7"), "Strandgatan 4", "851 11");
  const auto id = send(upload(withAttachment(file, "kalkyl.xlsx", "PK\x03\x04 no page of it")));
  walk();
  EXPECT_EQ(stateOf(id), "queued");
  advanceTo(made_);
  EXPECT_EQ(stateOf(id), "sent");
}

TEST_F(Printed, AReturnedLetterFailsItsDocumentWithWhatToDoAndOnce) {
  habits_.returnedPerMillion = 1'000'000;
  openHouse();
  const auto id = sendToKarin("P-8");
  advanceTo(made_);
  EXPECT_EQ(houseWorks().returned, 1);
  advanceTo(made_.plusSeconds(1200));
  EXPECT_EQ(stateOf(id), "returned");
  EXPECT_EQ(statusOf(id), "failed");
  const auto failed = fact<store::FailedFact>(id);
  EXPECT_TRUE(failed.code.starts_with("letter-returned-")) << failed.code;
  EXPECT_FALSE(failed.detail.empty());
  EXPECT_FALSE(failed.advice.empty());

  // The same told once more is nothing new.
  const auto delivery = letterOf(id).id;
  const auto again = channels::writeReceipts(
      {"20261123-1600-001", 9, {{delivery, channels::PrintState::posted, clock_.now(), {}, {}}}});
  ASSERT_TRUE(settings_.printing.drop->put("out", "20261123-1600-001.9.json", again));
  advanceTo(made_.plusSeconds(2400));
  EXPECT_EQ(count(id, EventType::posted), 1);
  EXPECT_EQ(count(id, EventType::delivery_returned), 1);
  EXPECT_EQ(count(id, EventType::failed), 1);
}

TEST_F(Printed, ReceiptsThatCannotBeReadAreLaidAsideAndSaid) {
  const auto id = sendToKarin("P-9");
  advanceTo(made_);
  const auto& drop = *settings_.printing.drop;
  ASSERT_TRUE(drop.put("out", "20261123-1600-001.1.json", "{\"batch\": "));
  ASSERT_TRUE(
      drop.put("out", "20991231-1600-001.1.json", channels::writeReceipts({"20991231-1600-001", 1, {}})));
  const auto foreign =
      channels::writeReceipts({"20261123-1600-001",
                               2,
                               {{DeliveryId::parse("019ab000-0000-7000-8000-000000000001").value(),
                                 channels::PrintState::posted,
                                 clock_.now(),
                                 {},
                                 {}}}});
  ASSERT_TRUE(drop.put("out", "20261123-1600-001.2.json", foreign));
  advanceTo(made_.plusSeconds(600));
  EXPECT_TRUE(files("out").empty());
  EXPECT_EQ(files("unread").size(), 3U);
  EXPECT_TRUE(batches().front().trouble.starts_with("print-receipts-malformed: "));
  EXPECT_EQ(count(id, EventType::posted), 0);
  EXPECT_EQ(stateOf(id), "sent");
}

TEST_F(Printed, FiveHundredLettersAreABatchAndTheRestAnother) {
  std::vector<DocumentId> ids;
  for (int i = 0; i < 503; ++i)
    ids.push_back(send(upload(addressed(toKarin("M-" + std::to_string(i)), "Strandgatan 4", "851 11"))));
  walk();
  advanceTo(made_);
  std::int64_t letters = 0;
  for (const auto& batch : batches()) {
    EXPECT_LE(batch.letters, 500);
    letters += batch.letters;
    EXPECT_TRUE(batch.uploadedAt) << batch.id;
  }
  EXPECT_GE(batches().size(), 2U);
  EXPECT_EQ(letters, 503);
  for (const auto& id : ids) EXPECT_EQ(stateOf(id), "sent");
}

TEST_F(Printed, WithoutAPrintHouseThereIsNoPaper) {
  settings_.printing.drop = nullptr;
  restart();
  const auto id = sendToKarin("P-10");
  const auto plan = fact<store::RoutedFact>(id).plan;
  const auto step = std::ranges::find(plan, "print", &store::PlanStep::channel);
  ASSERT_NE(step, plan.end());
  EXPECT_EQ(step->reason, "print-off");
}

}  // namespace
}  // namespace postgang::flow
