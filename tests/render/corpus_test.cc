// Every UBL invoice and credit note of the corpus as a copy for every channel.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <thread>

#include "formats/format.h"
#include "render/layout.h"
#include "render/pdf.h"
#include "render/render.h"
#include "tests/render/samples.h"

namespace postgang::render {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> corpusFiles() {
  std::vector<fs::path> files;
  const fs::path folder = fs::path(POSTGANG_SOURCE_DIR) / "../shared/corpus/invoices/ubl";
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string contentOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t lineTexts(const Layout& layout, std::string_view start) {
  std::size_t found = 0;
  for (const Page& page : layout.pages)
    for (const Item& item : page.items)
      if (const auto* run = std::get_if<TextRun>(&item)) found += run->text.starts_with(start);
  return found;
}

// All channels are laid out; each file is drawn as PDF and as HTML for one of them in turn, so that together
// every channel is drawn some hundreds of times in each form.
std::string faultOf(const fs::path& path, std::size_t index) {
  const auto reading = formats::readDocument(contentOf(path));
  if (!reading) return "";  // what the reader refuses has no copy
  const Design design = index % 2 == 0 ? Design{} : samples::design();
  constexpr Channel channels[] = {Channel::email, Channel::print, Channel::bank, Channel::readable};
  for (const Channel channel : channels) {
    const Layout layout = layOut(copyOf(reading->document, design, channel, Language::swedish), design);
    if (layout.pages.empty()) return "no pages";
    if (lineTexts(layout, "Sida ") != layout.pages.size()) return "a page without its number";
  }
  const Channel channel = channels[index % 4];
  const auto pdf = renderPdf(reading->document, design, channel, languageFor(reading->document, design));
  if (!pdf) return pdf.error().detail;
  if (!pdf->starts_with("%PDF-1.7") || !pdf->ends_with("%%EOF\n")) return "not a whole PDF";
  const auto html = renderHtml(reading->document, design, channel, Language::english);
  if (!html) return html.error().detail;
  if (!html->ends_with("</html>\n")) return "not a whole page";
  return "";
}

TEST(RenderCorpus, EveryInvoiceHasACopyForEveryChannel) {
  const auto files = corpusFiles();
  if (files.empty()) GTEST_SKIP() << "the corpus is not here";
  std::mutex mutex;
  std::size_t next = 0, drawn = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([&] {
      for (;;) {
        std::size_t index;
        {
          const std::scoped_lock lock(mutex);
          if (next == files.size()) return;
          index = next++;
        }
        const std::string fault = faultOf(files[index], index);
        const std::scoped_lock lock(mutex);
        ++drawn;
        EXPECT_EQ(fault, "") << files[index].filename();
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(drawn, files.size());
}

// SFTI's series of test files for printing: what each must say.
struct Expected {
  const char* file;
  const char* title;
  std::vector<const char*> words;
};

TEST(RenderCorpus, ThePrintSeriesSaysWhatItShould) {
  const fs::path folder = fs::path(POSTGANG_SOURCE_DIR) / "../shared/corpus/invoices/ubl";
  if (!fs::exists(folder)) GTEST_SKIP() << "the corpus is not here";
  const Expected series[] = {
      {"Testbolagets_Faktura_101000330.xml",
       "Faktura",
       {"24\u00A0375,00\u00A0kr", "567-8901", "Avtal-dnr 321/123"}},
      {"Testbolagets_Faktura_101004040.xml",
       "Faktura",
       {"687,00\u00A0kr", "1,00001", "10,000001", "Quantity rebate \u221210,00"}},
      {"Testbolagets_Kreditnota_102003033.xml",
       "Credit note",
       {"Do not pay this invoice", "Credits invoice", "Intra EU supply"}},
      {"Testbolagets_Paminnelsefaktura_301000110.xml",
       "Påminnelse",
       {"Vi har inte fått er betalning", "3010 0011 09"}},
      {"Testbolagets_Rantefaktura_201000310.xml",
       "Räntefaktura",
       {"1\u00A0859,59\u00A0kr", "ej moms", "7.5% på 50.000 kr"}},
      {"Testbolagets_Rantefaktura_202000120.xml", "Interest invoice", {"VAT not applicable"}},
  };
  for (const Expected& expected : series) {
    const auto reading = formats::readDocument(contentOf(folder / expected.file));
    ASSERT_TRUE(reading) << expected.file;
    const Layout layout =
        layOut(copyOf(reading->document, Design{}, Channel::print, languageFor(reading->document, Design{})),
               Design{});
    EXPECT_GE(lineTexts(layout, expected.title), 1u) << expected.file;
    for (const char* words : expected.words)
      EXPECT_GE(lineTexts(layout, words), 1u) << expected.file << ": " << words;
    EXPECT_EQ(lineTexts(layout, "AQY"), 0u) << expected.file;
  }
}

}  // namespace
}  // namespace postgang::render
