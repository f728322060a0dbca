#include "api/filter_shape.h"

#include <algorithm>

#include "api/problem_reply.h"
#include "api/shapes.h"
#include "document/terms.h"
#include "rules/check.h"
#include "rules/demand_json.h"
#include "rules/filter.h"
#include "rules/presets.h"
#include "rules/tests.h"
#include "store/companies.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr int unprocessable = 422;
constexpr std::size_t names_max = 200;  // looked up for one answer

json::object inBoth(std::string_view swedish, std::string_view english) {
  return {{"sv", swedish}, {"en", english}};
}

// Kept rules were right when they were kept; a later release that reads them otherwise shows none.
std::vector<rules::Demand> keptDemands(std::string_view text) {
  return rules::parseDemands(text).demands;
}

std::string_view stateOf(const store::Filter& filter, const FilterStanding& standing, Instant now) {
  const auto& content = filter.newest.content;
  if (!content.active) return "off";
  const bool planned = content.activeFrom && *content.activeFrom > now;
  return planned && !standing.versionInForce ? "planned" : "on";
}

json::array choicesOf(rules::Test test, std::string_view parameter) {
  if (parameter == "which") return {"every", "some", "no"};
  json::array choices;
  if (parameter != "kind") return choices;
  if (test == rules::Test::in_register) {
    for (const auto kind : {rules::RegisterKind::reference, rules::RegisterKind::order_number,
                            rules::RegisterKind::cost_centre, rules::RegisterKind::supplier_account})
      choices.emplace_back(rules::name(kind));
  } else {
    for (int kind = 0; kind <= static_cast<int>(rules::CheckDigit::swedish_vat_number); ++kind)
      choices.emplace_back(rules::name(static_cast<rules::CheckDigit>(kind)));
  }
  return choices;
}

json::object testShape(const rules::TestInfo& info) {
  json::array fits, parameters;
  for (int type = 0; type < 16; ++type)
    if ((info.types >> type & 1) != 0)
      fits.emplace_back(document::name(static_cast<document::TermType>(type)));
  for (const auto& parameter : info.parameters) {
    json::object shape = {
        {"name", parameter.name}, {"type", parameter.type}, {"required", parameter.required}};
    if (parameter.type == "choice") shape["choices"] = choicesOf(info.test, parameter.name);
    parameters.push_back(std::move(shape));
  }
  return {{"id", info.name},
          {"title",
           inBoth(rules::title(info.test, Language::swedish), rules::title(info.test, Language::english))},
          {"fits", std::move(fits)},
          {"parameters", std::move(parameters)},
          {"example", json::parse(info.example)},
          {"takesTerm", info.takesTerm}};
}

json::object termShape(const document::TermInfo& info) {
  const auto& group = document::info(info.group);
  return {{"term", info.name},
          {"title", inBoth(info.swedish, info.english)},
          {"group", {{"id", group.name}, {"title", inBoth(group.swedish, group.english)}}},
          {"type", document::name(info.type)},
          {"example", textOrNull(rules::exampleOf(info.term))},
          {"line", rules::isLineTerm(info.term)}};
}

}  // namespace

net::Reply rulesInvalid(const std::vector<Problem>& problems) {
  auto shape = problemShape({ProblemKind::invalid,
                             "rules-invalid",
                             "Something in the rules is wrong.",
                             {},
                             "See `problems`: where each stands, and what is wrong.",
                             {}});
  shape["status"] = unprocessable;
  json::array items;
  for (const auto& problem : problems)
    items.push_back({{"where", problem.where}, {"code", problem.code}, {"detail", problem.detail}});
  shape["problems"] = std::move(items);
  return net::Reply::bytes("application/problem+json", json::serialize(shape), unprocessable);
}

RulesRead readRules(const json::value& value) {
  auto reading = rules::readDemands(value);
  RulesRead read{std::move(reading.demands), std::move(reading.problems)};
  if (read.problems.empty()) read.problems = rules::problemsOf(read.demands);
  if (read.problems.empty())
    if (auto filter = rules::Filter::compile(read.demands); !filter) read.problems.push_back(filter.error());
  return read;
}

rules::SenderNames senderNames(store::Reader& reader, const Call& call,
                               const std::vector<rules::Demand>& demands) {
  rules::SenderNames names;
  for (const auto& demand : demands) {
    for (const auto& identifier : demand.appliesTo.identifiers) {
      if (names.size() >= names_max) return names;
      const auto partner = store::partner(reader, call.viewer(), call.company(), identifier.text());
      if (partner && *partner) names.emplace(identifier.text(), (*partner)->name);
    }
  }
  return names;
}

json::object sentencesShape(const std::vector<rules::Demand>& demands, const rules::SenderNames& names) {
  json::array swedish, english;
  for (const auto& demand : demands) {
    swedish.emplace_back(rules::sentence(demand, Language::swedish, names));
    english.emplace_back(rules::sentence(demand, Language::english, names));
  }
  return {{"sv", std::move(swedish)}, {"en", std::move(english)}};
}

json::object filterShape(store::Reader& reader, const Call& call, const store::Filter& filter,
                         const FilterStanding& standing, Instant now) {
  const auto& newest = filter.newest;
  const auto demands = keptDemands(newest.content.rules);
  json::value inForce = nullptr;
  if (standing.versionInForce) inForce = *standing.versionInForce;
  return {{"id", filter.id.text()},
          {"name", newest.content.name},
          {"state", stateOf(filter, standing, now)},
          {"activeFrom", instantOrNull(newest.content.activeFrom)},
          {"version", newest.version},
          {"versionInForce", std::move(inForce)},
          {"rules", rules::toJson(demands)},
          {"sentences", sentencesShape(demands, senderNames(reader, call, demands))},
          {"createdAt", filter.createdAt.text()},
          {"changedAt", newest.at.text()},
          {"changedBy", textOrNull(newest.by.name)},
          {"stoppedCount30d", standing.stops}};
}

json::object filterVersionShape(store::Reader& reader, const Call& call,
                                const store::FilterVersion& version) {
  const auto demands = keptDemands(version.content.rules);
  return {{"version", version.version},
          {"at", version.at.text()},
          {"by", textOrNull(version.by.name)},
          {"comment", textOrNull(version.content.comment)},
          {"name", version.content.name},
          {"active", version.content.active},
          {"activeFrom", instantOrNull(version.content.activeFrom)},
          {"rules", rules::toJson(demands)},
          {"sentences", sentencesShape(demands, senderNames(reader, call, demands))}};
}

json::object vocabularyShape() {
  json::array terms, tests, presets;
  for (const auto& info : document::terms()) terms.push_back(termShape(info));
  for (const auto& info : rules::tests()) tests.push_back(testShape(info));
  for (const auto& preset : rules::presets())
    presets.push_back(
        {{"id", preset.id},
         {"title", inBoth(rules::title(preset, Language::swedish), rules::title(preset, Language::english))},
         {"rule", rules::toJson(preset.demand)}});
  return {{"terms", std::move(terms)}, {"tests", std::move(tests)}, {"presets", std::move(presets)}};
}

}  // namespace postgang::api
