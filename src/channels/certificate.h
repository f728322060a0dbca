// X.509 certificates as others send them, and who is believed to have issued them (RFC 5280, by OpenSSL).
// Revocation is not asked about.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/time.h"

struct x509_st;
struct x509_store_st;

namespace postgang::channels {

class Certificate {
 public:
  // Base64 of DER as XML carries it, with or without a PEM's first and last line. Code certificate-malformed.
  static Result<Certificate> read(std::string_view text);

  std::string der() const;
  std::string commonName() const;  // of its subject; "" where it has none
  Instant notBefore() const;
  Instant notAfter() const;
  bool holdsAt(Instant instant) const { return notBefore() <= instant && instant <= notAfter(); }

 private:
  friend class Authorities;
  explicit Certificate(x509_st* owned);
  std::shared_ptr<x509_st> x509_;
};

// Who may issue. An intermediate authority given here is believed by itself: naming it alone leaves out what
// else its root has issued.
class Authorities {
 public:
  // One or more certificates in PEM. Codes: authorities-missing, certificate-malformed (invalid).
  static Result<Authorities> read(std::string_view pem);

  // A chain from the certificate to one of these, by way of `others`, every one of them valid at that
  // instant. Code certificate-untrusted (forbidden; the detail says why).
  Outcome check(const Certificate& certificate, const std::vector<Certificate>& others, Instant at) const;

 private:
  explicit Authorities(x509_store_st* owned);
  std::shared_ptr<x509_store_st> store_;
};

}  // namespace postgang::channels
