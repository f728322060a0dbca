// What the writer makes of terms: the schema's order, the constants that UBL wants, several values of a term.
#include <gtest/gtest.h>

#include "formats/format.h"
#include "formats/ubl_order.h"
#include "tests/formats/files.h"

namespace postgang::formats {
namespace {

using namespace document;

// Children stand in the schema's order everywhere.
void expectOrder(const xml::Element& element, const std::string& file) {
  std::size_t last = 0;
  for (const auto child : element.children()) {
    const auto rank = ublOrder(element.name(), child.name());
    if (rank == ublOrder(element.name(), "NoSuchElement")) continue;  // not of the model
    EXPECT_GE(rank, last) << file << " " << child.location();
    last = rank;
    expectOrder(child, file);
  }
}

// The order in our table is that of published invoices: no valid example contradicts it.
TEST(UblOrder, AgreesWithTheCorpus) {
  if (ublCorpus().empty()) GTEST_SKIP() << "no corpus";
  int examples = 0;
  for (const auto& path : ublCorpus()) {
    const auto name = path.filename().string();
    if (path.parent_path().parent_path().filename() != "invoices" || name.find("unit-") != std::string::npos)
      continue;
    const auto tree = xml::parse(bytesOf(path));
    expectOrder(tree->root(), name);
    ++examples;
  }
  EXPECT_GT(examples, 50);
}

TEST(UblWriter, WritesInTheOrderOfTheSchema) {
  const auto reading = readDocument(example("every_term.xml"));
  const auto tree = xml::parse(*writeDocument(reading->document, "ubl-invoice"));
  expectOrder(tree->root(), "every_term");
}

TEST(UblWriter, EveryTermComesBack) {
  for (const auto* name : {"every_term.xml", "credit_note.xml", "person.xml"}) {
    const auto reading = readDocument(example(name));
    const auto again = readDocument(*writeDocument(reading->document, "ubl-invoice"));
    ASSERT_TRUE(again) << name;
    EXPECT_EQ(again->document, reading->document) << name;
  }
}

TEST(UblWriter, BuiltInAnyOrderIsWrittenTheSame) {
  Builder builder(Kind::credit_note);
  builder.begin(Group::BG_25);
  builder.begin(Group::BG_30);
  builder.add(Term::BT_152, "25");
  builder.add(Term::BT_151, "S");
  builder.end();
  builder.add(Term::BT_130, "EA");
  builder.add(Term::BT_129, "2");
  builder.end();
  builder.add(Term::BT_9, "2026-12-01");
  builder.add(Term::BT_1, "7");
  const auto file = *writeDocument(std::move(builder).build(), "ubl-credit-note");
  const auto tree = xml::parse(file);
  const auto root = tree->root();
  EXPECT_TRUE(root.is("urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2", "CreditNote"));
  EXPECT_EQ(root.at("PaymentMeans/PaymentDueDate").text(), "2026-12-01");
  EXPECT_EQ(root.at("CreditNoteLine/CreditedQuantity").attribute("unitCode"), "EA");
  EXPECT_EQ(root.at("CreditNoteLine/CreditedQuantity").text(), "2");
  EXPECT_EQ(root.at("CreditNoteLine/Item/ClassifiedTaxCategory/Percent").text(), "25");
  EXPECT_EQ(root.at("CreditNoteLine/Item/ClassifiedTaxCategory/TaxScheme/ID").text(), "VAT");
}

TEST(UblWriter, RepeatedIdentifiersHaveElementsOfTheirOwn) {
  Builder builder(Kind::invoice);
  builder.begin(Group::BG_4);
  builder.add(Term::BT_29, "7300000000004", "0088");
  builder.add(Term::BT_29, "OWN");
  builder.end();
  const auto file = *writeDocument(std::move(builder).build(), "ubl-invoice");
  const auto tree = xml::parse(file);
  const auto party = tree->root().at("AccountingSupplierParty/Party");
  EXPECT_EQ(party.children("PartyIdentification").size(), 2U);
  EXPECT_EQ(party.at("PartyIdentification[2]/ID").text(), "OWN");
}

TEST(UblWriter, TheNotesSubjectStandsBeforeItsText) {
  Builder builder(Kind::invoice);
  builder.begin(Group::BG_1);
  builder.add(Term::BT_22, "Efter avtal");
  builder.add(Term::BT_21, "SUR");
  builder.end();
  const auto file = *writeDocument(std::move(builder).build(), "ubl-invoice");
  EXPECT_NE(file.find("<cbc:Note>#SUR#Efter avtal</cbc:Note>"), std::string::npos);
}

}  // namespace
}  // namespace postgang::formats
