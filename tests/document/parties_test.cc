#include "document/parties.h"

#include <gtest/gtest.h>

namespace postgang::document {
namespace {

struct Given {
  Term term;
  const char* text;
  const char* scheme = "";
};

BusinessDocument withBuyer(const std::vector<Given>& list) {
  Builder builder(Kind::invoice);
  builder.begin(Group::BG_7);
  for (const auto& given : list) builder.add(given.term, given.text, given.scheme);
  builder.end();
  return std::move(builder).build();
}

Party buyer(const std::vector<Given>& list) {
  return buyerOf(withBuyer(list));
}

TEST(Identifier, TheElectronicAddressComesFirst) {
  const auto party = buyer({{Term::BT_44, "Varvet AB"},
                            {Term::BT_46, "7300000000011", "0088"},
                            {Term::BT_47, "559990-0130"},
                            {Term::BT_48, "SE559990013001"},
                            {Term::BT_49, "7300000000028", "0088"}});
  ASSERT_EQ(party.identifiers.size(), 3U);
  EXPECT_EQ(party.identifier->text(), "0088:7300000000028");
  EXPECT_EQ(party.identifiers[1].text(), "0007:5599900130");
  EXPECT_EQ(party.identifiers[2].text(), "0088:7300000000011");
  EXPECT_EQ(party.electronicAddress, "0088:7300000000028");
  EXPECT_FALSE(party.isPerson);
}

TEST(Identifier, ALegalNumberWithoutSchemeIsSwedishWhenItCanBe) {
  EXPECT_EQ(buyer({{Term::BT_44, "X AB"}, {Term::BT_47, "559990-0130"}}).identifier->text(),
            "0007:5599900130");
  EXPECT_FALSE(buyer({{Term::BT_44, "X Ltd"}, {Term::BT_47, "GB 123"}}).identifier);
}

TEST(Identifier, IsFoundInAVatNumberWhenThereIsNoOther) {
  EXPECT_EQ(buyer({{Term::BT_44, "X AB"}, {Term::BT_48, "SE559990013001"}}).identifier->text(),
            "0007:5599900130");
}

TEST(Identifier, OneThatIsWrongIsLeftOut) {
  const auto party = buyer({{Term::BT_44, "X AB"}, {Term::BT_47, "5565624223", "0007"}});
  EXPECT_FALSE(party.identifier);
  EXPECT_EQ(party.legalNumber, "5565624223");
  EXPECT_FALSE(party.isPerson);
}

TEST(Identifier, AnEmailAddressIsNone) {
  const auto party = buyer({{Term::BT_44, "X AB"}, {Term::BT_49, "faktura@x.example", "EM"}});
  EXPECT_FALSE(party.identifier);
  EXPECT_EQ(party.email, "faktura@x.example");
}

TEST(Person, IsKnownByACustomerNumber) {
  const auto party = buyer({{Term::BT_44, "Märta Sjögren"}, {Term::BT_46, "K 20417"}});
  EXPECT_TRUE(party.isPerson);
  EXPECT_EQ(party.customerNumber, "K 20417");
  EXPECT_FALSE(party.identifier);
}

TEST(Person, KeepsOnlyTheMaskOfTheNumber) {
  for (const auto& given :
       {Given{Term::BT_47, "650503-0004"}, Given{Term::BT_47, "6505030004", "0007"},
        Given{Term::BT_46, "196505030004.NB.SE"}, Given{Term::BT_49, "6505030004", "0007"}}) {
    const auto party = buyer({{Term::BT_44, "Nils Ek"}, given});
    EXPECT_TRUE(party.isPerson) << given.text;
    EXPECT_TRUE(party.maskedNumber.ends_with("-****")) << given.text;
    EXPECT_FALSE(party.identifier) << given.text;
    for (const auto& text : {party.legalNumber, party.customerNumber, party.electronicAddress})
      EXPECT_EQ(text.find("0004"), std::string::npos) << text;
  }
}

TEST(Person, ASoleTraderIsACompany) {
  const auto party = buyer(
      {{Term::BT_44, "Eks Bygg"}, {Term::BT_47, "6505030004", "0007"}, {Term::BT_48, "SE650503000401"}});
  EXPECT_FALSE(party.isPerson);
  EXPECT_EQ(party.identifier->text(), "0007:6505030004");
}

TEST(Person, AnOrganisationByItsNameIsNone) {
  for (const auto* name : {"Varvet AB", "AB Varvet", "Oxelösunds kommun", "Brf Måsen", "Hamnens Båtförening",
                           "Kontor Ltd.", "Skatteverket", "Fartyg (publ)"})
    EXPECT_FALSE(buyer({{Term::BT_44, name}}).isPerson) << name;
  for (const auto* name : {"Anna Abrahamsson", "Bo Ek", "Sara Hbakk"})
    EXPECT_TRUE(buyer({{Term::BT_44, name}}).isPerson) << name;
  EXPECT_FALSE(buyer({{Term::BT_45, ""}}).isPerson);
}

TEST(Seller, IsNeverAPersonNorACustomer) {
  Builder builder(Kind::invoice);
  builder.begin(Group::BG_4);
  builder.add(Term::BT_28, "Nordhamn");
  builder.add(Term::BT_29, "EGEN");
  builder.begin(Group::BG_5);
  builder.add(Term::BT_35, "Kajgatan 2");
  builder.add(Term::BT_162, "Port B");
  builder.add(Term::BT_38, "613 30");
  builder.end();
  builder.begin(Group::BG_6);
  builder.add(Term::BT_41, "Elsa Lind");
  builder.add(Term::BT_43, "faktura@nordhamn.example");
  builder.end();
  builder.end();
  const auto seller = sellerOf(std::move(builder).build());
  EXPECT_EQ(seller.name, "Nordhamn");
  EXPECT_EQ(seller.tradingName, "");
  EXPECT_EQ(seller.customerNumber, "");
  EXPECT_FALSE(seller.isPerson);
  EXPECT_EQ(seller.address.lines, (std::vector<std::string>{"Kajgatan 2", "Port B"}));
  EXPECT_EQ(seller.contact, "Elsa Lind");
  EXPECT_EQ(seller.email, "faktura@nordhamn.example");
}

TEST(Parties, OfNothingAreEmpty) {
  EXPECT_EQ(sellerOf({}).name, "");
  EXPECT_TRUE(buyerOf({}).address.empty());
}

}  // namespace
}  // namespace postgang::document
