// What is searched in, and what a search asks for.
//
// A document's texts are kept in search form: folded, one blank between words and at both ends, and after
// them the digits of numbers that people group in different ways, run together:
//
//   "OCR 4711 2026 81, 559990-0122"  →  " ocr 4711 2026 81, 559990-0122 4711202681 5599900122 "
//
// A question is split into words that must all be found inside the text. A word of one or two characters must
// begin a word of the text. Numbers are found as they stand or run together, so that «4711 2026 81» finds
// 4711202681 and the other way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postgang::store::sql {

constexpr std::size_t search_text_bytes_max = 20'000;

std::string searchForm(std::string_view raw);

// What must be found: all of `words`, or `joined` where it is not empty.
struct SearchTerm {
  std::vector<std::string> words;
  std::string joined;
};
constexpr std::size_t search_terms_max = 12;
std::vector<SearchTerm> searchTerms(std::string_view question);

// What is looked for in a text in search form: the word, or " word" when it is short and must begin one.
std::string needle(std::string_view word);

// The tokens that the index holds for a text in search form: every three characters of each word, and each
// word's first one and two characters after '^'. Sorted, each once.
std::vector<std::string> indexTokens(std::string_view searchForm);
// Tokens that a text holding the word must have; a hit is still to be verified against the text.
std::vector<std::string> wordTokens(std::string_view word);
// Whether words are so short that each is a token itself: then a hit needs no verifying.
bool tokensProve(const std::vector<SearchTerm>& terms);

}  // namespace postgang::store::sql
