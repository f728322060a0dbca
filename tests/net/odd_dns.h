// A DNS server that answers over UDP whatever a test wants.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <thread>

namespace postgang::net::test {

class OddDns {
 public:
  // Gets the query and gives the answer; "": none.
  explicit OddDns(std::function<std::string(const std::string& query)> answer)
      : socket_(::socket(AF_INET, SOCK_DGRAM, 0)), answer_(std::move(answer)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~OddDns() {
    const int waker = ::socket(AF_INET, SOCK_DGRAM, 0);  // a query too short to be one ends it
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port_);
    ::sendto(waker, "x", 1, 0, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::close(waker);
    thread_.join();
    ::close(socket_);
  }
  OddDns(const OddDns&) = delete;
  OddDns& operator=(const OddDns&) = delete;

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  void serve() {
    for (;;) {
      char buffer[4096];
      sockaddr_in from{};
      socklen_t size = sizeof from;
      const auto count =
          ::recvfrom(socket_, buffer, sizeof buffer, 0, reinterpret_cast<sockaddr*>(&from), &size);
      if (count < 12) return;
      const auto answer = answer_(std::string(buffer, static_cast<std::size_t>(count)));
      if (!answer.empty())
        ::sendto(socket_, answer.data(), answer.size(), 0, reinterpret_cast<sockaddr*>(&from), size);
    }
  }

  int socket_;
  std::uint16_t port_ = 0;
  std::function<std::string(const std::string&)> answer_;
  std::thread thread_;
};

}  // namespace postgang::net::test
