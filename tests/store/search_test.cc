#include <algorithm>

#include "store/sql/search_text.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class Search : public World {
 protected:
  DocumentId found(CompanyId sender, const std::string& text) {
    const auto id = received(sender);
    RecognisedFact facts;
    facts.number = "1";
    facts.searchText = text;
    appendTo(id, {{EventType::recognised, {}, facts}});
    clock_.advanceSeconds(60);
    return id;
  }
  std::vector<DocumentId> hits(const Viewer& viewer, const std::string& text, bool ascending = false) {
    EntryQuery query;
    query.text = text;
    query.ascending = ascending;
    query.limit = 3;
    std::vector<DocumentId> ids;
    for (const auto& entry : listed(viewer, query)) ids.push_back(entry.document);
    return ids;
  }
};
INSTANTIATE_BOTH_STORES(Search);

using Ids = std::vector<DocumentId>;

TEST_P(Search, NumbersAreFoundHoweverTheirDigitsAreGrouped) {
  const auto mine = company(1);
  const auto reference = found(mine, "OCR 4711202681");
  const auto grouped = found(mine, "OCR 4711 2026 81");
  const auto registered = found(mine, "559990-0122");
  const auto plain = found(mine, "0007:5599900122");
  const auto dotted = found(mine, "Summa 1234.50");
  const auto comma = found(mine, "Summa 1\u00a0234,50");
  for (const auto* text :
       {"4711202681", "4711 2026 81", "47112026 81", "4711-2026-81", "4711\u00a02026\u00a081"})
    EXPECT_EQ(hits(of(mine), text), (Ids{grouped, reference})) << text;
  for (const auto* text : {"559990-0122", "5599900122", "559990 0122"})
    EXPECT_EQ(hits(of(mine), text), (Ids{plain, registered})) << text;
  for (const auto* text : {"1234,50", "1 234,50", "1234.50", "1\u202f234,50"})
    EXPECT_EQ(hits(of(mine), text), (Ids{comma, dotted})) << text;
}

TEST_P(Search, CaseMarksAndBlanksDoNotMatter) {
  const auto mine = company(1);
  const auto id = found(mine, "Ångströms  Måleri\nI GÖTEBORG");
  for (const auto* text : {"angstroms", "ÅNGSTRÖM", "göteborg måleri", " maleri ", "teborg", "i g", "må"})
    EXPECT_EQ(hits(of(mine), text), Ids{id}) << text;
  for (const auto* text : {"stockholm", "ngs goteborgs", "bo", "angstromsmaleri"})
    EXPECT_TRUE(hits(of(mine), text).empty()) << text;
}

TEST_P(Search, WhatIsTypedIsTextAndNothingElse) {
  const auto mine = company(1);
  const auto id = found(mine, R"(100%_rabatt "citat" a*b OR c^d (parentes) \ 'apostrof' NEAR)");
  for (const auto* text :
       {"100%_", "\"citat\"", "a*b", "OR", "c^d", "(parentes)", "\\", "'apostrof'", "NEAR or"})
    EXPECT_EQ(hits(of(mine), text), Ids{id}) << text;
  for (const auto* text : {"%%%", "___", "10_%", "a*c", "\" OR \"9", "NOT rabatt", "text:rabatt", "rabat*"})
    EXPECT_TRUE(hits(of(mine), text).empty()) << text;
}

TEST_P(Search, NobodyFindsWhatIsAnothers) {
  const auto mine = company(1), yours = company(2);
  const auto first = found(mine, "hemlig leverans");
  const auto second = found(yours, "hemlig leverans");
  EXPECT_EQ(hits(of(mine), "hemlig"), Ids{first});
  EXPECT_EQ(hits(of(yours), "hemlig"), Ids{second});
  EXPECT_EQ(hits(Viewer::system(), "hemlig"), (Ids{second, first}));
  EXPECT_EQ(hits(Viewer::system(), "hemlig", true), (Ids{first, second}));
}

TEST_P(Search, TheReceiverFindsItWhenItLiesInTheInbox) {
  const auto seller = company(1), buyer = company(2);
  const auto id = delivered(seller, buyer, invoiceFacts(seller, buyer, "KUNGSGATAN-9"));
  EXPECT_EQ(hits(of(buyer), "kungsgatan"), Ids{id});
  EXPECT_EQ(hits(of(seller), "kungsgatan"), Ids{id});
}

TEST_P(Search, ANewReadingTakesThePlaceOfTheOld) {
  const auto mine = company(1);
  const auto id = found(mine, "gammal text");
  RecognisedFact facts;
  facts.searchText = "ny text";
  appendTo(id, {{EventType::recognised, {}, facts}});
  EXPECT_TRUE(hits(of(mine), "gammal").empty());
  EXPECT_EQ(hits(of(mine), "ny text"), Ids{id});
}

TEST_P(Search, AFileThatCouldNotBeReadIsFoundByItsName) {
  const auto id = received(company(1));
  appendTo(id, {{EventType::stopped, {}, StoppedFact{}}});
  EXPECT_EQ(hits(of(company(1)), "faktura.xml"), Ids{id});
}

// What search promises, by looking at every text: each word inside it, or beginning a word when it is short;
// numbers also run together.
bool holds(const std::string& text, const std::string& question) {
  const auto form = sql::searchForm(text);
  return std::ranges::all_of(sql::searchTerms(question), [&](const sql::SearchTerm& term) {
    return std::ranges::all_of(
               term.words,
               [&](const auto& word) { return form.find(sql::needle(word)) != std::string::npos; }) ||
           (!term.joined.empty() && form.find(sql::needle(term.joined)) != std::string::npos);
  });
}

TEST_P(Search, EveryHitIsFoundAndNothingElse) {
  const auto mine = company(1), yours = company(2);
  const std::vector<std::string> words = {"faktura",  "Fakturor", "4711",   "47 11", "åre", "are",
                                          "1 250,00", "1250.00",  "AB",     "abba",  "x",   "SE-559",
                                          "order",    "ordning",  "日本語", "日本"};
  std::mt19937 random(3);
  const auto word = [&] { return words[random() % words.size()]; };
  std::vector<std::pair<DocumentId, std::string>> texts;
  for (int i = 0; i < 60; ++i) {
    const auto text = word() + " " + word() + " " + word();
    const auto id = found(i % 3 == 0 ? yours : mine, text);
    if (i % 3 != 0) texts.emplace_back(id, text);
  }
  std::ranges::reverse(texts);  // newest first
  for (int i = 0; i < 60; ++i) {
    const auto question = i < 20 ? word() : word() + " " + word();
    Ids wanted;
    for (const auto& [id, text] : texts)
      if (holds(text, question)) wanted.push_back(id);
    EXPECT_EQ(hits(of(mine), question), wanted) << question;
  }
}

TEST_P(Search, HitsAreSortedAndNarrowedLikeAnyList) {
  fill(60);
  EntryQuery query;
  query.text = "f-2026-10";
  query.limit = 4;
  for (const auto sort : {Sort::received_at, Sort::due_date, Sort::amount})
    for (const auto direction : {std::optional<Direction>(), std::optional(Direction::received)}) {
      query.sort = sort;
      query.direction = direction;
      auto plain = query;
      plain.text.clear();
      auto wanted = listed(of(company(1)), plain);
      std::erase_if(wanted, [](const Entry& entry) { return !entry.number.starts_with("F-2026-10"); });
      ASSERT_FALSE(wanted.empty());
      EXPECT_EQ(keys(listed(of(company(1)), query)), keys(wanted));
    }
}

}  // namespace
}  // namespace postgang::store
