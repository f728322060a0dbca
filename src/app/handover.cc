#include "app/handover.h"

#include <filesystem>

#include "app/file.h"
#include "base/text.h"
#include "net/file_drop.h"

namespace postgang::app {

namespace {

// Absolute, there, and of signs that need quoting nowhere.
Result<std::string> rootIn(const Settings& settings) {
  if (!settings.isSet("handover-root")) return std::string();
  std::error_code error;
  const auto root = std::filesystem::canonical(settings.text("handover-root"), error);
  net::DropAccess access;
  access.url = "file://" + root.string();
  if (!error && std::filesystem::is_directory(root, error) && net::FileDrop::at(access)) return root.string();
  return fail(ProblemKind::invalid, "handover-root-invalid",
              "--handover-root is a folder that is there, named with A-Z, a-z, 0-9, ., _ and - alone.",
              "--handover-root", "Make the folder, and give its whole path.");
}

// OpenSSH keeps the public key beside the private one.
std::string publicKeyOf(const std::string& keyFile) {
  const auto text = readFile(keyFile + ".pub");
  return text ? std::string(trimmed(withoutControls(*text))) : std::string();
}

}  // namespace

std::vector<Setting> handoverSettings() {
  return {
      {"handover-root", "", "receivers' folders and watched folders of this machine lie below it", "DIR"},
      {"handover-key", "",
       "the private key for receivers' and senders' SFTP servers, with its .pub beside it", "FILE"},
      {"handover-tls-authorities", "", "who vouches for webhooks' TLS, PEM; the system's without it", "FILE"},
      {"handover-sandbox", "false",
       "their addresses may be on this machine, and webhooks be http: never in production", ""}};
}

Result<channels::HandoverRules> readHandover(const Settings& settings) {
  channels::HandoverRules rules;
  TRY(rules.root, rootIn(settings));
  if (settings.isSet("handover-key")) {
    rules.keyFile = settings.text("handover-key");
    CHECK_OK(readFile(rules.keyFile));
    rules.publicKey = publicKeyOf(rules.keyFile);
  }
  if (settings.isSet("handover-tls-authorities")) {
    rules.tlsAuthorities = settings.text("handover-tls-authorities");
    CHECK_OK(readFile(rules.tlsAuthorities));
  }
  rules.sandbox = settings.yes("handover-sandbox");
  return rules;
}

}  // namespace postgang::app
