// The corpus, where it is there.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace postgang {

inline std::filesystem::path corpusFolder() {
  return std::filesystem::path(POSTGANG_SOURCE_DIR) / ".." / "shared" / "corpus";
}

inline std::vector<std::filesystem::path> corpusFiles() {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::exists(corpusFolder())) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpusFolder()))
    if (entry.path().extension() == ".xml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

inline std::string bytesOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace postgang
