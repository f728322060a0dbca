// Invoices to internet banks: agreed on, put in line, handed over, answered, and what goes wrong.
#include <gtest/gtest.h>

#include "tests/flow/banked.h"

namespace postgang::flow {
namespace {

using store::AgreementStatus;
using store::EventType;

class Bank : public Banked {
 protected:
  void agreed() {
    knowKarin();
    applies();
    pass(900);
    hubWorks();
    pass(300);
  }
  // In a file that has been handed over.
  DocumentId handedOver(const std::string& number) {
    const auto id = sendToKarin(number);
    pass(900);
    EXPECT_EQ(stateOf(id), "sent");
    return id;
  }
};

class BankFixed : public Banked {
 protected:
  BankFixed() : Banked("bank-fixed") {}
};

TEST_F(Bank, AnInvoiceGoesFromTheLineToThePayersBank) {
  agreed();
  ASSERT_EQ(agreements().size(), 1U);
  EXPECT_EQ(agreements().front().status, AgreementStatus::accepted);
  EXPECT_EQ(agreements().front().counterpart, "customer:34052");

  const auto id = sendToKarin("B-1");
  EXPECT_EQ(statusOf(id), "sending");
  EXPECT_EQ(stateOf(id), "queued");
  EXPECT_EQ(deliveryOf(id).address, "19650503-****.NB.SE");
  pass(900);
  EXPECT_EQ(story(id), "received recognised checked routed delivery-queued delivery-started sent");
  EXPECT_EQ(deliveryOf(id).price->text(), "1.20");
  EXPECT_EQ(deliveryOf(id).evidence, "bank-hub");

  const auto file = fileOf(id);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->state, "handed-over");
  EXPECT_EQ(file->company, energi_);
  const auto said = channels::readBankInvoices(*banking_.format, blob(file->digest));
  ASSERT_TRUE(said) << said.error().detail;
  ASSERT_EQ(said->invoices.size(), 1U);
  const auto& invoice = said->invoices.front();
  EXPECT_EQ(invoice.receiver, receiver_);
  EXPECT_EQ(invoice.accountKind, "bankgiro");
  EXPECT_EQ(invoice.account, "54029681");
  EXPECT_EQ(invoice.reference, "4711202681");
  EXPECT_EQ(invoice.amount.text(), "1250.00");
  EXPECT_EQ(invoice.copy.substr(0, 5), "%PDF-");
  EXPECT_EQ(blob(*deliveryOf(id).sentDigest), invoice.copy);

  EXPECT_EQ(hubWorks().shown, 1);
  pass(300);
  EXPECT_EQ(statusOf(id), "delivered");
  EXPECT_EQ(deliveryOf(id).evidence, "bank");
  EXPECT_EQ(fileOf(id)->state, "accepted");
  EXPECT_TRUE(files("out").empty());
}

TEST_F(BankFixed, SoItDoesInFixedColumns) {
  knowKarin();
  applies();
  pass(900);
  EXPECT_EQ(hubWorks().answers, 1);
  const auto id = sendToKarin("B-1");
  pass(900);
  EXPECT_EQ(hubWorks().shown, 1);
  pass(300);
  EXPECT_EQ(statusOf(id), "delivered");
}

TEST_F(Bank, NobodysPersonalNumberStandsInEvents) {
  agreed();
  const auto id = handedOver("B-1");
  for (const auto& event : eventsOf(id)) {
    const auto* fact = std::get_if<store::DeliveryFact>(&event.fact);
    const auto said = fact ? fact->address + fact->wire + fact->detail + fact->reference : std::string();
    EXPECT_EQ(said.find("0503000"), std::string::npos) << said;
  }
}

TEST_F(Bank, WithoutAnAgreementThereIsNoRoad) {
  const auto reasonOf = [&](DocumentId id) {
    const auto plan = fact<store::RoutedFact>(id).plan;
    return std::ranges::find(plan, "bank", &store::PlanStep::channel)->reason;
  };
  EXPECT_EQ(reasonOf(sendToKarin("B-1")), "bank-no-agreement");
  applies();  // we do not know her
  EXPECT_EQ(agreements().front().status, AgreementStatus::applied);
  EXPECT_EQ(agreements().front().reason, "no-counterpart");
  EXPECT_EQ(reasonOf(sendToKarin("B-2")), "bank-agreement-waits");
  banking_.drop = nullptr;
  restart();
  EXPECT_EQ(reasonOf(sendToKarin("B-3")), "bank-off");
}

TEST_F(Bank, AnInvoiceIsTakenBackUntilItsFile) {
  agreed();
  const auto viewer = store::Viewer::ofCompanies({energi_}, {store::ActorKind::person, "u1", "Karin Sand"});
  const auto first = sendToKarin("B-1");
  ASSERT_TRUE(flow_->recall(viewer, first, "Fel belopp"));
  EXPECT_EQ(stateOf(first), "recalled");
  const auto second = sendToKarin("B-2");
  pass(900);
  EXPECT_EQ(flow_->recall(viewer, second, "Fel belopp").error().code, "recall-too-late");
  EXPECT_EQ(fileOf(second)->records, 1);
}

TEST_F(Bank, WhatABankRefusesFailsWithItsWords) {
  agreed();
  habits_.refusedPerMillion = 1'000'000;
  openHub();
  const auto id = handedOver("B-1");
  EXPECT_EQ(hubWorks().refusedInvoices, 1);
  pass(300);
  EXPECT_EQ(stateOf(id), "failed");
  EXPECT_EQ(statusOf(id), "failed");
  EXPECT_EQ(fact<store::FailedFact>(id).code, "bank-refused");
  EXPECT_NE(fact<store::FailedFact>(id).detail.find("4"), std::string::npos);
}

TEST_F(Bank, WhatThePayerDeclinesIsSeenAndRejected) {
  agreed();
  habits_.declinedPerMillion = 1'000'000;
  openHub();
  const auto id = handedOver("B-1");
  hubWorks();
  pass(300);
  EXPECT_EQ(statusOf(id), "rejected");
  EXPECT_EQ(deliveryOf(id).evidence, "bank");
  EXPECT_EQ(count(id, EventType::delivered), 1);
  EXPECT_EQ(count(id, EventType::delivery_failed), 0);
}

TEST_F(Bank, AFileThatIsRefusedFailsEachOfItsInvoicesOnce) {
  agreed();
  habits_.refusesFiles = true;
  openHub();
  const auto first = sendToKarin("B-1"), second = sendToKarin("B-2");
  pass(900);
  EXPECT_EQ(hubWorks().refused.size(), 1U);
  const auto receipt = hubDrop_->get("out", files("out").front(), 100'000).value();
  pass(300);
  for (const auto id : {first, second}) {
    EXPECT_EQ(statusOf(id), "failed");
    EXPECT_EQ(fact<store::FailedFact>(id).code, "bank-file-refused");
  }
  EXPECT_EQ(fileOf(first)->state, "refused");
  EXPECT_EQ(fileOf(first)->reason, "900: Filen kan inte tas emot");
  // The same receipt once more.
  hubSays("receipt." + fileOf(first)->id, receipt);
  pass(300);
  EXPECT_EQ(count(first, EventType::delivery_failed), 1);
  EXPECT_TRUE(files("out").empty());
  EXPECT_TRUE(files("unread").empty());
}

TEST_F(Bank, AnswersMayComeBeforeTheReceipt) {
  agreed();
  const auto id = handedOver("B-1");
  hubWorks();
  std::string receipt, name;
  for (const auto& file : files("out"))
    if (file.starts_with("receipt.B")) name = file;
  ASSERT_FALSE(name.empty());
  receipt = hubDrop_->get("out", name, 100'000).value();
  ASSERT_TRUE(hubDrop_->remove("out", name));
  pass(300);
  EXPECT_EQ(statusOf(id), "delivered");
  EXPECT_EQ(fileOf(id)->state, "handed-over");
  ASSERT_TRUE(hubDrop_->put("out", name, receipt));
  pass(300);
  EXPECT_EQ(fileOf(id)->state, "accepted");
  EXPECT_EQ(statusOf(id), "delivered");
}

TEST_F(Bank, AnswersAboutWhatWasNotSentAreLaidAside) {
  agreed();
  const auto id = handedOver("B-1");
  channels::BankAnswers answers{fileOf(id)->id, clock_.now(), {}};
  answers.answers.push_back({deliveryOf(id).id, channels::BankState::shown, clock_.now(), {}, {}});
  answers.answers.push_back({ids_.next<DeliveryId>(), channels::BankState::shown, clock_.now(), {}, {}});
  hubSays("answers.x", channels::writeBankAnswers(*banking_.format, answers).value());
  hubSays("answers.y", "<answers");
  hubSays("readme", "hello");
  pass(300);
  EXPECT_EQ(statusOf(id), "sent") << "of such a file nothing is taken";
  EXPECT_EQ(files("unread").size(), 3U);
  EXPECT_TRUE(files("out").empty());
  const auto all = bankFiles();
  EXPECT_EQ(std::ranges::count(all, "unread", &store::BankFile::state), 3);
}

TEST_F(Bank, ReceiptsOfOneFileThatContradictEachOtherAreLaidAside) {
  agreed();
  const auto id = handedOver("B-1");
  const auto say = [&](const std::string& name, bool accepted) {
    hubSays(name, channels::writeBankReceipt(*banking_.format,
                                             {fileOf(id)->id, clock_.now(), accepted, "900", "Nej"})
                      .value());
  };
  say("receipt.1", true);
  say("receipt.2", false);
  pass(300);
  EXPECT_EQ(fileOf(id)->state, "accepted");
  EXPECT_EQ(statusOf(id), "sent");
  EXPECT_EQ(files("unread"), std::vector<std::string>{"receipt.2.xml"});
}

TEST_F(Bank, AnAgreementThatEndsBeforeTheFileTakesTheRoadAway) {
  agreed();
  pass(600);  // well between two files
  const auto id = sendToKarin("B-1");
  auto ending = karins("R2");
  ending.ending = true;
  applies(ending);
  EXPECT_EQ(agreements().front().status, AgreementStatus::ended);
  pass(900);
  EXPECT_EQ(statusOf(id), "failed");
  EXPECT_EQ(fact<store::FailedFact>(id).code, "bank-agreement-missing");
}

TEST_F(Bank, WhatNoBankCanShowIsNotPutInLine) {
  agreed();
  const auto id = send(upload(invoice(toKarin("B-1"))));  // no account to pay to
  walk();
  EXPECT_EQ(fact<store::FailedFact>(id).code, "bank-account-missing");
  EXPECT_EQ(stateOf(id), "failed");
}

TEST_F(Bank, AHubThatIsAwayIsWaitedFor) {
  agreed();
  std::filesystem::rename(dropFolder() + "/in", dropFolder() + "/away");
  const auto id = sendToKarin("B-1");
  pass(900);
  EXPECT_EQ(statusOf(id), "sending");
  EXPECT_EQ(fileOf(id)->state, "waiting");
  EXPECT_FALSE(fileOf(id)->trouble.empty());
  std::filesystem::rename(dropFolder() + "/away", dropFolder() + "/in");
  pass(1800);
  EXPECT_EQ(statusOf(id), "sent");
  EXPECT_TRUE(fileOf(id)->trouble.empty());
  EXPECT_EQ(count(id, EventType::sent), 1);
}

TEST_F(Bank, AFileThatCameTwiceIsTakenOnce) {
  agreed();
  const auto id = handedOver("B-1");
  const auto name = files("in").front();
  const auto bytes = hubDrop_->get("in", name, 100'000'000).value();
  hubWorks();
  ASSERT_TRUE(hubDrop_->put("in", name, bytes));
  EXPECT_EQ(hubWorks().repeated, 1);
  pass(300);
  EXPECT_EQ(count(id, EventType::delivered), 1);
}

TEST_F(Bank, EachSenderHasAFileOfItsOwn) {
  agreed();
  store::BankAgreement theirs;
  theirs.id = ids_.next<store::BankAgreementId>();
  theirs.company = granberga_;
  theirs.receiver = "197001010005.NB.SE";
  theirs.customerNumber = "7";
  theirs.status = AgreementStatus::accepted;
  theirs.told = "accepted";
  ASSERT_TRUE(store_->write(store::Priority::background,
                            [&](store::Transaction& tx) { return store::putBankAgreement(tx, theirs); }));
  Sample other;
  other.number = "G-1";
  other.sellerName = "Granberga Bygg AB";
  other.sellerNumber = "5599900023";
  other.buyerName = "Bo Ek";
  other.buyerNumber = {};
  other.customerNumber = "7";
  auto from = upload(payable(other));
  from.sender = granberga_;
  const auto first = sendToKarin("B-1"), second = send(from);
  walk();
  pass(900);
  EXPECT_EQ(statusOf(first), "sent");
  EXPECT_EQ(statusOf(second), "sent");
  EXPECT_NE(fileOf(first)->id, fileOf(second)->id);
  EXPECT_EQ(fileOf(second)->company, granberga_);
}

}  // namespace
}  // namespace postgang::flow
