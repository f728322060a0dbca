#include "rules/compiled.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "rules/sentence.h"

namespace postgang::rules {

namespace {

// Lower case for ASCII and Latin-1 (Å, Ä, Ö, É …): as far as Nordic references go.
char32_t lower(char32_t c) {
  const bool ascii = c >= U'A' && c <= U'Z';
  const bool latin = c >= 0xC0 && c <= 0xDE && c != 0xD7;
  return ascii || latin ? c + 0x20 : c;
}

bool isBlank(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0xA0 || c == 0x2009 || c == 0x202F;
}

std::vector<std::string> foldedValues(const Leaf& leaf) {
  std::vector<std::string> values;
  std::string kept;
  for (const auto& value : leaf.values) values.emplace_back(foldedAs(leaf, trimmed(value), kept));
  if (leaf.test != Test::one_of) values.emplace_back(foldedAs(leaf, trimmed(leaf.value), kept));
  std::sort(values.begin(), values.end());
  return values;
}

bool asks(Test test) {
  return test == Test::in_register || test == Test::registered_account || test == Test::not_repeated;
}

}  // namespace

std::string_view foldedAs(const Leaf& leaf, std::string_view text, std::string& kept) {
  if (!leaf.ignoreCase && !leaf.ignoreBlanks) return text;
  kept.clear();
  for (std::size_t at = 0; at < text.size();) {
    const auto point = codePointAt(text, at);
    if (point.length == 0) {
      kept.push_back(text[at++]);
      continue;
    }
    at += point.length;
    if (leaf.ignoreBlanks && isBlank(point.value)) continue;
    appendUtf8(kept, leaf.ignoreCase ? lower(point.value) : point.value);
  }
  return kept;
}

Result<CompiledLeaf> compileLeaf(const Leaf& leaf) {
  CompiledLeaf compiled;
  compiled.leaf = leaf;
  compiled.ofLine = leaf.test == Test::line_has || (leaf.term && isLineTerm(*leaf.term));
  compiled.values = foldedValues(leaf);
  compiled.number = Decimal::parse(leaf.value).value_or(Decimal());
  if (leaf.test == Test::digits) compiled.digits = Digits{leaf.least, leaf.most, leaf.prefix};
  if (leaf.test == Test::matches) {
    compiled.digits = digitsOfPattern(leaf.value);
    if (!compiled.digits) {
      TRY(compiled.pattern, compilePattern(leaf.value, leaf.ignoreCase, "value"));
    }
  }
  compiled.wanted = {wanted(leaf, false, Language::swedish), wanted(leaf, false, Language::english)};
  compiled.unwanted = {wanted(leaf, true, Language::swedish), wanted(leaf, true, Language::english)};
  return compiled;
}

Result<CompiledCondition> compileCondition(const Condition& condition) {
  CompiledCondition compiled;
  compiled.kind = condition.kind;
  if (condition.kind == Condition::Kind::test) {
    TRY(compiled.leaf, compileLeaf(condition.leaf));
  }
  for (const auto& part : condition.parts) {
    TRY(auto inner, compileCondition(part));
    compiled.parts.push_back(std::move(inner));
  }
  return compiled;
}

bool asks(const CompiledCondition& condition) {
  if (condition.kind == Condition::Kind::test) return asks(condition.leaf.leaf.test);
  return std::any_of(condition.parts.begin(), condition.parts.end(),
                     [](const CompiledCondition& part) { return asks(part); });
}

}  // namespace postgang::rules
