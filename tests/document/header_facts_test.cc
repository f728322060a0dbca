#include "document/header_facts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/document/examples.h"

namespace postgang::document {
namespace {

bool finds(const std::vector<SearchText>& texts, std::string_view text) {
  return std::any_of(texts.begin(), texts.end(), [&](const SearchText& entry) { return entry.text == text; });
}

TEST(HeaderFacts, AreWhatListsShow) {
  const auto facts = headerFactsOf(smallInvoice());
  EXPECT_EQ(facts.number, "NH-7");
  EXPECT_EQ(facts.issueDate, Date::of(2026, 11, 2));
  EXPECT_EQ(facts.dueDate, Date::of(2026, 12, 2));
  EXPECT_EQ(facts.amount->value.text(2), "1250.00");
  EXPECT_EQ(facts.amount->currency, "SEK");
  EXPECT_EQ(facts.orderReference, "INK-5521");
  EXPECT_EQ(facts.lineCount, 2U);
  EXPECT_EQ(facts.attachmentCount, 1U);
}

TEST(HeaderFacts, AreAbsentWhereTheFileIsWrong) {
  Builder builder(Kind::invoice);
  builder.add(Term::BT_2, "i går");
  builder.begin(Group::BG_22);
  builder.add(Term::BT_115, "tolv", "SEK");
  builder.end();
  const auto facts = headerFactsOf(std::move(builder).build());
  EXPECT_FALSE(facts.issueDate);
  EXPECT_FALSE(facts.amount);
}

TEST(SearchTexts, FindAnAmountPlainAndAsSwedesWriteIt) {
  for (const auto& [amount, forms] : std::vector<std::pair<std::string, std::vector<std::string>>>{
           {"1234567.5", {"1234567.50", "1234567,50", "1 234 567,50"}},
           {"-1234.50", {"-1234.50", "-1234,50", "-1 234,50"}},
           {"999", {"999.00", "999,00"}},
           {"0.5", {"0.50", "0,50"}}}) {
    Builder builder(Kind::invoice);
    builder.begin(Group::BG_22);
    builder.add(Term::BT_115, amount, "SEK");
    builder.end();
    const auto texts = headerFactsOf(std::move(builder).build()).searchTexts;
    EXPECT_EQ(texts.size(), forms.size()) << amount;
    for (const auto& form : forms) EXPECT_TRUE(finds(texts, form)) << form;
  }
}

TEST(SearchTexts, TheHeaviestComeFirstAndNoneTwice) {
  const auto texts = headerFactsOf(smallInvoice()).searchTexts;
  EXPECT_EQ(texts.front().text, "NH-7");
  EXPECT_TRUE(std::is_sorted(texts.begin(), texts.end(),
                             [](const auto& a, const auto& b) { return a.weight > b.weight; }));
  EXPECT_EQ(std::count_if(texts.begin(), texts.end(), [](const auto& t) { return t.text == "1250.00"; }), 1);
  EXPECT_FALSE(finds(texts, "Lina"));
}

TEST(SearchTexts, AnOrganisationNumberInBothForms) {
  Builder builder(Kind::invoice);
  builder.begin(Group::BG_7);
  builder.add(Term::BT_44, "Varvet AB");
  builder.add(Term::BT_47, "5599900130", "0007");
  builder.end();
  const auto texts = headerFactsOf(std::move(builder).build()).searchTexts;
  EXPECT_TRUE(finds(texts, "5599900130"));
  EXPECT_TRUE(finds(texts, "559990-0130"));
}

TEST(SearchTexts, NeverHoldAPersonsNumber) {
  for (const auto term : {Term::BT_46, Term::BT_47, Term::BT_49}) {
    Builder builder(Kind::invoice);
    builder.begin(Group::BG_7);
    builder.add(Term::BT_44, "Nils Ek");
    builder.add(term, "196505030004", term == Term::BT_46 ? "" : "0007");
    builder.end();
    for (const auto& text : headerFactsOf(std::move(builder).build()).searchTexts)
      EXPECT_EQ(text.text.find("0004"), std::string::npos) << text.text;
  }
}

TEST(LineTexts, AreOfLinesNotesAndAttachments) {
  const auto texts = lineTextsOf(smallInvoice());
  EXPECT_TRUE(finds(texts, "Lina"));
  EXPECT_TRUE(finds(texts, "TID-37"));
  EXPECT_FALSE(finds(texts, "NH-7"));
}

TEST(LineTexts, AreCutToWhatASearchNeeds) {
  Builder builder(Kind::invoice);
  builder.begin(Group::BG_1);
  builder.add(Term::BT_22, std::string(5000, 'x'));
  builder.end();
  EXPECT_EQ(lineTextsOf(std::move(builder).build()).at(0).text.size(), 200U);
}

}  // namespace
}  // namespace postgang::document
