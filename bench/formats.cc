// How quickly a file becomes a business document. The file is one of our own: an invoice of about 30 kB as
// Peppol BIS Billing 3 has it, written by the UBL writer. One core; bytes are of the file.
//
//   ninja bench_formats && ./bench_formats
#include <benchmark/benchmark.h>

#include "base/decimal.h"
#include "document/header_facts.h"
#include "formats/correct.h"
#include "formats/format.h"

namespace {

using namespace postgang;
using namespace postgang::document;

void addParty(Builder& builder, bool seller, std::string_view name, std::string_view number) {
  const auto pick = [seller](Term s, Term b) { return seller ? s : b; };
  builder.begin(seller ? Group::BG_4 : Group::BG_7);
  builder.add(pick(Term::BT_27, Term::BT_44), name);
  builder.add(pick(Term::BT_30, Term::BT_47), number, "0007");
  builder.add(pick(Term::BT_31, Term::BT_48), "SE" + std::string(number) + "01");
  builder.add(pick(Term::BT_34, Term::BT_49), number, "0007");
  builder.begin(seller ? Group::BG_5 : Group::BG_8);
  builder.add(pick(Term::BT_35, Term::BT_50), "Hamngatan 12");
  builder.add(pick(Term::BT_37, Term::BT_52), "Oxelösund");
  builder.add(pick(Term::BT_38, Term::BT_53), "613 30");
  builder.add(pick(Term::BT_40, Term::BT_55), "SE");
  builder.end();
  builder.end();
}

void addLine(Builder& builder, int number) {
  builder.begin(Group::BG_25);
  builder.add(Term::BT_126, std::to_string(number));
  builder.add(Term::BT_129, std::to_string(number * 3), "EA");
  builder.add(Term::BT_131, std::to_string(number * 300) + ".00", "SEK");
  builder.begin(Group::BG_29);
  builder.add(Term::BT_146, "100.00", "SEK");
  builder.end();
  builder.begin(Group::BG_30);
  builder.add(Term::BT_151, "S");
  builder.add(Term::BT_152, "25");
  builder.end();
  builder.begin(Group::BG_31);
  builder.add(Term::BT_153, "Förtöjningslina 12 mm, svart");
  builder.add(Term::BT_154, "Flätad polyester med splitsat öga, längd " + std::to_string(number) + " m");
  builder.add(Term::BT_155, "LINA-12-" + std::to_string(number));
  builder.end();
  builder.end();
}

BusinessDocument invoice(int lines) {
  Builder builder(Kind::invoice);
  builder.begin(Group::BG_2);
  builder.add(Term::BT_24, "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0");
  builder.add(Term::BT_23, "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0");
  builder.end();
  builder.add(Term::BT_1, "2026-1187");
  builder.add(Term::BT_2, "2026-11-02");
  builder.add(Term::BT_9, "2026-12-02");
  builder.add(Term::BT_3, "380");
  builder.add(Term::BT_5, "SEK");
  builder.add(Term::BT_13, "INK-88120");
  addParty(builder, true, "Nordhamn Rederi AB", "5599900122");
  addParty(builder, false, "Skärgårdens Varv AB", "5599900130");
  builder.begin(Group::BG_16);
  builder.add(Term::BT_81, "30");
  builder.add(Term::BT_83, "2026118715");
  builder.begin(Group::BG_17);
  builder.add(Term::BT_84, "54029681");
  builder.add(Term::BT_86, "SE:BANKGIRO");
  builder.end();
  builder.end();
  builder.begin(Group::BG_22);
  for (const auto term : {Term::BT_106, Term::BT_109, Term::BT_112, Term::BT_115})
    builder.add(term, "1000.00", "SEK");
  builder.end();
  for (int number = 1; number <= lines; ++number) addLine(builder, number);
  return std::move(builder).build();
}

const std::string& file() {
  static const std::string bytes = *formats::writeDocument(invoice(33), "ubl-invoice");
  return bytes;
}

void report(benchmark::State& state, std::size_t bytes) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
  state.counters["file bytes"] = static_cast<double>(file().size());
}

void parseOnly(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(xml::parse(file()));
  report(state, file().size());
}
BENCHMARK(parseOnly);

void readOnly(benchmark::State& state) {
  const auto tree = xml::parse(file());
  for (auto _ : state) benchmark::DoNotOptimize(formats::readDocument(*tree));
  report(state, file().size());
}
BENCHMARK(readOnly);

void parseAndRead(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(formats::readDocument(file()));
  report(state, file().size());
}
BENCHMARK(parseAndRead);

// A correction of two terms and a third of line 50 in an invoice of about 100 kB: parsed, changed, read again
// and compared.
void correctHundredKilobytes(benchmark::State& state) {
  const auto bytes = *formats::writeDocument(invoice(118), "ubl-invoice");
  const std::vector<formats::TermChange> changes = {{Term::BT_13, "", "45123456", ""},
                                                    {Term::BT_10, "", "Avd. 7", ""},
                                                    {Term::BT_132, "BG-25[50]", "10", ""}};
  for (auto _ : state) benchmark::DoNotOptimize(formats::correct(bytes, changes));
  report(state, bytes.size());
  state.counters["file bytes"] = static_cast<double>(bytes.size());
}
BENCHMARK(correctHundredKilobytes)->Unit(benchmark::kMicrosecond);

void headerFacts(benchmark::State& state) {
  const auto document = invoice(33);
  for (auto _ : state) benchmark::DoNotOptimize(headerFactsOf(document));
  report(state, 0);
}
BENCHMARK(headerFacts);

void serialize(benchmark::State& state) {
  const auto document = invoice(33);
  for (auto _ : state) benchmark::DoNotOptimize(document.serialized());
  report(state, 0);
  state.counters["form bytes"] = static_cast<double>(document.serialized().size());
}
BENCHMARK(serialize);

void restore(benchmark::State& state) {
  const auto bytes = invoice(33).serialized();
  for (auto _ : state) benchmark::DoNotOptimize(BusinessDocument::restored(bytes));
  report(state, 0);
}
BENCHMARK(restore);

void write(benchmark::State& state) {
  const auto document = invoice(33);
  for (auto _ : state) benchmark::DoNotOptimize(formats::writeDocument(document, "ubl-invoice"));
  report(state, file().size());
}
BENCHMARK(write);

}  // namespace

BENCHMARK_MAIN();
