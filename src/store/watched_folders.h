// Folders where companies lay files that are to be sent: where each is, and what became of its files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "store/store.h"

namespace postgang::store {

struct WatchedFolder {
  std::string settings;  // JSON of channels/handover.h's WatchedPlace; empty: none is watched
  std::int64_t version = 0;
  Instant changedAt;
  std::string changedBy;
  std::optional<Instant> lookedAt;
  std::string trouble;  // code of why the last look came to nothing; empty: it did not
};
Result<std::optional<WatchedFolder>> watchedFolder(Reader& reader, CompanyId company);
// Takes the next version. Code handover-settings-changed (conflict), as handovers.h has it.
Outcome setWatchedFolder(Transaction& tx, CompanyId company, const WatchedFolder& folder);
Outcome noteLook(Transaction& tx, CompanyId company, Instant at, std::string_view trouble);

// One file by its name and content: seen once, then taken in, refused, or the same as one that was.
struct WatchedFile {
  std::string name;
  Digest digest{};
  std::int64_t size = 0;
  std::string state;  // "seen", "taken", "refused"
  Instant seenAt;
  std::optional<DocumentId> document;  // of one that is alone in its file
  std::string words;                   // code of why it was refused
};
Result<std::optional<WatchedFile>> watchedFile(Reader& reader, CompanyId company, std::string_view name,
                                               const Digest& digest);
Outcome putWatchedFile(Transaction& tx, CompanyId company, const WatchedFile& file);
// The latest first.
Result<std::vector<WatchedFile>> watchedFiles(Reader& reader, CompanyId company, int limit);
// Files that nobody has laid there for a long time are forgotten.
Outcome forgetWatchedFiles(Transaction& tx, CompanyId company, Instant before);

}  // namespace postgang::store
