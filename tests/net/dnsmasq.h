// A real DNS server for tests: Debian's dnsmasq on a free loopback port, with the records it is given and
// nothing of the system's. `started()` is false where there is none: skip.
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
#include <vector>

namespace postgang::net::test {

class Dnsmasq {
 public:
  // Lines of its settings: "naptr-record=name,order,preference,flags,service,regexp". It answers for `zone`
  // alone, and refuses everything else.
  Dnsmasq(const std::string& zone, const std::vector<std::string>& records) {
    std::string pattern = (std::filesystem::temp_directory_path() / "postgang-dns-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    if (!std::filesystem::exists(program)) return;
    port_ = freePort();
    {
      std::ofstream settings(folder_ / "conf");
      settings << "port=" << port_
               << "\nlisten-address=127.0.0.1\nbind-interfaces\nno-resolv\nno-hosts\nno-poll\n"
               << "log-facility=-\npid-file=\nlocal=/" << zone << "/\n";
      if (::getuid() == 0) settings << "user=root\n";
      for (const auto& record : records) settings << record << "\n";
    }
    start();
  }
  ~Dnsmasq() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      ::waitpid(process_, nullptr, 0);
    }
    if (log_ >= 0) ::close(log_);
    std::filesystem::remove_all(folder_);
  }
  Dnsmasq(const Dnsmasq&) = delete;
  Dnsmasq& operator=(const Dnsmasq&) = delete;

  bool started() const { return started_; }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  static constexpr const char* program = "/usr/sbin/dnsmasq";

  static int freePort() {
    const int probe = ::socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(probe, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(probe);
    return ntohs(address.sin_port);
  }
  // It says on standard error when it has started.
  void start() {
    int ends[2];
    if (::pipe(ends) != 0) return;
    const auto settings = "--conf-file=" + (folder_ / "conf").string();
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(ends[1], STDERR_FILENO);
      ::close(ends[0]);
      ::execl(program, program, "--keep-in-foreground", settings.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    log_ = ends[0];
    std::string said;
    char part[512];
    for (pollfd waiting{log_, POLLIN, 0}; !started_ && ::poll(&waiting, 1, 10'000) == 1;) {
      const auto read = ::read(log_, part, sizeof part);
      if (read <= 0) break;
      said.append(part, static_cast<std::size_t>(read));
      started_ = said.find("started, version") != std::string::npos;
    }
  }

  std::filesystem::path folder_;
  pid_t process_ = -1;
  int port_ = 0, log_ = -1;
  bool started_ = false;
};

}  // namespace postgang::net::test
