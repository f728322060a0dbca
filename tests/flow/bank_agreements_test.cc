// Who applies at the bank, who is accepted by itself, and what a clerk decides.
#include "flow/bank_agreements.h"

#include <gtest/gtest.h>

#include "tests/flow/banked.h"

namespace postgang::flow {
namespace {

using store::AgreementStatus;

class Agreements : public Banked {
 protected:
  store::BankAgreement only() {
    const auto all = agreements();
    EXPECT_EQ(all.size(), 1U);
    return all.empty() ? store::BankAgreement() : all.front();
  }
  Result<store::BankAgreement> decide(const AgreementRequest& request) {
    const auto id = only().id;
    std::optional<store::BankAgreement> decided;
    const auto outcome = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(decided, decideAgreement(tx, energi_, id, request, clock_.now()));
      return store::enqueue(tx, bankAnswersJob(clock_.now()));
    });
    if (!outcome) return fail(outcome.error());
    return *decided;
  }
  // What the hub has been told: "accepted", "refused …".
  std::vector<std::string> told() {
    pass(60);
    std::vector<std::string> said;
    for (const auto& file : files("in")) {
      if (!file.starts_with("A")) continue;
      const auto answers =
          channels::readAgreementAnswers(*banking_.format, hubDrop_->get("in", file, 1'000'000).value());
      EXPECT_TRUE(answers) << answers.error().detail;
      for (const auto& answer : answers->answers)
        said.push_back(answer.reference + " " + answer.state +
                       (answer.words.empty() ? "" : ": " + answer.words));
    }
    return said;
  }
};

TEST_F(Agreements, WhoIsKnownByNumberAndNameIsAcceptedByItself) {
  knowKarin();
  applies();
  EXPECT_EQ(only().status, AgreementStatus::accepted);
  EXPECT_EQ(only().by, "");
  EXPECT_EQ(told(), std::vector<std::string>{"R1 accepted"});
  EXPECT_EQ(only().told, "accepted");
}

TEST_F(Agreements, SomebodyElsesCustomerNumberIsNotEnough) {
  knowKarin();
  auto other = karins();
  other.name = "Bo Berg";
  applies(other);
  EXPECT_EQ(only().status, AgreementStatus::applied);
  EXPECT_EQ(only().reason, "other-name");
  EXPECT_EQ(only().counterpart, "customer:34052");
  EXPECT_TRUE(told().empty());
}

TEST_F(Agreements, ACompanyIsKnownByItsOrganisationNumber) {
  store::Partner bygg;
  bygg.identifier = "0007:5599900023";
  bygg.name = "Granberga Bygg AB";
  ASSERT_TRUE(store_->write(store::Priority::background,
                            [&](store::Transaction& tx) { return store::putPartner(tx, energi_, bygg); }));
  channels::BankApplication one = karins();
  one.receiver = "5599900023.NB.SE";
  one.customerNumber = {};
  one.number = "559990-0023";
  one.name = "GRANBERGA BYGG";
  applies(one);
  EXPECT_EQ(only().status, AgreementStatus::accepted);
  EXPECT_EQ(only().identifier, "0007:5599900023");
}

TEST_F(Agreements, OfAPersonsNumberNothingIsKept) {
  knowKarin();
  auto one = karins();
  one.number = "19650503-0004";
  applies(one);
  EXPECT_EQ(only().identifier, "");
}

TEST_F(Agreements, SeveralCounterpartsOfOneNumberWaitForTheClerk) {
  knowKarin();
  store::Partner other;
  other.identifier = "0007:5599900023";
  other.name = "Karin Ek";
  other.customerNumber = "34052";
  ASSERT_TRUE(store_->write(store::Priority::background,
                            [&](store::Transaction& tx) { return store::putPartner(tx, energi_, other); }));
  applies();
  EXPECT_EQ(only().reason, "several-counterparts");
}

TEST_F(Agreements, ACompanyMayWantToAcceptByHand) {
  knowKarin();
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) {
    return store::setAcceptsBankAgreementsByItself(tx, energi_, false);
  }));
  applies();
  EXPECT_EQ(only().reason, "by-hand");
  const auto accepted =
      decide({.decision = AgreementDecision::accept, .counterpart = {}, .reason = {}, .by = "Maria"});
  ASSERT_TRUE(accepted) << accepted.error().code;
  EXPECT_EQ(only().status, AgreementStatus::accepted);
  EXPECT_EQ(only().by, "Maria");
  EXPECT_EQ(told(), std::vector<std::string>{"R1 accepted"});
  EXPECT_EQ(decide({.decision = AgreementDecision::refuse, .counterpart = {}, .reason = "Nej", .by = "Maria"})
                .error()
                .code,
            "bank-agreement-answered");
}

TEST_F(Agreements, WhoIsRefusedIsToldWhyAndMayApplyAgain) {
  applies();
  EXPECT_EQ(decide({.decision = AgreementDecision::refuse, .counterpart = {}, .reason = " ", .by = "Maria"})
                .error()
                .code,
            "reason-missing");
  ASSERT_TRUE(decide(
      {.decision = AgreementDecision::refuse, .counterpart = {}, .reason = "Fel kundnummer", .by = "Maria"}));
  EXPECT_EQ(told(), std::vector<std::string>{"R1 refused: Fel kundnummer"});
  applies();  // the same application once more changes nothing
  EXPECT_EQ(only().status, AgreementStatus::refused);
  knowKarin();
  applies(karins("R2"));
  EXPECT_EQ(only().status, AgreementStatus::accepted);
}

TEST_F(Agreements, WhatWeEndIsToldAndWhatThePayerEndsIsNot) {
  knowKarin();
  applies();
  ASSERT_TRUE(decide({.decision = AgreementDecision::end, .counterpart = {}, .reason = {}, .by = "Maria"}));
  EXPECT_EQ(told(), (std::vector<std::string>{"R1 accepted", "R1 ended"}));
  applies(karins("R2"));
  auto ending = karins("R3");
  ending.ending = true;
  applies(ending);
  EXPECT_EQ(only().status, AgreementStatus::ended);
  EXPECT_EQ(told().back(), "R2 accepted");
}

TEST_F(Agreements, AnApplicationToNobodyHereIsSaidAndTheOthersAreTaken) {
  knowKarin();
  auto nobody = karins("R9");
  nobody.issuer = "5599900999";
  auto none = karins("R8");
  none.receiver = "x";
  ASSERT_TRUE(hub_->apply("mixed", {nobody, karins(), none}, clock_.now()));
  pass(300);
  EXPECT_EQ(only().status, AgreementStatus::accepted);
  EXPECT_EQ(files("unread").size(), 1U);
  const auto all = bankFiles();
  const auto said = std::ranges::find(all, "unread", &store::BankFile::state);
  ASSERT_NE(said, all.end());
  EXPECT_EQ(said->trouble,
            "record 1 names an issuer that nobody here has: 5599900999 (2 records are wrong).");
}

TEST_F(Agreements, AnAgreementThatNamesNobodyCannotBeAccepted) {
  auto nameless = karins();
  nameless.customerNumber = {};
  applies(nameless);
  AgreementRequest request{
      .decision = AgreementDecision::accept, .counterpart = {}, .reason = {}, .by = "Maria"};
  EXPECT_EQ(decide(request).error().code, "bank-counterpart-missing");
  request.counterpart = "customer:34052";
  EXPECT_EQ(decide(request).error().code, "bank-counterpart-unknown");
  knowKarin();
  ASSERT_TRUE(decide(request));
  EXPECT_EQ(only().counterpart, "customer:34052");
}

TEST_F(Agreements, ATableOfAgreementsIsReadByItsHeadings) {
  const auto rows = agreementRowsIn(
      "Namn;Kundnummer;FMI;Bank\nKarin Ek;34052;196505030004.NB.SE;Nordbanken\n;7;197001010005.NB.SE;\n");
  ASSERT_TRUE(rows) << rows.error().detail;
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].name, "Karin Ek");
  EXPECT_EQ((*rows)[1].receiver, "197001010005.NB.SE");
  knowKarin();
  AgreementsTaken taken;
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(taken, takeAgreements(tx, ids_, energi_, *rows, "Maria", clock_.now()));
    return {};
  }));
  EXPECT_EQ(taken.added, 2);
  EXPECT_TRUE(told().empty()) << "the hub knows them";
  EXPECT_EQ(statusOf(sendToKarin("B-1")), "sending");
}

TEST_F(Agreements, ATableThatIsNotOneIsRefusedWithItsRow) {
  EXPECT_EQ(agreementRowsIn("Namn;Kundnummer\nKarin Ek;34052\n").error().code, "bank-column-missing");
  const auto row = agreementRowsIn("FMI;Kundnummer\n196505030004.NB.SE;1\n123;2\n");
  EXPECT_EQ(row.error().code, "bank-row-malformed");
  EXPECT_EQ(row.error().parameters.at("row"), "3");
  EXPECT_EQ(agreementRowsIn("FMI;Orgnr\n5599900023.NB.SE;559990-0024\n").error().parameters.at("column"),
            "identifier");
}

}  // namespace
}  // namespace postgang::flow
