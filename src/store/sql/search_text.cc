#include "store/sql/search_text.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"

namespace postgang::store::sql {
namespace {

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

// A number as people write it: digits with at most single signs between them.
bool isNumber(std::string_view word) {
  if (word.empty() || !isDigit(word.front()) || !isDigit(word.back())) return false;
  char previous = '0';
  for (const char c : word) {
    if (!isDigit(c) && (!isDigit(previous) || std::string_view("-.,:/").find(c) == std::string_view::npos))
      return false;
    previous = c;
  }
  return true;
}

std::string_view withoutEnds(std::string_view word) {
  constexpr std::string_view ends = ".,;:!?()[]\"'";
  const auto first = word.find_first_not_of(ends);
  if (first == std::string_view::npos) return word;
  return word.substr(first, word.find_last_not_of(ends) - first + 1);
}

std::vector<std::string_view> wordsOf(std::string_view collapsedText) {
  std::vector<std::string_view> words;
  for (const auto word : split(collapsedText, ' '))
    if (!word.empty()) words.push_back(word);
  return words;
}

// No-break and thin spaces group digits: they are blanks here. Bytes that are not UTF-8 are left out.
std::string withPlainBlanks(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const auto next = codePointAt(text, at);
    const bool blank =
        next.value == 0xA0 || next.value == 0x202F || (next.value >= 0x2000 && next.value <= 0x200A);
    if (blank || next.value == 0)
      plain += ' ';
    else if (next.length > 0)
      plain += text.substr(at, next.length);
    at += std::max<std::size_t>(next.length, 1);
  }
  return plain;
}

// Whether a number goes on after a blank: «4711 2026 81», «1 234,50», but not «20260101 4711».
bool goesOn(std::string_view left, std::string_view right) {
  const auto head = right.find_first_not_of("0123456789");
  const auto group = head == std::string_view::npos ? right.size() : head;
  return left.size() <= 4 && digitsOf(left).size() == left.size() && group >= 2 && group <= 4;
}

// Digits run together, of each number that has signs or goes on after blanks.
std::vector<std::string> joinedNumbers(std::string_view line) {
  std::vector<std::string> joined;
  std::string run;
  std::string_view last;
  bool isWritten = true;  // a number that stands in one word of digits needs no second form
  const auto end = [&] {
    if (!isWritten) joined.push_back(run);
    run.clear();
    isWritten = true;
  };
  for (const auto whole : wordsOf(line)) {
    const auto word = withoutEnds(whole);
    if (!isNumber(word)) {
      end();
      // Within a word with letters, F-2026-0117, the part that is a number.
      const auto first = std::ranges::find_if(word, isDigit);
      const auto part = withoutEnds(word.substr(static_cast<std::size_t>(first - word.begin())));
      if (isNumber(part) && digitsOf(part) != part) joined.push_back(digitsOf(part));
      continue;
    }
    if (!run.empty() && !goesOn(last, word)) end();
    isWritten = run.empty() && digitsOf(word) == word;
    run += digitsOf(word);
    last = word;
  }
  end();
  return joined;
}

std::vector<std::string_view> characters(std::string_view word) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at < word.size();) {
    const auto length = std::max<std::size_t>(codePointAt(word, at).length, 1);
    parts.push_back(word.substr(at, length));
    at += length;
  }
  return parts;
}

std::string_view across(const std::vector<std::string_view>& parts, std::size_t first, std::size_t count) {
  return {parts[first].data(),
          static_cast<std::size_t>(parts[first + count - 1].data() - parts[first].data()) +
              parts[first + count - 1].size()};
}

}  // namespace

std::string searchForm(std::string_view raw) {
  std::string form = " ";
  for (const auto part : split(raw.substr(0, search_text_bytes_max), '\n')) {
    const auto line = collapsed(folded(withPlainBlanks(part)));
    if (line.empty()) continue;
    (form += line) += ' ';
    for (const auto& number : joinedNumbers(line))
      if (form.find(number) == std::string::npos) (form += number) += ' ';
  }
  return form;
}

std::vector<SearchTerm> searchTerms(std::string_view question) {
  const auto line = collapsed(folded(withPlainBlanks(question.substr(0, 400))));
  std::vector<SearchTerm> terms;
  bool inNumber = false;
  for (const auto whole : wordsOf(line)) {
    const auto word = withoutEnds(whole);
    const bool number = isNumber(word);
    if (!(number && inNumber)) {
      if (terms.size() == search_terms_max) break;
      terms.emplace_back();
    }
    auto& term = terms.back();
    term.words.emplace_back(word);
    if (number) term.joined += digitsOf(word);
    inNumber = number;
  }
  for (auto& term : terms)
    if (term.words.size() == 1 && term.joined == term.words.front()) term.joined.clear();
  return terms;
}

std::string needle(std::string_view word) {
  return codePoints(word) < 3 ? " " + std::string(word) : std::string(word);
}

std::vector<std::string> indexTokens(std::string_view searchForm) {
  std::vector<std::string> tokens;
  for (const auto word : wordsOf(searchForm)) {
    const auto parts = characters(word);
    tokens.push_back("^" + std::string(parts[0]));
    if (parts.size() > 1) tokens.push_back("^" + std::string(across(parts, 0, 2)));
    for (std::size_t i = 0; i + 3 <= parts.size(); ++i) tokens.emplace_back(across(parts, i, 3));
  }
  std::ranges::sort(tokens);
  const auto doubles = std::ranges::unique(tokens);
  tokens.erase(doubles.begin(), doubles.end());
  return tokens;
}

// Threes beside each other cover the word; the ones between add reading and little sharpness.
std::vector<std::string> wordTokens(std::string_view word) {
  const auto parts = characters(word);
  if (parts.empty()) return {};
  if (parts.size() < 3) return {"^" + std::string(word)};
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i + 3 <= parts.size(); i += 3) tokens.emplace_back(across(parts, i, 3));
  if (parts.size() % 3 != 0) tokens.emplace_back(across(parts, parts.size() - 3, 3));
  return tokens;
}

bool tokensProve(const std::vector<SearchTerm>& terms) {
  return std::ranges::all_of(terms, [](const SearchTerm& term) {
    return term.joined.empty() &&
           std::ranges::all_of(term.words, [](const auto& word) { return codePoints(word) <= 3; });
  });
}

}  // namespace postgang::store::sql
