// Keys and certificates of a small world of Peppol, made by openssl when the first test asks for them: an
// authority of SMPs and one of access points, what they have issued, an authority that nobody believes, and a
// certificate for TLS on this machine.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/bytes.h"
#include "channels/certificate.h"

namespace postgang::channels::test {

class Pki {
 public:
  static const Pki& get() {
    static const Pki pki;
    return pki;
  }
  ~Pki() { std::filesystem::remove_all(folder_); }
  Pki(const Pki&) = delete;
  Pki& operator=(const Pki&) = delete;

  // "smp-authority", "smp", "stranger-authority", "stranger", "access-point-authority", "access-point", "tls"
  std::string file(const std::string& name, const std::string& kind = ".pem") const {
    return (folder_ / (name + kind)).string();
  }
  std::string pem(const std::string& name) const {
    std::ifstream in(file(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  // The base64 between a PEM's first and last line, on one line.
  std::string base64Of(const std::string& name) const {
    auto text = pem(name);
    text = text.substr(text.find("-----BEGIN CERTIFICATE-----") + 27);
    text.resize(text.find("-----END"));
    std::erase(text, '\n');
    return text;
  }
  Authorities authorities(const std::string& name) const { return Authorities::read(pem(name)).value(); }
  // RSA with SHA-256, in base64.
  std::string signature(const std::string& name, const std::string& bytes) const {
    const std::unique_ptr<FILE, int (*)(FILE*)> in(std::fopen(file(name, ".key").c_str(), "r"), std::fclose);
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
        PEM_read_PrivateKey(in.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data());
    std::string made(1024, '\0');
    std::size_t size = made.size();
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(made.data()), &size, begin,
                       bytes.size()) != 1)
      throw std::runtime_error("cannot sign");
    made.resize(size);
    return base64(made);
  }

 private:
  Pki() {
    std::string pattern = (std::filesystem::temp_directory_path() / "postgang-pki-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    for (const std::string kind : {"smp", "stranger", "access-point"}) {
      make(kind + "-authority", "-newkey rsa:2048 -days 3650");
      make(kind, "-newkey rsa:2048 -days " + std::string(kind == "access-point" ? "100" : "300") +
                     " -extensions usr_cert -CA " + file(kind + "-authority") + " -CAkey " +
                     file(kind + "-authority", ".key"));
    }
    make("tls",
         "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 2 -addext subjectAltName=DNS:localhost");
  }
  void make(const std::string& name, const std::string& options) const {
    const auto command = "openssl req -x509 -nodes -sha256 -subj /CN=" + name + " " + options + " -keyout " +
                         file(name, ".key") + " -out " + file(name) + " >/dev/null 2>&1";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl: " + command);
  }
  std::filesystem::path folder_;
};

}  // namespace postgang::channels::test
