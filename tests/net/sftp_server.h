// A real SFTP server for tests: OpenSSH's sshd with keys and a folder of its own, on a free loopback port.
// The system's own sshd, running or not, is never touched. `started()` is false where there is none: skip.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "net/file_drop.h"

namespace postgang::net::test {

class SftpServer {
 public:
  SftpServer() {
    std::string pattern = (std::filesystem::temp_directory_path() / "postgang-sftp-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::filesystem::create_directory(folder_ / "drop");
    if (!std::filesystem::exists(program) || !makeKeys()) return;
    port_ = freePort();
    writeSettings();
    start();
  }
  ~SftpServer() {
    if (process_ > 0) {
      ::kill(process_, SIGTERM);
      ::waitpid(process_, nullptr, 0);
    }
    std::filesystem::remove_all(folder_);
  }
  SftpServer(const SftpServer&) = delete;
  SftpServer& operator=(const SftpServer&) = delete;

  bool started() const { return started_; }
  int port() const { return port_; }
  std::filesystem::path drop() const { return folder_ / "drop"; }
  std::filesystem::path folder() const { return folder_; }
  // How to reach it; through another port where a test stands in between.
  DropAccess access(int port = 0) const {
    DropAccess access;
    access.url = "sftp://" + user() + "@127.0.0.1:" + std::to_string(port ? port : port_) + drop().string();
    access.keyFile = (folder_ / "client").string();
    access.hostKeys = {hostKey_};
    access.connectTime = std::chrono::milliseconds(5000);
    access.totalTime = std::chrono::milliseconds(20000);
    return access;
  }

 private:
  static constexpr const char* program = "/usr/sbin/sshd";

  static std::string user() {
    const auto* entry = ::getpwuid(::getuid());
    return entry ? entry->pw_name : "";
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
  static std::string output(const std::string& command) {
    std::string out;
    FILE* pipe = ::popen(command.c_str(), "r");
    if (!pipe) return out;
    char part[512];
    while (const auto read = std::fread(part, 1, sizeof part, pipe)) out.append(part, read);
    return ::pclose(pipe) == 0 ? out : "";
  }
  bool makeKeys() {
    for (const char* name : {"host", "client"}) {
      const auto file = (folder_ / name).string();
      output("ssh-keygen -q -t ed25519 -N '' -f " + file + " </dev/null 2>/dev/null");
      if (!std::filesystem::exists(file)) return false;
    }
    const auto said = output("ssh-keygen -l -f " + (folder_ / "host.pub").string());  // 256 SHA256:… comment
    const auto from = said.find("SHA256:");
    if (from == std::string::npos) return false;
    hostKey_ = said.substr(from, said.find(' ', from) - from);
    return true;
  }
  void writeSettings() const {
    std::ofstream settings(folder_ / "sshd_config");
    settings << "ListenAddress 127.0.0.1\nPort " << port_ << "\nHostKey " << (folder_ / "host").string()
             << "\nAuthorizedKeysFile " << (folder_ / "client.pub").string() << "\nPidFile none\nUsePAM no\n"
             << "StrictModes no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
             << "PermitRootLogin prohibit-password\nMaxStartups 100\nSubsystem sftp internal-sftp\n"
             << "ForceCommand internal-sftp\n";
  }
  // It says on standard error when it listens.
  void start() {
    if (::getuid() == 0) ::mkdir("/run/sshd", 0755);  // where its unprivileged half is confined
    int ends[2];
    if (::pipe(ends) != 0) return;
    const auto settings = (folder_ / "sshd_config").string();
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(ends[1], STDERR_FILENO);
      ::close(ends[0]);
      ::execl(program, program, "-D", "-e", "-f", settings.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    log_ = ends[0];
    std::string said;
    char part[512];
    for (pollfd waiting{log_, POLLIN, 0}; ::poll(&waiting, 1, 10'000) == 1;) {
      const auto read = ::read(log_, part, sizeof part);
      if (read <= 0) return;
      said.append(part, static_cast<std::size_t>(read));
      if (said.find("Server listening") != std::string::npos) {
        started_ = true;
        return;
      }
    }
  }

  std::filesystem::path folder_;
  std::string hostKey_;
  pid_t process_ = -1;
  int port_ = 0, log_ = -1;
  bool started_ = false;
};

}  // namespace postgang::net::test
