#include "render/letter.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/bytes.h"
#include "base/time.h"
#include "formats/format.h"
#include "render/picture_page.h"
#include "render/render.h"
#include "tests/render/samples.h"

namespace postgang::render {
namespace {

namespace fs = std::filesystem;

cairo_status_t append(void* into, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(into)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

// A PDF with words on each page; A4 unless it is said.
std::string pdfOf(int pages, const char* words = "Bilaga", double width = 595.276, double height = 841.89) {
  std::string bytes;
  auto* surface = cairo_pdf_surface_create_for_stream(append, &bytes, width, height);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2026-11-24T08:00:00Z");
  auto* context = cairo_create(surface);
  for (int page = 0; page < pages; ++page) {
    cairo_move_to(context, 72, 72);
    cairo_set_font_size(context, 24);
    cairo_show_text(context, words);
    cairo_show_page(context);
  }
  cairo_destroy(context);
  cairo_surface_destroy(surface);
  return bytes;
}

std::string pngOf(int width, int height) {
  std::string bytes;
  auto* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
  auto* context = cairo_create(surface);
  cairo_set_source_rgba(context, 0.1, 0.4, 0.3, 1);
  cairo_rectangle(context, 0, 0, width / 2.0, height);
  cairo_fill(context);
  cairo_destroy(context);
  cairo_surface_write_to_png_stream(surface, append, &bytes);
  cairo_surface_destroy(surface);
  return bytes;
}

std::string copyPdf() {
  return renderPdf(samples::invoice({.lines = 3}), samples::design(), Channel::print, Language::swedish)
      .value();
}

class OnDisk {
 public:
  explicit OnDisk(const std::string& bytes)
      : path_(fs::temp_directory_path() / ("postgang-letter-" + std::to_string(getpid()) + ".pdf")) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~OnDisk() { fs::remove(path_); }
  std::string told(const std::string& before, const std::string& after = "") const {
    FILE* pipe = popen((before + " " + path_.string() + " " + after + " 2>&1").c_str(), "r");
    std::string out;
    char part[4096];
    while (const std::size_t read = fread(part, 1, sizeof part, pipe)) out.append(part, read);
    return WEXITSTATUS(pclose(pipe)) == 127 ? "" : out;
  }
  std::string bytes() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  fs::path path() const { return path_; }

 private:
  fs::path path_;
};

Problem problemOf(const Result<Letter>& letter) {
  return letter ? Problem{} : letter.error();
}

TEST(Letter, WithoutAttachmentsIsTheCopyItself) {
  const auto copy = copyPdf();
  const auto letter = makeLetter(copy, {});
  ASSERT_TRUE(letter) << letter.error().detail;
  EXPECT_EQ(letter->pdf, copy);
  EXPECT_EQ(letter->pages, 1);
  EXPECT_EQ(letter->sheets, 1);
}

TEST(Letter, EveryPartBeginsOnAFrontSide) {
  const std::vector<LetterPart> parts = {{"avtal.pdf", pdfOf(3)}, {"karta.png", pngOf(400, 300)}};
  const auto letter = makeLetter(copyPdf(), parts);
  ASSERT_TRUE(letter) << letter.error().detail;
  EXPECT_EQ(letter->printedPages, 1 + 3 + 1);
  EXPECT_EQ(letter->pages, 2 + 4 + 1) << "blank backs after the copy and the agreement";
  EXPECT_EQ(letter->sheets, 1 + 2 + 1);
  EXPECT_EQ(letter->enclosures, (std::vector<std::string>{"avtal.pdf", "karta.png"}));
  EXPECT_EQ(pagesOf(letter->pdf).value(), 7);

  const auto oneSided = makeLetter(copyPdf(), parts, {.duplex = false});
  ASSERT_TRUE(oneSided);
  EXPECT_EQ(oneSided->pages, 5);
  EXPECT_EQ(oneSided->sheets, 5);
}

TEST(Letter, IsAWellFormedPdfThatSaysAllOfIt) {
  const auto letter = makeLetter(copyPdf(), {{"avtal.pdf", pdfOf(1, "Leveransavtal")}});
  ASSERT_TRUE(letter);
  const OnDisk file(letter->pdf);
  const auto checked = file.told("qpdf --check");
  if (checked.empty()) GTEST_SKIP() << "qpdf is not installed";
  EXPECT_NE(checked.find("No syntax or stream encoding errors"), std::string::npos) << checked;
  const auto text = file.told("pdftotext", "-");
  EXPECT_NE(text.find("Leveransavtal"), std::string::npos);
  EXPECT_NE(text.find("Faktura"), std::string::npos);
}

TEST(Letter, TheSamePartsGiveTheSameBytes) {
  const std::vector<LetterPart> parts = {{"avtal.pdf", pdfOf(3)}, {"karta.png", pngOf(40, 30)}};
  EXPECT_EQ(makeLetter(copyPdf(), parts)->pdf, makeLetter(copyPdf(), parts)->pdf);
}

TEST(Letter, WhatCannotBePrintedIsNamed) {
  const auto letter =
      makeLetter(copyPdf(), {{"timmar.xlsx", "PK\x03\x04 …"}, {"tom.pdf", ""}, {"avtal.pdf", pdfOf(1)}});
  ASSERT_TRUE(letter);
  EXPECT_EQ(letter->enclosures, std::vector<std::string>{"avtal.pdf"});
  ASSERT_EQ(letter->notPrinted.size(), 2U);
  EXPECT_EQ(letter->notPrinted[0].name, "timmar.xlsx");
  EXPECT_EQ(letter->notPrinted[0].reason, "not-printable");
  EXPECT_EQ(letter->notPrinted[1].reason, "empty");
}

TEST(Letter, ALargerPageIsMadeToFit) {
  const auto letter =
      makeLetter(copyPdf(), {{"ritning.pdf", pdfOf(1, "A2", 1190.55, 1683.78)}}, {.duplex = false});
  ASSERT_TRUE(letter) << letter.error().detail;
  const auto sizes = OnDisk(letter->pdf).told("pdfinfo -f 1 -l 2");
  if (sizes.empty()) GTEST_SKIP() << "pdfinfo is not installed";
  const auto second = sizes.substr(sizes.find("Page    2 size"));
  EXPECT_NE(second.find("595.276 x 841.89 pts (A4)"), std::string::npos) << sizes;
  EXPECT_NE(OnDisk(letter->pdf).told("pdftotext -f 2", "-").find("A2"), std::string::npos);
}

TEST(Letter, ADamagedAttachmentIsNamed) {
  const auto whole = pdfOf(4);
  for (const auto& bytes : {whole.substr(0, whole.size() / 2), std::string("%PDF-1.7 and nothing more"),
                            std::string("\xFF\xD8\xFF\xE0"), pngOf(40, 40).substr(0, 60)}) {
    const auto problem = problemOf(makeLetter(copyPdf(), {{"hel.pdf", whole}, {"trasig", bytes}}));
    EXPECT_EQ(problem.code, "letter-attachment-damaged");
    EXPECT_EQ(problem.parameters.count("name") ? problem.parameters.at("name") : "", "trasig");
  }
}

TEST(Letter, ALockedAttachmentIsNamedAndOneOnlyProtectedIsPrinted) {
  const OnDisk file(pdfOf(1));
  const auto out = file.path().string() + ".locked";
  for (const char* password : {"hemligt", "''"}) {
    const auto said = file.told(
        "qpdf --allow-weak-crypto --encrypt " + std::string(password) + " owner 256 --modify=none --",
        out + " && echo done");
    if (said.find("done") == std::string::npos) GTEST_SKIP() << "qpdf is not installed";
    std::ifstream read(out, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(read), {}};
    const auto letter = makeLetter(copyPdf(), {{"bilaga.pdf", bytes}});
    if (std::string_view(password) == "''")
      EXPECT_TRUE(letter) << letter.error().detail;
    else
      EXPECT_EQ(problemOf(letter).code, "letter-attachment-encrypted");
  }
  fs::remove(out);
}

TEST(Letter, TooManyPagesAreRefused) {
  EXPECT_EQ(problemOf(makeLetter(copyPdf(), {{"bok.pdf", pdfOf(200)}})).code, "letter-too-long");
  EXPECT_EQ(
      problemOf(makeLetter(copyPdf(), {{"stor.pdf", "%PDF-" + std::string(100, ' ')}}, {.partBytesMax = 100}))
          .code,
      "letter-attachment-too-large");
}

// A PDF whose object stream unpacks to 800 MB: deflated twice, so that the file is small.
std::string bomb() {
  const auto deflated = [](const std::string& bytes) {
    uLongf size = compressBound(bytes.size());
    std::string out(size, '\0');
    compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
              bytes.size(), 9);
    out.resize(size);
    return out;
  };
  std::string packed;
  {
    z_stream stream{};
    deflateInit(&stream, 1);
    const std::string blanks(1'000'000, ' ');
    std::string out(2'000'000, '\0');
    for (int i = 0; i < 800; ++i) {
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(blanks.data()));
      stream.avail_in = static_cast<uInt>(blanks.size());
      stream.next_out = reinterpret_cast<Bytef*>(out.data());
      stream.avail_out = static_cast<uInt>(out.size());
      deflate(&stream, i == 799 ? Z_FINISH : Z_NO_FLUSH);
      packed.append(out, 0, out.size() - stream.avail_out);
    }
    deflateEnd(&stream);
  }
  packed = deflated(packed);
  std::string pdf = "%PDF-1.7\n";
  const auto objects = pdf.size();
  pdf += "1 0 obj\n<< /Type /ObjStm /N 2 /First 10 /Filter [/FlateDecode /FlateDecode] /Length " +
         std::to_string(packed.size()) + " >>\nstream\n" + packed + "\nendstream\nendobj\n";
  const auto table = pdf.size();
  const auto entry = [](int type, std::size_t a, std::size_t b) {
    std::string bytes(1, static_cast<char>(type));
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(a >> shift & 0xFF);
    return bytes + static_cast<char>(b);
  };
  const auto rows =
      entry(0, 0, 255) + entry(1, objects, 0) + entry(2, 1, 0) + entry(2, 1, 1) + entry(1, table, 0);
  pdf += "4 0 obj\n<< /Type /XRef /Size 5 /W [1 4 1] /Root 2 0 R /Length " + std::to_string(rows.size()) +
         " >>\nstream\n" + rows + "\nendstream\nendobj\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
  return pdf;
}

TEST(Letter, ABombTakesNeitherMemoryNorTime) {
  const auto bytes = bomb();
  ASSERT_LT(bytes.size(), 100'000U);
  LetterOptions options;
  options.bounds.memory = 100'000'000;
  const auto started = monotonicMicroseconds();
  const auto problem = problemOf(makeLetter(copyPdf(), {{"bomb.pdf", bytes}}, options));
  EXPECT_EQ(problem.code, "letter-attachment-too-large");
  EXPECT_LT(monotonicMicroseconds() - started, 10'000'000);
}

TEST(Contained, SaysHowTheWorkEnded) {
  EXPECT_EQ(contained([] { return std::string(3'000'000, 'x'); }).answer.size(), 3'000'000U);
  EXPECT_EQ(contained([]() -> std::string { throw std::runtime_error("x"); }).ending, Ending::died);
  EXPECT_EQ(contained([]() -> std::string { std::_Exit(3); }).ending, Ending::died);
  const auto endless = [] {
    while (monotonicMicroseconds() > 0) continue;
    return std::string();
  };
  EXPECT_EQ(contained(endless, {.time = std::chrono::milliseconds(100)}).ending, Ending::over_time);
  EXPECT_EQ(contained([] { return std::string(2'000, 'x'); }, {.answer = 1'000}).ending, Ending::died);
}

TEST(PicturePage, ACameraPictureIsTurned) {
  // A JPEG's head is enough: it is taken over as it is.
  const std::string start("\xFF\xD8", 2);
  const std::string exif(
      "\xFF\xE1\x00\x22"
      "Exif\0\0"
      "MM\0*\0\0\0\x08"
      "\0\x01"
      "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"
      "\0\0\0\0",
      36);
  const std::string frame("\xFF\xC0\x00\x11\x08\x01\x2C\x01\x90\x03\x01\x11\x00\x02\x11\x01\x03\x11\x01", 19);
  const auto lying = picturePage(start + frame), turned = picturePage(start + exif + frame);
  EXPECT_NE(lying.find("/Width 400 /Height 300"), std::string::npos);
  EXPECT_NE(lying.find("/MediaBox [0 0 841.89 595.276 ]"), std::string::npos) << lying;
  EXPECT_NE(turned.find("/MediaBox [0 0 595.276 841.89 ]"), std::string::npos) << turned;
}

TEST(PicturePage, APictureThatClaimsToBeHugeIsRefused) {
  auto png = pngOf(10, 10);
  png[16] = 0x7F;  // the width's first byte
  EXPECT_EQ(picturePage(png), "");
}

// Every invoice of the corpus that carries a PDF or a picture becomes a letter with it.
TEST(LetterCorpus, EmbeddedAttachmentsArePrinted) {
  const fs::path folder = fs::path(POSTGANG_SOURCE_DIR) / "../shared/corpus/invoices/ubl";
  if (!fs::exists(folder)) GTEST_SKIP() << "the corpus is not here";
  int withEnclosures = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.find("EmbeddedDocumentBinaryObject") == std::string::npos) continue;
    const auto reading = formats::readDocument(bytes);
    if (!reading) continue;
    const auto found = attachmentsOf(reading->document);
    const auto copy = renderPdf(reading->document, Design{}, Channel::print, Language::swedish);
    ASSERT_TRUE(copy);
    auto letter = makeLetter(*copy, found.parts);
    if (!letter) {
      EXPECT_NE(letter.error().parameters["name"], "") << entry.path().filename();
      continue;
    }
    EXPECT_EQ(letter->enclosures.size() + letter->notPrinted.size(), found.parts.size());
    if (letter->enclosures.empty()) continue;
    ++withEnclosures;
    if (const char* keep = std::getenv("POSTGANG_KEEP_LETTERS"))
      std::ofstream(fs::path(keep) / entry.path().filename().replace_extension("pdf"), std::ios::binary)
          << letter->pdf;
    EXPECT_EQ(pagesOf(letter->pdf).value(), letter->pages) << entry.path().filename();
  }
  EXPECT_GE(withEnclosures, 3);
}

}  // namespace
}  // namespace postgang::render
