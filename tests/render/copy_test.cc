#include "render/copy.h"

#include <gtest/gtest.h>

#include "tests/render/samples.h"

namespace postgang::render {
namespace {

using samples::InvoiceSketch;

Copy copyFor(const InvoiceSketch& sketch, Channel channel = Channel::print,
             const Design& design = samples::design()) {
  return copyOf(samples::invoice(sketch), design, channel, Language::swedish);
}

std::string valueOf(const std::vector<Fact>& facts, std::string_view label) {
  for (const Fact& fact : facts)
    if (fact.label == label) return fact.value;
  return "";
}

std::string paymentWords(const Copy& copy) {
  std::string words;
  for (const Paragraph& paragraph : copy.payment) words += paragraph.lead + " " + paragraph.text + "\n";
  return words;
}

TEST(Copy, AnInvoiceSaysAmountDueDateAccountAndOcr) {
  const Copy copy = copyFor({.lines = 1});
  EXPECT_EQ(copy.title, "Faktura");
  EXPECT_EQ(copy.documentTitle, "Faktura 700451 från Nordhamn Service AB");
  EXPECT_EQ(valueOf(copy.titleFacts, "Fakturanummer"), "700451");
  EXPECT_EQ(valueOf(copy.titleFacts, "Kundnummer"), "34052");
  EXPECT_EQ(copy.dueLabel, "Att betala");
  EXPECT_EQ(copy.dueAmount, "1\u00A0850,00\u00A0kr");
  EXPECT_EQ(copy.dueSentence, "senast 2026-11-30");
  EXPECT_EQ(valueOf(copy.dueFacts, "Bankgiro"), "5050-1055");
  EXPECT_EQ(valueOf(copy.dueFacts, "OCR-nummer"), "7004 518");
  EXPECT_TRUE(copy.code);
  EXPECT_EQ(valueOf(copy.references, "Er referens"), "Sara Lind");
  EXPECT_EQ(valueOf(copy.references, "Period"), "2026-10-01 – 2026-10-31");
  EXPECT_EQ(paymentWords(copy),
            "Betala senast 2026-11-30. Ange alltid OCR-numret.\n Invändningar mot fakturan lämnas inom 10 "
            "dagar.\n");
}

TEST(Copy, TheWindowHasFiveLinesAndTheTownInCapitals) {
  const Copy copy = copyFor({});
  EXPECT_EQ(copy.address, (std::vector<std::string>{"Fjällviks Fastigheter AB", "Leverantörsreskontra",
                                                    "Storgatan 14", "852 30  FJÄLLVIK"}));
  EXPECT_EQ(copy.senderLine, "Avs: Nordhamn Service AB, Box 1120, 851 11 Nordhamn");
  const Copy mail = copyFor({}, Channel::email);
  EXPECT_EQ(mail.senderLine, "");
  EXPECT_EQ(mail.address.back(), "852 30 Fjällvik");
}

TEST(Copy, ACreditNoteSaysPlainlyThatNothingIsToBePaid) {
  Design design = samples::design();
  design.paymentSlip = true;
  const Copy copy = copyFor(
      {.kind = document::Kind::credit_note, .typeCode = "381", .due = "", .precedingInvoice = "700400"},
      Channel::print, design);
  EXPECT_EQ(copy.title, "Kreditfaktura");
  EXPECT_EQ(copy.dueLabel, "Er tillgodo");
  EXPECT_EQ(copy.dueSentence, "Dras från faktura 700400");
  EXPECT_EQ(valueOf(copy.dueFacts, "Krediterar faktura"), "700400");
  EXPECT_EQ(valueOf(copy.dueFacts, "av den"), "2026-09-30");
  ASSERT_TRUE(copy.notice);
  EXPECT_TRUE(copy.notice->forbids);
  EXPECT_EQ(copy.notice->heading, "Betala inte denna faktura");
  EXPECT_EQ(copy.totalLabel, "Er tillgodo");
  // No account, reference, code, slip or terms.
  EXPECT_EQ(valueOf(copy.dueFacts, "Bankgiro") + valueOf(copy.dueFacts, "OCR-nummer"), "");
  EXPECT_FALSE(copy.code);
  EXPECT_FALSE(copy.slip);
  EXPECT_EQ(paymentWords(copy).find("5050"), std::string::npos);
  EXPECT_EQ(valueOf(copy.references, "Betalningsvillkor"), "");
}

TEST(Copy, ANegativeCreditNoteIsShownWithPositiveAmounts) {
  document::Builder b(document::Kind::credit_note);
  b.add(document::Term::BT_1, "9");
  b.add(document::Term::BT_5, "SEK");
  b.begin(document::Group::BG_22);
  b.add(document::Term::BT_109, "-100.00");
  b.add(document::Term::BT_110, "-25.00");
  b.add(document::Term::BT_115, "-125.00");
  b.end();
  b.begin(document::Group::BG_25);
  b.add(document::Term::BT_129, "-2");
  b.add(document::Term::BT_131, "-100.00");
  b.end();
  const Copy copy = copyOf(std::move(b).build(), Design{}, Channel::email, Language::swedish);
  EXPECT_EQ(copy.dueAmount, "125,00\u00A0kr");
  EXPECT_EQ(copy.total, "125,00\u00A0kr");
  EXPECT_EQ(copy.table.rows[0].amount, "100,00");
  EXPECT_EQ(copy.table.rows[0].quantity, "2");
  EXPECT_EQ(valueOf(copy.sums, "Summa exkl. moms"), "100,00");
}

TEST(Copy, AReminderNamesTheInvoiceAndWhomToRingAndSpeaksToAPersonAsDu) {
  const Copy copy = copyFor({.kind = document::Kind::reminder,
                             .precedingInvoice = "700400",
                             .buyerName = "Anna Berg",
                             .buyerNumber = ""});
  ASSERT_TRUE(copy.notice);
  EXPECT_EQ(copy.notice->heading, "Vi har inte fått din betalning");
  EXPECT_EQ(
      copy.notice->text,
      "Påminnelsen gäller faktura 700400 av 2026-09-30. Har du betalat de senaste dagarna kan du bortse från "
      "påminnelsen.");
  EXPECT_NE(paymentWords(copy).find("Ring 060-555 01 20"), std::string::npos);
  EXPECT_EQ(valueOf(copy.references, "Din referens"), "Sara Lind");
  EXPECT_EQ(copyFor({.kind = document::Kind::reminder}).notice->heading, "Vi har inte fått er betalning");
}

TEST(Copy, AutogiroIsNotToBePaidByOneself) {
  const Copy copy = copyFor({.meansCode = "49"});
  EXPECT_EQ(copy.dueLabel, "Dras från ert konto");
  EXPECT_EQ(copy.dueSentence, "den 2026-11-30. Betala inte själva.");
  EXPECT_EQ(valueOf(copy.dueFacts, "Autogiro, betalarnummer"), "20117");
  EXPECT_EQ(valueOf(copy.dueFacts, "Konto"), "slutar på 4471");
  EXPECT_FALSE(copy.code);
  EXPECT_EQ(paymentWords(copy).find("OCR"), std::string::npos);
}

TEST(Copy, APayeeStandsInTheAmountBlockAndInTheBox) {
  const Copy copy = copyFor({.typeCode = "393", .payee = "Nordlid Finans AB"});
  EXPECT_EQ(copy.dueLabel, "Att betala till Nordlid Finans AB");
  EXPECT_EQ(valueOf(copy.dueFacts, "Bankgiro, Nordlid Finans AB"), "5050-1055");
  ASSERT_TRUE(copy.notice);
  EXPECT_EQ(copy.notice->heading, "Betala bara till Nordlid Finans AB.");
  EXPECT_NE(copy.notice->text.find("överlåten"), std::string::npos);
  // Only an invoice that says it is factored is said to be.
  EXPECT_EQ(copyFor({.payee = "Nordlid Finans AB"}).notice->text.find("överlåten"), std::string::npos);
  EXPECT_FALSE(copyFor({.payee = "Nordhamn Service AB"}).notice);  // the seller itself
}

TEST(Copy, NothingIsToBePaidWhenItIsPaid) {
  const Copy copy = copyFor({.paid = "1850", .lines = 1});
  EXPECT_EQ(copy.dueAmount, "0,00\u00A0kr");
  EXPECT_EQ(copy.dueSentence, "Betald. Betala inte.");
  EXPECT_EQ(valueOf(copy.dueFacts, "Betalt belopp"), "1\u00A0850,00\u00A0kr");
  EXPECT_EQ(valueOf(copy.sums, "Avgår förskott"), "\u22121\u00A0850,00");
  EXPECT_FALSE(copy.code);
}

TEST(Copy, OtherCurrenciesHaveTheirCodeFirstAndAnIban) {
  const Copy copy =
      copyFor({.currency = "EUR", .bankgiro = "", .iban = "SE3550000000054910000003", .bic = "ESSESESS"});
  EXPECT_TRUE(copy.dueAmount.starts_with("EUR\u00A0"));
  EXPECT_EQ(valueOf(copy.dueFacts, "IBAN"), "SE35 5000 0000 0549 1000 0003");
  EXPECT_EQ(valueOf(copy.dueFacts, "BIC"), "ESSESESS");
  EXPECT_TRUE(copy.code);  // EPC
  EXPECT_FALSE(copyFor({.currency = "USD", .bankgiro = "", .iban = "SE3550000000054910000003"}).code);
}

TEST(Copy, NoCodeForAnAccountWhoseCheckDigitIsWrong) {
  EXPECT_FALSE(copyFor({.bankgiro = "50501054"}).code);
}

TEST(Copy, VatStandsPerRateHighestFirst) {
  const Copy copy = copyFor({.lines = 8});
  ASSERT_EQ(copy.vat.size(), 3u);
  EXPECT_EQ(copy.vat[0].rate, "25\u00A0%");
  EXPECT_EQ(copy.vat[1].rate, "12\u00A0%");
  EXPECT_EQ(copy.vat[2].rate, "6\u00A0%");
  EXPECT_TRUE(copy.vatSum);
  EXPECT_TRUE(copy.table.hasVat);
  const Copy single = copyFor({.lines = 1});
  EXPECT_TRUE(single.vat.empty());
  EXPECT_EQ(valueOf(single.sums, "Moms 25\u00A0%"), "370,00");
  EXPECT_FALSE(single.table.hasVat);
}

TEST(Copy, AnExemptRateHasItsReasonAndVatInKronorIsShown) {
  const Copy copy = copyFor({.currency = "EUR", .lines = 1, .more = [](document::Builder& b) {
                               b.add(document::Term::BT_6, "SEK");
                               b.begin(document::Group::BG_22);
                               b.add(document::Term::BT_111, "4070.00", "SEK");
                               b.end();
                               b.begin(document::Group::BG_23);
                               b.add(document::Term::BT_116, "10");
                               b.add(document::Term::BT_117, "0");
                               b.add(document::Term::BT_118, "AE");
                               b.add(document::Term::BT_119, "0");
                               b.end();
                             }});
  ASSERT_EQ(copy.vat.size(), 2u);
  EXPECT_EQ(copy.vat[1].reason, "Omvänd betalningsskyldighet");
}

TEST(Copy, WhatIsMissingLeavesNoLabelBehind) {
  document::Builder b(document::Kind::invoice);
  b.add(document::Term::BT_1, "1");
  const Copy copy = copyOf(std::move(b).build(), Design{}, Channel::print, Language::swedish);
  EXPECT_EQ(copy.titleFacts.size(), 1u);
  EXPECT_EQ(copy.dueLabel + copy.dueAmount + copy.dueSentence + copy.senderLine + copy.totalLabel, "");
  EXPECT_TRUE(copy.references.empty());
  EXPECT_TRUE(copy.payment.empty());
  EXPECT_TRUE(copy.footNumbers.empty());
  EXPECT_TRUE(copy.footContact.empty());
}

TEST(Copy, FSkattStandsOnlyWhereTheInvoiceSaysSo) {
  EXPECT_EQ(copyFor({}).footNumbers.back(), "Godkänd för F-skatt");
  EXPECT_TRUE(copyFor({}).hasTaxStatus);
  document::Builder b(document::Kind::invoice);
  b.begin(document::Group::BG_4);
  b.add(document::Term::BT_27, "Ek AB");
  b.add(document::Term::BT_30, "5599900122", "0007");
  b.end();
  const Copy copy = copyOf(std::move(b).build(), Design{}, Channel::print, Language::swedish);
  EXPECT_EQ(copy.footNumbers, std::vector<std::string>{"Org.nr 559990-0122"});
  EXPECT_FALSE(copy.hasTaxStatus);
}

TEST(Copy, APrintCodeDecidesKindAndLanguageAndIsNeverShown) {
  const auto coded = [](const char* code) {
    return samples::invoice({.more = [code](document::Builder& b) {
      b.begin(document::Group::BG_24);
      b.add(document::Term::BT_122, code);
      b.add(document::Term::BT_123, "AQY Filidentifiering nummer (print)");
      b.end();
      b.begin(document::Group::BG_24);
      b.add(document::Term::BT_122, "3434");
      b.add(document::Term::BT_123, "IT Säljarens kundnummer");
      b.end();
    }});
  };
  EXPECT_EQ(languageFor(coded("302"), Design{}), Language::english);
  EXPECT_EQ(languageFor(coded("101"), Design{}), Language::swedish);
  const Copy copy = copyOf(coded("202"), Design{}, Channel::print, Language::english);
  EXPECT_EQ(copy.title, "Interest invoice");
  EXPECT_EQ(copy.kind, document::Kind::interest_invoice);
  EXPECT_TRUE(copy.attachments.empty());
  EXPECT_EQ(valueOf(copy.titleFacts, "Customer number"), "3434");
}

TEST(Copy, ADesignHidesWhatItMay) {
  Design design;
  design.hidden = {document::Term::BT_12};
  EXPECT_EQ(valueOf(copyFor({}).references, "Avtal"), "321/123");
  EXPECT_EQ(valueOf(copyFor({}, Channel::print, design).references, "Avtal"), "");
}

TEST(Copy, TheSlipIsASettingAndOnlyOnPaper) {
  Design design;
  EXPECT_FALSE(copyFor({}, Channel::print, design).slip);
  design.paymentSlip = true;
  EXPECT_FALSE(copyFor({}, Channel::email, design).slip);
  EXPECT_FALSE(copyFor({}, Channel::bank, design).slip);
  const Copy copy = copyFor({.lines = 1}, Channel::print, design);
  ASSERT_TRUE(copy.slip);
  EXPECT_EQ(copy.slip->kronor, "1\u00A0850");
  EXPECT_EQ(copy.slip->ore, "00");
  EXPECT_EQ(copy.slip->codeLine,
            "#                   7004518 #    1850 00   7 >                 50501055#41#");
}

}  // namespace
}  // namespace postgang::render
