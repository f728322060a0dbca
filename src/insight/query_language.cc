#include "insight/query_language.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "insight/query_words.h"

namespace postgang::insight {

namespace {

using store::EntryTerm;

struct Token {
  std::size_t place = 0;  // in code points, from 1
  bool no = false;
  bool phrase = false;
  std::optional<NamedField> field;
  std::string name;  // the field's as written
  std::string value;
  bool isPlain() const { return !no && !phrase && !field; }
};

// Quotes as phones and word processors write them.
std::string withPlainQuotes(std::string_view text) {
  std::string plain(text);
  for (const std::string_view quote : {"\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb"})
    for (auto at = plain.find(quote); at != std::string::npos; at = plain.find(quote, at + 1))
      plain.replace(at, quote.size(), "\"");
  return plain;
}

class Reading {
 public:
  explicit Reading(std::string_view text) : text_(text) {}

  std::vector<Token> tokens() {
    std::vector<Token> tokens;
    for (skipBlanks(); at_ < text_.size(); skipBlanks()) tokens.push_back(token());
    return tokens;
  }

 private:
  static bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
  void skipBlanks() {
    while (at_ < text_.size() && isBlank(text_[at_])) ++at_;
  }

  Token token() {
    Token token;
    token.place = codePoints(text_.substr(0, at_)) + 1;
    if (excludes()) {
      token.no = true;
      ++at_;
    }
    if (text_[at_] == '"') return withPhrase(std::move(token));
    const auto begin = at_;
    while (at_ < text_.size() && !isBlank(text_[at_])) ++at_;
    const auto word = text_.substr(begin, at_ - begin);
    const auto colon = word.find(':');
    if (colon != std::string_view::npos) token.field = queryField(word.substr(0, colon));
    if (!token.field) {
      token.value = std::string(word);
      return token;
    }
    token.name = std::string(word.substr(0, colon));
    at_ = begin + colon + 1;
    if (at_ < text_.size() && text_[at_] == '"') return withPhrase(std::move(token));
    at_ = begin + word.size();
    token.value = std::string(word.substr(colon + 1));
    return token;
  }

  // A minus before a digit belongs to the number, one before a blank or a minus is text.
  bool excludes() const {
    if (text_[at_] != '-' || at_ + 1 == text_.size()) return false;
    const char next = text_[at_ + 1];
    return !isBlank(next) && next != '-' && !(next >= '0' && next <= '9');
  }

  Token withPhrase(Token token) {
    const auto end = text_.find('"', at_ + 1);
    token.value = std::string(text_.substr(at_ + 1, end == std::string_view::npos ? end : end - at_ - 1));
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    token.phrase = true;
    return token;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string placeOf(const Token& token) {
  return "query, character " + std::to_string(token.place);
}

tl::unexpected<Problem> refusal(const Token& token, const std::string& value, std::string code,
                                std::string detail, std::string advice) {
  auto refused =
      fail(ProblemKind::invalid, std::move(code), std::move(detail), placeOf(token), std::move(advice));
  refused.value().parameters = {{"field", token.name}, {"value", truncated(value, 60)}};
  return refused;
}

tl::unexpected<Problem> valueUnknown(const Token& token, const std::string& value) {
  return refusal(token, value, "query-value-unknown",
                 "The field " + token.name + " has no value like " + truncated(value, 60) + ".",
                 "Write another value, or put the words in quotes to find them as text.");
}

tl::unexpected<Problem> rangeUnreadable(const Token& token) {
  return refusal(token, token.value, "query-range-unreadable",
                 "«" + truncated(token.value, 60) + "» cannot be read as " + token.name + ".",
                 "Write an amount (1 234,50), a day (2026-03-01), a month (2026-03) or a range (1000-2000).");
}

template <typename T>
void raise(std::optional<T>& bound, const std::optional<T>& value) {
  if (value) bound = bound ? std::max(*bound, *value) : *value;
}
template <typename T>
void lower(std::optional<T>& bound, const std::optional<T>& value) {
  if (value) bound = bound ? std::min(*bound, *value) : *value;
}

class Understanding {
 public:
  Understanding(std::vector<Token> tokens, Date today) : tokens_(std::move(tokens)), today_(today) {}

  Result<store::EntryQuery> query() {
    while (at_ < tokens_.size()) {
      CHECK_OK(tokens_[at_].field ? readField() : readText());
      if (query_.terms.size() > store::entry_terms_max)
        return fail(ProblemKind::invalid, "query-too-long",
                    "The query has more than " + std::to_string(store::entry_terms_max) + " conditions.",
                    "query", "Ask for less at once.");
    }
    return std::move(query_);
  }

 private:
  // The value of tokens_[at_] and of up to `more` plain words after it.
  std::string together(std::size_t more) const {
    auto text = tokens_[at_].value;
    for (std::size_t i = 1; i <= more; ++i) (text += ' ') += tokens_[at_ + i].value;
    return text;
  }
  std::size_t plainAfter(std::size_t most) const {
    std::size_t count = 0;
    while (count < most && at_ + count + 1 < tokens_.size() && tokens_[at_ + count + 1].isPlain()) ++count;
    return count;
  }
  // The longest run of words, from this one on, that `read` takes; at_ is then behind it.
  template <typename Read>
  auto longest(std::size_t more, Read read) -> decltype(read(std::string())) {
    for (auto count = plainAfter(more) + 1; count-- > 0;)
      if (auto taken = read(together(count))) {
        at_ += count + 1;
        return taken;
      }
    return std::nullopt;
  }

  void addText(std::string_view word) {
    if (!query_.text.empty()) query_.text += ' ';
    query_.text += word;
  }

  Outcome readText() {
    const auto& token = tokens_[at_];
    if (token.isPlain()) return readPlain();
    if (!trimmed(token.value).empty())
      query_.terms.push_back({.text = token.value, .phrase = token.phrase, .no = token.no});
    ++at_;
    return {};
  }

  // Days and ranges of amounts are text, too: a document may have them as its number. «i dag» is not.
  Outcome readPlain() {
    std::string words;
    const auto range = longest(words_most - 1, [&](const std::string& text) {
      words = text;
      auto found = dayRange(text, today_, true);
      return found ? found : amountRange(text, true);
    });
    if (range && isDayPhrase(words))
      narrow(*range);
    else if (range)
      query_.terms.push_back({.text = words, .range = range});
    else
      addText(tokens_[at_++].value);
    return {};
  }

  // «OCR: 4711»: the value is the next word. A name with nothing after it is text.
  bool findsValue() {
    auto& token = tokens_[at_];
    if (token.phrase || !token.value.empty()) return true;
    if (plainAfter(1) == 0) return false;
    tokens_[at_ + 1].field = token.field;
    tokens_[at_ + 1].name = token.name;
    tokens_[at_ + 1].no = token.no;
    ++at_;
    return true;
  }

  Outcome readField() {
    if (!findsValue()) {
      addText(tokens_[at_++].name + ":");
      return {};
    }
    switch (tokens_[at_].field->is) {
      case QueryField::text:
        return readWords();
      case QueryField::received:
      case QueryField::due:
      case QueryField::amount:
        return readRange();
      default:
        return readNames();
    }
  }

  Outcome readWords() {
    const auto token = tokens_[at_];
    EntryTerm term{.field = token.field->field, .text = token.value, .phrase = token.phrase, .no = token.no};
    ++at_;
    while (token.field->takesDigits && !token.phrase && isNumber(term.text) && at_ < tokens_.size() &&
           tokens_[at_].isPlain() && isNumber(tokens_[at_].value))
      (term.text += ' ') += tokens_[at_++].value;
    if (!trimmed(term.text).empty()) query_.terms.push_back(std::move(term));
    return {};
  }
  static bool isNumber(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789- ") == std::string_view::npos;
  }

  Outcome readRange() {
    const auto token = tokens_[at_];
    const auto is = token.field->is;
    const auto range = longest(words_most - 1, [&](const std::string& text) {
      return is == QueryField::amount ? amountRange(text, false) : dayRange(text, today_, false);
    });
    if (!range) return rangeUnreadable(token);
    auto found = *range;
    if (is == QueryField::due) found.of = store::Sort::due_date;
    if (token.no) {
      query_.terms.push_back({.field = EntryTerm::Field::range, .range = found, .no = true});
      return {};
    }
    narrow(found);
    return {};
  }
  void narrow(const EntryTerm::Range& range) {
    const bool isDue = range.of == store::Sort::due_date;
    raise(isDue ? query_.dueFrom : query_.from, range.from);
    lower(isDue ? query_.dueTo : query_.to, range.to);
    raise(query_.amountFrom, range.least);
    lower(query_.amountTo, range.most);
  }

  // «status:levererat, öppnat»
  Token readList() {
    auto token = tokens_[at_++];
    while (!token.phrase && token.value.ends_with(',') && at_ < tokens_.size() && tokens_[at_].isPlain())
      token.value += tokens_[at_++].value;
    return token;
  }

  Outcome readNames() {
    const auto token = readList();
    EntryTerm term{.field = token.field->field, .no = token.no};
    for (const auto one : split(token.value, ',')) {
      if (trimmed(one).empty()) continue;
      auto meant = queryNames(token.field->is, trimmed(one));
      if (meant.empty()) return valueUnknown(token, std::string(one));
      std::ranges::move(meant, std::back_inserter(term.names));
    }
    if (term.names.empty()) return valueUnknown(token, token.value);
    query_.terms.push_back(std::move(term));
    return {};
  }

  static constexpr std::size_t words_most = 6;  // «1 000 000 - 2 000 000»

  std::vector<Token> tokens_;
  Date today_;
  std::size_t at_ = 0;
  store::EntryQuery query_;
};

}  // namespace

Result<store::EntryQuery> readQuery(std::string_view text, Date today) {
  if (codePoints(text) > query_code_points_max)
    return fail(ProblemKind::invalid, "query-too-long",
                "The query is longer than " + std::to_string(query_code_points_max) + " characters.", "query",
                "Ask for less at once.");
  const auto plain = withPlainQuotes(withoutControls(text));
  return Understanding(Reading(plain).tokens(), today).query();
}

}  // namespace postgang::insight
