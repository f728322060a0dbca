#include "flow/fault_marks.h"

#include <algorithm>

namespace postgang::flow {

namespace {

std::string parameter(const store::FindingFact& finding, const char* name) {
  const auto found = finding.parameters.find(name);
  return found == finding.parameters.end() ? std::string() : found->second;
}

// «Ska vara t.ex. 45123456» where there is an example, else what is wanted in words.
std::string noteFor(const store::FindingFact& finding, Language language) {
  const auto& texts = Texts::of(language);
  if (const auto example = parameter(finding, "example"); !example.empty())
    return texts.sentence("finding.mark-example", {{"example", example}});
  const auto wanted = parameter(finding, language == Language::swedish ? "wantedSv" : "wantedEn");
  return wanted.empty() ? std::string() : texts.sentence("finding.mark-wanted", {{"wanted", wanted}});
}

}  // namespace

std::vector<render::FaultMark> faultMarks(const std::vector<store::FindingFact>& findings,
                                          Language language) {
  std::vector<render::FaultMark> marks;
  for (const auto& finding : findings) {
    const auto term = document::termFromName(finding.term);
    const auto place = parameter(finding, "groupPlace");
    const auto isSame = [&](const auto& mark) { return term && mark.term == *term && mark.place == place; };
    if (!term || std::ranges::any_of(marks, isSame)) continue;
    marks.push_back({*term, place, noteFor(finding, language)});
  }
  return marks;
}

}  // namespace postgang::flow
