// The tables and the zips of export_writer.h.
#include <algorithm>
#include <fstream>

#include "base/bytes.h"
#include "flow/aside.h"
#include "flow/copy_design.h"
#include "flow/export_columns.h"
#include "flow/export_sink.h"
#include "flow/words.h"
#include "formats/spreadsheet.h"
#include "formats/zip_file.h"
#include "formats/zip_stream.h"
#include "render/render.h"
#include "store/blobs.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr int table_page = 200, zip_page = 20;

tl::unexpected<Problem> notWritten() {
  return fail(ProblemKind::unavailable, "zip-not-written", "The file cannot be written.", {},
              "Make room on the disk, and try again.");
}

std::string csvLine(const std::vector<std::string>& cells) {
  std::string line;
  formats::addCsvLine(line, cells);
  return line;
}

// One row of the list, with its document as the entry's company sees it.
Result<store::DocumentRow> documentOf(store::Reader& reader, const store::Viewer& viewer,
                                      const store::Entry& entry) {
  return store::findDocument(reader, viewer, entry.document, entry.company);
}

class Csv : public ExportSink {
 public:
  Csv(const std::string& file, Language language)
      : columns_(language), out_(file, std::ios::binary | std::ios::trunc) {
    out_ << formats::csv_byte_order_mark << csvLine(columns_.heading());
  }
  int pageSize() const override { return table_page; }
  Outcome take(store::Reader& reader, const store::Viewer& viewer, const store::Entry& entry) override {
    TRY(const auto row, documentOf(reader, viewer, entry));
    TRY(const auto cells, columns_.cells(reader, entry, row));
    out_ << csvLine(columns_.texts(cells));
    return {};
  }
  Outcome finish() override {
    out_.flush();
    return out_ ? Outcome() : Outcome(notWritten());
  }

 private:
  ExportColumns columns_;
  std::ofstream out_;
};

class Workbook : public ExportSink {
 public:
  Workbook(const std::string& file, Language language, Instant now)
      : columns_(language), book_(Texts::of(language).word("export.sheet"), now, file) {
    book_.add(columns_.heading());
  }
  int pageSize() const override { return table_page; }
  Outcome take(store::Reader& reader, const store::Viewer& viewer, const store::Entry& entry) override {
    TRY(const auto row, documentOf(reader, viewer, entry));
    TRY(const auto cells, columns_.cells(reader, entry, row));
    book_.addCells(cells);
    return {};
  }
  Outcome finish() override { return std::move(book_).finishFile(); }

 private:
  ExportColumns columns_;
  formats::WorkbookWriter book_;
};

// Files, the table that names them, and their sums.
class Zip : public ExportSink {
 public:
  Zip(const ExportOrder& order, formats::ZipStream zip)
      : columns_(languageFromTag(order.made.language)),
        bytesMost_(order.limits.bytes),
        zip_(std::move(zip)),
        list_(order.file + ".documents"),
        sums_(order.file + ".sums") {
    const auto& texts = Texts::of(languageFromTag(order.made.language));
    auto heading = columns_.heading();
    for (const auto* name : {"file", "sha256"})
      heading.emplace_back(texts.word(std::string("export.column.") + name));
    list_.add(std::string(formats::csv_byte_order_mark) + csvLine(heading));
  }
  int pageSize() const override { return zip_page; }
  Outcome finish() override {
    TRY(const auto list, list_.finished());
    sums_.add(sumOfFile(list) + "  documents.csv\n");
    CHECK_OK(zip_.addFile("documents.csv", list));
    TRY(const auto sums, sums_.finished());
    CHECK_OK(zip_.addFile("SHA256SUMS", sums));
    return zip_.finish();
  }

 protected:
  // `bytes` empty: there is nothing to be had of it but its row.
  Outcome add(const ExportCells& cells, const std::string& path, std::string_view bytes) {
    auto row = columns_.texts(cells);
    std::string sum;
    if (!bytes.empty()) {
      bytes_ += static_cast<std::int64_t>(bytes.size());
      if (bytes_ > bytesMost_)
        return fail(problem(ProblemKind::too_large, "export-too-heavy",
                            {{"most", std::to_string(bytesMost_ / bytes_per_megabyte)}}));
      sum = hex(view(sha256(bytes)));
      sums_.add(sum + "  " + path + "\n");
      CHECK_OK(zip_.add(path, bytes));
    }
    row.push_back(bytes.empty() ? std::string() : path);
    row.push_back(sum);
    list_.add(csvLine(row));
    return {};
  }
  // "sent/4711-0199…": by direction, since a document within a company is there twice.
  static std::string nameOf(const store::Entry& entry) {
    return std::string(store::name(entry.direction)) + "/" +
           formats::plainFileName(entry.number, "document") + "-" + entry.document.text();
  }
  ExportColumns columns_;

 private:
  static constexpr std::int64_t bytes_per_megabyte = 1'000'000;
  static std::string sumOfFile(const std::string& file) {
    constexpr std::size_t piece_bytes = 256 * 1024;
    std::ifstream in(file, std::ios::binary);
    std::string piece(piece_bytes, '\0');
    const auto digest = sha256OfPieces([&] {
      in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
      return std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount()));
    });
    return hex(view(digest));
  }

  const std::int64_t bytesMost_;
  std::int64_t bytes_ = 0;
  formats::ZipStream zip_;
  Aside list_, sums_;
};

class Originals : public Zip {
 public:
  using Zip::Zip;
  Outcome take(store::Reader& reader, const store::Viewer& viewer, const store::Entry& entry) override {
    TRY(const auto row, documentOf(reader, viewer, entry));
    TRY(const auto cells, columns_.cells(reader, entry, row));
    TRY(const auto bytes, store::blob(reader, row.digest));
    return add(cells, nameOf(entry) + "-" + formats::plainFileName(row.fileName, "document"), bytes);
  }
};

// Copies are drawn between the pages: that takes long, and a snapshot is not held for it.
class Copies : public Zip {
 public:
  using Zip::Zip;
  Outcome take(store::Reader& reader, const store::Viewer& viewer, const store::Entry& entry) override {
    TRY(const auto row, documentOf(reader, viewer, entry));
    Waiting copy;
    TRY(copy.cells, columns_.cells(reader, entry, row));
    copy.document = entry.document;
    copy.path = nameOf(entry) + ".pdf";
    TRY(auto parsed, store::parsed(reader, entry.document));
    copy.parsed = std::move(parsed).value_or("");
    TRY(copy.design, designTextOf(reader, row));
    waiting_.push_back(std::move(copy));
    return {};
  }
  Outcome endPage() override {
    for (const auto& copy : waiting_) {
      TRY(const auto pdf, drawn(copy));
      CHECK_OK(add(copy.cells, copy.path, pdf));
    }
    waiting_.clear();
    return {};
  }

 private:
  struct Waiting {
    ExportCells cells;
    DocumentId document;
    std::string path, parsed, design;
  };
  // As GET /documents/{id}/copies/email draws it.
  static Result<std::string> drawn(const Waiting& copy) {
    if (copy.parsed.empty()) return std::string();
    TRY(const auto document, document::BusinessDocument::restored(copy.parsed));
    const auto design = designFrom(copy.design, copy.document);
    return render::renderPdf(document, design, render::Channel::email, render::languageFor(document, design));
  }
  std::vector<Waiting> waiting_;
};

}  // namespace

Result<std::unique_ptr<ExportSink>> sinkFor(const ExportOrder& order, Instant now) {
  using Sink = std::unique_ptr<ExportSink>;
  const auto& form = order.made.form;
  const auto language = languageFromTag(order.made.language);
  if (form == "csv") return Sink(std::make_unique<Csv>(order.file, language));
  if (form == "xlsx") return Sink(std::make_unique<Workbook>(order.file, language, now));
  TRY(auto zip, formats::ZipStream::create(order.file, now));
  if (form == "pdfs") return Sink(std::make_unique<Copies>(order, std::move(zip)));
  return Sink(std::make_unique<Originals>(order, std::move(zip)));
}

}  // namespace postgang::flow
