#include "rules/filter.h"

#include <gtest/gtest.h>

#include <random>

#include "rules/demand_json.h"
#include "rules/sentence.h"
#include "tests/rules/described.h"

namespace postgang::rules {
namespace {

namespace json = boost::json;
using document::Term;

Filter filterOf(std::string_view list) {
  auto reading = parseDemands(list);
  EXPECT_TRUE(reading.problems.empty())
      << reading.problems.front().where << " " << reading.problems.front().detail;
  return Filter::compile(std::move(reading.demands)).value();
}

document::BusinessDocument documentOf(std::string_view description) {
  return described(json::parse(description).as_object());
}

Context at(const Lookups* lookups = nullptr) {
  return {{identifier("0007:5599900015")}, Date::of(2026, 11, 23), lookups, {}};
}

TEST(Filter, findings_come_in_the_order_of_the_demands) {
  const auto filter = filterOf(R"([{"id":"b","term":"BT-13","test":"present","severity":"warn"},
                                   {"id":"a","term":"BT-10","test":"present","severity":"hold"}])");
  const auto findings = filter.evaluate(documentOf("{}"), at()).value();
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].id, "b");
  EXPECT_EQ(findings[1].id, "a");
  EXPECT_FALSE(stops(findings));
  EXPECT_TRUE(holds(findings));
}

TEST(Filter, an_empty_filter_and_an_empty_document) {
  EXPECT_TRUE(Filter::compile({}).value().evaluate(documentOf("{}"), at()).value().empty());
  const auto filter = filterOf(R"([{"term":"BT-155","test":"present"},{"term":"BT-13","test":"present"}])");
  const auto findings = filter.evaluate(document::BusinessDocument(), at()).value();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].term, Term::BT_13);
}

TEST(Filter, a_finding_has_the_place_in_the_file) {
  document::Builder builder(document::Kind::invoice);
  builder.add(Term::BT_13, "Sara L", {}, {}, {7, 12});
  builder.begin(document::Group::BG_7, {20, 3});
  builder.add(Term::BT_44, "Granberga Bygg AB", {}, {}, {21, 5});
  builder.end();
  const auto document = std::move(builder).build();
  const auto findings =
      filterOf(R"([{"term":"BT-13","test":"digits","count":8},{"term":"BT-56","test":"present"}])")
          .evaluate(document, at())
          .value();
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].place.line, 7U);
  EXPECT_EQ(findings[0].place.column, 12U);
  EXPECT_EQ(findings[1].place.line, 20U) << "the buyer is there, the contact is not";
}

TEST(Filter, what_cannot_be_asked_is_a_problem_and_never_passes) {
  const auto document = documentOf(R"({"BT-1":"1","BT-10":"x","BT-84":"5402-9681","BT-112":"10"})");
  for (const auto* demand : {R"([{"term":"BT-10","test":"inRegister","kind":"reference"}])",
                             R"([{"not":{"term":"BT-10","test":"inRegister","kind":"reference"}}])",
                             R"([{"test":"registeredAccount"}])", R"([{"test":"notRepeated","months":1}])"}) {
    const auto filter = filterOf(demand);
    EXPECT_TRUE(filter.asks());
    const auto without = filter.evaluate(document, at());
    ASSERT_FALSE(without) << demand;
    EXPECT_EQ(without.error().code, "lookups-missing");
    KnownLookups lookups;
    lookups.fault = Problem{ProblemKind::unavailable, "store-unavailable", "The store is away.", {}, {}, {}};
    const auto failed = filter.evaluate(document, at(&lookups));
    ASSERT_FALSE(failed) << demand;
    EXPECT_EQ(failed.error().code, "store-unavailable");
  }
}

TEST(Filter, a_register_is_asked_once_for_each_value) {
  const auto filter = filterOf(R"([{"term":"BT-133","test":"inRegister","kind":"costCentre"},
                                   {"term":"BT-133","test":"inRegister","kind":"costCentre","severity":"warn"}])");
  KnownLookups lookups;
  lookups.entries = {{"", RegisterKind::cost_centre, "100", {}, {}}};
  const auto document = documentOf(R"({"BG-25":[{"BT-133":"100"},{"BT-133":"100"},{"BT-133":"100"}]})");
  EXPECT_TRUE(filter.evaluate(document, at(&lookups)).value().empty());
  EXPECT_EQ(lookups.asked, 1);
}

TEST(Filter, a_demand_that_fails_everywhere_gives_at_most_twenty_findings) {
  json::array lines(500, json::object{{"BT-153", "Skruv"}});
  const auto document = described(json::object{{"BG-25", lines}});
  const auto findings = filterOf(R"([{"term":"BT-155","test":"present"}])").evaluate(document, at()).value();
  ASSERT_EQ(findings.size(), limits::findings_per_demand_max);
  EXPECT_EQ(findings.back().groupPlace, "BG-25[20]/BG-31");
}

TEST(Filter, a_long_value_is_shortened_and_matches_no_pattern) {
  const auto document = described(json::object{{"BT-10", std::string(20'000, 'a')}});
  const auto findings =
      filterOf(R"([{"term":"BT-10","test":"matches","value":"a*"}])").evaluate(document, at()).value();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].value.size(), Finding::value_codePoints_max);
}

TEST(Filter, a_pattern_that_backtracks_elsewhere_is_linear_here) {
  const auto document = described(json::object{{"BT-10", std::string(9'000, 'a') + "!"}});
  const auto filter = filterOf(R"([{"term":"BT-10","test":"matches","value":"(a*)*(a|aa)*(a|a?)+b"}])");
  const auto started = monotonicMicroseconds();
  EXPECT_EQ(filter.evaluate(document, at()).value().size(), 1U);
  EXPECT_LT(monotonicMicroseconds() - started, 2'000'000);
}

TEST(Filter, demands_that_break_the_rules_are_not_compiled) {
  std::vector<Demand> demands(1);
  demands[0].id = "a";
  const auto compiled = Filter::compile(demands);  // a test that needs a term
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().where, "rules[0].term");
  Condition deep = Condition::of({.test = rules::Test::present, .term = Term::BT_1});
  for (int i = 0; i < 10'000; ++i) deep = Condition::no(std::move(deep));
  demands[0].condition = std::move(deep);
  EXPECT_EQ(Filter::compile(demands).error().code, "demand-too-deep");
}

TEST(Filter, units_and_enclosed_files_are_values_too) {
  const auto filter = filterOf(
      R"([{"term":"BT-130","test":"oneOf","values":["H87","KGM"]},{"term":"BT-125","test":"present"}])");
  EXPECT_TRUE(
      filter
          .evaluate(
              documentOf(
                  R"({"BG-25":[{"BT-129":"1 [H87]"}],"BG-24":[{"BT-122":"1","BT-125":"QUJD [text/csv] a.csv"}]})"),
              at())
          .value()
          .empty());
  const auto findings = filter.evaluate(documentOf(R"({"BG-25":[{"BT-129":"1 [XYZ]"}]})"), at()).value();
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].value, "XYZ");
  EXPECT_EQ(findings[1].term, Term::BT_125);
}

TEST(Filter, a_restored_document_is_judged_as_the_one_that_was_read) {
  const auto document = described(json::object{
      {"BG-24",
       json::array{json::object{{"BT-122", "1"}, {"BT-125", std::string(400, 'A') + " [text/csv] a.csv"}}}}});
  const auto restored = document::BusinessDocument::restored(document.serialized()).value();
  const auto filter =
      filterOf(R"([{"test":"attachment","fileTypes":["csv"]},{"term":"BT-125","test":"present"}])");
  EXPECT_TRUE(filter.evaluate(restored, at()).value().empty());
}

// A condition of random tests, at most `depth` deep.
Condition randomCondition(std::mt19937& random, int depth) {
  static const char* leaves[] = {R"({"term":"BT-10","test":"present"})",
                                 R"({"term":"BT-13","test":"digits","count":2,"ifPresent":true})",
                                 R"({"term":"BT-13","test":"absent"})",
                                 R"({"term":"BT-22","test":"contains","value":"a","which":"some"})",
                                 R"({"term":"BT-22","test":"contains","value":"a","which":"no"})",
                                 R"({"term":"BT-155","test":"present"})",
                                 R"({"term":"BT-155","test":"equals","value":"a","which":"some"})",
                                 R"({"term":"BT-155","test":"absent","which":"no"})",
                                 R"({"term":"BT-155","test":"startsWith","value":"a","ifPresent":true})",
                                 R"({"test":"lineHas","terms":["BT-155","BT-156"],"which":"no"})",
                                 R"({"test":"attachment"})"};
  const auto pick = [&](std::size_t count) { return random() % count; };
  if (depth == 1 || pick(3) == 0)
    return parseDemands("[" + std::string(leaves[pick(std::size(leaves))]) + "]").demands.at(0).condition;
  const auto part = [&] { return randomCondition(random, depth - 1); };
  switch (pick(4)) {
    case 0:
      return Condition::no(part());
    case 1:
      return Condition::all({part(), part()});
    case 2:
      return Condition::any({part(), part(), part()});
    default:
      return Condition::ifThen(part(), part());
  }
}

document::BusinessDocument randomDocument(std::mt19937& random) {
  const auto maybe = [&] { return random() % 2 == 0; };
  const auto text = [&] { return std::string(maybe() ? "a" : "12"); };
  json::object description;
  for (const auto* term : {"BT-10", "BT-13"})
    if (maybe()) description[term] = text();
  json::array notes, lines;
  for (auto count = random() % 3; count > 0; --count) notes.push_back(json::object{{"BT-22", text()}});
  for (auto count = random() % 4; count > 0; --count) {
    json::object line;
    for (const auto* term : {"BT-155", "BT-156"})
      if (maybe()) line[term] = text();
    lines.push_back(std::move(line));
  }
  description["BG-1"] = std::move(notes);
  description["BG-25"] = std::move(lines);
  return described(description);
}

// Of a demand and its opposite exactly one fails, and what fails always says why: a document can never be
// stopped without a finding. Both read without a gap.
TEST(Filter, of_a_demand_and_its_opposite_exactly_one_has_findings) {
  std::mt19937 random(20261123);
  for (int i = 0; i < 300; ++i) {
    std::vector<Demand> demands(2);
    demands[0].id = "a";
    demands[0].condition = randomCondition(random, 4);
    demands[1].id = "b";
    demands[1].condition = Condition::no(demands[0].condition);
    const auto filter = Filter::compile(demands);
    if (!filter) {
      EXPECT_EQ(filter.error().code, "demand-too-large");
      continue;
    }
    const auto said = sentence(demands[0], Language::swedish);
    EXPECT_EQ(said.find("demand."), std::string::npos) << said;
    EXPECT_NE(said, sentence(demands[1], Language::swedish));
    for (int j = 0; j < 20; ++j) {
      const auto findings = filter->evaluate(randomDocument(random), at()).value();
      ASSERT_FALSE(findings.empty()) << said;
      for (const auto& finding : findings) {
        EXPECT_EQ(finding.id, findings.front().id) << said;
        EXPECT_FALSE(finding.wantedSv.empty() || finding.test.empty()) << said;
      }
    }
  }
}

}  // namespace
}  // namespace postgang::rules
