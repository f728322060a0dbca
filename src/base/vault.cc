#include "base/vault.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/log.h"

namespace postgang {

namespace {

constexpr std::size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t name_length = 8, file_bytes_max = 64 * 1024;
constexpr std::string_view version = "v1.";
constexpr mode_t owner_alone = 0600;

struct Key {
  std::string name;  // the first eight hex digits of its SHA-256
  std::string bytes;
};
using Keys = std::vector<Key>;  // the newest last

Key keyOf(std::string bytes) {
  assert(bytes.size() == key_bytes);
  return {hex(view(sha256(bytes))).substr(0, name_length), std::move(bytes)};
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

class Handle {
 public:
  explicit Handle(int number) : number_(number) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  bool isOpen() const { return number_ >= 0; }

 private:
  int number_;
};

tl::unexpected<Problem> failed(std::string code, const std::filesystem::path& file, const std::string& what) {
  return fail(ProblemKind::unavailable, std::move(code),
              "The file of keys, " + file.filename().string() + ", " + what + ".", file.filename().string(),
              "Put it right, or bring it back from where the keys are kept.");
}

// What tells one state of the file from another: a file put in its place has another number.
struct Stamp {
  std::uint64_t inode = 0;
  std::int64_t seconds = 0, nanoseconds = 0, size = 0;
  bool operator==(const Stamp&) const = default;
};
Stamp stampOf(const struct stat& facts) {
  return {facts.st_ino, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec, facts.st_size};
}

struct Read {
  Keys keys;
  Stamp stamp;
};

Result<std::string> bytesOf(const Handle& handle, const std::filesystem::path& file) {
  std::string bytes(file_bytes_max + 1, '\0');
  std::size_t had = 0;
  while (had < bytes.size()) {
    const auto got = ::read(handle.number(), bytes.data() + had, bytes.size() - had);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("vault-unreadable", file, "cannot be read");
    if (got == 0) break;
    had += static_cast<std::size_t>(got);
  }
  if (had > file_bytes_max) return failed("vault-malformed", file, "is too long");
  bytes.resize(had);
  return bytes;
}

Result<Keys> keysIn(std::string_view text, const std::filesystem::path& file) {
  Keys keys;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    auto bytes = fromBase64(line);
    if (!bytes || bytes->size() != key_bytes)
      return failed("vault-malformed", file, "has a line that is no key of 32 bytes in base64");
    keys.push_back(keyOf(std::move(*bytes)));
  }
  if (keys.empty()) return failed("vault-malformed", file, "has no key");
  return keys;
}

Result<Read> readKeys(const std::filesystem::path& file) {
  const Handle handle(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat facts {};
  if (!handle.isOpen() || ::fstat(handle.number(), &facts) != 0 || !S_ISREG(facts.st_mode))
    return failed("vault-unreadable", file, "cannot be read");
  if ((facts.st_mode & 077U) != 0)
    return failed("vault-open-to-others", file,
                  "is open to other users of this machine: chmod 600 closes it");
  TRY(const auto text, bytesOf(handle, file));
  TRY(auto keys, keysIn(text, file));
  return Read{std::move(keys), stampOf(facts)};
}

std::string written(const Keys& keys) {
  std::string text;
  for (const auto& key : keys) text += base64(key.bytes) + "\n";
  return text;
}

bool writeWhole(const Handle& handle, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto put = ::write(handle.number(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return ::fsync(handle.number()) == 0;
}

std::filesystem::path folderOf(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

// The keys as a file beside the one meant, whole on the disk; its place is then taken at one stroke.
Result<std::filesystem::path> laidBeside(const std::filesystem::path& file, const Keys& keys) {
  auto beside = file;
  beside += "." + randomToken(6) + ".new";
  const Handle handle(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_alone));
  if (!handle.isOpen()) return failed("vault-unwritable", file, "cannot be written");
  if (writeWhole(handle, written(keys))) return beside;
  ::unlink(beside.c_str());
  return failed("vault-unwritable", file, "cannot be written");
}

bool syncFolder(const std::filesystem::path& file) {
  const Handle folder(::open(folderOf(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.isOpen() && ::fsync(folder.number()) == 0;
}

// Where there is none. Whoever comes second finds the first one's: a link never goes over what is there.
Outcome makeFile(const std::filesystem::path& file) {
  std::error_code error;
  std::filesystem::create_directories(folderOf(file), error);
  if (error) return failed("vault-unwritable", file, "has no folder to lie in");
  TRY(const auto beside, laidBeside(file, {keyOf(randomBytes(key_bytes))}));
  const bool linked = ::link(beside.c_str(), file.c_str()) == 0 || errno == EEXIST;
  ::unlink(beside.c_str());
  if (!linked || !syncFolder(file)) return failed("vault-unwritable", file, "cannot be made");
  return {};
}

// One change at a time, whatever the process: the folder is locked while it lasts.
Outcome change(const std::filesystem::path& file, void (*turn)(Keys&)) {
  const Handle folder(::open(folderOf(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.isOpen() || ::flock(folder.number(), LOCK_EX) != 0)
    return failed("vault-unwritable", file, "cannot be changed");
  TRY(auto read, readKeys(file));
  turn(read.keys);
  TRY(const auto beside, laidBeside(file, read.keys));
  if (::rename(beside.c_str(), file.c_str()) == 0 && ::fsync(folder.number()) == 0) return {};
  ::unlink(beside.c_str());
  return failed("vault-unwritable", file, "cannot be changed");
}

// Bound to the context, and to this form.
std::string bound(std::string_view context) {
  return std::string(version) + std::string(context);
}

struct Parts {
  std::string key, nonce, bytes;
};
std::optional<Parts> partsOf(std::string_view sealed) {
  if (!sealed.starts_with(version)) return std::nullopt;
  sealed.remove_prefix(version.size());
  if (sealed.size() <= name_length || sealed[name_length] != '.') return std::nullopt;
  const auto bytes = fromBase64(sealed.substr(name_length + 1));
  if (!bytes || bytes->size() < nonce_bytes + tag_bytes) return std::nullopt;
  return Parts{std::string(sealed.substr(0, name_length)), bytes->substr(0, nonce_bytes),
               bytes->substr(nonce_bytes)};
}

std::optional<std::string> opened(const Key& key, const Parts& parts, std::string_view context) {
  std::string plain(parts.bytes.size() - tag_bytes, '\0');
  const auto with = bound(context);
  unsigned long long length = 0;  // NOLINT(google-runtime-int): libsodium's
  const int done = crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plain), &length, nullptr, raw(parts.bytes),
                                                              parts.bytes.size(), raw(with), with.size(),
                                                              raw(parts.nonce), raw(key.bytes));
  return done == 0 ? std::optional(std::move(plain)) : std::nullopt;
}

}  // namespace

// The keys as the file last had them.
struct Vault::Ring {
  std::filesystem::path file;  // empty: these keys alone
  std::mutex mutex;
  Keys keys;
  Stamp stamp;
  bool isTroubled = false;  // said once, until the file is good again

  // Looks whether the file has changed. Where it cannot be read, what was read before still holds: a server
  // does not lose its secrets because somebody is editing the file.
  Keys current() {
    const std::scoped_lock lock(mutex);
    struct stat facts {};
    if (file.empty()) return keys;
    if (::stat(file.c_str(), &facts) == 0 && stampOf(facts) == stamp) return keys;
    auto again = readKeys(file);
    if (again) {
      keys = std::move(again->keys);
      stamp = again->stamp;
    } else if (!isTroubled) {
      log::error("the keys of secrets cannot be read again; those read before still hold",
                 {{"code", again.error().code}});
    }
    isTroubled = !again;
    return keys;
  }
};

Result<Vault> Vault::open(const std::filesystem::path& file) {
  struct stat facts {};
  if (::lstat(file.c_str(), &facts) != 0 && errno == ENOENT) CHECK_OK(makeFile(file));
  TRY(auto read, readKeys(file));
  auto ring = std::make_shared<Ring>();
  ring->file = file;
  ring->keys = std::move(read.keys);
  ring->stamp = read.stamp;
  return Vault(std::move(ring));
}

Vault Vault::withKey(std::string_view thirtyTwoBytes) {
  auto ring = std::make_shared<Ring>();
  ring->keys.push_back(keyOf(std::string(thirtyTwoBytes)));
  return Vault(std::move(ring));
}

Outcome Vault::addKey(const std::filesystem::path& file) {
  return change(file, [](Keys& keys) { keys.push_back(keyOf(randomBytes(key_bytes))); });
}

Outcome Vault::dropOldKeys(const std::filesystem::path& file) {
  return change(file, [](Keys& keys) { keys.erase(keys.begin(), keys.end() - 1); });
}

std::string Vault::seal(std::string_view plain, std::string_view context) const {
  const auto keys = ring_->current();
  const auto& key = keys.back();
  const auto nonce = randomBytes(nonce_bytes);
  const auto with = bound(context);
  std::string bytes(plain.size() + tag_bytes, '\0');
  unsigned long long length = 0;  // NOLINT(google-runtime-int): libsodium's
  [[maybe_unused]] const int done =
      crypto_aead_xchacha20poly1305_ietf_encrypt(raw(bytes), &length, raw(plain), plain.size(), raw(with),
                                                 with.size(), nullptr, raw(nonce), raw(key.bytes));
  assert(done == 0 && length == bytes.size());
  return std::string(version) + key.name + "." + base64(nonce + bytes);
}

Result<std::string> Vault::unseal(std::string_view sealed, std::string_view context) const {
  const auto parts = partsOf(sealed);
  if (!parts)
    return fail(ProblemKind::internal, "sealed-malformed", "A sealed secret has not the form of one.",
                std::string(context), "Give the secret anew.");
  bool isKnown = false;
  for (const auto& key : ring_->current()) {
    if (key.name != parts->key) continue;
    isKnown = true;
    if (auto plain = opened(key, *parts, context)) return std::move(*plain);
  }
  if (!isKnown)
    return fail(ProblemKind::unavailable, "sealed-key-unknown",
                "A secret was sealed with the key " + parts->key + ", which the file of keys does not have.",
                std::string(context), "Bring that key's line back into vault.key, or give the secret anew.");
  return fail(ProblemKind::internal, "sealed-wrong",
              "A sealed secret was changed, or was sealed for something else.", std::string(context),
              "Give the secret anew.");
}

std::string Vault::newestPrefix() const {
  return std::string(version) + ring_->current().back().name + ".";
}

bool Vault::isNewest(std::string_view sealed) const {
  return sealed.starts_with(newestPrefix());
}

std::size_t Vault::keys() const {
  return ring_->current().size();
}

}  // namespace postgang
