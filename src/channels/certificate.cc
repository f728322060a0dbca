#include "channels/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <cassert>
#include <ctime>
#include <new>

#include "base/bytes.h"
#include "base/text.h"

namespace postgang::channels {
namespace {

constexpr std::size_t certificate_bytes_max = 20'000;
constexpr int depth_max = 5, security_level = 2;  // level 2: 112 bits and more, no SHA-1

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Context = std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)>;
using Stack = std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)>;

template <typename T>
T* made(T* pointer) {
  if (!pointer) throw std::bad_alloc();
  return pointer;
}

tl::unexpected<Problem> unusable(std::string code, std::string detail,
                                 ProblemKind kind = ProblemKind::invalid) {
  ERR_clear_error();
  return fail(kind, std::move(code), std::move(detail));
}
tl::unexpected<Problem> malformed() {
  return unusable("certificate-malformed", "This is not a certificate.");
}

// What a PEM has around its base64.
std::string_view withoutFrame(std::string_view text) {
  constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----";
  text = trimmed(text);
  if (text.starts_with(begin)) text.remove_prefix(begin.size());
  if (text.ends_with(end)) text.remove_suffix(end.size());
  return text;
}

Instant instantOf(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return Instant{};
  return Instant::atMidnight(Date::of(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday))
      .plusSeconds(parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec);
}

}  // namespace

Certificate::Certificate(x509_st* owned) : x509_(owned, X509_free) {}

Result<Certificate> Certificate::read(std::string_view text) {
  if (text.size() > certificate_bytes_max) return malformed();
  const auto der = fromBase64(withoutFrame(text));
  if (!der || der->empty()) return malformed();
  const auto* begin = reinterpret_cast<const unsigned char*>(der->data());
  const auto* at = begin;
  X509* read = d2i_X509(nullptr, &at, static_cast<long>(der->size()));
  if (!read) return malformed();
  Certificate certificate(read);
  if (at != begin + der->size()) return malformed();  // something stands behind it
  // A time that is none would otherwise be one in 1970.
  std::tm parts{};
  if (ASN1_TIME_to_tm(X509_get0_notBefore(read), &parts) != 1 ||
      ASN1_TIME_to_tm(X509_get0_notAfter(read), &parts) != 1)
    return malformed();
  return certificate;
}

std::string Certificate::der() const {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(x509_.get(), &bytes);
  if (size <= 0) throw std::bad_alloc();
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

std::string Certificate::commonName() const {
  auto* subject = X509_get_subject_name(x509_.get());
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at < 0) return {};
  unsigned char* text = nullptr;
  const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
  if (size < 0) {
    ERR_clear_error();
    return {};
  }
  std::string name(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return isUtf8(name) ? withoutControls(name) : std::string();
}

Instant Certificate::notBefore() const {
  return instantOf(X509_get0_notBefore(x509_.get()));
}
Instant Certificate::notAfter() const {
  return instantOf(X509_get0_notAfter(x509_.get()));
}

Authorities::Authorities(x509_store_st* owned) : store_(owned, X509_STORE_free) {}

Result<Authorities> Authorities::read(std::string_view pem) {
  Authorities authorities(made(X509_STORE_new()));
  const Bio bio(made(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))), BIO_free);
  int count = 0;
  while (X509* read = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    const Certificate owner(read);
    if (X509_STORE_add_cert(authorities.store_.get(), read) != 1) return malformed();
    ++count;
  }
  const auto why = ERR_peek_last_error();
  ERR_clear_error();
  if (ERR_GET_REASON(why) != PEM_R_NO_START_LINE) return malformed();  // not the end, but a broken one
  if (count == 0) return unusable("authorities-missing", "No certificate of an authority stands there.");
  return authorities;
}

Outcome Authorities::check(const Certificate& certificate, const std::vector<Certificate>& others,
                           Instant at) const {
  const Stack untrusted(made(sk_X509_new_null()), [](STACK_OF(X509) * stack) { sk_X509_free(stack); });
  for (const auto& other : others)
    if (sk_X509_push(untrusted.get(), other.x509_.get()) == 0) throw std::bad_alloc();
  const Context context(made(X509_STORE_CTX_new()), X509_STORE_CTX_free);
  if (X509_STORE_CTX_init(context.get(), store_.get(), certificate.x509_.get(), untrusted.get()) != 1)
    throw std::bad_alloc();
  X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_depth(rules, depth_max);
  X509_VERIFY_PARAM_set_auth_level(rules, security_level);
  X509_VERIFY_PARAM_set_time(rules, static_cast<std::time_t>(at.microseconds / 1'000'000));
  const bool good = X509_verify_cert(context.get()) == 1;
  const int why = X509_STORE_CTX_get_error(context.get());
  if (!good)
    return unusable("certificate-untrusted",
                    "The certificate of " + certificate.commonName() +
                        " is not believed: " + X509_verify_cert_error_string(why) + ".",
                    ProblemKind::forbidden);
  return {};
}

}  // namespace postgang::channels
