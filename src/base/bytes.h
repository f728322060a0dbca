// Bytes: digests, compression, base64, hex, random.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace postgang {

using Digest = std::array<std::uint8_t, 32>;  // SHA-256

Digest sha256(std::string_view bytes);
Digest sha256(std::initializer_list<std::string_view> parts);  // of the parts laid end to end
// Of what comes in pieces: `next` gives the next one, empty at the end.
Digest sha256OfPieces(const std::function<std::string_view()>& next);
std::string hex(std::string_view bytes);
inline std::string_view view(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string compress(std::string_view bytes);  // zstd, level 3
// Refuses more than `limit` bytes: code "compressed-too-large" (too_large), "compressed-damaged" (invalid).
Result<std::string> decompress(std::string_view bytes, std::size_t limit);

std::string base64(std::string_view bytes);
std::string base64Url(std::string_view bytes);                    // no padding
std::optional<std::string> fromBase64(std::string_view text);     // white space is skipped, padding demanded
std::optional<std::string> fromBase64Url(std::string_view text);  // no padding, no white space

std::string randomBytes(std::size_t count);       // from the system
std::string randomToken(std::size_t bytes = 32);  // base64url
bool equalInConstantTime(std::string_view a, std::string_view b);

}  // namespace postgang
