// What is said between us and a bank hub, and what is shown of a payer's id.
#include "channels/bank.h"

#include <gtest/gtest.h>

#include "channels/bank_formats.h"
#include "channels/bank_hub.h"

namespace postgang::channels {
namespace {

Instant at(const char* text) {
  return Instant::parse(text).value();
}

BankInvoices fileOf(int count) {
  BankInvoices file;
  file.file = "B20261124-1015-001";
  file.hub = "Bankerna";
  file.issuer = "5599900015";
  file.seller = "Älvnära Energi AB";
  file.at = at("2026-11-24T09:15:00Z");
  for (int i = 0; i < count; ++i) {
    BankInvoice invoice;
    invoice.delivery = DeliveryId::parse("019ab000-0000-7000-8000-00000000000" + std::to_string(i)).value();
    invoice.number = "F-" + std::to_string(i);
    invoice.due = Date::of(2026, 12, 24);
    invoice.amount = Decimal::parse("1250.50").value();
    invoice.currency = "SEK";
    invoice.receiver = "196505030004.NB.SE";
    invoice.payer = "Karin Ek";
    invoice.accountKind = "bankgiro";
    invoice.account = "54029681";
    invoice.reference = "4711202681";
    invoice.copy = "%PDF-1.7 " + std::to_string(i);
    file.invoices.push_back(std::move(invoice));
  }
  return file;
}

TEST(Bank, NeverMoreThanABirthDateIsShownOfAPerson) {
  EXPECT_EQ(shownReceiver("196505030004.NB.SE").find("0004"), std::string::npos);
  EXPECT_EQ(shownReceiver("196505030004.NB.SE").substr(0, 8), "19650503");
  EXPECT_TRUE(shownReceiver("196505030004.NB.SE").ends_with(".NB.SE"));
  EXPECT_EQ(shownReceiver("197001010005.NB.SE"), "19700101-****.NB.SE") << "its check digit does not hold";
  EXPECT_EQ(shownReceiver("6505030004.NB.SE"), "650503-****.NB.SE");
  EXPECT_EQ(shownReceiver("5599900023.NB.SE"), "5599900023.NB.SE");
}

TEST(Bank, APayersIdHasNumberBankAndCountry) {
  EXPECT_TRUE(isReceiverId("196505030004.NB.SE"));
  EXPECT_TRUE(isReceiverId("5599900023.SHB.SE"));
  for (const char* none : {"", "34052", "196505030004", "196505030004.NB", "x.NB.SE", "196505030004.nb.SE",
                           "196505030004.NB.SE.SE", "12.NB.SE", "196505030004.NB.S/"})
    EXPECT_FALSE(isReceiverId(none)) << none;
}

TEST(Bank, FilesLeaveAtWholeQuarters) {
  EXPECT_EQ(nextBankFile(at("2026-11-24T09:14:59Z"), 15), at("2026-11-24T09:15:00Z"));
  EXPECT_EQ(nextBankFile(at("2026-11-24T09:15:00Z"), 15), at("2026-11-24T09:30:00Z"));
}

TEST(Bank, AnIssuerIsItsOrganisationNumberUnlessItIsSaid) {
  Banking banking;
  store::Company company;
  company.identifier = "0007:5599900015";
  EXPECT_EQ(banking.issuerOf(company), "5599900015");
  EXPECT_EQ(banking.identifierOf("5599900015"), "0007:5599900015");
  banking.issuers.emplace();
  banking.issuers->emplace("0007:5599900023", "FUI-7");
  EXPECT_EQ(banking.issuerOf(company), "");
  EXPECT_EQ(banking.identifierOf("FUI-7"), "0007:5599900023");
  EXPECT_EQ(banking.identifierOf("5599900015"), "");
}

class Messages : public ::testing::TestWithParam<std::string_view> {
 protected:
  const BankFormat format_ = builtInBankFormat(GetParam()).value();
};
INSTANTIATE_TEST_SUITE_P(Formats, Messages, ::testing::ValuesIn(builtInBankFormats()));

TEST_P(Messages, InvoicesAreReadBack) {
  const auto bytes = writeBankInvoices(format_, fileOf(3));
  ASSERT_TRUE(bytes) << bytes.error().detail;
  const auto read = readBankInvoices(format_, *bytes);
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_EQ(read->invoices.size(), 3U);
  EXPECT_EQ(read->seller, "Älvnära Energi AB");
  EXPECT_EQ(read->invoices[2].copy, "%PDF-1.7 2");
  EXPECT_EQ(read->invoices[2].due, Date::of(2026, 12, 24));
  EXPECT_EQ(read->invoices[2].amount.text(), "1250.50");
}

TEST_P(Messages, SumsAndCopiesHold) {
  auto bytes = writeBankInvoices(format_, fileOf(2)).value();
  const auto digest = hex(view(sha256("%PDF-1.7 1")));
  bytes.replace(bytes.find(digest), 4, "0000");
  EXPECT_EQ(readBankInvoices(format_, bytes).error().code, "bank-file-wrong");
  auto other = writeBankInvoices(format_, fileOf(2)).value();
  const std::string sum = GetParam() == "bank-xml" ? "2501.00" : "250100";
  other.replace(other.find(sum), 4, "2502");
  EXPECT_EQ(readBankInvoices(format_, other).error().where, "sum");
}

TEST_P(Messages, AnswersAndReceiptsAreReadBack) {
  const BankReceipt receipt{"B1", at("2026-11-24T10:00:00Z"), false, "900", "Trasig fil"};
  const auto read = readBankReceipt(format_, writeBankReceipt(format_, receipt).value()).value();
  EXPECT_EQ(read.file, "B1");
  EXPECT_FALSE(read.accepted);
  EXPECT_EQ(read.words, "Trasig fil");
  BankAnswers answers{"B1", at("2026-11-24T10:00:00Z"), {}};
  for (const auto state : {BankState::shown, BankState::refused, BankState::declined})
    answers.answers.push_back({fileOf(1).invoices[0].delivery, state, answers.at, "410", "Okänd"});
  const auto said = readBankAnswers(format_, writeBankAnswers(format_, answers).value()).value();
  ASSERT_EQ(said.answers.size(), 3U);
  EXPECT_EQ(said.answers[1].state, BankState::refused);
  EXPECT_EQ(said.answers[2].state, BankState::declined);
  EXPECT_EQ(said.answers[1].at, answers.at);
}

TEST_P(Messages, ApplicationsAndTheirAnswersAreReadBack) {
  const BankApplications file{"F1",
                              at("2026-11-24T10:00:00Z"),
                              {{true, "R1", "5599900015", "196505030004.NB.SE", "34052", "", "Karin Ek",
                                "Nordbanken", at("2026-11-24T09:00:00Z")}}};
  const auto read = readBankApplications(format_, writeBankApplications(format_, file).value()).value();
  ASSERT_EQ(read.applications.size(), 1U);
  EXPECT_TRUE(read.applications[0].ending);
  EXPECT_EQ(read.applications[0].bank, "Nordbanken");
  const AgreementAnswers answers{
      "A1", file.at, {{"R1", "5599900015", "196505030004.NB.SE", "34052", "refused", "Fel kundnummer"}}};
  const auto answered =
      readAgreementAnswers(format_, writeAgreementAnswers(format_, answers).value()).value();
  EXPECT_EQ(answered.answers[0].state, "refused");
  EXPECT_EQ(answered.answers[0].words, "Fel kundnummer");
}

TEST(Bank, FilesAreCalledAfterWhatTheyAre) {
  EXPECT_EQ(bankFileKindOf("receipt.B1.xml"), BankFileKind::receipt);
  EXPECT_EQ(bankFileKindOf("agreements.20261124.txt"), BankFileKind::agreements);
  EXPECT_FALSE(bankFileKindOf("receipts.B1.xml"));
  EXPECT_FALSE(bankFileKindOf("receipt"));
}

TEST(BankHub, AListOfApplicationsIsRead) {
  const auto now = at("2026-11-24T10:00:00Z");
  const auto read = applicationsIn(
      "issuer;receiver;customerNumber;number;name;bank\n5599900015;196505030004.NB.SE;34052;;Karin Ek;NB\n"
      "5599900015;197001010005.NB.SE;7;;Bo Ek;NB;end\n",
      now);
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_EQ(read->size(), 2U);
  EXPECT_FALSE((*read)[0].ending);
  EXPECT_TRUE((*read)[1].ending);
  EXPECT_EQ(applicationsIn("a;b\n5599900015;x;1\n", now).error().code, "bank-list-malformed");
}

}  // namespace
}  // namespace postgang::channels
