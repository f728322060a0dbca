// Secrets that must be read again (channels' passwords, TOTP seeds, webhooks' signing secrets) are kept
// sealed: XChaCha20-Poly1305 (libsodium) under a key that lies outside the database. A copy of the database
// alone opens none of them.
//
//   TRY(const auto vault, Vault::open(dataFolder));          makes the key file, 0600, where there is none
//   const auto sealed = vault.seal("JBSWY3DP…", "totp:" + user.id.text());
//   TRY(const auto plain, vault.unseal(sealed, "totp:" + user.id.text()));
//
// The context is bound to the sealed text: what was sealed for one user opens for no other. A sealed text
// names its key, so that keys can be changed: the newest seals, all that are there open. The file is read
// again when it has changed, so that a running server takes part in that. Copies of a Vault are the same
// vault; all of it may be called from any thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace postgang {

class Vault {
 public:
  // `file` holds a key a line, the newest last. Codes: vault-unreadable, vault-open-to-others (its mode lets
  // others read it), vault-malformed.
  static Result<Vault> open(const std::filesystem::path& file);
  static Vault withKey(std::string_view thirtyTwoBytes);  // tests

  // Changing keys, in the file: a new one that seals from here on, and away with all but the newest. Whole or
  // not at all. Codes: those of open(), vault-unwritable.
  static Outcome addKey(const std::filesystem::path& file);
  static Outcome dropOldKeys(const std::filesystem::path& file);

  // "v1.<key's name>.<base64>"
  std::string seal(std::string_view plain, std::string_view context) const;
  // Codes: sealed-malformed, sealed-key-unknown (unavailable: the key's line is missing from the file),
  // sealed-wrong (not sealed for this context, or changed).
  Result<std::string> unseal(std::string_view sealed, std::string_view context) const;
  bool isNewest(std::string_view sealed) const;  // else it should be sealed anew
  std::string newestPrefix() const;              // what every text that the newest key sealed begins with
  std::size_t keys() const;
  static bool isSealed(std::string_view text) { return text.starts_with("v1."); }

 private:
  struct Ring;
  explicit Vault(std::shared_ptr<Ring> ring) : ring_(std::move(ring)) {}
  std::shared_ptr<Ring> ring_;
};

}  // namespace postgang
