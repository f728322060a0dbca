// A zip being written, in memory (APPNOTE.TXT 6.3, without zip64): the same files give the same bytes,
// whatever the time and the machine. What compresses is deflated, what doesn't is stored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace postgang::formats {

// What others called a file, as a name that any file system takes and that leads nowhere: ASCII letters,
// digits, `-`, `_` and single dots, not the first; the last 80 characters of it, `otherwise` where none is
// left.
std::string plainFileName(std::string_view name, std::string_view otherwise);

class ZipFile {
 public:
  // `path` in UTF-8 with `/` between folders; ours, and asserted to lead nowhere else. No path twice.
  void add(std::string_view path, std::string_view bytes);
  // Code zip-too-large (too_large): over 65,535 files or 2 GB.
  Result<std::string> finish() &&;

 private:
  std::string out_;
  std::string directory_;
  std::size_t entries_ = 0;
  bool tooLarge_ = false;
};

}  // namespace postgang::formats
