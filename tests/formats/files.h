// The examples of this folder, and the corpus where it is there.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace postgang {

inline std::filesystem::path testFolder() {
  return std::filesystem::path(POSTGANG_SOURCE_DIR) / "tests" / "formats";
}
inline std::filesystem::path corpusFolder() {
  return std::filesystem::path(POSTGANG_SOURCE_DIR) / ".." / "shared" / "corpus";
}

inline std::string bytesOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline std::string example(const std::string& name) {
  return bytesOf(testFolder() / "examples" / name);
}

// Every UBL invoice and credit note of the corpus, whole and with a fault put in; empty where it is missing.
inline std::vector<std::filesystem::path> ublCorpus() {
  std::vector<std::filesystem::path> files;
  for (const auto* folder : {"invoices/ubl", "mutations/ubl"}) {
    if (!std::filesystem::exists(corpusFolder() / folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(corpusFolder() / folder))
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace postgang
