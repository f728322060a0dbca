#include "api/finding_shape.h"

#include "api/shapes.h"
#include "base/text.h"
#include "document/terms.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

// The sentence in one language; a rule whose words we don't have (an official pack's) speaks as it came.
std::string sentence(const store::FindingFact& finding, const std::string& key, Language language,
                     const std::string& otherwise) {
  const auto& texts = Texts::of(language);
  if (!texts.has(key)) return otherwise;
  auto parameters = finding.parameters;
  if (const auto term = document::termFromName(finding.term))
    parameters.emplace("term", document::title(*term, language));
  return texts.sentence(key, parameters);
}

json::object inBothLanguages(const store::FindingFact& finding, const std::string& key,
                             const std::string& otherwise) {
  return {{"sv", sentence(finding, key, Language::swedish, otherwise)},
          {"en", sentence(finding, key, Language::english, otherwise)}};
}

// A receiver's demand is explained in its own words; what every document must meet, in ours.
json::object explanation(const store::FindingFact& finding, const std::string& key) {
  const auto swedish = finding.parameters.find("sv"), english = finding.parameters.find("en");
  if (!store::isDemand(finding) || swedish == finding.parameters.end() || english == finding.parameters.end())
    return inBothLanguages(finding, key, finding.detail);
  return {{"sv", swedish->second}, {"en", english->second}};
}

}  // namespace

json::object causeWords(const store::FindingFact& finding) {
  // What stands of one document in the sentence says nothing of many.
  const auto ofMany = "portal.reason." + finding.id;
  if (!store::isDemand(finding) && Texts::of(Language::english).has(ofMany))
    return inBothLanguages(finding, ofMany, finding.id);
  return inBothLanguages(finding, "finding." + finding.id,
                         finding.detail.empty() ? finding.id : finding.detail);
}

json::object findingShape(const store::FindingFact& finding) {
  const std::string key = "finding." + finding.id;
  const std::string adviceKey = key + "-advice";
  json::value advice = nullptr;
  if (!finding.advice.empty() || Texts::of(Language::english).has(adviceKey))
    advice = inBothLanguages(finding, adviceKey, finding.advice);
  return {{"id", finding.id},
          {"severity", finding.severity},
          {"term", textOrNull(finding.term)},
          {"where", textOrNull(finding.place)},
          {"value", textOrNull(finding.value)},
          {"explanation", explanation(finding, key)},
          {"advice", std::move(advice)}};
}

}  // namespace postgang::api
