#include "document/terms.h"

#include <gtest/gtest.h>

#include <set>

namespace postgang::document {
namespace {

TEST(Terms, AreAllOfTheStandard) {
  EXPECT_EQ(terms().size(), 164U);
  for (unsigned number = 1; number <= 165; ++number)
    EXPECT_EQ(termFromNumber(number).has_value(), number != 4) << number;
  EXPECT_EQ(groups().size(), 33U);
  for (unsigned number = 0; number <= 32; ++number) EXPECT_TRUE(groupFromNumber(number)) << number;
}

TEST(Terms, AreKnownByName) {
  EXPECT_EQ(termFromName("BT-13"), Term::BT_13);
  EXPECT_EQ(termFromName("bt-165"), Term::BT_165);
  EXPECT_EQ(groupFromName("BG-25"), Group::BG_25);
  for (const auto* wrong :
       {"BT-4", "BT-0", "BT-166", "BT-013", "BT-", "BT-1x", "BT13", "BG-1", "", "BT-1300000000000"})
    EXPECT_FALSE(termFromName(wrong)) << wrong;
  for (const auto* wrong : {"BG-33", "BT-1", "BG"}) EXPECT_FALSE(groupFromName(wrong)) << wrong;
  for (const auto& term : terms()) EXPECT_EQ(termFromName(term.name), term.term);
  for (const auto& group : groups()) EXPECT_EQ(groupFromName(group.name), group.group);
}

TEST(Terms, SayWhatTheyAre) {
  const auto& order = info(Term::BT_13);
  EXPECT_EQ(order.swedish, "Ordernummer");
  EXPECT_EQ(order.english, "Purchase order reference");
  EXPECT_EQ(order.group, Group::BG_0);
  EXPECT_EQ(order.type, TermType::reference);
  EXPECT_EQ(order.ublInvoice, "cac:OrderReference/cbc:ID");
  EXPECT_EQ(title(Term::BT_13, Language::swedish), "Ordernummer");
  EXPECT_EQ(title(Group::BG_25, Language::english), "Invoice line");
  EXPECT_EQ(info(Term::BT_129).ublCreditNote, "cbc:CreditedQuantity");
  EXPECT_EQ(info(Term::BT_131).ublCreditNote, info(Term::BT_131).ublInvoice);
}

TEST(Terms, HaveNamesOfTheirOwn) {
  std::set<std::string_view> swedish;
  for (const auto& term : terms()) {
    EXPECT_TRUE(swedish.insert(term.swedish).second) << term.swedish << " twice";
    EXPECT_FALSE(term.english.empty()) << term.name;
    EXPECT_GE(term.searchWeight, 0);
    EXPECT_LE(term.searchWeight, 10);
  }
}

TEST(Terms, StandBehindTheirGroups) {
  Group open = Group::BG_0;
  for (const auto& term : terms()) {
    EXPECT_GE(info(term.group).rank, info(open).rank) << term.name << " stands before its group's others";
    open = term.group;
  }
  for (const auto& group : groups()) EXPECT_LE(info(group.parent).rank, group.rank) << group.name;
}

TEST(Correctable, WhatIdentifiesTheInvoiceAndItsMoneyNeverIs) {
  for (const auto& term : terms()) {
    const bool money = term.type == TermType::amount || term.type == TermType::unit_price ||
                       term.type == TermType::percentage;
    if (money || term.group == Group::BG_4 || term.group == Group::BG_5 || term.group == Group::BG_16 ||
        term.group == Group::BG_17) {
      EXPECT_EQ(term.correctable, Correctable::never) << term.name;
    }
  }
  for (const auto term : {Term::BT_1, Term::BT_2, Term::BT_44, Term::BT_47, Term::BT_48})
    EXPECT_EQ(info(term).correctable, Correctable::never) << name(term);
  for (const auto term : {Term::BT_10, Term::BT_13, Term::BT_46, Term::BT_49, Term::BT_50, Term::BT_58,
                          Term::BT_72, Term::BT_125})
    EXPECT_EQ(info(term).correctable, Correctable::freely) << name(term);
}

}  // namespace
}  // namespace postgang::document
