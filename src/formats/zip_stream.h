// A zip written to a file as its parts come (APPNOTE.TXT 6.3, zip64 where it takes it), in constant memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/time.h"

namespace postgang::formats {

class ZipStream {
 public:
  // Instead of a file that is there. All codes: zip-not-written (unavailable). `at` is every entry's time.
  static Result<ZipStream> create(const std::string& file, Instant at);
  ZipStream(ZipStream&&) noexcept;
  ~ZipStream();  // without finish() the file is none

  // `path` in UTF-8 with `/` between folders; ours, and asserted to lead nowhere else. No path twice.
  Outcome add(std::string_view path, std::string_view bytes);
  Outcome addFile(std::string_view path, const std::string& file);  // as it is now, read in pieces
  Outcome finish();

 private:
  struct Writer;
  explicit ZipStream(std::unique_ptr<Writer> writer);
  std::unique_ptr<Writer> writer_;
};

}  // namespace postgang::formats
