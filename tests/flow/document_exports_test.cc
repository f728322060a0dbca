// Exports made by their thread: what is in them, who may have them, what becomes of them.
#include "flow/document_exports.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>

#include "base/bytes.h"
#include "flow/export_columns.h"
#include "formats/archive.h"
#include "formats/spreadsheet.h"
#include "store/blobs.h"
#include "store/grants.h"
#include "tests/flow/exporting.h"

namespace postgang::flow {
namespace {

using Table = std::vector<std::vector<std::string>>;

class DocumentExportsMade : public Exporting {
 protected:
  static Result<std::optional<store::EntryQuery>> whole(store::Reader&, const store::Viewer&,
                                                        const store::Export&) {
    return std::optional(store::EntryQuery());
  }
  std::unique_ptr<DocumentExports> exports(ExportLimits limits = {}, ReadExportFilter filter = whole) {
    return std::make_unique<DocumentExports>(*store_, clock_, ids_, folder(), std::move(filter), limits);
  }
  std::optional<store::Export> standing(const store::Export& made) {
    std::optional<store::Export> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::exportOf(reader, made.asker, made.company, made.id));
      return {};
    }));
    return found;
  }
  // As it stands when it is no longer under way.
  store::Export ended(const store::Export& made) {
    constexpr int milliseconds = 1'000, looks = 60;
    for (int look = 0; look < looks; ++look) {
      const auto seen = store_->commits();
      const auto found = standing(made);
      if (!found || (found->state != "waiting" && found->state != "making")) return found.value_or(made);
      store_->waitForCommit(seen, milliseconds);
    }
    ADD_FAILURE() << "it does not end";
    return made;
  }
  store::Export made(DocumentExports& exports, const std::string& form) {
    const auto started = exports.start(order(form));
    EXPECT_TRUE(started) << started.error().code;
    return started ? ended(*started) : store::Export();
  }
  static std::string bytesOf(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  std::string fileOf(DocumentExports& exports, const store::Export& made) {
    const auto file = exports.fileOf(made);
    EXPECT_TRUE(file) << file.error().code;
    return file ? bytesOf(*file) : std::string();
  }
  static Table tableOf(const std::string& bytes) {
    Table table;
    const auto sheet = formats::Spreadsheet::open(bytes);
    EXPECT_TRUE(sheet) << sheet.error().detail;
    if (!sheet) return table;
    EXPECT_TRUE(sheet->rows([&](const formats::SheetRow& row) {
      auto& cells = table.emplace_back();
      for (const auto& cell : row.cells) cells.push_back(cell.text);
      return true;
    }));
    return table;
  }
  std::vector<store::Entry> listed() {
    std::vector<store::Entry> all;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto page, store::listEntries(reader, store::Viewer::ofCompanies({energi_}, {}), {}));
      all = page.items;
      return {};
    }));
    return all;
  }
  // "number" stands in the second column, the amount in the twelfth, the id in the eighteenth.
  void expectRows(const Table& table) {
    const auto entries = listed();
    ASSERT_EQ(table.size(), entries.size() + 1);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto& row = table[i + 1];
      ASSERT_GE(row.size(), 18U);
      EXPECT_EQ(row[1], entries[i].number);
      EXPECT_EQ(row[5], entries[i].counterpartName);
      EXPECT_EQ(row[17], entries[i].document.text());
      auto amount = row[11];
      std::ranges::replace(amount, ',', '.');
      EXPECT_EQ(Decimal::parse(amount), entries[i].amount);
    }
  }
  void lay(const std::string& state, const std::string& asker, std::int64_t size = 1) {
    auto laid = order("csv");
    laid.id = ids_.next<store::ExportId>();
    laid.asker = asker;
    laid.state = state;
    laid.size = size;
    laid.askedAt = laid.movedAt = clock_.now();
    if (state == "done") laid.endedAt = clock_.now();
    write([&](store::Transaction& tx) { return store::createExport(tx, laid); });
  }
  DocumentId invoiceOf(const std::string& number) {
    Sample sample;
    sample.number = number;
    const auto id = send(sample);
    walk();
    return id;
  }
};

TEST_F(DocumentExportsMade, ATableHasTheListRowByRow) {
  for (const auto* number : {"F-1", "F-2", "=F-3"}) invoiceOf(number);
  auto all = exports();
  const auto csv = made(*all, "csv");
  EXPECT_EQ(csv.state, "done");
  EXPECT_EQ(csv.documents, 3);
  EXPECT_EQ(csv.total, 3);
  expectRows(tableOf(fileOf(*all, csv)));
  EXPECT_NE(fileOf(*all, csv).find("'=F-3"), std::string::npos) << "which a spreadsheet would have run";
  const auto book = made(*all, "xlsx");
  EXPECT_EQ(book.state, "done");
  EXPECT_GT(book.size, 0);
  expectRows(tableOf(fileOf(*all, book)));
}

TEST_F(DocumentExportsMade, AZipHasEachFileAsItCameAndItsSum) {
  invoiceOf("../../F-1");
  invoiceOf("F 2");
  auto all = exports();
  const auto done = made(*all, "originals");
  ASSERT_EQ(done.state, "done");
  const auto entries = formats::unpack(fileOf(*all, done), {});
  ASSERT_TRUE(entries) << entries.error().detail;
  std::map<std::string, std::string> files;
  for (const auto& entry : *entries) files[entry.name] = entry.bytes;
  ASSERT_EQ(files.size(), 4U) << "two originals, the table, the sums";
  const auto table = tableOf(files["documents.csv"]);
  ASSERT_EQ(table.size(), 3U);
  for (std::size_t i = 1; i < table.size(); ++i) {
    const auto& path = table[i][18];
    EXPECT_TRUE(path.starts_with("sent/"));
    EXPECT_EQ(path.find(".."), std::string::npos);
    const auto name = path.substr(path.find('/') + 1);
    ASSERT_TRUE(files.contains(name)) << name;
    EXPECT_EQ(table[i][19], hex(view(sha256(files[name]))));
    EXPECT_NE(files["SHA256SUMS"].find(table[i][19] + "  " + path + "\n"), std::string::npos);
    const auto id = DocumentId::parse(table[i][17]);
    ASSERT_TRUE(id);
    const auto row = find(*id, energi_);
    ASSERT_TRUE(row);
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto original, store::blob(reader, row->digest));
      EXPECT_EQ(files[name], original);
      return {};
    }));
  }
}

TEST_F(DocumentExportsMade, AZipOfCopiesHasAPdfOfWhatCanBeRead) {
  invoiceOf("F-1");
  send(upload("<nothing/>"));
  walk();
  auto all = exports();
  const auto done = made(*all, "pdfs");
  ASSERT_EQ(done.state, "done") << done.trouble;
  const auto entries = formats::unpack(fileOf(*all, done), {});
  ASSERT_TRUE(entries) << entries.error().detail;
  int pdfs = 0;
  for (const auto& entry : *entries)
    if (entry.name.ends_with(".pdf")) {
      ++pdfs;
      EXPECT_TRUE(entry.bytes.starts_with("%PDF"));
    }
  EXPECT_EQ(pdfs, 1);
  EXPECT_EQ(done.documents, static_cast<std::int64_t>(listed().size()));
}

TEST_F(DocumentExportsMade, WhatIsTooMuchIsRefusedBeforehandOrFails) {
  for (const auto* number : {"F-1", "F-2", "F-3"}) invoiceOf(number);
  auto few = exports({.rows = 2, .files = 2, .bytes = 1'000'000});
  const auto refused = few->start(order("csv"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "export-too-many");
  EXPECT_EQ(refused.error().parameters.at("most"), "2");
  few.reset();
  auto light = exports({.rows = 10, .files = 10, .bytes = 100});
  const auto failed = made(*light, "originals");
  EXPECT_EQ(failed.state, "failed");
  EXPECT_EQ(failed.trouble, "export-too-heavy");
  EXPECT_FALSE(std::filesystem::exists(folder() + "/" + failed.id.text() + ".zip"));
  EXPECT_FALSE(std::filesystem::exists(folder() + "/" + failed.id.text() + ".zip.part"));
}

TEST_F(DocumentExportsMade, WhoHasLostTheRoleGetsNothing) {
  invoiceOf("F-1");
  auto all = exports();
  const auto done = made(*all, "csv");
  ASSERT_EQ(done.state, "done");
  user_.memberships = {{granberga_, "clerk"}};
  write([&](store::Transaction& tx) { return store::updateUser(tx, user_); });
  EXPECT_EQ(all->fileOf(done).error().code, "export-not-allowed");
  EXPECT_EQ(all->start(order("csv")).error().code, "export-not-allowed");
}

TEST_F(DocumentExportsMade, WhatIsSeenAnewMakesAnOldFileUnfit) {
  invoiceOf("F-1");
  auto all = exports();
  const auto done = made(*all, "csv");
  EXPECT_TRUE(all->fileOf(done));
  company("Nordhamn Elnät AB", "0007:5599900031", energi_);
  EXPECT_EQ(all->fileOf(done).error().code, "export-sight-changed");
}

// Delad insyn: what another company of the group lets this one see is in it, until it no longer does.
TEST_F(DocumentExportsMade, HasWhatWhoAskedMayReadAndNotMore) {
  const auto parent = company("Nordhamn AB", "0007:5599900049");
  write([&](store::Transaction& tx) { return store::setParent(tx, energi_, parent); });
  write([&](store::Transaction& tx) { return store::setParent(tx, granberga_, parent); });
  invoiceOf("F-1");
  Sample theirs;
  theirs.number = "G-1";
  std::swap(theirs.sellerName, theirs.buyerName);
  std::swap(theirs.sellerNumber, theirs.buyerNumber);
  theirs.buyerName = "Okänd Fisk AB";
  theirs.buyerNumber = "5599900056";
  auto upload = this->upload(theirs);
  upload.sender = granberga_;
  send(upload);
  walk();
  const auto numbers = [&](DocumentExports& all) {
    std::vector<std::string> found;
    const auto done = made(all, "csv");
    const auto table = tableOf(fileOf(all, done));
    for (std::size_t i = 1; i < table.size(); ++i) found.push_back(table[i][1]);
    std::ranges::sort(found);
    return found;
  };
  auto all = exports();
  EXPECT_EQ(numbers(*all), (std::vector<std::string>{"F-1"}));
  store::Grant grant{granberga_, energi_, true, false, {}, false, clock_.now(), "Per"};
  write([&](store::Transaction& tx) { return store::putGrant(tx, grant); });
  EXPECT_EQ(numbers(*all), (std::vector<std::string>{"F-1", "G-1"}));
  const auto withInsight = made(*all, "csv");
  write([&](store::Transaction& tx) { return store::removeGrant(tx, granberga_, energi_); });
  EXPECT_EQ(all->fileOf(withInsight).error().code, "export-sight-changed");
  EXPECT_EQ(numbers(*all), (std::vector<std::string>{"F-1"}));
}

TEST_F(DocumentExportsMade, OneThatAProcessLeftIsMadeByTheNext) {
  invoiceOf("F-1");
  auto left = order("csv");
  left.id = ids_.next<store::ExportId>();
  left.state = "waiting";
  left.askedAt = left.movedAt = clock_.now();
  write([&](store::Transaction& tx) { return store::createExport(tx, left); });
  write([&](store::Transaction& tx) -> Outcome {
    TRY(const auto taken, store::takeExport(tx, clock_.now()));
    EXPECT_TRUE(taken);
    return {};
  });
  clock_.advanceSeconds(DocumentExports::silent_seconds + 1);
  auto all = exports();
  const auto done = ended(left);
  EXPECT_EQ(done.state, "done");
  EXPECT_EQ(done.run, 2);
}

TEST_F(DocumentExportsMade, ItsFileGoesWhenItsTimeIsOutOrItIsRemoved) {
  invoiceOf("F-1");
  auto all = exports();
  const auto old = made(*all, "csv");
  const auto file = *all->fileOf(old);
  clock_.advanceSeconds(DocumentExports::kept_seconds + 1);
  EXPECT_TRUE(all->sweep());
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_EQ(standing(old)->state, "removed");
  const auto second = made(*all, "csv");
  const auto other = *all->fileOf(second);
  EXPECT_EQ(all->remove(second), true);
  EXPECT_FALSE(std::filesystem::exists(other));
  EXPECT_FALSE(standing(second));
  EXPECT_EQ(all->remove(second), false);
}

TEST_F(DocumentExportsMade, AFileThatIsNobodysIsSwept) {
  auto all = exports();
  std::filesystem::create_directories(folder());
  const auto stray = folder() + "/" + ids_.next().text() + ".zip.part";
  std::ofstream(stray) << "half";
  EXPECT_TRUE(all->sweep());
  EXPECT_FALSE(std::filesystem::exists(stray));
}

TEST_F(DocumentExportsMade, WithoutAFolderNoneAreMade) {
  DocumentExports none(*store_, clock_, ids_, "", whole);
  EXPECT_EQ(none.start(order("csv")).error().code, "exports-off");
}

TEST_F(DocumentExportsMade, ACellIsNoLongerThanOneCanRead) {
  ExportColumns columns(Language::swedish);
  store::Entry entry;
  entry.company = energi_;
  entry.number = std::string(40'000, '1');
  EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto cells, columns.cells(reader, entry, {}));
    EXPECT_EQ(columns.texts(cells)[1].size(), 1'000U);
    return {};
  }));
}

TEST_F(DocumentExportsMade, WhoAskedIsToldOnceItIsDone) {
  invoiceOf("F-1");
  auto all = exports();
  const auto done = made(*all, "csv");
  EXPECT_EQ(exportFileName(done), "postgang-2026-11-23.csv");
  EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto waiting, store::queueStates(reader));
    const auto news = std::ranges::find(waiting, "tell-people", &store::QueueState::kind);
    EXPECT_TRUE(news != waiting.end() && news->waiting == 1);
    return {};
  }));
}

TEST_F(DocumentExportsMade, ACompanyHasNotTheWholeQueue) {
  for (int i = 0; i < DocumentExports::of_company_max; ++i) lay("making", "user:" + std::to_string(i));
  auto all = exports();
  EXPECT_EQ(all->start(order("csv")).error().code, "exports-busy");
}

TEST_F(DocumentExportsMade, NobodyFillsTheDisk) {
  for (int i = 0; i < DocumentExports::kept_of_asker_max; ++i) lay("done", order("csv").asker);
  auto all = exports();
  EXPECT_EQ(all->start(order("csv")).error().code, "exports-too-many");
}

TEST_F(DocumentExportsMade, ACompanyFillsNoMoreThanItsMeasure) {
  lay("done", "user:another", DocumentExports::kept_bytes_max);
  auto all = exports();
  EXPECT_EQ(all->start(order("csv")).error().code, "exports-too-many");
}

TEST_F(DocumentExportsMade, RoomIsLeftOnTheDisk) {
  invoiceOf("F-1");
  auto all = exports({.reserve = std::numeric_limits<std::int64_t>::max()});
  const auto failed = made(*all, "csv");
  EXPECT_EQ(failed.state, "failed");
  EXPECT_EQ(failed.trouble, "zip-not-written");
}

TEST_F(DocumentExportsMade, NobodyFillsTheQueue) {
  for (int i = 0; i < DocumentExports::of_asker_max; ++i) {
    auto waiting = order("csv");
    waiting.id = ids_.next<store::ExportId>();
    waiting.state = "making";
    waiting.askedAt = waiting.movedAt = clock_.now();
    write([&](store::Transaction& tx) { return store::createExport(tx, waiting); });
  }
  auto all = exports();
  EXPECT_EQ(all->start(order("csv")).error().code, "exports-busy");
}

}  // namespace
}  // namespace postgang::flow
