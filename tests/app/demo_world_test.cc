// The demo world is fictional and right: numbers that belong to nobody, with right check digits, papers whose
// sums hold, and mail and letters that go where they should.
#include <gtest/gtest.h>

#include <set>

#include "app/demo/paper.h"
#include "app/demo/sender.h"
#include "app/demo/world.h"
#include "channels/postal.h"
#include "document/identifiers.h"
#include "formats/format.h"
#include "net/mail_reader.h"
#include "tests/app/lived_world.h"

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
    const bool hasNone = !company.customer && company.reader.email.empty();
    EXPECT_TRUE(hasNone || company.reader.email.ends_with(".example")) << company.reader.email;
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

TEST(DemoWorld, MailGoesToExampleDomainsAndLettersToWholeAddresses) {
  const auto world = makeWorld(1);
  int mails = 0, outOfReach = 0, wrong = 0;
  for (const auto& household : world.households) {
    if (!household.email.empty()) {
      ++mails;
      EXPECT_TRUE(net::isMailAddress(household.email)) << household.email;
      EXPECT_TRUE(household.email.ends_with(".example")) << household.email;
    }
    if (isOutOfReach(household)) ++outOfReach;
    channels::Addressee to;
    to.name = household.name;
    to.address.lines = {household.address.street};
    to.address.postCode = household.address.postCode;
    to.address.city = household.address.city;
    to.address.country = "SE";
    const bool good = channels::checkPostal(to).good();
    EXPECT_EQ(good, !household.address.street.empty()) << household.name;
    if (!good) ++wrong;
  }
  const auto all = static_cast<int>(world.households.size());
  EXPECT_GT(mails, all / 2);
  EXPECT_LT(mails, all * 4 / 5);
  EXPECT_EQ(outOfReach, wrong) << "who has no postal address has no mail either";
  EXPECT_GT(outOfReach, 0);
  EXPECT_LT(outOfReach, all / 10);
}

TEST(DemoTraffic, WhoeverIsNoCustomerIsReachedByMailAndLetterAndTheSameSeedDoesTheSame) {
  const LivedWorld one({.seed = 3});
  EXPECT_GT(one.documents, 300);
  for (const std::string state :
       {"email waiting", "email opened", "email bounced", "email posted", "print queued", "print posted"})
    EXPECT_GT(one.roads.contains(state) ? one.roads.at(state) : 0, 0) << state;
  EXPECT_GE(one.roads.at("email waiting"), 25);
  EXPECT_LE(one.roads.at("email waiting"), 60);
  for (const auto& [code, count] : one.failures) {
    const bool honest = code.starts_with("no-channel") || code.starts_with("letter-returned-");
    EXPECT_TRUE(honest) << code;
    EXPECT_LE(count, one.documents / 50) << code;
  }
  const LivedWorld same({.seed = 3});
  EXPECT_EQ(one.documents, same.documents);
  EXPECT_EQ(one.roads, same.roads);
  EXPECT_EQ(one.failures, same.failures);
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
