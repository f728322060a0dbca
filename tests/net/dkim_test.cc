// Verified by somebody else: python3-dkim, with keys that are made here and thrown away.
#include "net/dkim.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "net/mail.h"

namespace postgang::net {
namespace {

std::string pemOf(EVP_PKEY* key) {
  const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> owned(key, EVP_PKEY_free);
  const std::unique_ptr<BIO, int (*)(BIO*)> memory(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_PrivateKey(memory.get(), owned.get(), nullptr, nullptr, 0, nullptr, nullptr);
  char* text = nullptr;
  const auto size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}
const std::string& rsaKey() {
  static const std::string key = pemOf(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}));
  return key;
}
std::string ed25519Key() {
  return pemOf(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
}

std::string message(const std::string& text = "Hej Anna,\r\n\r\nhär är  din faktura. \r\n.\r\n\r\n\r\n") {
  Mail mail;
  mail.from = {"Älvnära Energi", "retur@postgang.example"};
  mail.replyTo = MailAddress{"", "kundservice@alvnara.example"};
  mail.to = {{"", "anna.berg@mejl.example"}};
  mail.subject = "Faktura från Älvnära Energi: 1 284,00 kr, senast 30 november, och ännu några ord till";
  mail.text = text;
  mail.html = "<p>" + text + "</p>";
  mail.messageId = "smartmail.1.0@postgang.example";
  mail.date = *Instant::parse("2026-11-09T08:00:00Z");
  const auto bytes = composed(mail);
  EXPECT_TRUE(bytes);
  return bytes.value_or("");
}

bool hasVerifier() {
  return std::system("/usr/bin/python3 -c 'import dkim, nacl' 2>/dev/null") == 0;
}

// "good", or what the verifier says.
std::string verified(const std::string& bytes, const DkimSigner& signer) {
  const auto folder = std::filesystem::temp_directory_path() / ("postgang-dkim-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "message", std::ios::binary) << bytes;
  std::ofstream(folder / "record") << signer.record();
  std::ofstream(folder / "name") << signer.recordName() << ".";
  std::ofstream(folder / "verify.py") << R"(import sys, dkim
at = sys.argv[1]
read = lambda name: open(at + "/" + name, "rb").read()
answer = lambda name, timeout=5: read("record") if name == read("name") else None
try:
    print("good" if dkim.DKIM(read("message")).verify(dnsfunc=answer) else "bad", end="")
except Exception as fault:
    print(fault, end="")
)";
  const auto command =
      "/usr/bin/python3 " + (folder / "verify.py").string() + " " + folder.string() + " 2>&1";
  std::string said;
  if (FILE* pipe = popen(command.c_str(), "r")) {
    char some[4096];
    while (const auto count = fread(some, 1, sizeof some, pipe)) said.append(some, count);
    pclose(pipe);
  }
  std::filesystem::remove_all(folder);
  return said;
}

Instant now() {
  return *Instant::parse("2026-11-09T08:00:01Z");
}

TEST(Dkim, IsVerifiedByAnother) {
  if (!hasVerifier()) GTEST_SKIP() << "python3-dkim is not installed";
  for (const auto& key : {rsaKey(), ed25519Key()}) {
    const auto signer = DkimSigner::make("postgang.example", "2026a", key);
    ASSERT_TRUE(signer) << signer.error().detail;
    for (const auto& bytes : {message(), message(""), message(std::string(5000, ' ') + "slut")}) {
      const auto made = signer->sign(bytes, now());
      ASSERT_TRUE(made) << made.error().detail;
      EXPECT_EQ(verified(*made, *signer), "good") << *made;
      EXPECT_TRUE(made->ends_with(bytes)) << "the message itself stays as it was";
    }
  }
}

TEST(Dkim, WhatIsChangedOrAddedIsSeen) {
  if (!hasVerifier()) GTEST_SKIP() << "python3-dkim is not installed";
  const auto signer = DkimSigner::make("postgang.example", "2026a", rsaKey());
  ASSERT_TRUE(signer);
  const auto made = *signer->sign(message(), now());
  auto changed = made;
  changed.replace(changed.find("din faktura"), 3, "min");
  EXPECT_NE(verified(changed, *signer), "good");
  EXPECT_NE(verified("From: somebody@else.example\r\n" + made, *signer), "good") << "a second From";
  auto reply = message();
  const auto at = reply.find("Reply-To:");
  reply.erase(at, reply.find("\r\n", at) + 2 - at);
  EXPECT_EQ(verified(*signer->sign(reply, now()), *signer), "good");
  EXPECT_NE(verified("Reply-To: somebody@else.example\r\n" + *signer->sign(reply, now()), *signer), "good");
  EXPECT_EQ(verified("X-Passed-On: by a server\r\n" + made, *signer), "good");
}

TEST(Dkim, WhatCannotSignIsRefused) {
  const auto code = [](std::string domain, std::string selector, const std::string& key) {
    const auto signer = DkimSigner::make(std::move(domain), std::move(selector), key);
    return signer ? "good" : signer.error().code;
  };
  EXPECT_EQ(code("postgang.example", "2026a", "-----BEGIN nothing"), "dkim-key-invalid");
  EXPECT_EQ(code("postgang.example", "2026a", ""), "dkim-key-invalid");
  const auto weak = pemOf(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{1024}));
  EXPECT_EQ(code("postgang.example", "2026a", weak), "dkim-key-invalid");
  EXPECT_EQ(code("postgang.example", "2026a", pemOf(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"))),
            "dkim-key-invalid");
  EXPECT_EQ(code("postgang", "2026a", rsaKey()), "dkim-domain-invalid");
  EXPECT_EQ(code("postgang.example; d=other.example", "2026a", rsaKey()), "dkim-domain-invalid");
  EXPECT_EQ(code("postgang.example", "a b", rsaKey()), "dkim-selector-invalid");
  const auto signer = DkimSigner::make("postgang.example", "2026a", rsaKey());
  ASSERT_TRUE(signer);
  EXPECT_EQ(signer->sign("no head", now()).error().code, "dkim-message-malformed");
  EXPECT_EQ(signer->sign("no field\r\n\r\n", now()).error().code, "dkim-message-malformed");
}

}  // namespace
}  // namespace postgang::net
