#include "rules/phrases.h"

#include <algorithm>

#include "rules/pattern.h"
#include "rules/tests.h"

namespace postgang::rules {

using document::Term;

namespace {

constexpr std::size_t values_named_max = 8;
constexpr std::string_view no_break_space = "\u00A0";

// Å to Þ and å to þ are C3 80 … C3 9E and C3 A0 … C3 BE.
bool isLatin(const std::string& text, unsigned char from, unsigned char to) {
  if (text.size() < 2 || text[0] != '\xC3') return false;
  const auto second = static_cast<unsigned char>(text[1]);
  return second >= from && second <= to;
}

// "Ordernummer" → "ordernummer"; "OCR" stays.
std::string withSmall(std::string text) {
  const bool acronym = text.size() > 1 && text[1] >= 'A' && text[1] <= 'Z';
  if (!acronym && !text.empty() && text[0] >= 'A' && text[0] <= 'Z')
    text[0] = static_cast<char>(text[0] + 0x20);
  if (isLatin(text, 0x80, 0x9E)) text[1] = static_cast<char>(text[1] + 0x20);
  return text;
}

// The test as it reads: a pattern of digits alone reads as digits.
Leaf asRead(const Leaf& leaf) {
  if (leaf.test != Test::matches) return leaf;
  const auto digits = digitsOfPattern(leaf.value);
  if (!digits) return leaf;
  auto read = leaf;
  read.test = Test::digits;
  read.least = digits->least;
  read.most = digits->most;
  read.prefix = digits->prefix;
  read.ignoreCase = false;
  return read;
}

std::string keyOf(const Leaf& leaf) {
  if (leaf.test == Test::digits && !leaf.prefix.empty()) return "says.digitsPrefix.";
  return "says." + std::string(name(leaf.test)) + ".";
}

}  // namespace

std::string withCapital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 0x20);
  if (isLatin(text, 0xA0, 0xBE)) text[1] = static_cast<char>(text[1] - 0x20);
  return text;
}

bool Phrases::isNegative(std::string_view predicate) const {
  const std::string_view marks[] = {"får inte ", "ska inte ", "inte ", "must not ", "does not ", "is not "};
  return std::any_of(std::begin(marks), std::end(marks),
                     [&](std::string_view mark) { return predicate.starts_with(mark); });
}

std::string Phrases::listed(const std::vector<std::string>& parts, std::string_view connective) const {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i == 0 ? "" : i + 1 == parts.size() ? std::string(connective) : ", ") + parts[i];
  return text;
}

std::string Phrases::quoted(const std::string& text) const {
  return say("quote", {{"text", text}});
}

std::string Phrases::number(int value) const {
  const auto key = "number." + std::to_string(value);
  return knows(key) ? say(key) : std::to_string(value);
}

std::string Phrases::counted(std::string_view what, int value) const {
  const auto key = "count." + std::string(what) + (value == 1 ? ".one" : ".other");
  return say(key, {{"n", number(value)}});
}

std::string Phrases::range(const Leaf& leaf, std::string_view what) const {
  if (leaf.least && leaf.least == leaf.most) return counted(what, *leaf.least);
  if (leaf.least && leaf.most) {
    const auto both =
        say("range.between", {{"least", std::to_string(*leaf.least)}, {"most", std::to_string(*leaf.most)}});
    return say("count." + std::string(what) + ".other", {{"n", both}});
  }
  if (leaf.least) return say("range.least", {{"n", counted(what, *leaf.least)}});
  if (leaf.most) return say("range.most", {{"n", counted(what, *leaf.most)}});
  return say("range.anyDigits");
}

// 10000.50 → «10 000,50», "10,000.50".
std::string Phrases::grouped(const std::string& decimal) const {
  const bool swedish = language_ == Language::swedish;
  const bool negative = decimal.starts_with('-');
  const auto point = std::min(decimal.find('.'), decimal.size());
  const auto whole = decimal.substr(negative ? 1 : 0, point - (negative ? 1 : 0));
  std::string text = negative ? "−" : "";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) text += swedish ? no_break_space : ",";
    text.push_back(whole[i]);
  }
  if (point < decimal.size()) text += (swedish ? "," : ".") + decimal.substr(point + 1);
  return text;
}

std::string Phrases::amount(const std::string& decimal, const std::string& currency) const {
  const auto number = grouped(decimal);
  if (currency.empty()) return number;
  if (language_ == Language::english) return currency + std::string(no_break_space) + number;
  return number + std::string(no_break_space) + (currency == "SEK" ? "kr" : currency);
}

std::string Phrases::numberValue(const Leaf& leaf) const {
  const auto number = Decimal::parse(leaf.value);
  const auto text = number ? number->text() : leaf.value;
  const bool percent = leaf.term && document::info(*leaf.term).type == document::TermType::percentage;
  if (percent)
    return grouped(text) + (language_ == Language::swedish ? std::string(no_break_space) + "%" : "%");
  return amount(text, leaf.currency);
}

std::string Phrases::subject(Term term) const {
  const std::string id(document::name(term));
  return say("subject", {{"name", say("term." + id)}, {"id", id}});
}

std::string Phrases::subject(const Leaf& leaf) const {
  if (leaf.term) return subject(*leaf.term);
  switch (leaf.test) {
    case Test::attachment: {
      std::vector<std::string> types;
      for (const auto& type : leaf.fileTypes)
        types.push_back(type.find('/') == std::string::npos && type.size() <= 5 ? [&] {
          auto upper = type.starts_with('.') ? type.substr(1) : type;
          for (char& c : upper)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 0x20);
          return upper;
        }() : type);
      return types.empty() ? say("attachment")
                           : say("attachmentTyped", {{"types", listed(types, say("or"))}});
    }
    case Test::registered_account:
      return say("account");
    case Test::line_has: {
      std::vector<std::string> terms;
      for (const auto term : leaf.terms) terms.push_back(subject(term));
      return listed(terms, say("or"));
    }
    default:
      return say("document");
  }
}

std::string Phrases::values(const Leaf& leaf) const {
  if (leaf.test != Test::one_of) return quoted(leaf.value);
  std::vector<std::string> named;
  for (std::size_t i = 0; i < std::min(leaf.values.size(), values_named_max); ++i)
    named.push_back(quoted(leaf.values[i]));
  if (leaf.values.size() > values_named_max)
    named.push_back(say("moreValues", {{"count", std::to_string(leaf.values.size() - values_named_max)}}));
  return listed(named, say("or"));
}

std::string Phrases::registerOf(const Leaf& leaf) const {
  if (leaf.registerName.empty()) return say("register." + std::string(name(leaf.kind)));
  return say("register.named", {{"name", quoted(leaf.registerName)}});
}

std::map<std::string, std::string> Phrases::parameters(const Leaf& leaf) const {
  std::map<std::string, std::string> named;
  const bool isNumber = leaf.test >= Test::at_least && leaf.test <= Test::equals_number;
  named["value"] = isNumber ? numberValue(leaf) : leaf.test == Test::matches ? leaf.value : values(leaf);
  named["range"] = range(leaf, leaf.test == Test::length ? "characters" : "digits");
  named["prefix"] = leaf.prefix;
  named["days"] = counted("days", leaf.days.value_or(0));
  named["months"] = counted("months", leaf.months.value_or(12));
  if (leaf.term)  // «fakturadatumet är gammalt», «den sista dagen är gammal»
    named["old"] =
        say(std::string_view(document::info(*leaf.term).swedish).ends_with("dag") ? "old.day" : "old.date");
  if (leaf.other) named["other"] = subject(*leaf.other);
  named["register"] = registerOf(leaf);
  named["kind"] = say("checkDigit." + std::string(name(leaf.checkDigit)));
  named["subject"] = subject(leaf);
  named["term"] =
      leaf.term ? withSmall(std::string(document::title(*leaf.term, language_))) : named["subject"];
  return named;
}

// Where among lines or values, and how letters are compared. «Ingen» is said as «inte … på någon», so that it
// follows whether the predicate is negative.
std::string Phrases::tail(const Leaf& leaf, bool every, bool negative) const {
  std::string text;
  const bool lines = leaf.test == Test::line_has || (leaf.term && isLineTerm(*leaf.term));
  const bool presence = leaf.test == Test::present || leaf.test == Test::absent;
  const bool repeats = !presence && leaf.term && repeatsInDocument(*leaf.term);
  const std::string key = negative ? (every ? "no" : "notEvery") : (every ? "every" : "some");
  if (lines || (repeats && key != "every"))
    text = say((lines ? "lines." : "values.") + key, {{"clause", ""}});
  if (leaf.ignoreCase || leaf.ignoreBlanks)
    text += say(leaf.ignoreCase && leaf.ignoreBlanks ? "folding.both"
                : leaf.ignoreCase                    ? "folding.case"
                                                     : "folding.blanks",
                {{"clause", ""}});
  return text;
}

Clause Phrases::clause(const Leaf& asWritten, bool negated, Form form) const {
  const auto leaf = asRead(asWritten);
  const auto named = parameters(leaf);
  // «No line does» is «every line does not».
  bool every = leaf.which != Which::some;
  bool positive = leaf.which != Which::no;
  if (negated) {
    every = !every;
    positive = !positive;
  }
  const auto say = [&](const char* affirmed, const char* denied) {
    return this->say(keyOf(leaf) + (positive ? affirmed : denied), named);
  };
  Clause clause{subject(leaf), form == Form::must ? say("must", "mustNot") : say("is", "isNot"), {}};
  clause.tail = tail(leaf, every, isNegative(clause.predicate));
  if (leaf.ifPresent && !negated && form == Form::must) {
    clause.tail += this->say("ifPresent", {{"clause", ""}});
  } else if (leaf.ifPresent) {
    const std::string presence = std::string("says.") + (negated ? "present." : "absent.");
    const auto there = this->say(presence + (form == Form::must ? "must" : "is"));
    clause.predicate = there + this->say(negated ? "and" : "or") + clause.predicate;
  }
  if (leaf.ifRegistered) clause.tail += this->say("ifRegistered", {{"clause", ""}});
  return clause;
}

std::string Phrases::wanted(const Leaf& asWritten, bool negated) const {
  auto leaf = asRead(asWritten);
  if (leaf.which == Which::no) negated = !negated;
  const bool presence = leaf.test == Test::present || leaf.test == Test::absent;
  if (presence) {
    const bool there = (leaf.test == Test::present) != negated;
    return say(there ? "says.present.wanted" : "says.absent.wanted", parameters(leaf));
  }
  if (negated && !leaf.term) return say("says.absent.wanted");
  const auto named = say(keyOf(leaf) + "wanted", parameters(leaf));
  return negated ? say("anythingBut", {{"wanted", named}}) : named;
}

}  // namespace postgang::rules
