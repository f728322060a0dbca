#include "document/business_document.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "document/listing.h"
#include "tests/document/examples.h"

namespace postgang::document {
namespace {

TEST(BusinessDocument, IsAskedByTerm) {
  const auto invoice = smallInvoice();
  EXPECT_EQ(invoice.text(Term::BT_1), "NH-7");
  EXPECT_EQ(invoice.date(Term::BT_9), Date::of(2026, 12, 2));
  EXPECT_EQ(invoice.decimal(Term::BT_115), Decimal::parse("1250"));
  EXPECT_EQ(invoice.currency(), "SEK");
  EXPECT_EQ(invoice.all(Term::BT_126).size(), 2U);
  EXPECT_EQ(invoice.find(Term::BT_1)->place.line, 4U);
  EXPECT_EQ(invoice.root().group(Group::BG_22).qualifier(Term::BT_115), "SEK");
}

TEST(BusinessDocument, AbsentIsAbsentAllTheWay) {
  const auto invoice = smallInvoice();
  EXPECT_FALSE(invoice.find(Term::BT_20));
  const auto seller = invoice.root().group(Group::BG_4);
  EXPECT_FALSE(seller);
  EXPECT_EQ(seller.group(Group::BG_5).text(Term::BT_35), "");
  EXPECT_TRUE(seller.groups().empty());
  EXPECT_FALSE(BusinessDocument().find(Term::BT_1));
  EXPECT_EQ(BusinessDocument().root().text(Term::BT_1), "");
}

TEST(BusinessDocument, GroupsHoldTheirOwn) {
  const auto invoice = smallInvoice();
  const auto lines = invoice.root().groups(Group::BG_25);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1].text(Term::BT_126), "2");
  EXPECT_EQ(lines[1].text(Term::BT_153), "");  // stands in BG-31
  EXPECT_EQ(lines[1].group(Group::BG_31).text(Term::BT_153), "Lina");
  EXPECT_EQ(lines[1].groups().size(), 1U);
  EXPECT_EQ(lines[1].values().size(), 3U);
}

TEST(BusinessDocument, ViewsLiveAsLongAsACopy) {
  BusinessDocument copy;
  std::string_view number;
  {
    const auto invoice = smallInvoice();
    copy = invoice;
    number = invoice.text(Term::BT_1);
  }
  EXPECT_EQ(number, "NH-7");
}

TEST(BusinessDocument, NumbersStayTextExact) {
  Builder builder(Kind::invoice);
  builder.begin(Group::BG_22);
  builder.add(Term::BT_115, "00012.500", "SEK");
  builder.add(Term::BT_112, "1,5", "SEK");
  builder.end();
  const auto document = std::move(builder).build();
  EXPECT_EQ(document.text(Term::BT_115), "00012.500");
  EXPECT_EQ(document.decimal(Term::BT_115)->text(), "12.500");
  EXPECT_EQ(document.text(Term::BT_112), "1,5");
  EXPECT_FALSE(document.decimal(Term::BT_112));
}

TEST(BusinessDocument, AttachmentsTellTheirSize) {
  const auto invoice = smallInvoice();
  const auto attachments = invoice.attachments();
  ASSERT_EQ(attachments.size(), 1U);
  EXPECT_EQ(attachments[0].size, 300U);
}

TEST(Unit, IsATermAndTheQuantitysQualifier) {
  const auto line = smallInvoice();
  EXPECT_EQ(line.text(Term::BT_130), "H87");
  EXPECT_EQ(line.all(Term::BT_130).size(), 2U);
  for (const bool unitFirst : {true, false}) {
    Builder builder(Kind::invoice);
    builder.begin(Group::BG_25);
    if (unitFirst) builder.add(Term::BT_130, "KGM");
    builder.add(Term::BT_129, "5");
    if (!unitFirst) builder.add(Term::BT_130, "KGM");
    builder.end();
    const auto document = std::move(builder).build();
    EXPECT_EQ(listing(document), "BG-25\n  BT-129 5 [KGM]\n");
  }
}

TEST(Unit, IsAbsentWhereTheQuantityHasNone) {
  Builder builder(Kind::invoice);
  builder.begin(Group::BG_25);
  builder.add(Term::BT_129, "5");
  builder.end();
  EXPECT_FALSE(std::move(builder).build().find(Term::BT_130));
}

TEST(Builder, PutsEverythingInTheOrderOfTheStandard) {
  Builder builder(Kind::invoice);
  builder.begin(Group::BG_25);
  builder.begin(Group::BG_31);
  builder.add(Term::BT_153, "Lina");
  builder.end();
  builder.begin(Group::BG_29);
  builder.add(Term::BT_146, "1");
  builder.end();
  builder.add(Term::BT_131, "5");
  builder.add(Term::BT_126, "1");
  builder.end();
  builder.begin(Group::BG_4);
  builder.begin(Group::BG_5);
  builder.add(Term::BT_37, "Piteå");
  builder.add(Term::BT_162, "rad 3");  // between line 2 and the city, whatever its number
  builder.add(Term::BT_36, "rad 2");
  builder.end();
  builder.end();
  builder.add(Term::BT_2, "2026-11-02");
  builder.add(Term::BT_1, "7");
  EXPECT_EQ(
      listing(std::move(builder).build()),
      "BT-1 7\nBT-2 2026-11-02\nBG-4\n  BG-5\n    BT-36 rad 2\n    BT-162 rad 3\n    BT-37 Piteå\nBG-25\n"
      "  BT-126 1\n  BT-131 5\n  BG-29\n    BT-146 1\n  BG-31\n    BT-153 Lina\n");
}

TEST(Builder, KeepsRepeatedOnesInTheirOrder) {
  Builder builder(Kind::invoice);
  for (const auto* text : {"b", "a", "c"}) {
    builder.begin(Group::BG_1);
    builder.add(Term::BT_22, text);
    builder.end();
  }
  EXPECT_EQ(listing(std::move(builder).build()), "BG-1\n  BT-22 b\nBG-1\n  BT-22 a\nBG-1\n  BT-22 c\n");
}

TEST(Builder, EntersTheGroupThatIsThere) {
  Builder builder(Kind::invoice);
  builder.enter(Group::BG_13);
  builder.add(Term::BT_72, "2026-11-01");
  builder.end();
  builder.enter(Group::BG_13);
  builder.add(Term::BT_70, "Förrådet");
  builder.end();
  EXPECT_EQ(listing(std::move(builder).build()), "BG-13\n  BT-70 Förrådet\n  BT-72 2026-11-01\n");
}

TEST(Builder, LeavesOutGroupsWithNothingInThem) {
  Builder builder(Kind::invoice);
  builder.begin(Group::BG_4);
  builder.begin(Group::BG_5);
  builder.end();
  builder.end();
  EXPECT_EQ(listing(std::move(builder).build()), "");
}

TEST(Equality, IsOfValuesAndNotOfPlaces) {
  const auto with = [](std::string_view text, std::string_view scheme, Place place) {
    Builder builder(Kind::invoice);
    builder.add(Term::BT_18, text, scheme, {}, place);
    return std::move(builder).build();
  };
  EXPECT_EQ(with("1", "ABT", {1, 1}), with("1", "ABT", {9, 9}));
  EXPECT_NE(with("1", "ABT", {}), with("2", "ABT", {}));
  EXPECT_NE(with("1", "ABT", {}), with("1", "ABZ", {}));
  EXPECT_EQ(BusinessDocument(), BusinessDocument());
  EXPECT_NE(BusinessDocument(), with("1", "ABT", {}));
}

TEST(Kind, HasANameForEveryValue) {
  for (const auto* text : {"invoice", "credit-note", "reminder", "interest-invoice", "order",
                           "order-response", "despatch-advice", "other"})
    EXPECT_EQ(name(*kindFromName(text)), text);
  EXPECT_FALSE(kindFromName("faktura"));
}

}  // namespace
TEST(BusinessDocument, ManyGroupsOutOfOrderStandInTheStandardsOrder) {
  Builder builder(Kind::invoice);
  constexpr int count = 20'000;
  builder.begin(Group::BG_25);  // a line first, so that everything after it comes too late
  builder.end();
  for (int i = 0; i < count; ++i) {
    for (const auto group : {Group::BG_24, Group::BG_16, Group::BG_20}) {
      builder.begin(group);
      builder.add(group == Group::BG_24   ? Term::BT_122
                  : group == Group::BG_16 ? Term::BT_81
                                          : Term::BT_97,
                  std::to_string(i));
      builder.end();
    }
  }
  const auto document = std::move(builder).build();
  const auto all = document.root().groups();
  ASSERT_GE(all.size(), 3U * count);
  for (const auto& [group, term] :
       {std::pair{Group::BG_16, Term::BT_81}, std::pair{Group::BG_20, Term::BT_97},
        std::pair{Group::BG_24, Term::BT_122}}) {
    const auto found = document.root().groups(group);
    ASSERT_EQ(found.size(), count);
    EXPECT_EQ(found.front().text(term), "0");
    EXPECT_EQ(found.back().text(term), std::to_string(count - 1));
  }
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [](const GroupView& a, const GroupView& b) {
    return info(a.id()).rank < info(b.id()).rank;
  }));
}

}  // namespace postgang::document
