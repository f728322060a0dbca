#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "rules/demand_json.h"
#include "rules/filter.h"
#include "rules/presets.h"
#include "rules/tests.h"

namespace postgang::rules {
namespace {

namespace json = boost::json;

// "where: code" of each problem, one to a line.
std::string problems(std::string_view text) {
  std::string lines;
  for (const auto& problem : parseDemands(text).problems) {
    EXPECT_FALSE(problem.detail.empty() || problem.advice.empty()) << problem.code;
    lines += problem.where + ": " + problem.code + "\n";
  }
  return lines;
}

std::string times(std::size_t count, std::string_view piece, std::string_view between = "") {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text.append(i == 0 ? "" : between).append(piece);
  return text;
}

TEST(DemandJson, the_simple_form) {
  const auto reading = parseDemands(
      R"([{"term":"BT-13","test":"matches","value":"^45\\d{6}$","message":"Ordernumret saknas"}])");
  ASSERT_TRUE(reading.problems.empty());
  const auto& demand = reading.demands.at(0);
  EXPECT_EQ(demand.id, "k1");
  EXPECT_EQ(demand.severity, Severity::stop);
  EXPECT_EQ(demand.messageSv, "Ordernumret saknas");
  EXPECT_EQ(demand.messageEn, "");
  EXPECT_EQ(demand.condition.leaf.test, rules::Test::matches);
  EXPECT_EQ(demand.condition.leaf.term, document::Term::BT_13);
  EXPECT_EQ(demand.condition.leaf.value, "^45\\d{6}$");
}

TEST(DemandJson, what_is_written_is_read_back_the_same) {
  std::vector<Demand> demands;
  for (const auto& preset : presets()) demands.push_back(preset.demand);
  for (const auto& test : tests())
    demands.push_back(parseDemands("[" + std::string(test.example) + "]").demands.at(0));
  for (std::size_t i = 0; i < demands.size(); ++i) demands[i].id = "d" + std::to_string(i);
  auto& wide = demands.front();
  wide.name = "Vår referens";
  wide.severity = Severity::hold;
  wide.from = Date::of(2026, 12, 1);
  wide.to = Date::of(2026, 12, 31);
  wide.messageSv = "Skriv referensen.\nFråga beställaren.";
  wide.messageEn = "Write the reference.";
  wide.example = "Anna";
  wide.appliesTo.senders = Scope::Senders::except;
  wide.appliesTo.identifiers = {*document::parseIdentifier("0007:5599900015")};
  wide.appliesTo.kinds = {document::Kind::invoice, document::Kind::credit_note};
  wide.appliesTo.amountFrom = Decimal::parse("100.50");
  wide.appliesTo.currency = "SEK";
  wide.appliesTo.supplierCountries = {"SE"};
  wide.condition =
      Condition::ifThen(Condition::no(wide.condition), Condition::any({wide.condition, wide.condition}));
  const auto reading = readDemands(toJson(demands));
  ASSERT_TRUE(reading.problems.empty()) << reading.problems.front().where << reading.problems.front().detail;
  EXPECT_EQ(reading.demands, demands);
  EXPECT_EQ(json::serialize(toJson(reading.demands)), json::serialize(toJson(demands)));
}

TEST(DemandJson, ids_that_are_made_pass_those_that_are_taken) {
  const auto reading = parseDemands(
      R"([{"term":"BT-1","test":"present"},{"id":"k1","term":"BT-1","test":"present"},{"term":"BT-2","test":"present"}])");
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(reading.demands[0].id, "k2");
  EXPECT_EQ(reading.demands[2].id, "k3");
}

TEST(DemandJson, every_problem_at_its_place) {
  EXPECT_EQ(problems(R"([
    {"term":"BT-13","test":"present"},
    {"term":"BT-4","test":"present"},
    {"if":{"term":"BT-13","test":"looksLike"},"then":{"any":[{"term":"BT-2","test":"contains","value":"x"}]}},
    {"term":"BT-13","test":"digits","count":"8","colour":"red"},
    {"id":"a b","term":"BT-13","test":"present"},
    {"message":"x"},
    {"term":"BT-112","test":"atLeast","value":10.5},
    {"appliesTo":{"senders":["5599900015"],"kinds":["letter"]},"term":"BT-13","test":"present"},
    "BT-13"])"),
            "rules[1].term: demand-term-unknown\n"
            "rules[2].if.test: demand-test-unknown\n"
            "rules[3].colour: demand-field-unknown\n"
            "rules[3].count: demand-type-wrong\n"
            "rules[5]: demand-field-missing\n"
            "rules[6].value: demand-type-wrong\n"
            "rules[7].appliesTo.senders[0]: demand-value-invalid\n"
            "rules[7].appliesTo.kinds[0]: demand-value-invalid\n"
            "rules[8]: demand-type-wrong\n");
}

TEST(DemandJson, what_the_values_mean_is_checked_when_the_shape_is_right) {
  EXPECT_EQ(problems(R"([
    {"id":"a b","term":"BT-13","test":"present"},
    {"if":{"term":"BT-2","test":"contains","value":"x"},"then":{"test":"attachment","value":"x"}},
    {"all":[]},
    {"term":"BT-13","test":"matches","value":"("},
    {"term":"BT-13","test":"digits","least":9,"most":8},
    {"id":"same","term":"BT-13","test":"equals"},
    {"id":"same","term":"BT-13","test":"length","which":"some"},
    {"term":"BT-10","test":"present","from":"2026-12-02","to":"2026-12-01"},
    {"test":"lineHas","terms":["BT-13"]},
    {"term":"BT-9","test":"minDaysAfter","days":4000,"other":"BT-13"}])"),
            "rules[0].id: demand-id-invalid\n"
            "rules[1].if.test: demand-test-unfit\n"
            "rules[1].then.value: demand-value-unused\n"
            "rules[2].all: demand-value-missing\n"
            "rules[3].value: demand-pattern-invalid\n"
            "rules[4].most: demand-value-invalid\n"
            "rules[5].value: demand-value-missing\n"
            "rules[6].least: demand-value-missing\n"
            "rules[6].which: demand-value-unused\n"
            "rules[6].id: demand-id-repeated\n"
            "rules[7].to: demand-value-invalid\n"
            "rules[8].terms: demand-test-unfit\n"
            "rules[9].days: demand-value-invalid\n"
            "rules[9].other: demand-test-unfit\n");
}

TEST(DemandJson, hostile_lists_are_refused) {
  const std::string one = R"({"term":"BT-13","test":"present"})";
  EXPECT_EQ(problems("[" + times(200, one, ",") + "]"), "");
  EXPECT_EQ(problems("[" + times(201, one, ",") + "]"), "rules: demand-too-many\n");
  EXPECT_EQ(problems("[{\"all\":[" + times(49, one, ",") + "]}]"), "");
  EXPECT_EQ(problems("[{\"all\":[" + times(50, one, ",") + "]}]"), "rules[0]: demand-too-large\n");
  EXPECT_EQ(problems("[{\"all\":[" + times(5000, one, ",") + "]}]"), "rules[0].all: demand-too-large\n");
  EXPECT_EQ(problems("[" + times(7, "{\"not\":") + one + times(7, "}") + "]"), "");
  EXPECT_EQ(problems("[" + times(8, "{\"not\":") + one + times(8, "}") + "]"),
            "rules[0]" + times(8, ".not") + ": demand-too-deep\n");
  EXPECT_EQ(problems(times(100'000, "[")), "rules: demand-too-deep\n");
  EXPECT_EQ(problems("[" + times(100'000, "{\"not\":")), "rules: demand-too-deep\n");
  EXPECT_EQ(problems("[" + times(100'000, "]")), "rules: demand-json-invalid\n");
  EXPECT_EQ(problems(std::string(2 * 1024 * 1024, ' ')), "rules: demand-json-invalid\n");
  EXPECT_EQ(problems("{}"), "rules: demand-type-wrong\n");
  EXPECT_EQ(
      problems("[{\"term\":\"BT-13\",\"test\":\"equals\",\"value\":\"" + std::string(201, 'x') + "\"}]"),
      "rules[0].value: demand-value-invalid\n");
  EXPECT_EQ(problems("[{\"term\":\"BT-13\",\"test\":\"equals\",\"value\":\"a\\u0000b\"}]"),
            "rules[0].value: demand-value-invalid\n");
  EXPECT_LE(parseDemands("[" + times(200, R"({"a":1,"b":2,"c":3})", ",") + "]").problems.size(), 50U);
}

TEST(DemandJson, a_pattern_that_explodes_is_refused) {
  for (const auto* pattern : {"(((a{100}){100}){100}){100}", "a{2000}", "(?<=a)b", "(a)\\\\1"})
    EXPECT_EQ(
        problems("[{\"term\":\"BT-13\",\"test\":\"matches\",\"value\":\"" + std::string(pattern) + "\"}]"),
        "rules[0].value: demand-pattern-invalid\n")
        << pattern;
  EXPECT_EQ(
      problems("[{\"term\":\"BT-13\",\"test\":\"matches\",\"value\":\"" + std::string(501, 'a') + "\"}]"),
      "rules[0].value: demand-pattern-invalid\n");
}

TEST(DemandJson, the_first_of_several_problems_tells_how_many) {
  const auto demands =
      demandsFromJson(json::parse(R"([{"term":"x","test":"present"},{"term":"y","test":"present"}])"));
  ASSERT_FALSE(demands);
  EXPECT_EQ(demands.error().where, "rules[0].term");
  EXPECT_EQ(demands.error().parameters.at("problems"), "2");
}

}  // namespace
}  // namespace postgang::rules
