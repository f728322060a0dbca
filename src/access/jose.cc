#include "access/jose.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/bytes.h"
#include "base/json_text.h"
#include "base/text.h"

namespace postgang::access {

namespace json = boost::json;

namespace {

constexpr int rsa_bits_min = 2048, rsa_bits_max = 8192;
constexpr std::size_t coordinate_bytes = 32, keys_max = 100;

using KeyPointer = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
using Number = std::unique_ptr<BIGNUM, void (*)(BIGNUM*)>;
template <typename T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

tl::unexpected<Problem> notGenuine(std::string detail) {
  return fail(ProblemKind::unauthenticated, "identity-refused", std::move(detail), {},
              "Begin again; if it goes wrong once more, tell whoever looks after your company's sign-in.");
}

const unsigned char* bytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view textAt(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

std::string bytesAt(const json::object& object, std::string_view name) {
  return fromBase64Url(textAt(object, name)).value_or("");
}

std::optional<SignatureAlgorithm> algorithmNamed(std::string_view name) {
  if (name == "RS256") return SignatureAlgorithm::rs256;
  if (name == "PS256") return SignatureAlgorithm::ps256;
  if (name == "ES256") return SignatureAlgorithm::es256;
  return std::nullopt;
}

KeyPointer keyFrom(const char* type, OSSL_PARAM_BLD* builder) {
  const Owned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder), OSSL_PARAM_free);
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), EVP_PKEY_CTX_free);
  EVP_PKEY* made = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return {nullptr, EVP_PKEY_free};
  return {made, EVP_PKEY_free};
}

KeyPointer rsaKey(const json::object& jwk) {
  const auto modulus = bytesAt(jwk, "n"), exponent = bytesAt(jwk, "e");
  KeyPointer none(nullptr, EVP_PKEY_free);
  if (modulus.size() * 8 > rsa_bits_max + 8 || exponent.empty() || exponent.size() > 8) return none;
  const Number n(BN_bin2bn(bytesOf(modulus), static_cast<int>(modulus.size()), nullptr), BN_free);
  const Number e(BN_bin2bn(bytesOf(exponent), static_cast<int>(exponent.size()), nullptr), BN_free);
  const int bits = n ? BN_num_bits(n.get()) : 0;
  if (bits < rsa_bits_min || bits > rsa_bits_max || !e || BN_is_odd(e.get()) != 1 || BN_is_one(e.get()))
    return none;
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
  if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
    return none;
  return keyFrom("RSA", builder.get());
}

KeyPointer curveKey(const json::object& jwk) {
  const auto x = bytesAt(jwk, "x"), y = bytesAt(jwk, "y");
  KeyPointer none(nullptr, EVP_PKEY_free);
  if (textAt(jwk, "crv") != "P-256" || x.size() != coordinate_bytes || y.size() != coordinate_bytes)
    return none;
  const std::string point = '\x04' + x + y;
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
  if (!builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) !=
          1)
    return none;
  auto key = keyFrom("EC", builder.get());
  const Owned<EVP_PKEY_CTX> check(key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr) : nullptr,
                                  EVP_PKEY_CTX_free);
  return check && EVP_PKEY_public_check(check.get()) == 1 ? std::move(key) : std::move(none);
}

// r and s side by side (RFC 7518, 3.4), as OpenSSL has them.
std::string inDer(std::string_view signature) {
  if (signature.size() != 2 * coordinate_bytes) return {};
  const Owned<ECDSA_SIG> pair(ECDSA_SIG_new(), ECDSA_SIG_free);
  Number r(BN_bin2bn(bytesOf(signature), coordinate_bytes, nullptr), BN_free);
  Number s(BN_bin2bn(bytesOf(signature.substr(coordinate_bytes)), coordinate_bytes, nullptr), BN_free);
  if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return {};
  (void)r.release(), (void)s.release();
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  if (size <= 0) return {};
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

bool holds(EVP_PKEY* key, SignatureAlgorithm algorithm, std::string_view content,
           std::string_view signature) {
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_PKEY_CTX* way = nullptr;
  if (!context || EVP_DigestVerifyInit(context.get(), &way, EVP_sha256(), nullptr, key) != 1) return false;
  if (algorithm == SignatureAlgorithm::ps256 &&
      (EVP_PKEY_CTX_set_rsa_padding(way, RSA_PKCS1_PSS_PADDING) != 1 ||
       EVP_PKEY_CTX_set_rsa_pss_saltlen(way, RSA_PSS_SALTLEN_DIGEST) != 1))
    return false;
  const auto der = algorithm == SignatureAlgorithm::es256 ? inDer(signature) : std::string(signature);
  return !der.empty() &&
         EVP_DigestVerify(context.get(), bytesOf(der), der.size(), bytesOf(content), content.size()) == 1;
}

// Three parts with two dots between; empty where it is not that.
std::vector<std::string_view> partsOf(std::string_view token) {
  if (token.size() > token_bytes_max) return {};
  auto parts = split(token, '.');
  return parts.size() == 3 ? parts : std::vector<std::string_view>();
}

}  // namespace

std::optional<json::object> jsonObjectIn(std::string_view text) {
  json::parse_options options;
  options.max_depth = json_depth_max;
  boost::system::error_code fault;
  json::stream_parser parser({}, options);
  parser.write(text, fault);
  if (!fault) parser.finish(fault);
  if (fault) return std::nullopt;
  auto value = parser.release();
  if (!value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

struct KeySet::Key {
  KeyPointer key{nullptr, EVP_PKEY_free};
  bool isCurve = false;
  std::string id;
  std::optional<SignatureAlgorithm> onlyFor;

  bool takes(SignatureAlgorithm algorithm) const {
    return (algorithm == SignatureAlgorithm::es256) == isCurve && (!onlyFor || *onlyFor == algorithm);
  }
};

Result<KeySet> KeySet::parse(std::string_view jwks) {
  const auto set = jsonObjectIn(jwks);
  const auto* listed = set ? set->if_contains("keys") : nullptr;
  if (!listed || !listed->is_array())
    return fail(ProblemKind::unavailable, "identity-provider-unfit",
                "The provider's keys are not a set of keys.", "jwks_uri",
                "Tell whoever looks after the identity provider.");
  KeySet keys;
  for (const auto& each : listed->get_array()) {
    if (!each.is_object() || keys.keys_.size() == keys_max) continue;
    const auto& jwk = each.get_object();
    const auto use = textAt(jwk, "use"), algorithm = textAt(jwk, "alg"), type = textAt(jwk, "kty");
    if ((!use.empty() && use != "sig") || (!algorithm.empty() && !algorithmNamed(algorithm))) continue;
    auto key = std::make_shared<Key>();
    key->isCurve = type == "EC";
    if (key->isCurve)
      key->key = curveKey(jwk);
    else if (type == "RSA")
      key->key = rsaKey(jwk);
    if (!key->key) continue;
    key->id = textAt(jwk, "kid");
    key->onlyFor = algorithmNamed(algorithm);
    keys.keys_.push_back(std::move(key));
  }
  return keys;
}

const KeySet::Key* KeySet::find(const TokenHeader& header) const {
  const Key* found = nullptr;
  for (const auto& key : keys_) {
    if (!key->takes(header.algorithm) || (!header.keyId.empty() && key->id != header.keyId)) continue;
    if (found) return nullptr;  // two of one name, or none named: which is meant is not for us to guess
    found = key.get();
  }
  return found;
}

Result<TokenHeader> tokenHeader(std::string_view token) {
  const auto parts = partsOf(token);
  if (parts.empty()) return notGenuine("The token is not three parts, or too long.");
  const auto text = fromBase64Url(parts[0]);
  const auto header = text ? jsonObjectIn(*text) : std::nullopt;
  if (!header) return notGenuine("The token's header is not JSON.");
  const auto algorithm = algorithmNamed(textAt(*header, "alg"));
  if (!algorithm)
    return notGenuine("The token is signed by " + truncated(withoutControls(textAt(*header, "alg")), 20) +
                      ": only RS256, PS256 and ES256 are taken.");
  if (header->contains("crit") || header->contains("b64"))
    return notGenuine("The token demands an extension that is not known here.");
  if (const auto type = lowered(textAt(*header, "typ")); header->contains("typ") && type != "jwt")
    return notGenuine("The token is of another kind.");
  return TokenHeader{*algorithm, std::string(textAt(*header, "kid"))};
}

Result<json::object> verifiedClaims(std::string_view token, const KeySet& keys) {
  TRY(const auto header, tokenHeader(token));
  const auto* key = keys.find(header);
  if (!key) return notGenuine("The token is signed with a key that the provider does not publish.");
  const auto parts = partsOf(token);
  const auto signature = fromBase64Url(parts[2]);
  const auto content = token.substr(0, parts[0].size() + 1 + parts[1].size());
  if (!signature || !holds(key->key.get(), header.algorithm, content, *signature))
    return notGenuine("The token's signature does not hold.");
  const auto payload = fromBase64Url(parts[1]);
  auto claims = payload ? jsonObjectIn(*payload) : std::nullopt;
  if (!claims) return notGenuine("The token's claims are not JSON.");
  return std::move(*claims);
}

}  // namespace postgang::access
