// What a connection needs of the network, without saying whose: a thread to run on, a socket that never
// blocks, and a parser. http_server.cc makes them of Asio and Beast.
#pragma once

#include <chrono>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "net/http.h"
#include "net/http_server.h"

namespace postgang::net {

class Connection;

struct ReadBuffer {
  std::vector<char> bytes;
  std::size_t begin = 0, end = 0;

  std::string_view unread() const { return {bytes.data() + begin, end - begin}; }
  bool full() const { return end - begin == bytes.size(); }
  void compact() {
    std::memmove(bytes.data(), bytes.data() + begin, end - begin);
    end -= begin;
    begin = 0;
  }
};

// One thread and the connections that live on it. Outlives them, and every stream that may still wake one.
class Loop {
 public:
  virtual ~Loop() = default;
  virtual void post(std::function<void()> work) = 0;  // from any thread; runs on this one

  // Only for work that runs on this thread.
  std::unordered_set<Connection*> connections;
  std::vector<ReadBuffer> spare;
};

// Everything but the constructor is for the loop's thread. Callbacks keep what they hold alive until they
// were called or the socket was closed.
class Socket {
 public:
  using Clock = std::chrono::steady_clock;
  virtual ~Socket() = default;
  // How many bytes went through; 0: none just now; nullopt: the peer is gone.
  virtual std::optional<std::size_t> read(char* into, std::size_t room) = 0;
  virtual std::optional<std::size_t> write(std::string_view first, std::string_view then) = 0;
  virtual void whenReadable(std::function<void()> callback) = 0;
  virtual void whenWritable(std::function<void()> callback) = 0;
  virtual void wakeAt(Clock::time_point when,
                      std::function<void()> callback) = 0;  // instead of an earlier one
  virtual bool hasUnread() = 0;                             // bytes that the kernel holds
  virtual void boundSendBuffer(int bytes) = 0;
  virtual void shutdownSend() = 0;
  virtual void close() = 0;
};

// Reads one request out of bytes as they come. `request` and `config` must outlive it.
class RequestParser {
 public:
  static std::unique_ptr<RequestParser> make(Request& request, const HttpServerConfig& config);
  virtual ~RequestParser() = default;
  virtual std::size_t put(
      std::string_view bytes) = 0;  // how many were used; the rest comes again with more behind it
  virtual bool isHeaderDone() const = 0;
  virtual bool isDone() const = 0;
  virtual bool isHttp11() const = 0;
  virtual bool keepAlive() const = 0;  // once the header is done
  std::optional<Reply> refusal;        // set by put(): the request is not let in
};

}  // namespace postgang::net
