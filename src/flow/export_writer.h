// An export of a list of documents, written: what the list shows, every page of it, as
//
//   csv        a table in UTF-8 with semicolons, which spreadsheet programs open without running anything
//   xlsx       the same with real numbers and dates
//   pdfs       a zip of display copies: sent/<number>-<id>.pdf, received/…; documents.csv, the table with
//   each
//              one's file and its SHA-256; SHA256SUMS (sha256sum -c). A document that could not be read has
//              no copy and no file in the table
//   originals  the same with the files as they came: sent/<number>-<id>-<file name>
//
// Each page is a snapshot of its own, read as whoever asked may read then: what comes meanwhile may stand at
// its end. Written as it is read, in constant memory. Names are made of letters, digits, - _ and dots.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "flow/made_files.h"
#include "store/documents.h"
#include "store/exports.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::flow {

struct ExportLimits {
  std::int64_t rows = 200'000;                                // of a table
  std::int64_t files = 10'000;                                // of a zip
  std::int64_t bytes = std::int64_t{4} * 1000 * 1000 * 1000;  // of a zip's files, together
  std::int64_t reserve = MadeFiles::reserve_bytes;            // that is left on the disk
};
inline constexpr std::string_view export_forms[] = {"csv", "xlsx", "pdfs", "originals"};
bool isZip(std::string_view form);
std::int64_t mostDocuments(const ExportLimits& limits, std::string_view form);
// Code export-too-many (invalid).
tl::unexpected<Problem> tooManyToExport(std::int64_t most);

// What the filter of an export asks for, its days counted from the one on which it was asked for; nothing
// where it asks for a company of which nothing is seen.
using ReadExportFilter = std::function<Result<std::optional<store::EntryQuery>>(
    store::Reader& reader, const store::Viewer& viewer, const store::Export& made)>;

struct ExportOrder {
  const store::Export& made;
  ReadExportFilter readFilter;
  ExportLimits limits = {};
  std::string file;  // to be written
};
// Told after every page; a Problem from it ends the work.
using ExportProgress = std::function<Outcome(std::int64_t documents)>;

struct WrittenExport {
  std::int64_t documents = 0;
  std::string sight;  // sightOf who asked
};
// Codes: export-too-many, export-too-heavy (too_large); export-sight-changed (conflict): what whoever asked
// may see became another while it was written; export-not-allowed; zip-not-written, blob-damaged, the
// workbook's and the store's.
Result<WrittenExport> writeExport(store::Store& store, const Clock& clock, const ExportOrder& order,
                                  const ExportProgress& progress);

}  // namespace postgang::flow
