// Two hundred demands on a parsed document. How to read it: documents per second on one core; 10,000/s is
// wanted, 100 µs each.
//
//   Mixed     every preset, every test of the builder's list, patterns, scopes and dates, to 200
//   Failing   the same, and nearly all of them fail: each gives its finding
//   Parsed    the one index that all demands share: none of them holds today
//   Compile   the 200 demands made ready
#include <benchmark/benchmark.h>

#include <boost/json.hpp>

#include "rules/demand_json.h"
#include "rules/filter.h"
#include "rules/presets.h"
#include "rules/tests.h"
#include "tests/rules/lookups.h"

namespace {

using namespace postgang;
using namespace postgang::rules;

document::Identifier sender() {
  return *document::parseIdentifier("0007:5599900015");
}

std::vector<Demand> twoHundred() {
  std::vector<Demand> kinds;
  for (const auto& preset : presets()) kinds.push_back(preset.demand);
  for (const auto& test : rules::tests())
    kinds.push_back(parseDemands("[" + std::string(test.example) + "]").demands[0]);
  kinds.push_back(
      parseDemands(R"([{"term":"BT-13","test":"matches","value":"(?:PO|IO)-\\d{4}[A-Z]?"}])").demands[0]);
  kinds.push_back(parseDemands(R"([{"term":"BT-153","test":"matches","value":".*\\w+.*","ignoreCase":true}])")
                      .demands[0]);
  kinds.push_back(
      parseDemands(
          R"([{"all":[{"term":"BT-30","test":"present"},{"any":[{"term":"BT-31","test":"startsWith","value":"SE"},
    {"term":"BT-40","test":"equals","value":"NO"}]}],"appliesTo":{"supplierCountries":["SE"],"amountFrom":"1","currency":"SEK"}}])")
          .demands[0]);
  std::vector<Demand> demands;
  for (std::size_t i = 0; demands.size() < limits::demands_max; ++i) {
    demands.push_back(kinds[i % kinds.size()]);
    demands.back().id = "d" + std::to_string(i);
  }
  return demands;
}

// An invoice of ten lines with what the presets ask for, or (bare) next to none of it.
document::BusinessDocument invoice(bool bare) {
  using document::Group;
  using document::Term;
  document::Builder builder(document::Kind::invoice);
  for (const auto& term : document::terms()) {
    if (bare || term.group != Group::BG_0 || exampleOf(term.term).empty()) continue;
    builder.add(term.term, exampleOf(term.term));
  }
  for (const auto group : {Group::BG_4, Group::BG_7, Group::BG_22, Group::BG_1, Group::BG_24}) {
    builder.begin(group);
    for (const auto& term : document::terms())
      if (term.group == group && !exampleOf(term.term).empty() && !bare)
        builder.add(term.term, exampleOf(term.term), "SEK");
    if (group == Group::BG_24) builder.add(Term::BT_125, "QUJDREVG", "application/pdf", "tid.pdf");
    builder.end();
  }
  for (int i = 0; i < 10; ++i) {
    builder.begin(Group::BG_25);
    builder.add(Term::BT_126, std::to_string(i + 1));
    builder.add(Term::BT_129, "5", "H87");
    builder.add(Term::BT_131, "500.00", "SEK");
    for (const auto group : {Group::BG_29, Group::BG_30, Group::BG_31}) {
      builder.begin(group);
      for (const auto& term : document::terms())
        if (term.group == group && !exampleOf(term.term).empty() && !bare)
          builder.add(term.term, exampleOf(term.term));
      builder.end();
    }
    builder.end();
  }
  return std::move(builder).build();
}

KnownLookups registers() {
  KnownLookups lookups;
  for (const auto kind : {RegisterKind::reference, RegisterKind::order_number, RegisterKind::cost_centre})
    for (const auto* value : {"Anna Berg, 4711", "4500123456", "4010:200:310"})
      lookups.entries.push_back({"", kind, value, {}, {}});
  return lookups;
}

void judge(benchmark::State& state, const std::vector<Demand>& demands, bool bare) {
  const auto filter = Filter::compile(demands).value();
  const auto document = invoice(bare);
  const auto lookups = registers();
  const Context context{{sender()}, Date::of(2026, 11, 23), &lookups, {}};
  std::size_t findings = 0;
  for (auto _ : state) findings = filter.evaluate(document, context).value().size();
  state.counters["findings"] = static_cast<double>(findings);
  state.counters["documents/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void Mixed(benchmark::State& state) {
  judge(state, twoHundred(), false);
}
void Failing(benchmark::State& state) {
  judge(state, twoHundred(), true);
}
void Parsed(benchmark::State& state) {
  auto demands = twoHundred();
  for (auto& demand : demands) demand.to = Date::of(2020, 1, 1);
  judge(state, demands, false);
}
void Compile(benchmark::State& state) {
  const auto demands = twoHundred();
  for (auto _ : state) benchmark::DoNotOptimize(Filter::compile(demands).value());
}
BENCHMARK(Mixed);
BENCHMARK(Failing);
BENCHMARK(Parsed);
BENCHMARK(Compile)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
