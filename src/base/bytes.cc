#include "base/bytes.h"

#include <openssl/evp.h>
#include <sodium.h>
#include <zstd.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <stdexcept>

namespace postgang {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode(std::string_view bytes, std::string_view letters, bool padded) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  const auto at = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[i])}; };
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) {
    const std::uint32_t group = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
    for (const int shift : {18, 12, 6, 0}) text.push_back(letters[group >> shift & 63]);
  }
  const std::size_t rest = bytes.size() - i;
  if (rest == 0) return text;
  const std::uint32_t group = at(i) << 16 | (rest == 2 ? at(i + 1) << 8 : 0);
  text.push_back(letters[group >> 18 & 63]);
  text.push_back(letters[group >> 12 & 63]);
  if (rest == 2) text.push_back(letters[group >> 6 & 63]);
  if (padded) text.append(3 - rest, '=');
  return text;
}

int letterValue(char c, bool url) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == (url ? '-' : '+')) return 62;
  if (c == (url ? '_' : '/')) return 63;
  return -1;
}

std::optional<std::string> decode(std::string_view text, bool url) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t group = 0;
  std::size_t letters = 0, padding = 0;
  for (const char c : text) {
    if (!url && (c == ' ' || c == '\t' || c == '\r' || c == '\n')) continue;
    if (!url && c == '=') {
      ++padding;
      continue;
    }
    const int value = letterValue(c, url);
    if (value < 0 || padding > 0) return std::nullopt;
    group = group << 6 | static_cast<std::uint32_t>(value);
    if (++letters % 4 == 0) {
      for (const int shift : {16, 8, 0}) bytes.push_back(static_cast<char>(group >> shift & 0xff));
      group = 0;
    }
  }
  const std::size_t rest = letters % 4;
  if (rest == 1 || (!url && (padding > 2 || (letters + padding) % 4 != 0))) return std::nullopt;
  if (rest >= 2) bytes.push_back(static_cast<char>(group >> (rest == 2 ? 4 : 10) & 0xff));
  if (rest == 3) bytes.push_back(static_cast<char>(group >> 2 & 0xff));
  return bytes;
}

tl::unexpected<Problem> damaged() {
  return fail(ProblemKind::invalid, "compressed-damaged", "The compressed bytes are damaged.");
}
tl::unexpected<Problem> tooLarge(std::size_t limit) {
  return fail(ProblemKind::too_large, "compressed-too-large",
              "The compressed bytes unpack to more than " + std::to_string(limit) + " bytes.");
}

}  // namespace

Digest sha256(std::string_view bytes) {
  return sha256({bytes});
}

Digest sha256(std::initializer_list<std::string_view> parts) {
  const auto* next = parts.begin();
  std::string_view part;
  return sha256OfPieces([&] {
    do {
      if (next == parts.end()) return std::string_view();
      part = *next++;
    } while (part.empty());  // an empty part is not the end
    return part;
  });
}

Digest sha256OfPieces(const std::function<std::string_view()>& next) {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  Digest digest{};
  bool good = algorithm && context && EVP_DigestInit_ex2(context.get(), algorithm.get(), nullptr) == 1;
  for (auto piece = next(); good && !piece.empty(); piece = next())
    good = EVP_DigestUpdate(context.get(), piece.data(), piece.size()) == 1;
  good = good && EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1;
  if (!good) throw std::runtime_error("SHA-256 is not to be had from OpenSSL");
  return digest;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text.push_back(digits[byte >> 4]);
    text.push_back(digits[byte & 15]);
  }
  return text;
}

std::string compress(std::string_view bytes) {
  constexpr int level = 3;
  // A context costs more to make than a small document to compress, so each thread keeps its own.
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                                  ZSTD_freeCCtx);
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compressCCtx(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size(), level);
  if (ZSTD_isError(size)) throw std::runtime_error(ZSTD_getErrorName(size));
  packed.resize(size);
  return packed;
}

// Streamed, because the size that a frame declares is the sender's word: memory grows only with what really
// comes.
Result<std::string> decompress(std::string_view bytes, std::size_t limit) {
  constexpr std::size_t first_guess = std::size_t{1} << 20;
  limit = std::min(limit, SIZE_MAX / 4);  // room to double and add one
  const auto declared = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (declared == ZSTD_CONTENTSIZE_ERROR) return damaged();
  const bool isDeclared = declared != ZSTD_CONTENTSIZE_UNKNOWN;
  if (isDeclared && declared > limit) return tooLarge(limit);
  const std::size_t first =
      std::min({isDeclared ? std::size_t{declared} : first_guess, first_guess, limit}) + 1;
  thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                                  ZSTD_freeDCtx);
  ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_only);
  ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
  std::string unpacked;
  std::size_t filled = 0, wanted = 1;
  while (wanted != 0 || input.pos < input.size) {
    if (filled == unpacked.size()) {
      if (filled > limit) return tooLarge(limit);
      unpacked.resize(filled == 0 ? first : std::min(filled * 2, limit + 1));
    }
    ZSTD_outBuffer output{unpacked.data(), unpacked.size(), filled};
    const std::size_t consumed = input.pos;
    wanted = ZSTD_decompressStream(context.get(), &output, &input);
    if (ZSTD_isError(wanted)) return damaged();
    if (wanted != 0 && output.pos == filled && input.pos == consumed) return damaged();  // cut short
    filled = output.pos;
  }
  if (filled > limit) return tooLarge(limit);
  unpacked.resize(filled);
  return unpacked;
}

std::string base64(std::string_view bytes) {
  return encode(bytes, alphabet, true);
}
std::string base64Url(std::string_view bytes) {
  return encode(bytes, url_alphabet, false);
}
std::optional<std::string> fromBase64(std::string_view text) {
  return decode(text, false);
}
std::optional<std::string> fromBase64Url(std::string_view text) {
  return decode(text, true);
}

std::string randomBytes(std::size_t count) {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("the system gives no random numbers");
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string randomToken(std::size_t bytes) {
  return base64Url(randomBytes(bytes));
}

bool equalInConstantTime(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace postgang
