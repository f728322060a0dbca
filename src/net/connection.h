// One client's connection to the server: reads a request, has a worker handle it, writes the reply, and so
// on. It lives on its loop's thread and is in one state at a time:
//
//   idle ─ bytes ─► reading ─ whole ─► handling (a worker) ─► replying ─► idle | lingering | closed
//                      └── refused ───────────────────────────┘  └─► streaming ─► closed
//
// Sockets are non-blocking: it waits for readiness only, tries, and waits again. So an idle connection, a
// stream among them, holds no read buffer; and one timer is enough: it is armed lazily and, when it goes off
// before the deadline has come, merely armed again.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "net/event_stream.h"
#include "net/http.h"
#include "net/loop.h"
#include "net/server_state.h"

namespace postgang::net {

class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  Connection(ServerState& server, std::shared_ptr<Loop> loop, std::unique_ptr<Socket> socket,
             std::string address)
      : server_(server),
        limits_(server.config.limits),
        loop_(std::move(loop)),
        socket_(std::move(socket)),
        address_(std::move(address)) {}

  void start();
  void windDown();  // the server stops: what is under way may finish
  void close();

 private:
  enum class State { idle, reading, handling, replying, streaming, lingering, closed };

  void nextRequest();
  void awaitReadable();
  void onReadable();
  void readMore();
  bool parseMore();
  void beginRequest();
  void onHeader();
  void countBody();
  void discard();

  void handle();
  void work(std::int64_t queuedAt);
  void refuse(Reply reply);
  void tell(const Reply& reply, std::int64_t queued, std::int64_t handled);
  void reply(Reply reply);

  bool flush();
  void awaitWritable();
  void onFlushed();
  void beginStream();
  void wake();
  void pump();
  void linger();

  void releaseBuffer();
  void setDeadline(Socket::Clock::time_point when);
  void setDeadline(std::chrono::milliseconds fromNow) { setDeadline(Socket::Clock::now() + fromNow); }
  // `allowed`, plus the time that `bytes` take at the slowest pace we put up with.
  void setPacedDeadline(std::chrono::milliseconds allowed, std::size_t bytes) {
    setDeadline(phaseBegan_ + allowed + std::chrono::milliseconds(bytes * 1000 / limits_.bodyBytesPerSecond));
  }
  void arm();
  void onTimer();

  ServerState& server_;
  const HttpServerLimits& limits_;
  std::shared_ptr<Loop> loop_;
  std::unique_ptr<Socket> socket_;
  const std::string address_;
  State state_ = State::idle;
  bool awaitingRead_ = false;
  bool awaitingWrite_ = false;

  Socket::Clock::time_point deadline_ = Socket::Clock::time_point::max();
  Socket::Clock::time_point armedFor_ = Socket::Clock::time_point::max();
  Socket::Clock::time_point phaseBegan_;

  ReadBuffer buffer_;
  Request request_;
  std::unique_ptr<RequestParser> parser_;
  bool headerSeen_ = false;
  std::size_t countedBytes_ = 0;  // of our body, in server_.bodiesBytes

  bool keepAlive_ = false;
  Reply reply_;
  std::string head_;
  std::string_view body_;
  std::size_t written_ = 0;
  std::shared_ptr<EventStream> events_;  // while streaming
  std::atomic<bool> woken_{false};
};

}  // namespace postgang::net
