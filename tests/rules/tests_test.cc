#include "rules/tests.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <set>

#include "rules/demand_json.h"
#include "rules/filter.h"
#include "rules/presets.h"
#include "rules/sentence.h"
#include "tests/rules/described.h"

namespace postgang::rules {
namespace {

namespace json = boost::json;

std::set<std::string> textsOf(const json::value& list) {
  std::set<std::string> texts;
  for (const auto& value : list.as_array()) texts.insert(textOf(value));
  return texts;
}

TEST(Tests, every_example_is_a_demand_of_that_test) {
  for (const auto& test : tests()) {
    const auto reading = parseDemands("[" + std::string(test.example) + "]");
    ASSERT_TRUE(reading.problems.empty()) << test.name << ": " << reading.problems.front().detail;
    EXPECT_EQ(reading.demands[0].condition.leaf.test, test.test);
    EXPECT_TRUE(Filter::compile(reading.demands));
  }
}

TEST(Tests, every_test_and_preset_has_words) {
  for (const auto language : {Language::swedish, Language::english}) {
    for (const auto& test : tests()) EXPECT_EQ(title(test.test, language).find("demand."), std::string::npos);
    for (const auto& preset : presets())
      EXPECT_EQ(title(preset, language).find("demand."), std::string::npos);
  }
}

// A key that is missing shows as itself; what no sentence may hold.
TEST(Tests, every_test_of_every_term_reads_without_a_gap) {
  for (const auto& test : tests()) {
    auto leaf = parseDemands("[" + std::string(test.example) + "]").demands.at(0).condition.leaf;
    for (const auto& term : document::terms()) {
      if (test.takesTerm && !fits(test.test, term.term)) continue;
      if (test.takesTerm) leaf.term = term.term;
      for (const auto language : {Language::swedish, Language::english}) {
        const auto condition = Condition::of(leaf);
        const auto text = demandSentence(Condition::ifThen(Condition::no(condition), condition), language) +
                          wanted(leaf, false, language) + wanted(leaf, true, language);
        EXPECT_EQ(text.find("demand."), std::string::npos) << text;
        EXPECT_EQ(text.find("{{"), std::string::npos) << text;
        EXPECT_EQ(text.find("  "), std::string::npos) << text;
      }
    }
  }
}

TEST(Tests, a_value_that_is_made_from_a_test_meets_it) {
  const auto today = Date::of(2026, 11, 23);
  for (const auto* demand : {R"([{"term":"BT-13","test":"digits","count":8,"prefix":"45"}])",
                             R"([{"term":"BT-13","test":"digits","least":3}])",
                             R"([{"term":"BT-13","test":"digits","prefix":"456","most":5}])",
                             R"([{"term":"BT-13","test":"matches","value":"7[0-9]{2,}"}])",
                             R"([{"term":"BT-5","test":"oneOf","values":["SEK","EUR"]}])",
                             R"([{"term":"BT-2","test":"maxDaysOld","days":0}])",
                             R"([{"term":"BT-9","test":"minDaysLeft","days":45}])"}) {
    const auto demands = parseDemands(demand).demands;
    const auto made = exampleFor(demands.at(0).condition.leaf, today);
    ASSERT_FALSE(made.empty()) << demand;
    const auto document = described(json::object{{document::name(*demands[0].condition.leaf.term), made}});
    EXPECT_TRUE(Filter::compile(demands)->evaluate(document, {{}, today, nullptr, {}})->empty())
        << demand << made;
  }
}

TEST(Tests, examples_of_terms_are_right_values) {
  for (const auto& term : document::terms()) {
    const std::string value(exampleOf(term.term));
    if (value.empty()) continue;
    EXPECT_TRUE(term.type != document::TermType::date || Date::parse(value)) << term.name;
    EXPECT_TRUE(!fits(rules::Test::at_least, term.term) || Decimal::parse(value)) << term.name;
  }
  using document::Term;
  for (const auto term : {Term::BT_30, Term::BT_34, Term::BT_47, Term::BT_49})
    EXPECT_TRUE(document::isSwedishOrganisationNumber(exampleOf(term)));
  for (const auto term : {Term::BT_29, Term::BT_71, Term::BT_157})
    EXPECT_TRUE(document::isGln(exampleOf(term)));
  for (const auto term : {Term::BT_31, Term::BT_48})
    EXPECT_TRUE(document::organisationNumberOfVat(exampleOf(term)));
  EXPECT_TRUE(document::isBankgiro(exampleOf(Term::BT_84)));
  EXPECT_TRUE(document::isOcr(exampleOf(Term::BT_83)));
}

TEST(Schema, knows_every_test_and_parameter) {
  std::ifstream file(std::string(POSTGANG_SOURCE_DIR) + "/src/rules/demand.schema.json");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto schema = json::parse(text).as_object();
  const auto& test = schema.at("$defs").at("test").at("properties").as_object();
  std::set<std::string> names, parameters{"term", "test"}, described;
  for (const auto& one : tests()) {
    names.insert(std::string(one.name));
    for (const auto& parameter : one.parameters) parameters.insert(std::string(parameter.name));
  }
  for (const auto& [field, value] : test) described.insert(std::string(field));
  EXPECT_EQ(textsOf(test.at("test").at("enum")), names);
  EXPECT_EQ(described, parameters);
}

}  // namespace
}  // namespace postgang::rules
