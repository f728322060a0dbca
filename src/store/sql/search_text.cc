#include "store/sql/search_text.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "document/identifiers.h"

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
    if (!word.empty() && word.front() != field_mark) words.push_back(word);
  return words;
}

// No-break and thin spaces group digits: they are blanks here, and so are controls. Bytes that are not UTF-8
// are left out.
std::string withPlainBlanks(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const auto next = codePointAt(text, at);
    const bool blank =
        next.value == 0xA0 || next.value == 0x202F || (next.value >= 0x2000 && next.value <= 0x200A);
    if (blank || (next.length > 0 && next.value < ' '))
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

// The organisation number within SE559990066801 (VAT) and 16559990-0668 (with its century), folded; nothing
// of other words.
std::string organisationNumberIn(std::string_view word) {
  auto digits = digitsOf(word);
  const bool isVat =
      word.starts_with("se") && digits.size() == 12 && word.size() == 14 && digits.ends_with("01");
  const bool hasCentury = isNumber(word) && digits.size() == 12 && digits.starts_with("16");
  if (!isVat && !hasCentury) return {};
  digits = isVat ? digits.substr(0, 10) : digits.substr(2);
  return document::isSwedishOrganisationNumber(digits) ? digits : std::string();
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

bool hasSign(std::string_view three) {
  return !std::ranges::all_of(three, isDigit);
}

// Four find few enough, and each further one is read as well. Of more three do: numbers begin alike
// («2026-0117») and end differently: the last two. Threes of digits alone may stand in a sender's own
// identifier, and so in every text of it: the third is the last of the others with a sign or a letter, or the
// middle one.
std::vector<std::string> sharpest(const std::vector<std::string>& threes) {
  constexpr std::size_t enough = 4;
  const auto count = threes.size();
  if (count <= enough) return threes;
  auto third = (count - 1) / 2;
  for (std::size_t i = 0; i + 2 < count; ++i)
    if (hasSign(threes[i])) third = i;
  return {threes[third], threes[count - 2], threes[count - 1]};
}

}  // namespace

std::string foldedLine(std::string_view raw) {
  return collapsed(folded(withPlainBlanks(raw)));
}

std::string searchForm(std::string_view raw) {
  std::string form = " ";
  for (const auto part : split(raw.substr(0, search_text_bytes_max), '\n')) {
    const auto line = foldedLine(part);
    if (line.empty()) continue;
    (form += line) += ' ';
    for (const auto& number : joinedNumbers(line))
      if (form.find(number) == std::string::npos) (form += number) += ' ';
  }
  return form;
}

std::string fieldMark(char field) {
  return {field_mark, field};
}

std::string fieldForm(char field, std::string_view raw) {
  const auto form = searchForm(raw);
  return form.size() > 1 ? fieldMark(field) + form : std::string();
}

std::vector<SearchTerm> searchTerms(std::string_view question) {
  const auto line = foldedLine(question.substr(0, 400));
  std::vector<SearchTerm> terms;
  bool inNumber = false;
  for (const auto whole : wordsOf(line)) {
    auto word = withoutEnds(whole);
    if (word.size() > 2 && word.ends_with(":-"))
      word = withoutEnds(word.substr(0, word.size() - 2));  // «1 234:-»
    const bool number = isNumber(word);
    if (!(number && inNumber)) {
      if (terms.size() == search_terms_max) break;
      terms.emplace_back();
    }
    auto& term = terms.back();
    term.words.emplace_back(word);
    if (number) term.joined += digitsOf(word);
    inNumber = number;
    if (auto organisation = organisationNumberIn(word); !organisation.empty()) {
      term.joined = std::move(organisation);
      inNumber = false;
    }
  }
  for (auto& term : terms)
    if (term.words.size() == 1 && term.joined == term.words.front()) term.joined.clear();
  return terms;
}

std::string needle(std::string_view word) {
  return codePoints(word) < 3 ? " " + std::string(word) : std::string(word);
}

std::vector<std::string> needles(const SearchTerm& term) {
  if (term.phrase) return {needle(joined(term.words, " "))};
  std::vector<std::string> all;
  for (const auto& word : term.words) all.push_back(term.whole ? " " + word + " " : needle(word));
  return all;
}

bool eachIndexToken(std::string_view searchForm, const std::function<bool(std::string_view)>& emit) {
  std::string beginning;
  for (const auto word : wordsOf(searchForm)) {
    // Where the last three characters begin.
    std::size_t first = 0, second = 0, third = 0, count = 0;
    for (std::size_t at = 0; at < word.size();) {
      const bool isAscii = static_cast<unsigned char>(word[at]) < 0x80;
      const auto end = at + (isAscii ? 1 : std::max<std::size_t>(codePointAt(word, at).length, 1));
      first = std::exchange(second, std::exchange(third, at));
      at = end;
      ++count;
      if (count <= 2) beginning.assign("^").append(word.substr(0, end));
      if (!emit(count <= 2 ? std::string_view(beginning) : word.substr(first, end - first))) return false;
    }
  }
  return true;
}

// Of letters, threes beside each other cover the word; the ones between add reading and little sharpness.
// Threes with digits are of few texts each, so that some of them are sharp enough without any others; one
// with a single digit («o-5» of a number that begins as all do) is not.
std::vector<std::string> wordTokens(std::string_view word) {
  const auto parts = characters(word);
  if (parts.empty()) return {};
  if (parts.size() < 3) return {"^" + std::string(word)};
  std::vector<std::string> covering, withDigit, withDigits;
  for (std::size_t i = 0; i + 3 <= parts.size(); ++i) {
    auto three = std::string(across(parts, i, 3));
    if (i % 3 == 0 || i + 3 == parts.size()) covering.push_back(three);
    const auto digits = std::ranges::count_if(three, isDigit);
    if (digits >= 1) withDigit.push_back(three);
    if (digits >= 2) withDigits.push_back(std::move(three));
  }
  for (const auto* threes : {&withDigits, &withDigit})
    if (threes->size() > 1) return sharpest(*threes);
  return covering;
}

std::vector<SearchTerm> unproven(std::vector<SearchTerm> terms) {
  std::erase_if(terms, [](SearchTerm& term) {
    if (!term.joined.empty() || !term.fields.empty() || term.phrase || term.whole) return false;
    std::erase_if(term.words, [](const auto& word) { return codePoints(word) <= 3; });
    return term.words.empty();
  });
  return terms;
}

}  // namespace postgang::store::sql
