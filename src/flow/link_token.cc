#include "flow/link_token.h"

namespace postgang::flow {
namespace {

constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford's base 32
constexpr std::size_t token_letters = 16;
constexpr std::size_t group_letters = 4;
constexpr std::size_t typed_bytes_max = 100;

char asMeant(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

}  // namespace

std::string newLinkToken() {
  const auto random = randomBytes(token_letters);
  std::string token;
  for (std::size_t i = 0; i < token_letters; ++i) {
    if (i > 0 && i % group_letters == 0) token += '-';
    token += letters[static_cast<unsigned char>(random[i]) % letters.size()];
  }
  return token;
}

Digest linkDigest(std::string_view typed) {
  std::string meant;
  for (const char c : typed.substr(0, typed_bytes_max))
    if (c != '-' && c != ' ') meant += asMeant(c);
  return sha256({"link\n", meant});
}

}  // namespace postgang::flow
