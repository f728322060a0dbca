// Files made to hurt: they are read or refused in time and room that their size explains.
#include <gtest/gtest.h>

#include "formats/format.h"
#include "tests/formats/files.h"

namespace postgang::formats {
namespace {

using namespace document;

constexpr const char* head =
    "<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2' "
    "xmlns:a='urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2' "
    "xmlns:b='urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'>";

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

// A place is counted from the one before and not from the line's start.
TEST(Hostile, ManyValuesOnOneLongLine) {
  const std::size_t lines = 50'000;
  const auto file = head +
                    repeated("<a:InvoiceLine><b:ID>1</b:ID><b:Note>åäö</b:Note></a:InvoiceLine>", lines) +
                    "</Invoice>";
  const auto reading = readDocument(file);
  ASSERT_TRUE(reading);
  const auto all = reading->document.root().groups(Group::BG_25);
  ASSERT_EQ(all.size(), lines);
  EXPECT_EQ(all.back().place().line, 1U);
}

TEST(Hostile, ManyUnknownSiblings) {
  const auto reading = readDocument(head + repeated("<b:Unknown/>", 200'000) + "</Invoice>");
  ASSERT_TRUE(reading);
  const auto extras = reading->document.extras();
  ASSERT_EQ(extras.size(), 200'000U);
  EXPECT_EQ(extras[1].path, "/Invoice/Unknown[2]");
  EXPECT_EQ(extras.back().path, "/Invoice/Unknown[200000]");
}

// Paths of deep elements that no term covers would grow with the square of the file.
TEST(Hostile, LongPathsAreRefused) {
  const std::string name(3'000, 'n');
  const auto file = head + repeated("<" + name + ">", 100) + repeated("<b:x/>", 10'000) +
                    repeated("</" + name + ">", 100) + "</Invoice>";
  const auto reading = readDocument(file);
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().code, "document-too-complex");
  EXPECT_EQ(reading.error().kind, ProblemKind::too_large);
}

TEST(Hostile, DeepNestingOfUnknownElements) {
  const auto file = head + repeated("<b:x>", 250) + "deep" + repeated("</b:x>", 250) + "</Invoice>";
  const auto reading = readDocument(file);
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->document.extras().size(), 1U);
  EXPECT_EQ(reading->document.extras()[0].text, "deep");
}

TEST(Hostile, ElementsOfTheModelInWrongPlaces) {
  const auto file =
      std::string(head) +
      "<a:InvoiceLine><a:InvoiceLine><b:ID>inner</b:ID></a:InvoiceLine><b:ID>outer</b:ID></a:InvoiceLine>"
      "<a:AccountingSupplierParty><a:Party><a:Party><b:EndpointID>x</b:EndpointID></a:Party></a:Party>"
      "</a:AccountingSupplierParty><b:ID><b:ID>nested</b:ID>flat</b:ID></Invoice>";
  const auto reading = readDocument(file);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->document.text(Term::BT_126), "outer");
  EXPECT_EQ(reading->document.text(Term::BT_1), "flat");
  EXPECT_EQ(reading->document.extras().size(), 3U);
}

TEST(Hostile, DocumentTypeIsRefused) {
  const auto reading =
      readDocument("<!DOCTYPE Invoice [<!ENTITY a 'b'>]>" + std::string(head) + "</Invoice>");
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().code, "xml-doctype");
}

TEST(Hostile, EveryCutOfAnExampleIsAProblem) {
  const auto file = example("person.xml");
  for (std::size_t size = 0; size + 2 < file.size(); size += 7)
    EXPECT_FALSE(readDocument(std::string_view(file).substr(0, size))) << size;
}

TEST(Unwritable, ControlCharactersAreAProblem) {
  Builder builder(Kind::invoice);
  builder.add(Term::BT_1,
              "A\x01"
              "1");
  EXPECT_EQ(writeDocument(std::move(builder).build(), "ubl-invoice").error().code,
            "xml-unwritable-character");
}

}  // namespace
}  // namespace postgang::formats
