#include "render/smartmail_mail.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tests/render/samples.h"

namespace postgang::render {
namespace {

using namespace samples;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

// POSTGANG_SHOW_MAIL=FOLDER keeps what the tests have written, to be looked at.
void show(const SmartmailMail& mail, const std::string& name) {
  if (const char* folder = std::getenv("POSTGANG_SHOW_MAIL"))
    std::ofstream(std::string(folder) + "/" + name + ".html") << mail.html;
}

Smartmail sample(const InvoiceSketch& sketch = {}, Language language = Language::swedish) {
  auto mail = smartmailOf(invoice(sketch), design(), language);
  mail.link = "https://faktura.postgang.example/m/8k2mq4tx-9rwp5hnc-2wjd7kqe-v4tm0abc";
  mail.attachments = 2;
  mail.openBy = Date::of(2026, 11, 19);
  mail.openByMinute = 16 * 60;
  return mail;
}

TEST(SmartmailMail, SaysWhoHowMuchByWhenAndWhatHappensOtherwise) {
  auto from = sample();
  from.recipient = "Anna Berg";
  from.person = true;
  from.street = "Granvägen 8";
  const auto mail = smartmailMail(from);
  show(mail, "smartmail");
  EXPECT_TRUE(mail.subject.starts_with("Faktura från ")) << mail.subject;
  EXPECT_TRUE(has(mail.subject, ", senast 30 november")) << mail.subject;
  std::size_t at = 0;
  for (const auto* part : {"Hej Anna,", "här är din faktura", "Att betala", "Senast", "30 november 2026",
                           "Gå till fakturan", "Öppna senast 19 november kl. 16.00.", "Granvägen 8",
                           "Är mejlet äkta?", "Är du inte Anna Berg?", "Org.nr"}) {
    const auto found = mail.text.find(part, at);
    ASSERT_NE(found, mail.text.npos) << part << " is missing, or too early, in\n" << mail.text;
    at = found;
    EXPECT_TRUE(has(mail.html, part)) << part;
  }
  EXPECT_TRUE(has(mail.html, "href=\"" + from.link + "\""));
  EXPECT_TRUE(has(mail.html, "href=\"" + from.link + "/wrong-recipient\""))
      << "which asks before it does anything";
  EXPECT_LT(mail.html.size(), smartmail_bytes_max / 2);
}

TEST(SmartmailMail, NeverHoldsWhatIsPaidByNorAnythingThatIsFetched) {
  for (const auto language : {Language::swedish, Language::english}) {
    auto from = sample({}, language);
    from.reminder = true;
    from.attached = true;
    const auto mail = smartmailMail(from);
    for (const auto* part : {"5050-1055", "50501055", "7004518", "7004 518", "<img", "src=", "url(", "<svg",
                             "@import", "<script", "<link"})
      EXPECT_FALSE(has(mail.html, part) || has(mail.text, part)) << part;
  }
}

TEST(SmartmailMail, ACreditNoteAsksForNothing) {
  InvoiceSketch sketch;
  sketch.kind = Kind::credit_note;
  sketch.typeCode = "381";
  sketch.precedingInvoice = "700400";
  const auto mail = smartmailMail(sample(sketch));
  show(mail, "smartmail-credit");
  EXPECT_TRUE(mail.subject.starts_with("Kreditfaktura från ")) << mail.subject;
  EXPECT_FALSE(has(mail.subject, "senast"));
  EXPECT_TRUE(has(mail.text, "Till godo: "));
  EXPECT_TRUE(has(mail.text, "Du ska inte betala något."));
  EXPECT_FALSE(has(mail.text, "Att betala"));
  EXPECT_FALSE(has(mail.text, "QR-kod"));
}

TEST(SmartmailMail, WhatIsDrawnFromTheAccountIsNotToBePaid) {
  InvoiceSketch sketch;
  sketch.meansCode = "49";
  const auto mail = smartmailMail(sample(sketch));
  EXPECT_TRUE(has(mail.subject, " dras 30 november")) << mail.subject;
  EXPECT_TRUE(has(mail.text, "Betala inte själv."));
}

TEST(SmartmailMail, WithoutADeadlineNothingHappensOtherwise) {
  auto from = sample();
  from.openBy.reset();
  from.attached = true;
  const auto mail = smartmailMail(from);
  show(mail, "smartmail-attached");
  EXPECT_FALSE(has(mail.text, "Annars"));
  EXPECT_TRUE(has(mail.text, "som PDF i mejlet"));
  from.openBy = Date::of(2026, 11, 19);
  EXPECT_TRUE(has(smartmailMail(from).text, "Annars skickar vi fakturan på papper"));
}

TEST(SmartmailMail, AttachmentsThatCountAreToBeOpenedToo) {
  auto from = sample();
  from.attachmentsToo = true;
  EXPECT_TRUE(has(smartmailMail(from).text, "Öppna fakturan och bilagorna senast 19 november"));
}

TEST(SmartmailMail, AReminderSaysThatItIsOne) {
  auto from = sample();
  from.reminder = true;
  from.sentOn = Date::of(2026, 11, 9);
  const auto mail = smartmailMail(from);
  show(mail, "smartmail-reminder");
  EXPECT_TRUE(mail.subject.starts_with("Inte öppnad än: fakturan från ")) << mail.subject;
  EXPECT_TRUE(has(mail.text, "du har inte öppnat fakturan som vi skickade 9 november."));
  EXPECT_FALSE(has(mail.text, "här är"));
}

TEST(SmartmailMail, IsInTheLanguageOfItsCopy) {
  const auto mail = smartmailMail(sample({}, Language::english));
  show(mail, "smartmail-english");
  EXPECT_TRUE(mail.subject.starts_with("Invoice from ")) << mail.subject;
  EXPECT_TRUE(has(mail.html, "<html lang=\"en\">"));
  EXPECT_TRUE(has(mail.text, "Open by 19 November, 16:00"));
}

TEST(SmartmailMail, HostileTextStaysText) {
  auto from = sample();
  from.brand = "<script>alert(1)</script>\r\nBcc: x@y.example";
  from.recipient = std::string(5000, 'x') + "\"onload=";
  from.street = "<img src=x>";
  const auto mail = smartmailMail(from);
  EXPECT_FALSE(has(mail.html, "<script>alert") || has(mail.html, "<img"));
  EXPECT_EQ(mail.subject.find('\n'), mail.subject.npos);
  EXPECT_LT(mail.html.size(), smartmail_bytes_max);
}

}  // namespace
}  // namespace postgang::render
