#include "flow/answer_codes.h"

#include <gtest/gtest.h>

#include <set>

#include "document/terms.h"
#include "flow/findings.h"

namespace postgang::flow {
namespace {

using document::Term;
using formats::InvoiceStatus;

AnswerCodes codesOf(Term term, std::string_view id = "demand-missing") {
  return answerCodesOf(finding(id, term, {}));
}

TEST(AnswerCodes, TermsOfAKindHaveItsReason) {
  for (const auto term : {Term::BT_10, Term::BT_13, Term::BT_12, Term::BT_19, Term::BT_132, Term::BT_133})
    EXPECT_EQ(codesOf(term).reason, "REF") << document::name(term);
  for (const auto term : {Term::BT_1, Term::BT_2, Term::BT_31, Term::BT_48, Term::BT_118, Term::BT_151})
    EXPECT_EQ(codesOf(term).reason, "LEG") << document::name(term);
  for (const auto term : {Term::BT_44, Term::BT_49, Term::BT_163})
    EXPECT_EQ(codesOf(term).reason, "REC") << document::name(term);
  EXPECT_EQ(codesOf(Term::BT_72).reason, "DEL");
  EXPECT_EQ(codesOf(Term::BT_146).reason, "PRI");
  EXPECT_EQ(codesOf(Term::BT_129).reason, "QTY");
  EXPECT_EQ(codesOf(Term::BT_155).reason, "ITM");
  EXPECT_EQ(codesOf(Term::BT_84, "demand-account").reason, "PAY");
  EXPECT_EQ(codesOf(Term::BT_115).reason, "FIN");
  EXPECT_EQ(codesOf(Term::BT_22).reason, "OTH");
}

TEST(AnswerCodes, WhatCanBeCorrectedIsSentAgainAndWhatCannotIsCredited) {
  for (const auto& each : document::terms()) {
    const bool freely = each.correctable == document::Correctable::freely;
    EXPECT_EQ(codesOf(each.term).correctable, freely) << each.name;
    EXPECT_EQ(codesOf(each.term).action, freely ? "NIN" : "CNF") << each.name;
  }
}

TEST(AnswerCodes, CausesThatAreAboutNoTerm) {
  EXPECT_EQ(answerCodesOf(finding("demand-repeated", Term::BT_1, {})).reason, "OTH");
  EXPECT_FALSE(answerCodesOf(finding("demand-repeated", Term::BT_1, {})).correctable);
  EXPECT_TRUE(answerCodesOf(finding("demand-attachment", std::nullopt, {})).correctable);
  EXPECT_EQ(answerCodesOf(finding("demand-other", std::nullopt, {})).action, "CNF");
}

TEST(AnswerCodes, OneAnswerHoldsAllFindingsAndEachActionOnce) {
  auto remark = finding("demand-missing", Term::BT_9, {});
  remark.severity = "warning";
  const std::vector<store::FindingFact> findings = {finding("demand-missing", Term::BT_13, {}),
                                                    finding("demand-form", Term::BT_10, {}, "Anna"), remark};
  const auto answer = answerToReturn(findings, "", Language::swedish);
  EXPECT_EQ(answer.status, InvoiceStatus::under_query);
  ASSERT_EQ(answer.clarifications.size(), 3U) << "two reasons and one action; a remark is none";
  EXPECT_EQ(answer.clarifications[0].words, "Ordernummer saknas.");
  EXPECT_EQ(answer.clarifications[1].words, "Er referens har fel form.");
  EXPECT_EQ(answer.clarifications[2].code, "NIN");
  EXPECT_EQ(answerToReturn(findings, "", Language::english).clarifications[0].words,
            "Purchase order reference is missing.");
}

TEST(AnswerCodes, WordsAloneAreAReasonOfTheirOwn) {
  const auto answer = answerToReturn({}, " Fel bolag. ", Language::swedish);
  EXPECT_EQ(answer.status, InvoiceStatus::rejected);
  ASSERT_EQ(answer.clarifications.size(), 1U);
  EXPECT_EQ(answer.clarifications[0].code, "OTH");
  EXPECT_EQ(answer.clarifications[0].words, "Fel bolag.");
  EXPECT_EQ(answer.note, "");
}

TEST(AnswerCodes, AnActionThatIsNoneOfTheListHasWords) {
  const auto answer = answerToReturn({finding("demand-repeated", Term::BT_1, {})}, "", Language::swedish);
  ASSERT_EQ(answer.clarifications.size(), 2U);
  EXPECT_EQ(answer.clarifications[1].code, "OTH");
  EXPECT_FALSE(answer.clarifications[1].words.empty());
}

TEST(AnswerCodes, AThousandFindingsAreCut) {
  const std::vector<store::FindingFact> findings(1000, finding("demand-missing", Term::BT_13, {}));
  EXPECT_LE(answerToReturn(findings, "", Language::swedish).clarifications.size(), 60U);
}

}  // namespace
}  // namespace postgang::flow
