// How fast a 30 kB invoice becomes a tree, beside expat's and pugixml's events (neither gives namespaces,
// positions and strictness at once). `bench_xml`, or with a file: POSTGANG_BENCH_XML=invoice.xml bench_xml
#include <benchmark/benchmark.h>
#if __has_include(<expat.h>)
#include <expat.h>
#endif
#if __has_include(<pugixml.hpp>)
#include <pugixml.hpp>
#endif

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include "xml/parse.h"
#include "xml/writer.h"

namespace postgang::xml {
namespace {

void party(Writer& writer, std::string_view role, std::string_view name) {
  writer.open(role).open("cac:Party");
  writer.open("cbc:EndpointID").attribute("schemeID", "0007").text("5599900122").close();
  writer.open("cac:PartyName").leaf("cbc:Name", name).close();
  writer.open("cac:PostalAddress").leaf("cbc:StreetName", "Hamngatan 1").leaf("cbc:CityName", "Nordhamn");
  writer.leaf("cbc:PostalZone", "123 45")
      .open("cac:Country")
      .leaf("cbc:IdentificationCode", "SE")
      .close()
      .close();
  writer.open("cac:PartyTaxScheme").leaf("cbc:CompanyID", "SE559990012201");
  writer.open("cac:TaxScheme").leaf("cbc:ID", "VAT").close().close();
  writer.open("cac:PartyLegalEntity").leaf("cbc:RegistrationName", name).close().close().close();
}

void amount(Writer& writer, std::string_view name, std::string_view value) {
  writer.open(name).attribute("currencyID", "SEK").text(value).close();
}

void line(Writer& writer, int number) {
  writer.open("cac:InvoiceLine").leaf("cbc:ID", std::to_string(number));
  writer.leaf("cbc:Note", "Levererad enligt följesedel & signerad");
  writer.open("cbc:InvoicedQuantity").attribute("unitCode", "EA").text("10").close();
  amount(writer, "cbc:LineExtensionAmount", "1250.00");
  writer.open("cac:OrderLineReference").leaf("cbc:LineID", std::to_string(number)).close();
  writer.open("cac:Item")
      .leaf("cbc:Description", "Förzinkad skruv med sexkantskalle")
      .leaf("cbc:Name", "Skruv M8");
  writer.open("cac:SellersItemIdentification").leaf("cbc:ID", "M8-45").close();
  writer.open("cac:ClassifiedTaxCategory").leaf("cbc:ID", "S").leaf("cbc:Percent", "25");
  writer.open("cac:TaxScheme").leaf("cbc:ID", "VAT").close().close().close();
  writer.open("cac:Price");
  amount(writer, "cbc:PriceAmount", "125.00");
  writer.close().close();
}

std::string invoice() {
  if (const char* path = std::getenv("POSTGANG_BENCH_XML")) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  Writer writer({.indent = 4});
  writer.open("Invoice").declare("", "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2");
  writer.declare("cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2");
  writer.declare("cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2");
  writer.leaf("cbc:ID", "F-1001").leaf("cbc:IssueDate", "2026-11-23").leaf("cbc:DocumentCurrencyCode", "SEK");
  party(writer, "cac:AccountingSupplierParty", "Nordhamn AB");
  party(writer, "cac:AccountingCustomerParty", "Kajplatsen Handel AB");
  for (int number = 1; number <= 22; ++number) line(writer, number);
  return *writer.finish();
}

void report(benchmark::State& state, std::size_t bytes) {
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.counters["file"] = static_cast<double>(bytes);
}

void parseToTree(benchmark::State& state) {
  const std::string file = invoice();
  for (auto _ : state) benchmark::DoNotOptimize(parse(file));
  report(state, file.size());
}
BENCHMARK(parseToTree);

#if __has_include(<expat.h>)
void expatEvents(benchmark::State& state) {
  const std::string file = invoice();
  for (auto _ : state) {
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
        XML_ParserCreateNS(nullptr, '|'), XML_ParserFree);
    std::size_t seen = 0;
    XML_SetUserData(parser.get(), &seen);
    XML_SetElementHandler(
        parser.get(), [](void* user, const char*, const char**) { ++*static_cast<std::size_t*>(user); },
        [](void*, const char*) {});
    XML_SetCharacterDataHandler(parser.get(), [](void* user, const char*, int length) {
      *static_cast<std::size_t*>(user) += static_cast<std::size_t>(length);
    });
    XML_Parse(parser.get(), file.data(), static_cast<int>(file.size()), XML_TRUE);
    benchmark::DoNotOptimize(seen);
  }
  report(state, file.size());
}
BENCHMARK(expatEvents);
#endif

#if __has_include(<pugixml.hpp>)
void pugixmlTree(benchmark::State& state) {
  const std::string file = invoice();
  for (auto _ : state) {
    pugi::xml_document document;
    benchmark::DoNotOptimize(
        document.load_buffer(file.data(), file.size(), pugi::parse_default | pugi::parse_ws_pcdata));
  }
  report(state, file.size());
}
BENCHMARK(pugixmlTree);
#endif

void lookUps(benchmark::State& state) {
  const std::string file = invoice();
  const auto tree = parse(file);
  for (auto _ : state) {
    std::size_t seen = 0;
    for (const Element line : tree->root().children("InvoiceLine"))
      seen += line.child("ID").text().size() + line.child("Price").child("PriceAmount").text().size() +
              line.child("Item").child("Name").text().size();
    benchmark::DoNotOptimize(seen);
  }
}
BENCHMARK(lookUps);

void writeTree(benchmark::State& state) {
  const std::string file = invoice();
  const auto tree = parse(file);
  for (auto _ : state) benchmark::DoNotOptimize(write(*tree));
  report(state, file.size());
}
BENCHMARK(writeTree);

}  // namespace
}  // namespace postgang::xml

BENCHMARK_MAIN();
