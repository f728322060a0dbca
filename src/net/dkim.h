// DKIM signatures on our own messages (RFC 6376): relaxed/relaxed, rsa-sha256 or ed25519-sha256 (RFC 8463),
// so that receivers see that the mail is from the domain that it says.
//
// Signed are From (twice, so that nobody can add one), To, Subject, Date, Message-ID, Reply-To, MIME-Version,
// Content-Type, and the whole body. A field that the message lacks is signed as missing.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/time.h"

namespace postgang::net {

class DkimSigner {
 public:
  // `key`: a private key in PEM, RSA of 2048 to 8192 bits or Ed25519, without a passphrase. The selector is
  // what stands before ._domainkey.<domain> in the DNS. Codes (invalid): dkim-domain-invalid,
  // dkim-selector-invalid, dkim-key-invalid.
  static Result<DkimSigner> make(std::string domain, std::string selector, std::string_view key);

  // The message with its signature on top; its lines end in CRLF (net/mail.h's composed()). Thread-safe.
  // Codes: dkim-message-malformed (invalid), dkim-not-signed (internal).
  Result<std::string> sign(std::string_view message, Instant now) const;

  // What the DNS shall hold as TXT: name and value.
  std::string recordName() const { return selector_ + "._domainkey." + domain_; }
  std::string record() const;

 private:
  struct Key;
  DkimSigner(std::string domain, std::string selector, std::shared_ptr<const Key> key)
      : domain_(std::move(domain)), selector_(std::move(selector)), key_(std::move(key)) {}
  std::string domain_, selector_;
  std::shared_ptr<const Key> key_;
};

}  // namespace postgang::net
