#include "net/file_body.h"

#include <algorithm>
#include <fstream>

namespace postgang::net {

namespace {

tl::unexpected<Problem> notReadable() {
  return fail(ProblemKind::unavailable, "file-not-readable", "The file cannot be read just now.", {},
              "Try again; if it stays so, look at the disk.");
}

class FileBody final : public BodySource {
 public:
  FileBody(std::ifstream file, std::uint64_t size) : file_(std::move(file)), size_(size), left_(size) {}
  std::uint64_t size() const override { return size_; }

  Result<std::string> read(std::size_t atMost) override {
    std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(atMost, left_)), '\0');
    if (bytes.empty()) return bytes;
    file_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (file_.gcount() != static_cast<std::streamsize>(bytes.size())) return notReadable();
    left_ -= bytes.size();
    return bytes;
  }

 private:
  std::ifstream file_;
  const std::uint64_t size_;
  std::uint64_t left_;
};

}  // namespace

Result<std::shared_ptr<BodySource>> fileBody(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  const auto size = file.tellg();
  if (!file || size < 0) return notReadable();
  file.seekg(0);
  return std::shared_ptr<BodySource>(
      std::make_shared<FileBody>(std::move(file), static_cast<std::uint64_t>(size)));
}

}  // namespace postgang::net
