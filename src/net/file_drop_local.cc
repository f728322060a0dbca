// A drop that is a folder of this machine: written, brought to the disk, renamed, and the folder brought to
// the disk too, so that a file which put() has answered for survives a power cut.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "net/file_drop_place.h"

namespace postgang::net {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  operator int() const { return number_; }  // NOLINT: it is one

 private:
  int number_;
};

tl::unexpected<Problem> systemSaid(int error, std::string_view name) {
  if (error == ENOENT || error == ENOTDIR) return dropNotFound(name);
  if (error == EEXIST) return dropNameTaken(name);
  return dropRefused(std::generic_category().message(error));
}

bool writeAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::fsync(file) == 0;
}

void syncFolder(const std::string& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened >= 0) ::fsync(opened);
}

class LocalPlace final : public DropPlace {
 public:
  Outcome put(const DropPath& path, std::string_view bytes) override {
    const auto part = path.part();
    {
      constexpr int how = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC;
      const Descriptor file(::open(part.c_str(), how, 0640));
      if (file < 0) return systemSaid(errno, path.name);
      if (!writeAll(file, bytes)) {
        const int error = errno;
        ::unlink(part.c_str());
        return systemSaid(error, path.name);
      }
    }
    auto renamed = rename(part, path.whole(), path.name);
    if (!renamed) ::unlink(part.c_str());
    syncFolder(path.folder);
    return renamed;
  }

  Result<std::vector<std::string>> list(const std::string& folder) override {
    const std::unique_ptr<DIR, int (*)(DIR*)> opened(::opendir(folder.c_str()), ::closedir);
    if (!opened) return systemSaid(errno, "The folder");
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(opened.get())) {
      struct stat about {};
      const bool isFile = ::fstatat(::dirfd(opened.get()), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
                          S_ISREG(about.st_mode);
      if (isFile) names.emplace_back(entry->d_name);
      if (names.size() > 2 * drop_files_max) break;
    }
    return names;
  }

  Result<std::string> get(const DropPath& path, std::size_t limit) override {
    const Descriptor file(::open(path.whole().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (file < 0) return systemSaid(errno, path.name);
    std::string bytes;
    char buffer[65'536];
    for (;;) {
      const auto count = ::read(file, buffer, sizeof buffer);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return systemSaid(errno, path.name);
      if (count == 0) return bytes;
      bytes.append(buffer, static_cast<std::size_t>(count));
      if (bytes.size() > limit) return dropTooLarge(path.name, limit);
    }
  }

  Outcome remove(const DropPath& path) override {
    if (::unlink(path.whole().c_str()) != 0) return systemSaid(errno, path.name);
    syncFolder(path.folder);
    return {};
  }

  Outcome move(const DropPath& from, const DropPath& to) override {
    CHECK_OK(rename(from.whole(), to.whole(), from.name));
    syncFolder(to.folder);
    syncFolder(from.folder);
    return {};
  }

  Outcome makeFolder(const std::string& folder) override {
    if (::mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) return systemSaid(errno, "The folder above");
    return {};
  }

 private:
  static Outcome rename(const std::string& from, const std::string& to, const std::string& name) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0)
      return systemSaid(errno, name);
    return {};
  }
};

}  // namespace

std::unique_ptr<DropPlace> localPlace() {
  return std::make_unique<LocalPlace>();
}

}  // namespace postgang::net
