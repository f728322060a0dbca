// A real IMAP server for tests: Debian's dovecot with a mailbox and settings in a folder of its own, on free
// loopback ports. The system's own dovecot, running or not, is never touched. Needs root, as dovecot does;
// `started()` is false where that, or dovecot, is missing: skip.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "net/imap.h"

namespace postgang::net::test {

class Dovecot {
 public:
  Dovecot() {
    std::string pattern = (std::filesystem::temp_directory_path() / "postgang-imap-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    if (::getuid() != 0 || !std::filesystem::exists(program)) return;
    std::filesystem::permissions(folder_, std::filesystem::perms(0755));
    for (const char* name : {"run", "mail", "mail/new", "mail/cur", "mail/tmp"}) {
      std::filesystem::create_directory(folder_ / name);
      if (std::string_view(name).starts_with("mail")) giveAway(folder_ / name);
    }
    makeCertificate();
    port_ = freePort();
    securePort_ = freePort();
    writeSettings();
    start();
  }
  ~Dovecot() {
    if (process_ > 0) {
      ::kill(process_, SIGTERM);
      ::waitpid(process_, nullptr, 0);
    }
    std::filesystem::remove_all(folder_);
  }
  Dovecot(const Dovecot&) = delete;
  Dovecot& operator=(const Dovecot&) = delete;

  bool started() const { return started_; }
  int port() const { return port_; }
  // How to reach it; through another port where a test stands in between.
  ImapAccount account(int port = 0) const {
    ImapAccount account;
    account.url = "imap://127.0.0.1:" + std::to_string(port ? port : port_);
    account.user = "retur";
    account.password = "hemligt-ord";
    account.connectTime = std::chrono::milliseconds(5000);
    account.totalTime = std::chrono::milliseconds(20'000);
    return account;
  }
  ImapAccount secureAccount() const {
    auto secure = account();
    secure.url = "imaps://localhost:" + std::to_string(securePort_);
    secure.authorities = (folder_ / "certificate").string();
    return secure;
  }

  // As a mail server lays it there: whole or not at all.
  void deliver(const std::string& message) {
    const auto name = "m" + std::to_string(++delivered_);
    {
      std::ofstream file(folder_ / "mail/tmp" / name, std::ios::binary);
      file << message;
    }
    giveAway(folder_ / "mail/tmp" / name);
    std::filesystem::rename(folder_ / "mail/tmp" / name, folder_ / "mail/new" / name);
  }
  // How many lie in a folder; "" is the INBOX.
  int count(const std::string& folder) const {
    int files = 0;
    for (const char* kind : {"new", "cur"}) {
      const auto path = folder_ / "mail" / (folder.empty() ? "" : "." + folder) / kind;
      if (!std::filesystem::exists(path)) continue;
      for (const auto& entry : std::filesystem::directory_iterator(path)) files += entry.is_regular_file();
    }
    return files;
  }

 private:
  static constexpr const char* program = "/usr/sbin/dovecot";
  static constexpr unsigned nobody = 65534;

  static void giveAway(const std::filesystem::path& path) {
    if (::chown(path.c_str(), nobody, nobody) != 0) std::abort();
  }
  static int freePort() {
    const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(probe, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(probe);
    return ntohs(address.sin_port);
  }
  void makeCertificate() const {
    const auto command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout " +
        (folder_ / "key").string() + " -out " + (folder_ / "certificate").string() + " >/dev/null 2>&1";
    if (std::system(command.c_str()) != 0) std::abort();
  }
  void writeSettings() const {
    const auto at = [&](const char* name) { return (folder_ / name).string(); };
    std::ofstream settings(folder_ / "conf");
    settings << "base_dir = " << at("run") << "\nstate_dir = " << at("run")
             << "\nlog_path = /dev/stderr\nprotocols = imap\nlisten = 127.0.0.1\nssl = yes\nssl_cert = <"
             << at("certificate") << "\nssl_key = <" << at("key")
             << "\ndisable_plaintext_auth = no\nauth_failure_delay = 0\nmail_location = maildir:"
             << at("mail") << "\nfirst_valid_uid = 1\nfirst_valid_gid = 1\n"
             << "passdb {\n  driver = static\n  args = password=hemligt-ord\n}\n"
             << "userdb {\n  driver = static\n  args = uid=" << nobody << " gid=" << nobody
             << " home=" << folder_.string() << "\n}\nnamespace inbox {\n  inbox = yes\n}\n"
             << "service imap-login {\n  inet_listener imap {\n    port = " << port_
             << "\n  }\n  inet_listener imaps {\n    port = " << securePort_ << "\n    ssl = yes\n  }\n}\n"
             << "service stats {\n  unix_listener stats-writer {\n    mode = 0666\n  }\n}\n";
  }
  // It says on standard error when it starts up.
  void start() {
    int ends[2];
    if (::pipe(ends) != 0) return;
    const auto settings = (folder_ / "conf").string();
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(ends[1], STDERR_FILENO);
      ::close(ends[0]);
      ::execl(program, program, "-F", "-c", settings.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    std::string said;
    char part[512];
    for (pollfd waiting{ends[0], POLLIN, 0}; !started_ && ::poll(&waiting, 1, 10'000) == 1;) {
      const auto read = ::read(ends[0], part, sizeof part);
      if (read <= 0) break;
      said.append(part, static_cast<std::size_t>(read));
      started_ = said.find("starting up") != std::string::npos;
    }
    log_ = ends[0];
  }

  std::filesystem::path folder_;
  pid_t process_ = -1;
  int port_ = 0, securePort_ = 0, log_ = -1, delivered_ = 0;
  bool started_ = false;
};

}  // namespace postgang::net::test
