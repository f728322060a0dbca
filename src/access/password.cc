#include "access/password.h"

#include <sodium.h>

#include <optional>

#include "base/bytes.h"
#include "base/text.h"

namespace postgang::access {

namespace {

constexpr std::size_t length_min = 10;    // code points
constexpr std::size_t length_max = 1024;  // bytes

}  // namespace

// A place among the hashes that are made at once; falsy when too many are waiting already.
class Passwords::Turn {
 public:
  explicit Turn(Passwords& owner) : owner_(owner) {
    std::unique_lock lock(owner_.mutex_);
    if (owner_.running_ >= owner_.cost_.atOnce_max) {
      if (owner_.waiting_ >= owner_.cost_.waiting_max) return;
      ++owner_.waiting_;
      owner_.free_.wait(lock, [this] { return owner_.running_ < owner_.cost_.atOnce_max; });
      --owner_.waiting_;
    }
    ++owner_.running_;
    taken_ = true;
  }
  ~Turn() {
    if (!taken_) return;
    {
      const std::lock_guard lock(owner_.mutex_);
      --owner_.running_;
    }
    owner_.free_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  explicit operator bool() const { return taken_; }

 private:
  Passwords& owner_;
  bool taken_ = false;
};

namespace {

tl::unexpected<Problem> busy() {
  Problem problem{
      ProblemKind::rate_limited,     "sign-in-busy",    "Too many are signing in at this moment.", {},
      "Try again in a few seconds.", {{"seconds", "2"}}};
  return fail(std::move(problem));
}

std::string argon2id(std::string_view password, const PasswordCost& cost) {
  std::string text(crypto_pwhash_STRBYTES, '\0');
  if (sodium_init() < 0 ||
      crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.operations, cost.memoryBytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    return {};
  text.resize(text.find('\0'));
  return text;
}

}  // namespace

Passwords::Passwords(PasswordCost cost) : cost_(cost), nobodys_(argon2id(randomToken(), cost)) {}

Result<std::string> Passwords::hashed(std::string_view password) {
  if (codePoints(password) < length_min)
    return fail(ProblemKind::invalid, "password-too-short", "The password has fewer than 10 characters.",
                "/password", "Choose a longer one.");
  if (password.size() > length_max)
    return fail(ProblemKind::invalid, "password-too-long", "The password is longer than 1024 bytes.",
                "/password", "Choose a shorter one.");
  const Turn turn(*this);
  if (!turn) return busy();
  return hash(password);
}

Result<std::string> Passwords::hash(std::string_view password) const {
  auto text = argon2id(password, cost_);
  if (text.empty())
    return fail(ProblemKind::unavailable, "password-not-hashed",
                "There was not memory enough to hash a password.", {}, "Try again later.");
  return text;
}

Result<bool> Passwords::matches(std::string_view hash, std::string_view password) {
  if (password.size() > length_max) password = password.substr(0, length_max);
  const Turn turn(*this);
  if (!turn) return busy();
  const std::string against(hash.empty() ? std::string_view(nobodys_) : hash);
  const bool same = crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return same && !hash.empty();
}

}  // namespace postgang::access
