// Server-sent events to one client (WHATWG HTML, 9.2). The producer sends from any thread; the server writes
// when the socket takes it. A bounded buffer lies between: a reader that does not keep up is cut off, comes
// back with Last-Event-ID and is sent what it missed. An idle stream costs no thread and no read buffer.
//
//   Reply follow(const Request& request) {
//     auto stream = std::make_shared<EventStream>();
//     for (const auto& missed : eventsAfter(request.header("Last-Event-ID"))) {
//       if (!stream->fits(missed.data.size())) { stream->close(); break; }  // it comes back for the rest
//       stream->send(missed.cursor, "document", missed.data);
//     }
//     hub.add(stream);  // drops the stream when send() answers false
//     return Reply::eventStream(stream);
//   }
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace postgang::net {

class EventStream {
 public:
  explicit EventStream(std::size_t limitBytes = 512 * 1024) : limit_(limitBytes) {}
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;

  // One event; `id` and `event` may be empty (left out), `data` may have several lines. False when the stream
  // has ended (client gone, closed, server stopping) or just overflowed, which ends it: forget it then.
  bool send(std::string_view id, std::string_view event, std::string_view data);
  bool comment(std::string_view text);     // ": text", which clients ignore
  bool fits(std::size_t dataBytes) const;  // whether an event of this size would be taken now
  void close();                            // what has been sent is written, then the stream ends
  bool ended() const;
  bool overflowed() const;  // ended because the reader was too slow
  // Called once when the stream ends, at once where it has ended already; from the thread that ends it,
  // perhaps within send(), and without locks held. Must not block.
  void onEnd(std::function<void()> callback);

  // The server's side.
  void attach(
      std::function<void()> wake);  // wake() is called whenever there is something to take, or the end
  std::string take();               // what waits to be written; makes room
  void abandon();                   // the client is gone: what waits is dropped
  bool finished() const;            // ended, and nothing left to take

 private:
  bool push(std::string text);
  void end(bool drop);

  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::string waiting_;
  bool ended_ = false;
  bool overflowed_ = false;
  std::function<void()> wake_;
  std::function<void()> ended_callback_;
};

}  // namespace postgang::net
