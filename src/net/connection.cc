#include "net/connection.h"

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "base/log.h"
#include "base/time.h"
#include "net/encoding.h"
#include "net/reply_head.h"
#include "net/request_check.h"

namespace postgang::net {
namespace {

using std::chrono::milliseconds;

// Ten times the throughput of Beast's own buffer at 30 kB a body.
constexpr std::size_t read_bytes = 64 * 1024, source_bytes = 256 * 1024;
constexpr milliseconds linger_time{2'000};
constexpr int stream_socket_bytes = 128 * 1024;
constexpr int rounds_max = 16;  // before others on this thread have their turn

}  // namespace

void Connection::start() {
  loop_->connections.insert(this);
  if (server_.stopping) return close();
  nextRequest();
}

void Connection::windDown() {
  if (state_ == State::idle || state_ == State::lingering) return close();
  if (state_ == State::streaming) events_->close();
}

void Connection::close() {
  if (state_ == State::closed) return;
  const bool wasStreaming = state_ == State::streaming;
  state_ = State::closed;
  socket_->close();
  loop_->connections.erase(this);
  server_.bodiesBytes -= std::exchange(countedBytes_, 0);
  releaseBuffer();
  if (wasStreaming) {
    --server_.streams;
    events_->attach({});
    events_->abandon();
  }
  if (reply_.events) reply_.events->abandon();  // its head was never written
  server_.leave(address_);
}

void Connection::nextRequest() {
  state_ = State::idle;
  parser_.reset();
  reply_ = {};
  setDeadline(limits_.idleTime);
  if (buffer_.unread().empty()) {
    releaseBuffer();
    return awaitReadable();
  }
  loop_->post([self = shared_from_this()] {  // a pipelined request; not from here, it might recurse
    if (self->state_ == State::idle && self->parseMore()) self->awaitReadable();
  });
}

void Connection::awaitReadable() {
  if (std::exchange(awaitingRead_, true)) return;
  socket_->whenReadable([self = shared_from_this()] {
    self->awaitingRead_ = false;
    self->onReadable();
  });
}

void Connection::onReadable() {
  if (state_ == State::idle || state_ == State::reading) return readMore();
  if (state_ == State::streaming || state_ == State::lingering) return discard();
}

void Connection::readMore() {
  if (buffer_.bytes.empty()) {
    if (loop_->spare.empty())
      loop_->spare.push_back({std::vector<char>(std::max(read_bytes, limits_.headerBytes * 3))});
    buffer_ = std::move(loop_->spare.back());
    loop_->spare.pop_back();
  }
  for (int round = 0; round < rounds_max; ++round) {
    buffer_.compact();
    const auto count = socket_->read(buffer_.bytes.data() + buffer_.end, buffer_.bytes.size() - buffer_.end);
    if (!count) return close();
    if (*count == 0) break;
    buffer_.end += *count;
    if (!parseMore()) return;
  }
  awaitReadable();
}

// False once the request is whole or refused.
bool Connection::parseMore() {
  if (state_ == State::idle) {
    while (buffer_.unread().starts_with("\r\n")) buffer_.begin += 2;  // RFC 9112, 2.2
    if (buffer_.unread().empty() || buffer_.unread() == "\r") return true;
    beginRequest();
  }
  buffer_.begin += parser_->put(buffer_.unread());
  countBody();
  if (parser_->refusal) return refuse(std::move(*parser_->refusal)), false;
  if (parser_->isDone()) return handle(), false;
  if (server_.bodiesBytes > limits_.bodiesBytes) return refuse(overloaded()), false;
  if (buffer_.full()) return refuse(malformed("has a chunk header that does not end")), false;
  if (parser_->isHeaderDone()) onHeader();
  return true;
}

void Connection::beginRequest() {
  state_ = State::reading;
  headerSeen_ = false;
  request_ = {};
  request_.id = server_.nextRequestId();
  request_.remoteAddress = address_;
  parser_ = RequestParser::make(request_, server_.config);
  setDeadline(limits_.headerTime);
}

// The header is whole, the body is not.
void Connection::onHeader() {
  if (!std::exchange(headerSeen_, true)) {
    phaseBegan_ = Socket::Clock::now();
    if (request_.headers.has("Expect") && parser_->isHttp11() && buffer_.unread().empty() &&
        request_.body.empty()) {
      // Where this does not get through, the client sends the body after a while anyway.
      socket_->write("HTTP/1.1 100 Continue\r\n\r\n", {});
    }
  }
  setPacedDeadline(limits_.bodyTime, request_.body.size());
}

void Connection::countBody() {
  server_.bodiesBytes += request_.body.size() - countedBytes_;
  countedBytes_ = request_.body.size();
}

// What a client says on a stream, or after it was refused, is of no interest; that it goes away is.
void Connection::discard() {
  std::array<char, 16 * 1024> bytes;
  for (int round = 0; round < rounds_max; ++round) {
    const auto count = socket_->read(bytes.data(), bytes.size());
    if (!count) return close();
    if (*count == 0) break;
  }
  awaitReadable();
}

void Connection::handle() {
  state_ = State::handling;
  keepAlive_ = parser_->keepAlive();
  setDeadline(Socket::Clock::time_point::max());
  if (buffer_.unread().empty()) releaseBuffer();
  const auto now = monotonicMicroseconds();
  if (server_.workers.submit([self = shared_from_this(), now] { self->work(now); })) return;
  Reply refusal = overloaded();
  tell(refusal, 0, 0);
  reply(std::move(refusal));
}

// On a worker's thread: until the reply is handed back, request_ is the worker's.
void Connection::work(std::int64_t queuedAt) {
  const auto begun = monotonicMicroseconds();
  Reply made;
  const auto failed = [&](std::string_view what) {
    log::error("A handler failed.", {{"request", request_.id}, {"path", request_.path}, {"what", what}});
    made = handlerFailed(request_.id);
  };
  try {
    made = server_.config.handler(request_);
    compressReply(request_, made, limits_.compressFrom);
  } catch (const std::exception& exception) {
    failed(exception.what());
  } catch (...) {
    failed("something that is no std::exception");
  }
  tell(made, begun - queuedAt, monotonicMicroseconds() - begun);
  std::string().swap(request_.body);
  loop_->post(
      [self = shared_from_this(), made = std::move(made)]() mutable { self->reply(std::move(made)); });
}

void Connection::tell(const Reply& reply, std::int64_t queued, std::int64_t handled) {
  if (server_.config.onServed)
    server_.config.onServed({request_, reply.status, reply.bytes().size(), queued, handled});
}

// Nobody knows where a request that was refused ends, so the connection ends with it.
void Connection::refuse(Reply reply) {
  keepAlive_ = false;
  tell(reply, 0, 0);
  this->reply(std::move(reply));
}

void Connection::reply(Reply reply) {
  server_.bodiesBytes -= std::exchange(countedBytes_, 0);
  const bool isHead = request_.method == "HEAD";
  if (reply.events && (isHead || state_ == State::closed)) reply.events->abandon();
  if (state_ == State::closed) return;
  state_ = State::replying;
  keepAlive_ = keepAlive_ && !server_.stopping && !reply.events;
  reply_ = std::move(reply);
  head_ = replyHead(reply_, {request_.id, !parser_ || parser_->isHttp11(), keepAlive_}, SystemClock().now());
  body_ = isHead || reply_.status == 204 || reply_.status == 304 ? std::string_view() : reply_.bytes();
  if (isHead) reply_.events.reset();
  if (isHead || reply_.status == 204 || reply_.status == 304) reply_.source.reset();
  written_ = 0;
  phaseBegan_ = Socket::Clock::now();
  if (flush()) onFlushed();
}

// True when head_ and body_ are written; otherwise goes on when the socket takes more, or has closed.
bool Connection::flush() {
  while (written_ < head_.size() + body_.size()) {
    const std::size_t ofHead = std::min(written_, head_.size());
    const auto count =
        socket_->write(std::string_view(head_).substr(ofHead), body_.substr(written_ - ofHead));
    if (!count) return close(), false;
    written_ += *count;
    if (*count > 0) continue;
    setPacedDeadline(limits_.writeTime, written_);
    awaitWritable();
    return false;
  }
  return true;
}

void Connection::awaitWritable() {
  awaitingWrite_ = true;
  socket_->whenWritable([self = shared_from_this()] {
    self->awaitingWrite_ = false;
    if (self->state_ != State::closed && self->flush()) self->onFlushed();
  });
}

void Connection::onFlushed() {
  if (state_ == State::streaming) return pump();
  if (reply_.events) return beginStream();
  while (reply_.source) {
    auto piece = reply_.source->read(source_bytes);
    if (!piece) return close();
    if (piece->empty()) break;
    head_ = std::move(*piece);
    body_ = {};
    written_ = 0;
    phaseBegan_ = Socket::Clock::now();
    if (!flush()) return;
  }
  reply_.source.reset();
  if (keepAlive_) return nextRequest();
  const bool isWhole = parser_ && parser_->isDone();
  if (isWhole && buffer_.unread().empty() && !socket_->hasUnread()) return close();
  linger();
}

void Connection::beginStream() {
  state_ = State::streaming;
  ++server_.streams;
  parser_.reset();
  releaseBuffer();
  events_ = std::move(reply_.events);
  // Little waits in the kernel, so that the stream's own bound notices a reader who is too slow.
  socket_->boundSendBuffer(stream_socket_bytes);
  if (server_.stopping) events_->close();
  events_->attach([weak = weak_from_this()] {
    if (auto self = weak.lock()) self->wake();
  });
  awaitReadable();
}

void Connection::wake() {
  if (woken_.exchange(true)) return;
  loop_->post([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->woken_ = false;
    self->pump();
  });
}

void Connection::pump() {
  if (state_ != State::streaming) return;
  if (events_->overflowed()) return close();
  if (awaitingWrite_) return;
  for (int round = 0; round < rounds_max; ++round) {
    if (events_->finished()) return close();
    head_ = events_->take();
    body_ = {};
    if (head_.empty()) return setDeadline(limits_.heartbeat);
    written_ = 0;
    phaseBegan_ = Socket::Clock::now();
    if (!flush()) return;
  }
  wake();
}

// Closing with something unread would reset the connection, and our reply might be lost on its way.
void Connection::linger() {
  state_ = State::lingering;
  socket_->shutdownSend();
  releaseBuffer();
  setDeadline(linger_time);
  awaitReadable();
}

void Connection::releaseBuffer() {
  buffer_.begin = buffer_.end = 0;
  if (!buffer_.bytes.empty() && loop_->spare.size() < 64) loop_->spare.push_back(std::move(buffer_));
  buffer_ = {};
}

void Connection::setDeadline(Socket::Clock::time_point when) {
  deadline_ = when;
  if (when < armedFor_) arm();
}

void Connection::arm() {
  armedFor_ = deadline_;
  socket_->wakeAt(deadline_, [self = shared_from_this()] {
    self->armedFor_ = Socket::Clock::time_point::max();
    self->onTimer();
  });
}

void Connection::onTimer() {
  if (state_ == State::closed || deadline_ == Socket::Clock::time_point::max()) return;
  if (Socket::Clock::now() < deadline_) return arm();
  if (state_ == State::reading) return refuse(tooSlow());
  if (state_ != State::streaming || awaitingWrite_) return close();
  head_ = ":\n\n";
  body_ = {};
  written_ = 0;
  phaseBegan_ = Socket::Clock::now();
  if (flush()) pump();
}

}  // namespace postgang::net
