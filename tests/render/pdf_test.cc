#include "render/pdf.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/bytes.h"
#include "render/render.h"
#include "tests/render/samples.h"

namespace postgang::render {
namespace {

// A file of this test's own, gone with it.
class PdfOnDisk {
 public:
  explicit PdfOnDisk(const std::string& bytes)
      : path_(std::filesystem::temp_directory_path() /
              ("postgang-copy-" + std::to_string(getpid()) + ".pdf")) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~PdfOnDisk() { std::filesystem::remove(path_); }
  // What a tool of the machine says of it; nullopt where the tool is missing.
  std::optional<std::string> told(const std::string& before, const std::string& after) const {
    FILE* pipe = popen((before + " " + path_.string() + " " + after + " 2>&1").c_str(), "r");
    if (!pipe) return std::nullopt;
    std::string out;
    char part[4096];
    while (const std::size_t read = fread(part, 1, sizeof part, pipe)) out.append(part, read);
    return WEXITSTATUS(pclose(pipe)) == 127 ? std::nullopt : std::optional(out);
  }

 private:
  std::filesystem::path path_;
};

std::string pdfOf(const samples::InvoiceSketch& sketch, const Design& design = samples::design()) {
  auto pdf = renderPdf(samples::invoice(sketch), design, Channel::print, Language::swedish);
  EXPECT_TRUE(pdf);
  return pdf.value_or("");
}

TEST(Pdf, IsWellFormed) {
  const PdfOnDisk pdf(pdfOf({.lines = 60}));
  const auto told = pdf.told("qpdf --check", "");
  if (!told) GTEST_SKIP() << "qpdf is not installed";
  EXPECT_NE(told->find("No syntax or stream encoding errors"), std::string::npos) << *told;
}

TEST(Pdf, ItsTextCanBeReadAndCopied) {
  const PdfOnDisk pdf(pdfOf({.lines = 40}));
  const auto text = pdf.told("pdftotext -layout", "-");
  if (!text) GTEST_SKIP() << "pdftotext is not installed";
  for (const char* words :
       {"Faktura", "Fjällviks Fastigheter AB", "5050-1055", "7004 518", "Transport till sida 2",
        "Transport från sida 1", "Godkänd för F-skatt", "Sida 2 (2)", "Storstädning av entré"})
    EXPECT_NE(text->find(words), std::string::npos) << words;
  // A copied amount has plain spaces, and a real minus where it has one.
  EXPECT_EQ(text->find("\u00A0"), std::string::npos);
}

TEST(Pdf, HasTitleLanguageAndEmbeddedFonts) {
  const std::string bytes = pdfOf({});
  EXPECT_NE(bytes.find("/Lang (sv)"), std::string::npos);
  EXPECT_NE(bytes.find("/DisplayDocTitle true"), std::string::npos);
  EXPECT_NE(bytes.find("Faktura 700451 från Nordhamn Service AB</rdf:li>"), std::string::npos);
  EXPECT_NE(bytes.find("(D:20261031000000Z)"), std::string::npos);
  const PdfOnDisk pdf(bytes);
  const auto fonts = pdf.told("pdffonts", "");
  if (!fonts) GTEST_SKIP() << "pdffonts is not installed";
  EXPECT_NE(fonts->find("+Inter-Bold"), std::string::npos) << *fonts;
  EXPECT_EQ(fonts->find(" no "), std::string::npos) << "embedded, subset, with its letters' meaning:\n"
                                                    << *fonts;
}

TEST(Pdf, TheSameDocumentGivesTheSameBytesInEveryThread) {
  const std::string first = pdfOf({.buyerName = "Łódź 日本 שלום AB", .lines = 30});
  std::vector<std::string> others(8);
  std::vector<std::thread> threads;
  for (std::string& other : others)
    threads.emplace_back([&other] {
      for (int i = 0; i < 5; ++i) pdfOf({.number = std::to_string(i)});  // other words in the thread's memory
      other = pdfOf({.buyerName = "Łódź 日本 שלום AB", .lines = 30});
    });
  for (auto& thread : threads) thread.join();
  for (const std::string& other : others) EXPECT_EQ(sha256(other), sha256(first));
}

TEST(Pdf, ALogoIsPartOfTheFile) {
  Design design;
  design.logo =
      checkedLogo(
          R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path fill="#1d5c42" d="M0 0h40v10H0z"/></svg>)")
          .value();
  const std::string bytes = pdfOf({.lines = 60}, design);
  EXPECT_NE(bytes.find("/XObject << /Logo"), std::string::npos);
  EXPECT_NE(bytes.find("/Subtype /Form"), std::string::npos);  // still vectors
  const PdfOnDisk pdf(bytes);
  if (const auto told = pdf.told("qpdf --check", "")) {
    EXPECT_NE(told->find("No syntax or stream encoding errors"), std::string::npos) << *told;
  }
}

}  // namespace
}  // namespace postgang::render
