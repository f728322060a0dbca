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
//
// After the text stand the fields that can be asked for by name, each behind a mark that no folded text
// holds:
//
//   " … \x01n f-2026-117 2026117 \x01o po-123 "
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace postgang::store::sql {

constexpr std::size_t search_text_bytes_max = 20'000;

std::string searchForm(std::string_view raw);
std::string foldedLine(std::string_view raw);  // the same without numbers run together and blanks at the ends

constexpr char field_mark = '\x01';
// Of the header, in search_texts, and of what is read later, in search_lines (search_lines.h).
namespace field {
constexpr char number = 'n', seller = 's', buyer = 'b', customer_number = 'k', reference = 'r', order = 'o',
               payment_reference = 'p';
constexpr char line = 'l', attachment = 't', finding = 'f', ticket = 'x';
constexpr std::string_view of_lines = "ltfx";
}  // namespace field
std::string fieldMark(char field);
// "\x01n f-2026-117 2026117 "; nothing where the value is empty.
std::string fieldForm(char field, std::string_view raw);

// What must be found: all of `words`, or `joined` where it is not empty.
struct SearchTerm {
  std::vector<std::string> words;
  std::string joined = {};
  std::string fields = {};  // the fields that are looked in; empty: everything
  bool phrase = false;      // the words beside each other
  bool whole = false;       // whole words
};
constexpr std::size_t search_terms_max = 12;
std::vector<SearchTerm> searchTerms(std::string_view question);

// What is looked for in a text in search form: the word, or " word" when it is short and must begin one.
std::string needle(std::string_view word);
// All of these, or those of `joined`.
std::vector<std::string> needles(const SearchTerm& term);

// The tokens that the index holds for a text in search form: every three characters of each word, and each
// word's first one and two characters after '^'. As they come: the same may come again. Until one is not
// taken.
bool eachIndexToken(std::string_view searchForm, const std::function<bool(std::string_view)>& emit);
// Tokens that a text holding the word must have; a hit is still to be verified against the text.
std::vector<std::string> wordTokens(std::string_view word);
// Without the words that are so short that each is a token itself, wherever it stands: hits prove those.
std::vector<SearchTerm> unproven(std::vector<SearchTerm> terms);

}  // namespace postgang::store::sql
