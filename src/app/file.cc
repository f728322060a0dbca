#include "app/file.h"

#include <fstream>
#include <iostream>
#include <iterator>

namespace postgang::app {

Result<std::string> readFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (in.is_open() && !in.bad()) return bytes;
  return fail(ProblemKind::invalid, "file-unreadable", "The file cannot be read.", path,
              "Check the path and who may read it.");
}

Outcome writeFile(const std::string& path, std::string_view bytes) {
  if (path == "-") {
    std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush();
    return {};
  }
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (out.flush()) return {};
  return fail(ProblemKind::unavailable, "file-unwritable", "The file cannot be written.", path,
              "Check the path, who may write there, and whether the disk is full.");
}

}  // namespace postgang::app
