#include "render/notice_mail.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace postgang::render {
namespace {

NoticeFault orderNumber() {
  NoticeFault fault;
  fault.what = "Ordernumret är inte giltigt.";
  fault.value = "Sara L";
  fault.wanted = "Ordernumret ska ha åtta siffror och börja med 45.";
  fault.example = "45123456";
  fault.term = "BT-13";
  fault.title = "Ordernummer";
  fault.place = "/Invoice/cac:OrderReference/cbc:ID";
  fault.demand = "FJ-ORDER-01";
  fault.cells = {{"Er referens", "Sara Lindgren", false},
                 {"Ert ordernummer", "Sara L", true},
                 {"Vår referens", "Filip Ek", false},
                 {"Avtal", "321/123", false}};
  return fault;
}

StopNotice sample() {
  StopNotice notice;
  notice.receiver = "Fjällhem Fastigheter AB";
  notice.sender = "Björkvik Kontorsservice AB";
  notice.senderIdentifier = "559990-0122";
  NoticeDocument document;
  document.number = "101000330";
  document.issueDate = Date::of(2026, 10, 31);
  document.amount = Decimal::parse("172955.00");
  document.currency = "SEK";
  document.received = document.stopped = Date::of(2026, 11, 2);
  document.faults = {orderNumber()};
  notice.documents = {document};
  notice.mayEdit = true;
  notice.link = "https://postgang.example/r/5HNC-2WJD-7KQE-V4TM";
  notice.today = Date::of(2026, 11, 2);
  notice.deadline = notice.linkUntil = Date::of(2026, 11, 16);
  notice.reference = "R-2026-004418";
  notice.attached = true;
  notice.contact = "faktura@fjallhem.example";
  notice.answered = true;
  return notice;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

// POSTGANG_SHOW_MAIL=FOLDER keeps what the tests have written, to be looked at.
void show(const NoticeMail& mail, const std::string& name) {
  if (const char* folder = std::getenv("POSTGANG_SHOW_MAIL"))
    std::ofstream(std::string(folder) + "/" + name + ".html") << mail.html;
}

TEST(NoticeMail, SaysWhichInvoiceWhatIsWrongAndHowToPutItRight) {
  const auto mail = noticeMail(sample());
  show(mail, "one");
  EXPECT_EQ(mail.from, "Fjällhem Fastigheter via Postgång");
  EXPECT_EQ(mail.subject, "Faktura 101000330 är stoppad: ordernummer behöver rättas");
  for (const auto* part :
       {"Faktura 101000330 behöver rättas innan Fjällhem Fastigheter kan ta emot den",
        "har inte fått fakturan. En uppgift behöver rättas.", "Ordernumret är inte giltigt.",
        "På fakturan står ”Sara L”.", "Ska vara t.ex. 45123456", "Rätta och skicka igen",
        "Rätta senast 2026-11-16. Länken gäller till dess.", "krav FJ-ORDER-01, term BT-13 (ordernummer)",
        "R-2026-004418", "Fakturan i original är bifogad", "Svara på mejlet", "559990-0122"}) {
    EXPECT_TRUE(has(mail.text, part)) << part << "\n" << mail.text;
  }
  EXPECT_TRUE(has(mail.html, "href=\"https://postgang.example/r/5HNC-2WJD-7KQE-V4TM\""));
  EXPECT_TRUE(has(mail.html,
                  "172\xC2\xA0"
                  "955,00\xC2\xA0kr"));
  EXPECT_FALSE(has(mail.html, "noticeMail.")) << "a word is missing";
}

TEST(NoticeMail, SpeaksEnglish) {
  auto notice = sample();
  notice.language = Language::english;
  notice.documents[0].faults[0].title = "Purchase order reference";
  const auto mail = noticeMail(notice);
  EXPECT_EQ(mail.subject, "Invoice 101000330 is stopped: Purchase order reference needs correcting");
  EXPECT_TRUE(has(mail.text, "Correct and send again"));
  EXPECT_FALSE(has(mail.text, "noticeMail."));
}

TEST(NoticeMail, AnAddressThatNobodyHasCheckedGetsTheReasonAlone) {
  auto notice = sample();
  notice.mayEdit = false;
  notice.attached = false;
  const auto mail = noticeMail(notice);
  show(mail, "reason");
  EXPECT_FALSE(has(mail.text, "Rätta och skicka igen"));
  EXPECT_TRUE(has(mail.text, "Läs vad som är fel"));
  EXPECT_FALSE(has(mail.text, "bifogad"));
}

TEST(NoticeMail, DrawsThreeFaultsAndCountsTheRest) {
  auto notice = sample();
  notice.documents[0].faults.assign(7, orderNumber());
  const auto mail = noticeMail(notice);
  show(mail, "many-faults");
  EXPECT_EQ(mail.subject, "Faktura 101000330 är stoppad: 7 uppgifter behöver rättas");
  EXPECT_TRUE(has(mail.text, "och 4 till"));
  std::size_t drawn = 0;
  for (auto at = mail.text.find("^ Ska vara"); at != mail.text.npos;
       at = mail.text.find("^ Ska vara", at + 1))
    ++drawn;
  EXPECT_EQ(drawn, 3U);
}

TEST(NoticeMail, SeveralInvoicesAreOneMail) {
  auto notice = sample();
  for (int i = 1; i < 24; ++i) {
    auto another = notice.documents.front();
    another.number = std::to_string(101000330 + i);
    notice.documents.push_back(another);
  }
  const auto mail = noticeMail(notice);
  show(mail, "many");
  EXPECT_EQ(mail.subject, "24 fakturor till Fjällhem Fastigheter är stoppade och behöver rättas");
  EXPECT_TRUE(has(mail.text, "101000349"));
  EXPECT_FALSE(has(mail.text, "101000350"));
  EXPECT_TRUE(has(mail.text, "och 4 fakturor till"));
}

TEST(NoticeMail, AReminderAfterTheDeadlineSaysSo) {
  auto notice = sample();
  notice.reminder = true;
  notice.today = Date::of(2026, 11, 20);
  notice.linkUntil = Date::of(2026, 11, 27);
  const auto mail = noticeMail(notice);
  EXPECT_TRUE(mail.subject.starts_with("Påminnelse: Faktura 101000330"));
  EXPECT_TRUE(has(mail.text, "Skulle ha rättats senast 2026-11-16. Länken gäller till 2026-11-27."));
}

TEST(NoticeMail, TheReceiversOwnWordsAreInIt) {
  auto notice = sample();
  notice.greeting = "Hej och tack för din leverans.";
  notice.help = "Ring 08-123 45 67 så letar vi fram numret.";
  const auto mail = noticeMail(notice);
  EXPECT_TRUE(has(mail.text, notice.greeting));
  EXPECT_TRUE(has(mail.text, notice.help));
  EXPECT_FALSE(has(mail.text, "Fråga din beställare"));
}

TEST(NoticeMail, NothingInADocumentIsMarkupOrALineOfItsOwn) {
  auto notice = sample();
  const std::string hostile = "<script>alert(1)</script>\"'&\r\nBcc: x@y.example";
  notice.receiver = notice.sender = notice.greeting = notice.help = notice.contact = hostile;
  auto& document = notice.documents.front();
  document.number = document.currency = hostile;
  for (auto* text : {&document.faults[0].what, &document.faults[0].value, &document.faults[0].wanted,
                     &document.faults[0].example, &document.faults[0].title, &document.faults[0].demand,
                     &document.faults[0].place, &document.faults[0].cells[0].label})
    *text = hostile;
  const auto mail = noticeMail(notice);
  EXPECT_FALSE(has(mail.html, "<script>"));
  EXPECT_FALSE(has(mail.subject, "\n"));
  EXPECT_FALSE(has(mail.from, "\n"));
}

TEST(NoticeMail, StaysUnderFortyKilobytesWhateverTheDocumentSays) {
  auto notice = sample();
  const std::string much(5000, '"');
  auto fault = orderNumber();
  for (auto* text :
       {&fault.what, &fault.value, &fault.wanted, &fault.example, &fault.title, &fault.demand, &fault.place})
    *text = much;
  fault.cells.assign(9, {much, much, true});
  notice.greeting = notice.help = notice.contact = notice.receiver = notice.sender = much;
  notice.documents.front().number = much;
  notice.documents.front().faults.assign(30, fault);
  EXPECT_LT(noticeMail(notice).html.size(), notice_bytes_max);
  notice.documents.assign(200, notice.documents.front());
  EXPECT_LT(noticeMail(notice).html.size(), notice_bytes_max);
}

}  // namespace
}  // namespace postgang::render
