#include "render/recipient_page.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "render/render.h"
#include "tests/render/samples.h"

namespace postgang::render {
namespace {

using document::Group;
using document::Term;

samples::InvoiceSketch sketch() {
  samples::InvoiceSketch made;
  made.buyerName = "Anna Berg";
  made.buyerNumber = "";
  made.more = [](document::Builder& builder) {
    builder.enter(Group::BG_13);
    builder.begin(Group::BG_14);
    builder.add(Term::BT_73, "2026-10-01");
    builder.add(Term::BT_74, "2026-10-31");
    builder.end();
    builder.end();
  };
  return made;
}

RecipientPage pageOf(const samples::InvoiceSketch& from, Language language = Language::swedish) {
  auto page = recipientPageOf(samples::invoice(from), samples::design(), language);
  page.now = *Instant::parse("2026-11-11T08:12:00Z");
  page.base = "/m/8k2mq4tx-9rwp5hnc-2wjd7kqe-v4tm0abc";
  page.key = "K3yK3yK3yK3yK3yK3yK3yK3y";
  page.linkUntil = *Instant::parse("2027-02-09T08:00:00Z");
  page.deadline = *Instant::parse("2026-11-18T15:00:00Z");
  page.hasPreview = true;
  return page;
}

RecipientPage opened(RecipientPage page) {
  page.openedAt = page.now;
  return page;
}

bool has(const std::string& html, std::string_view part) {
  return html.find(part) != html.npos;
}

// POSTGANG_SHOW_PAGE=FOLDER keeps what the tests have written, to be looked at.
std::string shown(std::string html, const std::string& name) {
  if (const char* folder = std::getenv("POSTGANG_SHOW_PAGE"))
    std::ofstream(std::string(folder) + "/" + name + ".html") << html;
  EXPECT_FALSE(has(html, "recipientPage.")) << "a word is missing in " << name;
  EXPECT_FALSE(has(html, "{{")) << "a value is missing in " << name;
  EXPECT_FALSE(has(html, "http://")) << name;
  EXPECT_FALSE(has(html, "https://")) << name;
  EXPECT_LT(html.size(), 25'000u) << name;
  return html;
}

TEST(RecipientPage, BeforeSaysWhoAndWhatAndNothingOfTheMoney) {
  auto page = pageOf(sketch());
  page.parts = {{"Förbrukning per timme.pdf", 240'000, true, {}}};
  const auto html = shown(pageBefore(page), "before");
  for (const auto* part :
       {"Till Anna Berg", "Du har en faktura från", "oktober 2026", "2026-10-31", "1 st", "Visa fakturan",
        "och då skickas inget på papper", "Jag är inte Anna Berg", "gäller till 2027-02-09", "Inga kakor",
        "method=\"post\" action=\"/m/8k2mq4tx-9rwp5hnc-2wjd7kqe-v4tm0abc/open\"", "content=\"noindex\""})
    EXPECT_TRUE(has(html, part)) << part;
  const auto copy = page.copy;
  for (const auto& secret : {std::string("700451"), std::string("5050-1055"), copy.dueAmount, copy.total})
    EXPECT_FALSE(has(html, secret)) << secret;
  EXPECT_FALSE(has(html, "<script"));
  EXPECT_FALSE(has(html, "<iframe"));
}

TEST(RecipientPage, WhatThePressDoesIsSaidAsItIs) {
  auto page = pageOf(sketch());
  page.parts = {{"a.pdf", 10, false, {}}};
  EXPECT_TRUE(has(pageBefore(page), "både fakturan och bilagorna"));
  page.deadline.reset();
  EXPECT_FALSE(has(pageBefore(page), "papper"));
  page.expiredAt = page.now;
  EXPECT_TRUE(has(pageBefore(page), "Ett brev är också på väg"));
}

TEST(RecipientPage, AfterSaysWhatToPayAndHow) {
  const auto page = opened(pageOf(sketch()));
  const auto html = shown(pageAfter(page), "after");
  for (const auto* part : {"Att betala", "Senast 30\u00A0november", "om 19 dagar", "5050-1055",
                           "data-copy=\"5050-1055\"", "7004 518", "data-copy=\"7004518\"", "/qr.png",
                           "Spara QR-bild", "/preview", "/pdf", "Visa hela", "Öppnad 2026-11-11 kl. 09.12"})
    EXPECT_TRUE(has(html, part)) << part;
  EXPECT_TRUE(has(html, page.copy.dueAmount));
}

TEST(RecipientPage, AnAmountIsPastedAsABankTakesIt) {
  const auto page = pageOf(sketch());
  const auto& amount = page.pay.back();
  EXPECT_EQ(amount.label, "Belopp");
  EXPECT_EQ(amount.copied.find(' '), std::string::npos);
  EXPECT_NE(amount.copied.find(','), std::string::npos);
  EXPECT_NE(pageOf(sketch(), Language::english).pay.back().copied.find('.'), std::string::npos);
}

TEST(RecipientPage, EachAttachmentHasItsOwnState) {
  auto page = opened(pageOf(sketch()));
  page.parts = {{"Förbrukning per timme.pdf", 1'240'000, false, *Instant::parse("2026-11-11T08:14:00Z")},
                {"Nya elnätspriser 2027.pdf", 240'000, false, {}}};
  const auto html = shown(pageAfter(page), "parts");
  EXPECT_TRUE(has(html, "Öppnad 11\u00A0nov kl. 09.14"));
  EXPECT_TRUE(has(html, "Inte öppnad, 240\u00A0kB"));
  EXPECT_TRUE(has(html, "Öppna också bilagorna senast 18\u00A0november"));
  EXPECT_TRUE(has(html, "/parts/1\""));
  page.allOpened = true;
  EXPECT_TRUE(has(pageAfter(page), "Inget skickas på papper"));
}

TEST(RecipientPage, OverdueIsSaidWithoutBlame) {
  auto page = opened(pageOf(sketch()));
  page.now = *Instant::parse("2026-12-05T08:00:00Z");
  const auto html = shown(pageAfter(page), "overdue");
  EXPECT_TRUE(has(html, "Förföll 30\u00A0november"));
  EXPECT_FALSE(has(html,
                   "om "
                   "-"));
  page.now = *Instant::parse("2026-11-30T08:00:00Z");
  EXPECT_TRUE(has(pageAfter(page), "i dag"));
  page.now = *Instant::parse("2027-01-30T08:00:00Z");
  EXPECT_TRUE(has(pageAfter(page), "30\u00A0november 2026"));
}

TEST(RecipientPage, WhatIsNotToBePaidSaysSoFirstAndHidesHow) {
  for (const auto state : {PageState::cancelled, PageState::superseded, PageState::credited}) {
    auto page = opened(pageOf(sketch()));
    page.state = state;
    page.stateOn = Date::of(2026, 11, 10);
    page.creditNumber = "700499";
    page.newer = true;
    const auto name = "state-" + std::to_string(static_cast<int>(state));
    const auto html = shown(pageAfter(page), name);
    EXPECT_TRUE(has(html, "class=\"box first\"")) << name;
    for (const auto* part : {"5050-1055", "7004518", "/qr.png", "data-copy=", "<iframe", "Senast "})
      EXPECT_FALSE(has(html, part)) << name << " " << part;
    EXPECT_EQ(has(html, "/newer\""), state == PageState::superseded);
    EXPECT_TRUE(has(shown(pageBefore(page), name + "-before"), "class=\"box first\""));
  }
}

TEST(RecipientPage, APartOfItCreditedLeavesHowToPayTheRest) {
  auto page = opened(pageOf(sketch()));
  page.state = PageState::partly_credited;
  page.creditNumber = "700499";
  page.creditAmount = "200,00\u00A0kr";
  const auto html = shown(pageAfter(page), "partly");
  EXPECT_TRUE(has(html, "Kreditfaktura 700499 sänker beloppet med 200,00\u00A0kr"));
  EXPECT_TRUE(has(html, "5050-1055"));
  EXPECT_FALSE(has(html, "/qr.png")) << "it carries the whole amount";
  EXPECT_FALSE(has(html, "data-copy=\"" + page.pay.back().copied + "\""));
}

TEST(RecipientPage, OtherKindsHaveNoPayment) {
  auto credit = sketch();
  credit.kind = document::Kind::credit_note;
  credit.typeCode = "381";
  credit.precedingInvoice = "700400";
  const auto html = shown(pageAfter(opened(pageOf(credit))), "credit-note");
  EXPECT_TRUE(has(html, "Kreditfakturan"));
  EXPECT_TRUE(has(html, "Betala inte denna faktura"));
  EXPECT_FALSE(has(html, "/qr.png"));
  EXPECT_TRUE(has(pageBefore(pageOf(credit)), "Visa kreditfakturan"));
  auto debit = sketch();
  debit.meansCode = "49";
  const auto drawn = shown(pageAfter(opened(pageOf(debit))), "debit");
  EXPECT_TRUE(has(drawn, "Du behöver inte betala själv"));
  EXPECT_FALSE(has(drawn, "/qr.png"));
}

TEST(RecipientPage, SpeaksEnglish) {
  EXPECT_TRUE(has(shown(pageBefore(pageOf(sketch(), Language::english)), "before-en"), "Show the invoice"));
  EXPECT_TRUE(has(shown(pageAfter(opened(pageOf(sketch(), Language::english))), "after-en"), "in 19 days"));
}

TEST(RecipientPage, TellsAnOrganisationFromAPerson) {
  samples::InvoiceSketch company;
  const auto html = shown(pageBefore(pageOf(company)), "before-company");
  EXPECT_TRUE(has(html, "Jag hör inte till Fjällviks Fastigheter AB"));
}

TEST(RecipientPage, HostileTextsAreText) {
  auto hostile = sketch();
  hostile.buyerName = "<script>alert(1)</script>\"' onload=x";
  hostile.number = "\"><img src=x onerror=alert(1)>";
  hostile.ocr = "\" onclick=\"alert(1)";
  auto page = opened(pageOf(hostile));
  page.parts = {{"</span><script>alert(2)</script>.pdf", 10, false, {}}};
  page.creditNumber = "<b>1</b>";
  page.question = "</textarea><script>alert(3)</script>";
  page.askProblem = "question-too-long";
  for (const auto& html : {shown(pageBefore(page), "hostile-before"), shown(pageAfter(page), "hostile-after"),
                           shown(pageWrongRecipient(page), "hostile-wrong")}) {
    EXPECT_FALSE(has(html, "<script>alert"));
    EXPECT_FALSE(has(html, "<img src=x"));
    EXPECT_FALSE(has(html, "\" onclick="));
    EXPECT_FALSE(has(html, "\" onload="));
  }
  auto endless = sketch();
  endless.buyerName = std::string(100'000, 'x');
  EXPECT_LT(pageBefore(pageOf(endless)).size(), 25'000u);
}

TEST(RecipientPage, AllowsNothingButItsOwnStyleAndScript) {
  const auto before = recipientPagePolicy(pageBefore(pageOf(sketch())));
  EXPECT_TRUE(has(before, "default-src 'none'"));
  EXPECT_TRUE(has(before, "script-src 'none'"));
  EXPECT_TRUE(has(before, "style-src 'sha256-"));
  EXPECT_TRUE(has(before, "frame-ancestors 'none'"));
  const auto after = recipientPagePolicy(pageAfter(opened(pageOf(sketch()))), true);
  EXPECT_TRUE(has(after, "script-src 'sha256-"));
  EXPECT_TRUE(has(after, "frame-ancestors 'self'"));
}

TEST(RecipientPage, APreviewCannotBePressed) {
  auto page = opened(pageOf(sketch()));
  page.base = "";
  page.parts = {{"a.pdf", 10, false, {}}};
  for (const auto& html :
       {shown(pageBefore(page), "preview-before"), shown(pageAfter(page), "preview-after")}) {
    EXPECT_FALSE(has(html, "action="));
    EXPECT_FALSE(has(html, "href=\"/"));
    EXPECT_FALSE(has(html, "<iframe"));
    EXPECT_TRUE(has(html, "Förhandsvisning"));
  }
}

TEST(RecipientPage, PagesWithoutADocument) {
  for (const auto language : {Language::swedish, Language::english})
    for (const auto* word : {"unknown", "ended", "wrongDone", "often", "trouble", "foreign"}) {
      const auto html = shown(plainPage(language, word), "plain-" + std::string(word));
      EXPECT_FALSE(has(html, "<form"));
    }
  shown(pageExpired(pageOf(sketch()), false), "expired");
  EXPECT_TRUE(has(pageExpired(pageOf(sketch()), false), "/new-link\""));
  EXPECT_FALSE(has(shown(pageExpired(pageOf(sketch()), true), "expired-sent"), "<form"));
  shown(pageWrongRecipient(pageOf(sketch())), "wrong");
}

TEST(RecipientPage, PageAndPreviewAreLight) {
  auto many = sketch();
  many.lines = 60;
  const auto document = samples::invoice(many);
  const auto whole = renderHtml(document, samples::design(), Channel::email, Language::swedish);
  ASSERT_TRUE(whole);
  const auto preview = copyPreview(*whole);
  EXPECT_FALSE(has(preview, "@font-face"));
  std::size_t sheets = 0;
  for (auto at = preview.find("<section"); at != preview.npos; at = preview.find("<section", at + 1))
    ++sheets;
  EXPECT_EQ(sheets, 1u);
  EXPECT_TRUE(preview.ends_with("</main></body></html>\n"));
  EXPECT_LT(preview.size() + pageAfter(opened(pageOf(many))).size(), recipient_page_bytes_max);
}

TEST(RecipientPage, TheCodeIsAPictureToo) {
  const auto page = pageOf(sketch());
  ASSERT_TRUE(page.copy.code);
  const auto png = codeAsPng(page.copy.code->qr);
  EXPECT_TRUE(png.starts_with("\x89PNG"));
  EXPECT_LT(png.size(), 10'000u);
  EXPECT_EQ(codeAsPng({}), "");
}

}  // namespace
}  // namespace postgang::render
