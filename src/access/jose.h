// Signed tokens: JSON Web Signatures in their compact form (RFC 7515), by RS256, PS256 or ES256 alone (RFC
// 7518, 3.3 to 3.5), checked with the keys that a provider publishes (RFC 7517).
//
//   TRY(const auto keys, KeySet::parse(body));
//   TRY(const auto claims, verifiedClaims(token, keys));
//
// The algorithm is one of the three and goes with the kind of the key: a token cannot choose to be checked
// otherwise ("none", an HMAC with a public key as its secret). What is not understood is refused: `crit`, a
// `typ` of another kind of token, RSA keys of less than 2048 bits or more than 8192, curves but P-256.
// Encrypted tokens are not read. Pure: no clock, no network. Code of all faults: identity-refused
// (unauthenticated), with a detail that says what; a key set that is none: identity-provider-unfit
// (unavailable).
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace postgang::access {

enum class SignatureAlgorithm : std::uint8_t { rs256, ps256, es256 };

struct TokenHeader {
  SignatureAlgorithm algorithm = SignatureAlgorithm::rs256;
  std::string keyId;  // empty: it names none
};
inline constexpr std::size_t token_bytes_max = 16 * 1024;
Result<TokenHeader> tokenHeader(std::string_view token);

class KeySet {
 public:
  // {"keys": […]}; keys that are not for signatures, or of kinds that are not used here, are passed over.
  static Result<KeySet> parse(std::string_view jwks);
  // Whether one of them can be what a token with this header was signed with.
  bool fits(const TokenHeader& header) const { return find(header) != nullptr; }
  std::size_t size() const { return keys_.size(); }

 private:
  struct Key;
  friend Result<boost::json::object> verifiedClaims(std::string_view token, const KeySet& keys);
  // By its name; a token that names none must leave no choice.
  const Key* find(const TokenHeader& header) const;
  std::vector<std::shared_ptr<const Key>> keys_;
};

// The payload of a token whose signature holds: what it claims is yet to be judged (id_token.h).
Result<boost::json::object> verifiedClaims(std::string_view token, const KeySet& keys);

// A JSON object from outside, its nesting bounded. Of a name that stands twice the last one counts.
std::optional<boost::json::object> jsonObjectIn(std::string_view text);

}  // namespace postgang::access
