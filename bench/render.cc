// Pages a second and core: one full page of lines to PDF and to HTML, and where the time goes.
//
//   ninja bench_render && ./bench_render --benchmark_counters_tabular=true
#include <benchmark/benchmark.h>

#include "render/html.h"
#include "render/layout.h"
#include "render/pdf.h"
#include "render/render.h"
#include "tests/render/samples.h"

namespace postgang::render {
namespace {

// Numbers, dates and texts differ from document to document, as in traffic.
std::vector<document::BusinessDocument> traffic(std::size_t lines) {
  std::vector<document::BusinessDocument> documents;
  for (int i = 0; i < 200; ++i) {
    samples::InvoiceSketch sketch;
    sketch.number = std::to_string(700'100 + i * 37);
    sketch.lines = lines;
    sketch.seed = i;
    documents.push_back(samples::invoice(sketch));
  }
  return documents;
}

void pdf(benchmark::State& state) {
  const auto documents = traffic(static_cast<std::size_t>(state.range(0)));
  const Design design = samples::design();
  std::size_t next = 0, pages = 0, bytes = 0;
  for (auto _ : state) {
    const auto& document = documents[next++ % documents.size()];
    const Layout layout = layOut(copyOf(document, design, Channel::email, Language::swedish), design);
    auto drawn = drawPdf(layout);
    if (!drawn) return state.SkipWithError(drawn.error().detail.c_str());
    pages += layout.pages.size();
    bytes += drawn->size();
    benchmark::DoNotOptimize(drawn);
  }
  state.counters["pages/s"] = benchmark::Counter(static_cast<double>(pages), benchmark::Counter::kIsRate);
  state.counters["bytes"] = static_cast<double>(bytes) / static_cast<double>(next);
}
BENCHMARK(pdf)->Arg(15)->Arg(40)->Arg(400)->Unit(benchmark::kMillisecond);

// One-page invoices with a drawn logo, as most of the traffic is.
void pdfWithLogo(benchmark::State& state) {
  const auto documents = traffic(6);
  Design design = samples::design();
  design.logo = checkedLogo(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60">
      <circle cx="30" cy="30" r="28" fill="#1b4a8a"/><path d="M10 30q10-15 20 0t20 0" stroke="#fff" fill="none"/></svg>)")
                    .value();
  std::size_t next = 0, pages = 0;
  for (auto _ : state) {
    const Layout layout = layOut(
        copyOf(documents[next++ % documents.size()], design, Channel::print, Language::swedish), design);
    benchmark::DoNotOptimize(drawPdf(layout));
    pages += layout.pages.size();
  }
  state.counters["pages/s"] = benchmark::Counter(static_cast<double>(pages), benchmark::Counter::kIsRate);
}
BENCHMARK(pdfWithLogo)->Unit(benchmark::kMillisecond);

void html(benchmark::State& state) {
  const auto documents = traffic(15);
  const Design design = samples::design();
  std::size_t next = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(renderHtml(documents[next++ % documents.size()], design,
                                        state.range(0) == 0 ? Channel::email : Channel::readable,
                                        Language::swedish));
}
BENCHMARK(html)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void copy(benchmark::State& state) {
  const auto documents = traffic(15);
  const Design design = samples::design();
  std::size_t next = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        copyOf(documents[next++ % documents.size()], design, Channel::email, Language::swedish));
}
BENCHMARK(copy)->Unit(benchmark::kMillisecond);

void layout(benchmark::State& state) {
  const auto documents = traffic(15);
  const Design design = samples::design();
  std::size_t next = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(layOut(
        copyOf(documents[next++ % documents.size()], design, Channel::email, Language::swedish), design));
}
BENCHMARK(layout)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace postgang::render

BENCHMARK_MAIN();
