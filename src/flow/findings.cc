#include "flow/findings.h"

#include <algorithm>

#include "base/text.h"
#include "document/terms.h"

namespace postgang::flow {

namespace {

constexpr std::size_t value_codePoints_max = 200;

std::string englishSentence(const std::string& key, const Parameters& parameters,
                            std::string_view otherwise) {
  const auto& words = Texts::of(Language::english);
  return words.has(key) ? words.sentence(key, parameters) : std::string(otherwise);
}

}  // namespace

std::string shown(document::Place place) {
  if (place.line == 0) return {};
  return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
}

store::FindingFact finding(std::string_view id, std::optional<document::Term> term, document::Place place,
                           std::string_view value, Parameters parameters) {
  store::FindingFact fact;
  fact.id = id;
  fact.severity = "error";
  fact.place = shown(place);
  fact.value = truncated(value, value_codePoints_max);
  auto named = parameters;
  if (term) {
    fact.term = document::name(*term);
    named.emplace("term", document::title(*term, Language::english));
  }
  fact.detail = englishSentence("finding." + fact.id, named, fact.id);
  fact.advice = englishSentence("finding." + fact.id + "-advice", named, {});
  fact.parameters = std::move(parameters);
  return fact;
}

store::FindingFact finding(const Problem& problem) {
  store::FindingFact fact;
  fact.id = problem.code;
  fact.severity = "error";
  fact.place = problem.where;
  fact.detail = problem.detail;
  fact.advice = problem.advice;
  fact.parameters = problem.parameters;
  return fact;
}

bool stops(const std::vector<store::FindingFact>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const auto& f) { return f.severity == "error"; });
}

}  // namespace postgang::flow
