// A folder at a partner, where files are laid and fetched: a print house, a bank, an EDI partner.
//
//   sftp://user@host:22/path   over SSH (libcurl): signed in with a key, the host known by its key's
//   fingerprint file:///path               a folder of this machine
//
// A file is written under another name (`.name.part`) and then renamed, so whoever looks sees all of it or
// none; nothing is ever written over. What put() says of a failure:
//
//   drop-unreachable, drop-sign-in-refused, drop-host-unknown   nothing has happened
//   drop-cut         (unavailable) cut while writing: nothing lies under the name
//   drop-refused     (unavailable) the other side said no (full, no right to write): nothing under the name
//   drop-name-taken  (conflict) a file of that name lies there already, and is left alone
//   drop-uncertain   (unavailable) cut while renaming: ask exists()
//
// Names and folders are our own words: letters, digits, `.`, `_` and `-`, not beginning with a dot; a folder
// may hold `/`, and "" is the drop itself. Anything else: drop-name-invalid (internal).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "net/address_check.h"

namespace postgang::net {

struct DropAccess {
  std::string url;
  std::string keyFile;                // sftp: the private key, Ed25519 or ECDSA
  std::vector<std::string> hostKeys;  // sftp: "SHA256:…" as `ssh-keygen -l` prints it; one of them must fit
  std::chrono::milliseconds connectTime{10'000};
  std::chrono::milliseconds totalTime{120'000};  // of one call
  // sftp: which addresses may be connected to, where a user chose the host; absent: any. What is refused is
  // drop-unreachable.
  std::function<bool(const IpAddress&)> allowAddress = {};
};

struct DropPlace;  // file_drop_place.h

// Safe to use from several threads; calls over SSH take turns on one connection, which is kept between them.
class FileDrop {
 public:
  // Looks at the settings only, connects to nothing. Codes: drop-url-invalid, drop-key-missing,
  // drop-host-key-invalid (all invalid).
  static Result<FileDrop> at(const DropAccess& access);
  FileDrop(FileDrop&&) noexcept;
  FileDrop& operator=(FileDrop&&) noexcept;
  ~FileDrop();

  Outcome put(std::string_view folder, std::string_view name, std::string_view bytes) const;
  // Whole files in name order; those being written and everything else beginning with a dot left out. At most
  // `drop_files_max`. Over SFTP names alone are told: a folder's is among them. Codes as put's, and
  // drop-not-found (not_found).
  Result<std::vector<std::string>> list(std::string_view folder) const;
  Result<bool> exists(std::string_view folder, std::string_view name) const;
  // Codes besides: drop-not-found, drop-file-too-large (too_large).
  Result<std::string> get(std::string_view folder, std::string_view name, std::size_t limit) const;
  Outcome remove(std::string_view folder, std::string_view name) const;
  // To another folder of the drop under the same name, never over another file. Codes as put's.
  Outcome move(std::string_view folder, std::string_view name, std::string_view toFolder) const;
  // Makes a folder where there is none; the one it lies in must be there.
  Outcome makeFolder(std::string_view folder) const;

 private:
  explicit FileDrop(std::unique_ptr<DropPlace> place);
  std::unique_ptr<DropPlace> place_;
};

inline constexpr std::size_t drop_files_max = 10'000;
bool isDropName(std::string_view name);

}  // namespace postgang::net
