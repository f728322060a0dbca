// A provider's key in tests: made anew each time, signs tokens, is published as a JSON Web Key.
#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace postgang::access::test {

class Signer {
 public:
  enum class Kind : std::uint8_t { rsa, weak, curve };

  Signer(Kind kind, std::string id)
      : kind_(kind),
        id_(std::move(id)),
        key_(kind == Kind::curve ? EVP_EC_gen("P-256") : EVP_RSA_gen(kind == Kind::weak ? 1024U : 2048U),
             EVP_PKEY_free) {}

  std::string jwk(const std::string& more = {}) const {
    const std::string begin = "{" + more + R"("kid":")" + id_ + "\",";
    if (kind_ == Kind::curve)
      return begin + R"("kty":"EC","crv":"P-256","x":")" + number(OSSL_PKEY_PARAM_EC_PUB_X, 32) +
             R"(","y":")" + number(OSSL_PKEY_PARAM_EC_PUB_Y, 32) + "\"}";
    return begin + R"("kty":"RSA","n":")" + number(OSSL_PKEY_PARAM_RSA_N, 0) + R"(","e":")" +
           number(OSSL_PKEY_PARAM_RSA_E, 0) + "\"}";
  }
  std::string jwks() const { return R"({"keys":[)" + jwk() + "]}"; }

  std::string token(const std::string& claims) const {
    const std::string algorithm = kind_ == Kind::curve ? "ES256" : "RS256";
    return tokenWithHeader(R"({"alg":")" + algorithm + R"(","kid":")" + id_ + "\"}", claims);
  }
  std::string pssToken(const std::string& claims) const {
    return signedBy(R"({"alg":"PS256","kid":")" + id_ + "\"}", claims, true);
  }
  std::string tokenWithHeader(const std::string& header, const std::string& claims) const {
    return signedBy(header, claims, false);
  }

 private:
  std::string number(const char* name, int size) const {
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key_.get(), name, &value);
    const std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> owned(value, BN_free);
    std::string bytes(static_cast<std::size_t>(size ? size : BN_num_bytes(value)), '\0');
    BN_bn2binpad(value, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    return base64Url(bytes);
  }
  std::string signedBy(const std::string& header, const std::string& claims, bool pss) const {
    const auto content = base64Url(header) + "." + base64Url(claims);
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_PKEY_CTX* way = nullptr;
    EVP_DigestSignInit(context.get(), &way, EVP_sha256(), nullptr, key_.get());
    if (pss) {
      EVP_PKEY_CTX_set_rsa_padding(way, RSA_PKCS1_PSS_PADDING);
      EVP_PKEY_CTX_set_rsa_pss_saltlen(way, RSA_PSS_SALTLEN_DIGEST);
    }
    std::size_t size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(content.data());
    EVP_DigestSign(context.get(), nullptr, &size, bytes, content.size());
    std::string signature(size, '\0');
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                   content.size());
    signature.resize(size);
    return content + "." + base64Url(kind_ == Kind::curve ? sideBySide(signature) : signature);
  }
  static std::string sideBySide(const std::string& der) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const std::unique_ptr<ECDSA_SIG, void (*)(ECDSA_SIG*)> pair(
        d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())), ECDSA_SIG_free);
    std::string both(64, '\0');
    auto* out = reinterpret_cast<unsigned char*>(both.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out + 32, 32);
    return both;
  }

  Kind kind_;
  std::string id_;
  std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key_;
};

}  // namespace postgang::access::test
