#include "app/files.h"

#include <fstream>
#include <iostream>
#include <iterator>

namespace postgang::app {

Result<std::string> readFile(const std::string& path) {
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    // A folder opens and cannot be read.
    if (!file || (file.peek(), file.bad()))
      return fail(ProblemKind::invalid, "file-unreadable", "The file cannot be read.", path);
    file.clear();
  }
  std::istream& in = path == "-" ? std::cin : file;
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) return fail(ProblemKind::invalid, "file-unreadable", "The file cannot be read.", path);
  return bytes;
}

Outcome writeFile(const std::string& path, std::string_view bytes) {
  std::ofstream file;
  if (path != "-") file.open(path, std::ios::binary | std::ios::trunc);
  std::ostream& out = path == "-" ? std::cout : file;
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush();
  if (!out) return fail(ProblemKind::invalid, "file-unwritable", "The file cannot be written.", path);
  return {};
}

}  // namespace postgang::app
