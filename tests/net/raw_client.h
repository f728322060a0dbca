// A client that says exactly what a test tells it to, byte for byte, right or wrong. A read that gets nothing
// for ten seconds gives up, so that a test fails instead of hanging.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "net/http.h"

namespace postgang::net::test {

struct RawReply {
  int status = 0;  // 0: the connection was closed without a reply
  Headers headers;
  std::string body;
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receiveBuffer = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receiveBuffer > 0) setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    const timeval patience{10, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawClient() {
    if (socket_ >= 0) ::close(socket_);
  }
  RawClient(RawClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        connected_(other.connected_),
        received_(std::move(other.received_)) {}
  RawClient(const RawClient&) = delete;

  bool connected() const { return connected_; }
  // How many bytes the server took before it hung up.
  std::size_t send(std::string_view bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const auto count = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) break;
      sent += static_cast<std::size_t>(count);
    }
    return sent;
  }
  void finishSending() { ::shutdown(socket_, SHUT_WR); }

  // Up to and with `end`; what came until the server hung up where it does not come.
  std::string readUntil(std::string_view end) {
    std::size_t found;
    while ((found = received_.find(end)) == std::string::npos)
      if (!receive()) return std::exchange(received_, {});
    return cut(found + end.size());
  }
  std::string readToEnd() {
    while (receive()) {
    }
    return std::exchange(received_, {});
  }
  bool isClosed() { return received_.empty() && !receive(); }

  RawReply reply(bool isHead = false) {
    RawReply result;
    const std::string head = readUntil("\r\n\r\n");
    if (head.size() < 12) return result;
    result.status = std::atoi(head.c_str() + 9);  // tidy: a test's own server wrote it
    std::size_t line = head.find("\r\n") + 2;
    while (head.compare(line, 2, "\r\n") != 0) {
      const auto end = head.find("\r\n", line), colon = head.find(':', line);
      result.headers.add(head.substr(line, colon - line), head.substr(colon + 2, end - colon - 2));
      line = end + 2;
    }
    if (isHead || !result.headers.has("Content-Length")) return result;
    const auto length = std::stoul(std::string(result.headers.get("Content-Length")));
    while (received_.size() < length && receive()) {
    }
    result.body = cut(length);
    return result;
  }

 private:
  bool receive() {
    char bytes[65536];
    const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    received_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }
  std::string cut(std::size_t count) {
    std::string result = received_.substr(0, count);
    received_.erase(0, count);
    return result;
  }
  int socket_;
  bool connected_ = false;
  std::string received_;
};

// The bytes of a plain request.
inline std::string get(std::string_view path, std::string_view fields = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n" + std::string(fields) + "\r\n";
}
inline std::string post(std::string_view path, std::string_view body, std::string_view fields = "") {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(fields) + "\r\n" + std::string(body);
}

}  // namespace postgang::net::test
