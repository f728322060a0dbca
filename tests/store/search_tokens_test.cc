// What a question asks of the index is in the index of every text that holds what is asked for.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "store/sql/search_text.h"

namespace postgang::store::sql {
namespace {

std::set<std::string> indexed(const std::string& raw) {
  std::set<std::string> tokens;
  eachIndexToken(searchForm(raw), [&](std::string_view token) {
    tokens.emplace(token);
    return true;
  });
  return tokens;
}

void expectFound(const std::string& text, const std::string& question) {
  const auto form = searchForm(text);
  const auto tokens = indexed(text);
  for (const auto& term : searchTerms(question)) {
    const auto holds = std::ranges::all_of(
        needles(term), [&](const auto& needle) { return form.find(needle) != std::string::npos; });
    if (!holds) continue;
    for (const auto& word : term.words)
      for (const auto& token : wordTokens(word))
        EXPECT_TRUE(tokens.contains(token)) << token << " of " << question << " in " << text;
  }
}

TEST(SearchTokens, AreInTheIndexOfWhatHoldsTheWord) {
  for (const std::string text :
       {"Faktura F-2026-0117 till Göteborgs Åkeri, org.nr 559990-0122", "OCR 4711 2026 81",
        "PO-51122 111111 storgatan 14 411 22", "1 234,50 kr å ä ö ﬁn x", "É€漢字かな 12漢3"})
    for (std::size_t from = 0; from < text.size(); ++from)
      for (std::size_t length = 1; from + length <= text.size(); ++length)
        expectFound(text, text.substr(from, length));
}

TEST(SearchTokens, AreInTheIndexOfRandomTexts) {
  std::mt19937 random(3);
  const std::vector<std::string> parts = {"1", "2", "0", "9",  "-",  "a",  "ö",
                                          ".", " ", "/", "po", "f-", "漢", "é"};
  for (int i = 0; i < 2'000; ++i) {
    std::string text;
    for (int count = 1 + static_cast<int>(random() % 24); count > 0; --count)
      text += parts[random() % parts.size()];
    const auto from = random() % text.size();
    expectFound(text, text.substr(from, 1 + random() % 14));
  }
}

TEST(SearchTokens, AnOrganisationNumberIsFoundHoweverItIsWritten) {
  for (const auto* asked : {"SE559990012201", "16559990-0122", "165599900122", "559990-0122"}) {
    const auto terms = searchTerms(asked);
    ASSERT_EQ(terms.size(), 1U) << asked;
    EXPECT_EQ(terms.front().joined, "5599900122") << asked;
  }
  for (const auto* other : {"SE559990012301", "SE559990012202", "165599900123", "265599900122"})
    EXPECT_NE(searchTerms(other).front().joined, "5599900122") << other;
  EXPECT_EQ(searchTerms("SE559990012201 4711").size(), 2U) << "no number goes on after it";
}

TEST(SearchTokens, OfNumbersAreTheirEnds) {
  EXPECT_EQ(wordTokens("f-2026-0117"), (std::vector<std::string>{"-01", "011", "117"}));
  EXPECT_EQ(wordTokens("po-51122"), (std::vector<std::string>{"-51", "511", "112", "122"}));
  EXPECT_EQ(wordTokens("po-511228"), (std::vector<std::string>{"-51", "122", "228"}));
  EXPECT_EQ(wordTokens("4711202681"), (std::vector<std::string>{"120", "268", "681"}));
  EXPECT_EQ(wordTokens("po-755"), (std::vector<std::string>{"-75", "755"}));
  EXPECT_EQ(wordTokens("po-7"), (std::vector<std::string>{"po-", "o-7"}));
  EXPECT_EQ(wordTokens("12"), (std::vector<std::string>{"^12"}));
  EXPECT_EQ(wordTokens("betal"), (std::vector<std::string>{"bet", "tal"}));
}

}  // namespace
}  // namespace postgang::store::sql
