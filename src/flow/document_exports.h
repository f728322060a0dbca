// Exports of lists of documents: asked for, made one after another (made_files.h), taken away when their time
// is out. The order stands in the store (store/exports.h): one whose process ended is made again from its
// beginning by the next, at most runs_max times. The file lies on the node that made it, unless the folder is
// shared.
//
// Who asked is told when it is done: news of kind "export" (store/news.h).
#pragma once

#include <string>

#include "flow/export_writer.h"
#include "flow/made_files.h"
#include "store/exports.h"
#include "store/store.h"

namespace postgang::flow {

std::string exportFileName(const store::Export& made);  // "postgang-2026-11-23.xlsx"

class DocumentExports {
 public:
  static constexpr std::int64_t kept_seconds = 7 * 24 * 3600;
  static constexpr std::int64_t listed_seconds = 30 * 24 * 3600;  // then one that is gone is forgotten
  static constexpr std::int64_t silent_seconds = 300;  // not heard of for so long, one that is made has died
  static constexpr std::int64_t of_asker_max = 3, of_company_max = 5, waiting_max = 50;
  // Kept at a time: files of one asker, bytes of all of a company's.
  static constexpr std::int64_t kept_of_asker_max = 10;
  static constexpr std::int64_t kept_bytes_max = std::int64_t{10} * 1000 * 1000 * 1000;
  static constexpr std::int64_t runs_max = 5;

  // An empty folder: none are made here.
  DocumentExports(store::Store& store, const Clock& clock, IdMaker& ids, std::string folder,
                  ReadExportFilter readFilter, ExportLimits limits = {});
  ~DocumentExports();  // stop()
  DocumentExports(const DocumentExports&) = delete;
  DocumentExports& operator=(const DocumentExports&) = delete;

  // `asked`: company, asker, by, everything, form, language and filter. Answers it with `total` as counted
  // now: at least so many. Codes: exports-off (conflict); exports-busy (rate_limited): as many are under
  // way as one may have, or as there is room for; exports-too-many (rate_limited): as many lie there as one
  // may keep; export-too-many; the filter's.
  Result<store::Export> start(store::Export asked);
  // Where it lies. Codes: export-not-here (unavailable): made by another node, or gone from the disk;
  // export-sight-changed (conflict): whoever asked for it sees something else now; export-not-allowed.
  Result<std::string> fileOf(const store::Export& made);
  // False where there was none. One that is being made is given up.
  Result<bool> remove(const store::Export& made);
  // Removes what is too old, and files that are nobody's. Called each minute.
  Outcome sweep();
  void stop();  // what is under way waits for the next start
  const ExportLimits& limits() const { return limits_; }

 private:
  bool makeNext();
  void make(store::Export& made);
  Outcome save(store::Export& made);
  void end(store::Export& made, const Result<std::int64_t>& size);

  store::Store& store_;
  const Clock& clock_;
  IdMaker& ids_;
  const ReadExportFilter readFilter_;
  const ExportLimits limits_;
  MadeFiles files_;
};

}  // namespace postgang::flow
