// An SMTP server of one connection that answers as the test wants it to: a reply per command word, "CUT" to
// end the connection there. What is not told is answered 250 (DATA 354, the message's end 250 as ".").
#pragma once

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <string>
#include <thread>

namespace postgang::net::test {

class SmtpScript {
 public:
  using Replies = std::map<std::string, std::string>;
  explicit SmtpScript(Replies replies = Replies())
      : replies_(std::move(replies)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 1);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~SmtpScript() {
    if (thread_.joinable()) thread_.join();
    ::close(listener_);
  }
  SmtpScript(const SmtpScript&) = delete;
  SmtpScript& operator=(const SmtpScript&) = delete;

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  // Once the client is done: what it said.
  std::string heard() {
    thread_.join();
    return heard_;
  }

 private:
  static constexpr int patience_ms = 5000;  // a client that never comes must not hold the test

  bool readable(int socket) const {
    pollfd waiting{socket, POLLIN, 0};
    return ::poll(&waiting, 1, patience_ms) == 1;
  }

  bool readLine(std::string& line) {
    for (;;) {
      if (const auto end = buffer_.find("\r\n"); end != std::string::npos) {
        line = buffer_.substr(0, end);
        buffer_.erase(0, end + 2);
        heard_ += line + "\n";
        return true;
      }
      char some[4096];
      if (!readable(client_)) return false;
      const auto count = ::recv(client_, some, sizeof some, 0);
      if (count <= 0) return false;
      buffer_.append(some, static_cast<std::size_t>(count));
    }
  }

  // False: cut here.
  bool answer(const std::string& word, const std::string& usual) {
    const auto told = replies_.find(word);
    const auto reply = (told == replies_.end() ? usual : told->second) + "\r\n";
    if (reply == "CUT\r\n") return false;
    return ::send(client_, reply.data(), reply.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(reply.size());
  }

  void serve() {
    if (!readable(listener_)) return;
    client_ = ::accept(listener_, nullptr, nullptr);
    if (answer("", "220 test ESMTP")) converse();
    ::close(client_);
  }

  void converse() {
    std::string line;
    bool inMessage = false;
    while (readLine(line)) {
      if (inMessage && line != ".") continue;
      const bool ended = inMessage;
      inMessage = false;
      auto word = ended ? "." : line.substr(0, line.find(' '));
      if (replies_.contains(line)) word = line;
      if (!answer(word, word == "DATA" ? "354 go on" : "250 fine")) return;
      inMessage = word == "DATA" && !replies_.contains("DATA");
      if (word == "QUIT") return;
    }
  }

  std::map<std::string, std::string> replies_;
  int listener_;
  int client_ = -1;
  int port_ = 0;
  std::string buffer_, heard_;
  std::thread thread_;
};

}  // namespace postgang::net::test
