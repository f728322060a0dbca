// What is read of our own examples, term by term. A wanted change: write golden/NAME.txt anew from what the
// test shows.
#include <gtest/gtest.h>

#include <set>

#include "document/listing.h"
#include "formats/format.h"
#include "tests/formats/files.h"

namespace postgang::formats {
namespace {

using namespace document;

BusinessDocument read(const std::string& name) {
  auto reading = readDocument(example(name));
  EXPECT_TRUE(reading) << name << ": " << (reading ? "" : reading.error().detail);
  return reading ? reading->document : BusinessDocument();
}

class Golden : public testing::TestWithParam<const char*> {};

TEST_P(Golden, IsReadAsItWas) {
  const auto document = read(std::string(GetParam()) + ".xml");
  const auto golden = testFolder() / "golden" / (std::string(GetParam()) + ".txt");
  EXPECT_EQ(std::string(name(document.kind())) + "\n" + listing(document), bytesOf(golden));
}

INSTANTIATE_TEST_SUITE_P(Examples, Golden, testing::Values("every_term", "credit_note", "person", "odd"),
                         [](const auto& info) { return std::string(info.param); });

TEST(EveryTerm, OccursInTheExample) {
  const auto document = read("every_term.xml");
  for (const auto& term : terms()) EXPECT_TRUE(document.find(term.term)) << term.name;
  EXPECT_TRUE(document.extras().empty());
}

TEST(EveryTerm, StandsInItsGroup) {
  const auto document = read("every_term.xml");
  const auto line = document.root().group(Group::BG_25);
  EXPECT_EQ(line.text(Term::BT_129), "40");
  EXPECT_EQ(line.text(Term::BT_130), "MTR");
  EXPECT_EQ(line.group(Group::BG_31).group(Group::BG_32).text(Term::BT_161), "svart");
  EXPECT_EQ(line.group(Group::BG_30).decimal(Term::BT_152), Decimal(25));
  EXPECT_EQ(document.root().group(Group::BG_13).group(Group::BG_14).date(Term::BT_74), Date::of(2026, 9, 12));
}

TEST(Place, IsWhereTheElementStands) {
  const auto document = read("every_term.xml");
  const auto number = document.find(Term::BT_1);
  EXPECT_EQ(number->place.line, 8U);
  EXPECT_EQ(number->place.column, 3U);
  const auto line = document.root().group(Group::BG_25);
  EXPECT_EQ(line.place().line, 307U);
  // Behind a value that holds a line break.
  EXPECT_EQ(line.find(Term::BT_129)->place.line, 311U);
  EXPECT_EQ(line.find(Term::BT_129)->place.column, 5U);
}

TEST(Place, CountsCharactersOnOneLine) {
  const std::string file =
      "<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2' "
      "xmlns:c='urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'><c:Note>åäö</"
      "c:Note><c:ID>1</c:ID>"
      "</Invoice>";
  const auto reading = readDocument(file);
  const auto place = reading->document.find(Term::BT_1)->place;
  EXPECT_EQ(place.line, 1U);
  EXPECT_EQ(place.column, file.find("<c:ID>") + 1 - 3);  // three letters of two bytes before it
}

TEST(Recognised, SaysWhichRulesTheFileClaims) {
  const auto reading = readDocument(example("every_term.xml"));
  EXPECT_EQ(reading->recognised.format->name, "UBL 2.1 Invoice");
  EXPECT_EQ(reading->recognised.customization,
            "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0");
  EXPECT_EQ(reading->recognised.profile, "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0");
}

}  // namespace
}  // namespace postgang::formats
