// The two kinds of place behind a FileDrop. For file_drop*.cc. Paths are absolute and already checked.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/file_drop.h"

namespace postgang::net {

// A file within the drop: where it lies, what it is called, what it is called while it is written.
struct DropPath {
  std::string folder;  // ends with '/'
  std::string name;
  std::string whole() const { return folder + name; }
  std::string part() const { return folder + "." + name + ".part"; }
};

struct DropPlace {
  virtual ~DropPlace() = default;
  virtual Outcome put(const DropPath& path, std::string_view bytes) = 0;
  virtual Result<std::vector<std::string>> list(const std::string& folder) = 0;  // names as they come
  virtual Result<std::string> get(const DropPath& path, std::size_t limit) = 0;
  virtual Outcome remove(const DropPath& path) = 0;
  virtual Outcome move(const DropPath& from, const DropPath& to) = 0;
  virtual Outcome makeFolder(const std::string& folder) = 0;
  std::string root;  // "/srv/out/"
};

std::unique_ptr<DropPlace> localPlace();                         // file_drop_local.cc
std::unique_ptr<DropPlace> sftpPlace(const DropAccess& access);  // file_drop_sftp.cc

inline tl::unexpected<Problem> dropProblem(ProblemKind kind, std::string code, std::string detail,
                                           std::string advice = {}) {
  return fail(kind, std::move(code), std::move(detail), {}, std::move(advice));
}
inline tl::unexpected<Problem> dropNotFound(std::string_view what) {
  return dropProblem(ProblemKind::not_found, "drop-not-found", std::string(what) + " is not there.");
}
inline tl::unexpected<Problem> dropNameTaken(std::string_view name) {
  return dropProblem(ProblemKind::conflict, "drop-name-taken",
                     "A file called " + std::string(name) + " lies there already.",
                     "See what it is; it has been left alone.");
}
inline tl::unexpected<Problem> dropTooLarge(std::string_view name, std::size_t limit) {
  return dropProblem(ProblemKind::too_large, "drop-file-too-large",
                     std::string(name) + " is over " + std::to_string(limit) + " bytes.");
}
inline tl::unexpected<Problem> dropRefused(std::string_view words) {
  return dropProblem(ProblemKind::unavailable, "drop-refused",
                     "The folder did not take it: " + std::string(words) + ".",
                     "See that there is room and that we may write there.");
}

}  // namespace postgang::net
