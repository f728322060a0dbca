// A text file beside an archive that is being written, which goes into it at the end: what would grow with
// the number of documents.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace postgang::flow {

class Aside {
 public:
  explicit Aside(std::string file)
      : file_(std::move(file)), out_(file_, std::ios::binary | std::ios::trunc) {}
  ~Aside() {
    std::error_code ignored;  // it lies in a folder of our own, and the next sweep takes what is left
    out_.close();
    std::filesystem::remove(file_, ignored);
  }
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;
  void add(std::string_view text) { out_ << text; }
  Result<std::string> finished() {  // the file; code zip-not-written
    out_.flush();
    if (!out_)
      return fail(ProblemKind::unavailable, "zip-not-written", "The zip cannot be written.", {},
                  "Make room on the disk, and try again.");
    return file_;
  }

 private:
  std::string file_;
  std::ofstream out_;
};

}  // namespace postgang::flow
