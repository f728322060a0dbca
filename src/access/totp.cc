#include "access/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/text.h"

namespace postgang::access {

namespace {

constexpr std::string_view base32_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr int steps_either_way = 1;
constexpr std::size_t seed_bytes = 20, recovery_bytes = 10, recovery_group = 4;

std::string escapedForUri(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain)
      out += c;
    else
      (out += '%') += {digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

}  // namespace

std::string newTotpSeed() {
  return randomBytes(seed_bytes);
}

std::string base32(std::string_view bytes) {
  std::string out;
  unsigned waiting = 0;
  int bits = 0;
  for (const char c : bytes) {
    waiting = (waiting << 8) | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += base32_letters[(waiting >> bits) & 31];
    }
    waiting &= (1U << bits) - 1;
  }
  if (bits > 0) out += base32_letters[(waiting << (5 - bits)) & 31];
  return out;
}

std::int64_t totpStep(Instant at) {
  return at.microseconds / 1'000'000 / totp_step_seconds;
}

std::string totpCode(std::string_view seed, std::int64_t step, int digits) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i)
    counter[counter.size() - 1 - i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * i));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned length = 0;
  HMAC(EVP_sha1(), seed.data(), static_cast<int>(seed.size()), counter.data(), counter.size(), mac.data(),
       &length);
  if (length < 20) return {};                        // a library without SHA-1: no code is right
  const std::size_t offset = mac[length - 1] & 15U;  // RFC 4226, 5.3
  const std::uint32_t number = (static_cast<std::uint32_t>(mac[offset] & 0x7fU) << 24) |
                               (static_cast<std::uint32_t>(mac[offset + 1]) << 16) |
                               (static_cast<std::uint32_t>(mac[offset + 2]) << 8) | mac[offset + 3];
  std::string code = std::to_string(number);
  const auto wanted = static_cast<std::size_t>(digits);
  if (code.size() < wanted) code.insert(0, wanted - code.size(), '0');
  return code.substr(code.size() - wanted);
}

std::optional<std::int64_t> matchingStep(std::string_view seed, std::string_view code, Instant now,
                                         std::int64_t lastStep) {
  std::optional<std::int64_t> found;
  const auto middle = totpStep(now);
  for (auto step = middle - steps_either_way; step <= middle + steps_either_way; ++step)
    if (equalInConstantTime(totpCode(seed, step), code) && step > lastStep) found = step;
  return code.empty() ? std::nullopt : found;
}

std::string otpauthUri(std::string_view seed, std::string_view account) {
  const auto issuer = escapedForUri("Postgång");
  return "otpauth://totp/" + issuer + ":" + escapedForUri(account) + "?secret=" + base32(seed) +
         "&issuer=" + issuer + "&algorithm=SHA1&digits=6&period=" + std::to_string(totp_step_seconds);
}

std::string newRecoveryCode() {
  const auto letters = base32(randomBytes(recovery_bytes));
  std::string code;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i > 0 && i % recovery_group == 0) code += '-';
    code += letters[i];
  }
  return code;
}

Digest recoveryDigest(std::string_view typed) {
  std::string plain = lowered(typed);
  std::erase_if(plain, [](char c) { return c == '-' || c == ' ' || c == '\t'; });
  return sha256("recovery:" + plain);
}

}  // namespace postgang::access
