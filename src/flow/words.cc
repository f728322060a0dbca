#include "flow/words.h"

#include "base/text.h"

namespace postgang::flow {

namespace {

std::string english(const std::string& key, const Parameters& parameters) {
  const auto& words = Texts::of(Language::english);
  return words.has(key) ? words.sentence(key, parameters) : std::string();
}

}  // namespace

Problem problem(ProblemKind kind, std::string_view code, Parameters parameters) {
  const std::string key = "problem." + std::string(code);
  Problem made{kind, std::string(code), english(key, parameters), {}, english(key + "-advice", parameters),
               {}};
  made.parameters = std::move(parameters);
  return made;
}

store::FailedFact failedFact(std::string_view code, Parameters parameters) {
  const auto said = problem(ProblemKind::invalid, code, std::move(parameters));
  return {said.code, said.detail, said.advice, said.parameters};
}

}  // namespace postgang::flow
