// A leaving customer's archives: which were asked for, how far they have come, and until when they lie there.
// The files themselves lie beside the store (flow/archives.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

struct Archive {
  ArchiveId id;
  CompanyId company;
  std::string by;     // who asked for it, by name
  std::string state;  // "making", "done", "failed", "removed"
  Instant startedAt;
  Instant movedAt;  // when it was last heard of, while it is made
  std::optional<Instant> endedAt = {};
  std::int64_t documents = 0, total = 0, size = 0;  // size: of the file, bytes
  std::string trouble = {};                         // code of a Problem, of one that failed
};

Outcome putArchive(Transaction& tx, const Archive& archive);  // creates or updates
Result<std::vector<Archive>> listArchives(Reader& reader, const Viewer& viewer,
                                          CompanyId company);  // the newest first, at most 50
Result<std::optional<Archive>> archive(Reader& reader, const Viewer& viewer, CompanyId company, ArchiveId id);
// Of all companies: those in this state that ended, or were last heard of, before then.
Result<std::vector<Archive>> archivesBefore(Reader& reader, std::string_view state, Instant before);

}  // namespace postgang::store
