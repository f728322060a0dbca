// The demo world is fictional and right: numbers that belong to nobody, with right check digits, and papers
// whose sums hold.
#include <gtest/gtest.h>

#include <set>

#include "app/demo/paper.h"
#include "app/demo/sender.h"
#include "app/demo/world.h"
#include "document/identifiers.h"
#include "formats/format.h"

namespace postgang::app::demo {
namespace {

using document::Term;

TEST(DemoWorld, EveryNumberIsFictionalAndHasItsCheckDigit) {
  const auto world = makeWorld(1);
  std::set<std::string> numbers, names;
  for (const auto& company : world.companies) {
    EXPECT_TRUE(document::isSwedishOrganisationNumber(company.organisationNumber)) << company.name;
    EXPECT_TRUE(company.organisationNumber.starts_with("55999")) << company.organisationNumber;
    EXPECT_TRUE(document::isBankgiro(company.bankgiro)) << company.bankgiro;
    EXPECT_TRUE(company.reader.email.ends_with(".example")) << company.reader.email;
    EXPECT_TRUE(numbers.insert(company.organisationNumber).second) << company.organisationNumber;
    EXPECT_TRUE(names.insert(company.name).second) << company.name;
  }
  EXPECT_GE(world.companies.size() + world.households.size(), 200U);
}

TEST(DemoWorld, TheSameSeedGivesTheSameWorldAndAnotherOneAnother) {
  const auto one = makeWorld(5), same = makeWorld(5), other = makeWorld(6);
  ASSERT_EQ(one.relations.size(), same.relations.size());
  for (std::size_t i = 0; i < one.relations.size(); ++i)
    EXPECT_EQ(one.relations[i].customerNumber, same.relations[i].customerNumber);
  EXPECT_NE(
      one.companies[20].reader.name + one.companies[21].reader.name + one.companies[22].reader.name,
      other.companies[20].reader.name + other.companies[21].reader.name + other.companies[22].reader.name);
}

TEST(DemoPaper, IsReadAsWhatItIsAndItsSumsHold) {
  const auto world = makeWorld(1);
  Sender sender(world, Date::of(2026, 11, 23));
  int read = 0;
  for (int relation = 0; relation < static_cast<int>(world.relations.size()); relation += 7) {
    const auto mailing = sender.invoice(relation, Date::of(2026, 11, 3));
    if (mailing.mistake != Mistake::none) continue;
    const auto reading = formats::readDocument(mailing.bytes);
    ASSERT_TRUE(reading) << mailing.fileName << ": " << reading.error().detail;
    const auto& paper = reading->document;
    EXPECT_EQ(paper.text(Term::BT_1), mailing.number);
    const auto net = Decimal::parse(paper.text(Term::BT_109)), vat = Decimal::parse(paper.text(Term::BT_110)),
               total = Decimal::parse(paper.text(Term::BT_112));
    ASSERT_TRUE(net && vat && total) << mailing.number;
    EXPECT_EQ(net->plus(*vat), *total) << mailing.number;
    EXPECT_EQ(mailing.bytes.find("/>"), std::string::npos) << "no empty elements: PEPPOL-EN16931-R008";
    ++read;
  }
  EXPECT_GT(read, 100);
}

TEST(DemoPaper, ACreditNoteRefersToItsInvoice) {
  const auto world = makeWorld(1);
  Sender sender(world, Date::of(2026, 11, 23));
  const auto invoice = sender.invoice(0, Date::of(2026, 11, 3));
  const auto credit = sender.creditNote(0, Date::of(2026, 11, 9));
  ASSERT_TRUE(credit);
  const auto reading = formats::readDocument(credit->bytes);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->document.kind(), document::Kind::credit_note);
  EXPECT_NE(credit->bytes.find(invoice.number), std::string::npos);
  EXPECT_FALSE(sender.creditNote(1, Date::of(2026, 11, 9))) << "nothing was invoiced there";
}

}  // namespace
}  // namespace postgang::app::demo
