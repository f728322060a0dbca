#include "channels/mail_keys.h"

#include <algorithm>

#include "base/text.h"

namespace postgang::channels {
namespace {

constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford's, small
constexpr std::size_t token_letters = 32, group_letters = 8;
constexpr std::string_view mark = "+b-", ticket_mark = "+t-";

std::string randomLetters(std::size_t count) {
  auto random = randomBytes(count);
  for (char& c : random) c = letters[static_cast<unsigned char>(c) % letters.size()];
  return random;
}

std::string tagged(std::string_view from, std::string_view tag, std::string_view key) {
  const auto at = from.rfind('@');
  return std::string(from.substr(0, at)) + std::string(tag) + std::string(key) +
         std::string(from.substr(std::min(at, from.size())));
}

}  // namespace

std::string newPageToken() {
  const auto random = randomLetters(token_letters);
  std::string token;
  for (std::size_t at = 0; at < token_letters; at += group_letters)
    token += (at > 0 ? "-" : "") + random.substr(at, group_letters);
  return token;
}

Digest pageTokenDigest(std::string_view token) {
  return sha256(token);
}

std::string newBounceKey() {
  return randomLetters(bounce_key_letters);
}

std::string verpAddress(std::string_view from, std::string_view key) {
  return tagged(from, mark, key);
}

std::string ticketAddress(std::string_view from, std::string_view key) {
  return tagged(from, ticket_mark, key);
}

std::optional<std::string> bounceKeyIn(std::string_view address) {
  const auto small = lowered(address);
  const auto local = small.substr(0, small.rfind('@'));
  const auto begin = local.rfind(mark);
  if (begin == std::string::npos) return std::nullopt;
  auto key = local.substr(begin + mark.size());
  const bool isKey = key.size() == bounce_key_letters &&
                     std::ranges::all_of(key, [](char c) { return letters.find(c) != letters.npos; });
  return isKey ? std::optional(std::move(key)) : std::nullopt;
}

}  // namespace postgang::channels
