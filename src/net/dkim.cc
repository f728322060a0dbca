#include "net/dkim.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/bytes.h"
#include "base/text.h"
#include "net/mail.h"

namespace postgang::net {
namespace {

constexpr std::array<std::string_view, 11> signed_fields = {"From",
                                                            "From",
                                                            "To",
                                                            "Subject",
                                                            "Date",
                                                            "Message-ID",
                                                            "Reply-To",
                                                            "MIME-Version",
                                                            "Content-Type",
                                                            "List-Unsubscribe",
                                                            "List-Unsubscribe-Post"};
constexpr std::size_t fold_at = 72, key_bytes_max = 64 * 1024;
constexpr int rsa_bits_min = 2048, rsa_bits_max = 8192;

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using PrivateKey = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free>>;
using Signing = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

struct Field {
  std::string_view name, value;  // as they stand, folds and all, without the last CRLF
};

bool isBlank(char c) {
  return c == ' ' || c == '\t';
}

// Runs of blanks become one, and none are left at the end (RFC 6376, 3.4.2 and 3.4.4).
void appendRelaxed(std::string& out, std::string_view text) {
  bool blank = false;
  for (const char c : text) {
    if (isBlank(c)) {
      blank = true;
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += c;
  }
}

std::string relaxedField(std::string_view name, std::string_view value) {
  std::string unfolded;
  for (const char c : value)
    if (c != '\r' && c != '\n') unfolded += c;
  std::string out = lowered(trimmed(name)) + ":";
  appendRelaxed(out, trimmed(unfolded));
  return out;
}

std::string relaxedBody(std::string_view body) {
  std::string out;
  std::size_t emptyLines = 0;
  while (!body.empty()) {
    const auto end = std::min(body.find("\r\n"), body.size());
    std::string line;
    appendRelaxed(line, body.substr(0, end));
    body.remove_prefix(std::min(end + 2, body.size()));
    if (line.empty()) {
      ++emptyLines;
      continue;
    }
    for (; emptyLines > 0; --emptyLines) out += "\r\n";
    out += line;
    out += "\r\n";
  }
  return out;
}

Result<std::vector<Field>> fieldsOf(std::string_view head) {
  std::vector<Field> fields;
  while (!head.empty()) {
    auto end = head.find("\r\n");
    while (end != head.npos && end + 2 < head.size() && isBlank(head[end + 2]))
      end = head.find("\r\n", end + 2);
    const auto whole = head.substr(0, std::min(end, head.size()));
    const auto colon = whole.find(':');
    if (colon == whole.npos || colon == 0)
      return fail(ProblemKind::invalid, "dkim-message-malformed",
                  "A line of the message's head is no field.");
    fields.push_back({whole.substr(0, colon), whole.substr(colon + 1)});
    head.remove_prefix(std::min(whole.size() + 2, head.size()));
  }
  return fields;
}

// From the last of a name upwards, as a verifier takes them; one that is missing adds nothing.
std::string signedHead(const std::vector<Field>& fields) {
  std::string out;
  std::vector<bool> taken(fields.size(), false);
  for (const auto name : signed_fields)
    for (auto at = fields.size(); at > 0; --at) {
      if (taken[at - 1] || lowered(trimmed(fields[at - 1].name)) != lowered(name)) continue;
      taken[at - 1] = true;
      out += relaxedField(fields[at - 1].name, fields[at - 1].value) + "\r\n";
      break;
    }
  return out;
}

std::string folded(std::string_view text) {
  std::string out;
  for (; text.size() > fold_at; text.remove_prefix(fold_at)) {
    out += text.substr(0, fold_at);
    out += "\r\n ";
  }
  return out + std::string(text);
}

bool isSelector(std::string_view text) {
  return isMailAddress("a@" + std::string(text) + ".example");
}

}  // namespace

struct DkimSigner::Key {
  PrivateKey key;
  bool rsa = true;
};

Result<DkimSigner> DkimSigner::make(std::string domain, std::string selector, std::string_view pem) {
  if (!isMailAddress("a@" + domain) || domain.find('.') == std::string::npos)
    return fail(ProblemKind::invalid, "dkim-domain-invalid", "The domain that signs is not a domain.",
                "--dkim-domain", "Give it like faktura.example.com.");
  if (!isSelector(selector))
    return fail(ProblemKind::invalid, "dkim-selector-invalid", "The selector is not a name in the DNS.",
                "--dkim-selector", "Give it like 2026a.");
  const auto wrongKey = fail(ProblemKind::invalid, "dkim-key-invalid",
                             "The key is not an RSA key of 2048 to 8192 bits or an Ed25519 key in PEM.",
                             "--dkim-key", "Make one with: openssl genpkey -algorithm ed25519.");
  if (pem.size() > key_bytes_max) return wrongKey;
  const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  // No passphrase: an empty answer, and never a question on the terminal.
  const auto noPassphrase = [](char*, int, int, void*) { return 0; };
  auto key = std::make_shared<Key>();
  if (memory) key->key.reset(PEM_read_bio_PrivateKey(memory.get(), nullptr, noPassphrase, nullptr));
  if (!key->key) return wrongKey;
  const auto kind = EVP_PKEY_get_base_id(key->key.get());
  const int bits = EVP_PKEY_get_bits(key->key.get());
  key->rsa = kind == EVP_PKEY_RSA;
  if (key->rsa ? bits < rsa_bits_min || bits > rsa_bits_max : kind != EVP_PKEY_ED25519) return wrongKey;
  return DkimSigner(lowered(domain), lowered(selector), std::move(key));
}

namespace {

// RSA signs the digest of what stands there (PKCS #1 v1.5); Ed25519 is given the digest as its message.
std::string signature(EVP_PKEY* key, bool rsa, const std::string& text) {
  const Signing signing(EVP_MD_CTX_new());
  const auto digest = sha256(text);
  const std::string_view message = rsa ? std::string_view(text) : view(digest);
  std::size_t size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  const bool begun =
      signing &&
      EVP_DigestSignInit(signing.get(), nullptr, rsa ? EVP_sha256() : nullptr, nullptr, key) == 1 &&
      EVP_DigestSign(signing.get(), nullptr, &size, bytes, message.size()) == 1;
  if (!begun) return {};
  std::string out(size, '\0');
  if (EVP_DigestSign(signing.get(), reinterpret_cast<unsigned char*>(out.data()), &size, bytes,
                     message.size()) != 1)
    return {};
  out.resize(size);
  return out;
}

}  // namespace

Result<std::string> DkimSigner::sign(std::string_view message, Instant now) const {
  const auto end = message.find("\r\n\r\n");
  if (end == message.npos)
    return fail(ProblemKind::invalid, "dkim-message-malformed", "The message has no head.");
  TRY(const auto fields, fieldsOf(message.substr(0, end + 2)));
  const auto body = sha256(relaxedBody(message.substr(end + 4)));
  std::string names;
  for (const auto name : signed_fields) names += (names.empty() ? "" : ":") + std::string(name);
  const auto unsignedValue = " v=1; a=" + std::string(key_->rsa ? "rsa-sha256" : "ed25519-sha256") +
                             "; c=relaxed/relaxed; d=" + domain_ + ";\r\n s=" + selector_ +
                             "; t=" + std::to_string(now.microseconds / 1'000'000) + ";\r\n h=" + names +
                             ";\r\n bh=" + base64(view(body)) + ";\r\n b=";
  const auto text = signedHead(fields) + relaxedField("DKIM-Signature", unsignedValue);
  const auto made = signature(key_->key.get(), key_->rsa, text);
  if (made.empty())
    return fail(ProblemKind::internal, "dkim-not-signed", "OpenSSL does not sign with this key.");
  return "DKIM-Signature:" + unsignedValue + folded(base64(made)) + "\r\n" + std::string(message);
}

std::string DkimSigner::record() const {
  std::string bytes;
  if (key_->rsa) {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key_->key.get(), &der);
    if (size > 0) bytes.assign(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
  } else {
    std::size_t size = 32;
    bytes.resize(size);
    if (EVP_PKEY_get_raw_public_key(key_->key.get(), reinterpret_cast<unsigned char*>(bytes.data()), &size) !=
        1)
      bytes.clear();
  }
  return std::string("v=DKIM1; k=") + (key_->rsa ? "rsa" : "ed25519") + "; p=" + base64(bytes);
}

}  // namespace postgang::net
