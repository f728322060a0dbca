// Mails of news: the sentence of one and of many, the same words in both parts, nothing to follow but our
// own.
#include "render/news_mail.h"

#include <gtest/gtest.h>

#include "store/news_kinds.h"

namespace postgang::render {
namespace {

NewsLine line(std::int64_t count = 1) {
  return {
      "failed", "invoice", count, "Nordhamn Energi AB", {{"number", "4711"}, {"counterpart", "Bergs AB"}}};
}

TEST(NewsMail, SaysOneByNameAndManyByNumber) {
  EXPECT_EQ(newsSentence(line(), Language::swedish),
            "Bergs AB fick inte faktura 4711: ingen kanal fungerade");
  EXPECT_EQ(newsSentence(line(14), Language::swedish), "14 fakturor kunde inte levereras");
  EXPECT_EQ(newsSentence(line(14), Language::english), "14 invoices could not be delivered");
}

TEST(NewsMail, EveryKindHasItsWordsInBothLanguages) {
  for (const auto language : {Language::swedish, Language::english})
    for (const auto& kind : store::news_kinds)
      for (const int count : {1, 2}) {
        NewsLine of{std::string(kind.name), "", count, "Nordhamn Energi AB", {}};
        const auto sentence = newsSentence(of, language);
        EXPECT_EQ(sentence.find("portal."), std::string::npos) << kind.name;
        EXPECT_EQ(sentence.find("{{"), std::string::npos) << sentence;
        EXPECT_TRUE(Texts::of(language).has("portal.news.kind." + std::string(kind.name)));
      }
}

TEST(NewsMail, OneIsItsOwnSubjectAndADayIsGrouped) {
  NewsMail mail;
  mail.name = "Karin Sund";
  mail.lines = {line()};
  mail.link = "https://postgang.example/documents/1";
  mail.settings = "https://postgang.example/account";
  mail.unsubscribe = "https://postgang.example/unsubscribe#x";
  const auto one = newsMail(mail);
  EXPECT_EQ(one.subject, newsSentence(line(), Language::swedish));
  for (const auto* part : {&one.html, &one.text})
    for (const auto& link : {mail.link, mail.settings, mail.unsubscribe})
      EXPECT_NE(part->find(link), std::string::npos) << link;
  EXPECT_NE(one.html.find("prefers-color-scheme:dark"), std::string::npos);

  mail.digest = true;
  mail.lines = {line(14), {"rejected", "invoice", 1, "Nordhamn Energi AB", {{"number", "17"}}}};
  const auto day = newsMail(mail);
  EXPECT_EQ(day.subject, "Sammanfattning: 15 nya aviseringar");
  for (const auto* part : {&day.html, &day.text}) {
    EXPECT_NE(part->find("14 fakturor kunde inte levereras"), std::string::npos);
    EXPECT_NE(part->find("Mottagaren avvisade faktura 17"), std::string::npos) << "whoever it was";
  }
}

TEST(NewsMail, WhatOthersWroteIsWordsAlone) {
  NewsMail mail;
  auto hostile = line();
  hostile.words["counterpart"] = "<a href=x>\r\nBcc: a@b.example www.evil.example https://evil.example/x";
  hostile.words["number"] = std::string(500, '7');
  mail.lines = {hostile};
  const auto written = newsMail(mail);
  EXPECT_EQ(written.subject.find_first_of("\r\n"), std::string::npos);
  EXPECT_EQ(written.html.find("<a href=x>"), std::string::npos);
  for (const auto* part : {&written.html, &written.text, &written.subject})
    for (const auto* address : {"evil.example", "https://", "a@b"})
      EXPECT_EQ(part->find(address), std::string::npos) << address;
  EXPECT_LT(written.subject.size(), 400U);
}

}  // namespace
}  // namespace postgang::render
