// A zip with several documents taken apart, in memory: no entry ever touches the disk, and its name is only a
// name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace postgang::formats {

struct ArchiveLimits {
  std::size_t entries = 10'000;
  std::size_t bytes = 200'000'000;      // of all entries, expanded
  std::size_t entryBytes = 50'000'000;  // of one
  std::size_t ratio = 250;              // expanded to packed; held against what expands to over `ratioFrom`
  std::size_t ratioFrom = 20'000'000;
};

struct ArchiveEntry {
  std::string name;  // for showing: the last part of its path, UTF-8, without control characters, never empty
  std::string bytes;
};

bool isZip(std::string_view bytes);

// The files in a zip, in its order. Folders, links and what operating systems leave behind (__MACOSX,
// .DS_Store, Thumbs.db) are passed over. An archive within is an entry like any other and is not opened:
// readDocument refuses it. Codes:
//   archive-too-large  (too_large) over a limit; parameter `limit` says which: entries, bytes, entryBytes,
//   ratio archive-damaged    not a zip, or cut short, or its check sums don't hold archive-encrypted
//   (unsupported) archive-empty      no file in it
Result<std::vector<ArchiveEntry>> unpack(std::string_view bytes, const ArchiveLimits& limits = {});

}  // namespace postgang::formats
