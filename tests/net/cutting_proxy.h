// Stands between a client and a server on the loopback and cuts both connections when the test's condition
// holds, asked before every piece that it passes on.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace postgang::net::test {

enum class Passing { to_server, to_client };

class CuttingProxy {
 public:
  using Cut = std::function<bool(Passing, std::size_t passedSoFar)>;
  CuttingProxy(int serverPort, Cut cut) : cut_(std::move(cut)), serverPort_(serverPort) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 4);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~CuttingProxy() {
    done_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;
  int port() const { return port_; }

 private:
  static sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
  }
  void serve() {
    for (;;) {
      const int client = ::accept(listener_, nullptr, nullptr);
      if (client < 0) return;
      const int server = ::socket(AF_INET, SOCK_STREAM, 0);
      const sockaddr_in address = loopback(serverPort_);
      if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        passOn(client, server);
      ::close(client);
      ::close(server);
    }
  }
  void passOn(int client, int server) {
    std::array<std::size_t, 2> passed{};
    while (!done_) {
      std::array<pollfd, 2> ends{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
      if (::poll(ends.data(), ends.size(), 200) < 0) return;
      for (std::size_t i = 0; i < ends.size(); ++i) {
        if (ends[i].revents == 0) continue;
        char buffer[4096];
        const auto count = ::recv(ends[i].fd, buffer, sizeof buffer, 0);
        if (count <= 0) return;
        if (cut_(i == 0 ? Passing::to_server : Passing::to_client, passed[i])) return;
        passed[i] += static_cast<std::size_t>(count);
        ::send(i == 0 ? server : client, buffer, static_cast<std::size_t>(count), MSG_NOSIGNAL);
      }
    }
  }

  Cut cut_;
  int serverPort_, listener_ = -1, port_ = 0;
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

}  // namespace postgang::net::test
