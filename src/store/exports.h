// Exports of lists of documents: what was asked for by whom, how far it has come, and until when its file
// lies there. The files lie beside the store (flow/document_exports.h). An export is its asker's own: nobody
// else of the company sees it, since it holds what that one may see.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/store.h"

namespace postgang::store {

using ExportId = Id<struct ExportNoun>;

struct Export {
  ExportId id;
  CompanyId company;        // acted for when it was asked for
  std::string asker;        // "user:<id>", "key:<id>"
  std::string by;           // the same by name
  bool everything = false;  // the session saw all that its user may see
  std::string form;         // "csv", "xlsx", "pdfs", "originals"
  std::string language;     // of headings: "sv", "en"
  std::string filter;       // JSON: the parameters of the list
  std::string state;        // "waiting", "making", "done", "failed", "removed"
  std::int64_t run = 0;     // how often it was begun: who makes it holds this number
  Instant askedAt;
  Instant movedAt;  // when it was last heard of
  std::optional<Instant> endedAt = {};
  std::int64_t documents = 0, total = 0, size = 0;  // total: as counted beforehand; size: of the file, bytes
  std::string digest = {};                          // SHA-256 of the file, in hex
  std::string sight = {};                           // what its asker saw when it was made; ours to compare
  std::string trouble = {};                         // code of a Problem, of one that failed
};

Outcome createExport(Transaction& tx, const Export& made);
// Of one asker, acting for one company: the newest first, at most 50.
Result<std::vector<Export>> exportsOf(Reader& reader, std::string_view asker, CompanyId company);
Result<std::optional<Export>> exportOf(Reader& reader, std::string_view asker, CompanyId company,
                                       ExportId id);
// False where there was none of its asker's.
Result<bool> removeExport(Transaction& tx, std::string_view asker, CompanyId company, ExportId id);
// Of all: waiting and being made. For the limits.
struct ExportsUnderWay {
  std::int64_t ofAsker = 0, ofCompany = 0, all = 0;
};
Result<ExportsUnderWay> exportsUnderWay(Reader& reader, std::string_view asker, CompanyId company = {});
// Those that are done and lie there.
struct ExportsKept {
  std::int64_t ofAsker = 0, bytesOfCompany = 0;
};
Result<ExportsKept> exportsKept(Reader& reader, std::string_view asker, CompanyId company);

// One that waits, or is being made and has not been heard of since `silent`: it is being made from now on, in
// a run of its own. Companies take turns, those first of whom none is being made, then those whose last one
// ended longest ago; within one the one that has waited longest.
Result<std::optional<Export>> takeExport(Transaction& tx, Instant silent);
// What the run that made it has to say: state, movedAt, endedAt, counts, digest, sight, trouble. False where
// it is no longer that run's: removed, taken by another, or put back since a document was erased meanwhile.
Result<bool> saveExport(Transaction& tx, const Export& made);

// Those in this state that ended, or were last heard of, before then.
Result<std::vector<Export>> exportsBefore(Reader& reader, std::string_view state, Instant before);
Outcome forgetExports(Transaction& tx, Instant before);  // removed and failed ones that ended before then
// Whether a file of this id is somebody's: made, or being made.
Result<bool> exportHasFile(Reader& reader, ExportId id);

}  // namespace postgang::store
