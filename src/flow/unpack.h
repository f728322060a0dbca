// What comes in one upload: a document, or an archive of several. And how much of it is too much.
#pragma once

#include <string_view>
#include <vector>

#include "flow/limits.h"
#include "formats/archive.h"

namespace postgang::flow {

// An upload's files: the entries of an archive, or the upload itself. An archive that cannot be taken apart
// (damaged, encrypted, empty) is a document that cannot be read: it is kept as it came, and stopped with the
// reason. Codes, all too_large: document-too-large (parameter limit, in MB), archive-too-large (the same),
// archive-too-many-documents (parameter limit).
struct Unpacked {
  bool archive = false;
  std::vector<formats::ArchiveEntry> files;  // of an archive; empty otherwise
};
Result<Unpacked> unpack(std::string_view bytes, const Limits& limits);

Outcome withinLimit(std::size_t bytes, const Limits& limits);  // code document-too-large

}  // namespace postgang::flow
