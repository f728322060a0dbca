// The only file that speaks to Asio and Beast: sockets, threads, timers, and Beast's parser. What a request
// must be, how a reply reads, how work is queued and how a connection goes on stand in files of their own.
#include "net/http_server.h"

#include <algorithm>
#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <charconv>
#include <thread>

// Beast 1.81 asserts that five bytes are there when of an empty chunked body's end ("0\r\n\r\n") only four
// have come: whoever cut a request there would end the server. Without the assertion it goes on rightly.
#define BOOST_DISABLE_ASSERTS
#include <boost/beast/http/basic_parser.hpp>
#undef BOOST_DISABLE_ASSERTS
#include <boost/assert.hpp>

#include "base/log.h"
#include "base/time.h"
#include "net/connection.h"
#include "net/loop.h"
#include "net/reply_head.h"
#include "net/request_check.h"
#include "net/server_state.h"

namespace postgang::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

constexpr std::size_t fields_max = 256;
constexpr milliseconds accept_pause{100};  // when there are no file descriptors left

// Beast's parser, straight into our Request.
class BeastParser final : public RequestParser, private beast::http::basic_parser<true> {
 public:
  BeastParser(Request& request, const HttpServerConfig& config) : request_(request), config_(config) {
    eager(true);
    // Beast counts what lies unparsed, so its answer depends on how the bytes were cut. Ours, below, decides.
    header_limit(static_cast<std::uint32_t>(2 * config.limits.headerBytes));
    body_limit(boost::none);  // ours depends on the route
  }
  std::size_t put(std::string_view bytes) override;
  bool isHeaderDone() const override { return is_header_done(); }
  bool isDone() const override { return is_done(); }
  bool isHttp11() const override { return http11_; }
  bool keepAlive() const override { return keep_alive(); }

 private:
  using string_view = beast::string_view;

  void refuse(Reply reply, error_code& error) {
    refusal = std::move(reply);
    error = beast::http::error::bad_value;
  }
  void on_request_impl(beast::http::verb, string_view method, string_view target, int version,
                       error_code&) override {
    request_.method.assign(method.data(), method.size());
    request_.target.assign(target.data(), target.size());
    http11_ = version == 11;
    headerBytes_ = method.size() + target.size() + 12;
  }
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_field_impl(beast::http::field, string_view name, string_view value, error_code& error) override {
    // Beast's own limit is for what lies unparsed; a header that trickles in must be counted whole, trailers
    // too.
    headerBytes_ += name.size() + value.size() + 4;
    if (headerBytes_ > config_.limits.headerBytes || request_.headers.size() >= fields_max)
      return refuse(headersTooLarge(config_.limits.headerBytes), error);
    if (is_header_done()) return;  // a trailer is not a header
    request_.headers.add({name.data(), name.size()}, {value.data(), value.size()});
  }
  void on_header_impl(error_code& error) override {
    believeProxy(request_, config_.trustedProxies);
    if (auto refusal = refusalOf(request_, http11_, config_.limits))
      return refuse(std::move(*refusal), error);
    bodyLimit_ = bodyLimitOf(request_, config_.limits);
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    // What a client merely announces is not set aside in full.
    if (length) request_.body.reserve(std::min<std::size_t>(*length, 1024 * 1024));
  }
  std::size_t on_body_impl(string_view body, error_code& error) override {
    if (body.size() > bodyLimit_ - request_.body.size())
      refuse(bodyTooLarge(bodyLimit_), error);
    else
      request_.body.append(body.data(), body.size());
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code& error) override {
    return on_body_impl(body, error);
  }
  void on_finish_impl(error_code&) override {}

  Request& request_;
  const HttpServerConfig& config_;
  std::size_t headerBytes_ = 0;
  std::size_t bodyLimit_ = 0;
  bool http11_ = true;
};

std::size_t BeastParser::put(std::string_view bytes) {
  error_code error;
  const auto used = basic_parser::put(asio::const_buffer(bytes.data(), bytes.size()), error);
  if (refusal || !error || error == beast::http::error::need_more) return used;
  if (error != beast::http::error::header_limit) {
    refusal = malformed("is not HTTP (" + error.message() + ")");
  } else if (request_.method.empty()) {  // the request line itself does not end
    refusal = targetTooLong(config_.limits.targetBytes);
  } else {
    refusal = headersTooLarge(config_.limits.headerBytes);
  }
  return used;
}

class AsioLoop final : public Loop {
 public:
  AsioLoop() : thread_([this] { context.run(); }) {}
  void post(std::function<void()> work) override { asio::post(context, std::move(work)); }
  void finish() {  // the thread ends when nothing is left to do
    work_.reset();
    thread_.join();
  }
  asio::io_context context{1};

 private:
  asio::executor_work_guard<asio::io_context::executor_type> work_{context.get_executor()};
  std::thread thread_;
};

// What else went wrong is told by the read or write that follows.
auto unlessCancelled(std::function<void()> callback) {
  return [callback = std::move(callback)](const error_code& error) {
    if (error != asio::error::operation_aborted) callback();
  };
}

class AsioSocket final : public Socket {
 public:
  AsioSocket(tcp::socket socket, AsioLoop& loop) : socket_(std::move(socket)), timer_(loop.context) {}

  std::optional<std::size_t> read(char* into, std::size_t room) override {
    error_code error;
    return outcome(socket_.read_some(asio::buffer(into, room), error), error);
  }
  std::optional<std::size_t> write(std::string_view first, std::string_view then) override {
    const std::array<asio::const_buffer, 2> both{asio::buffer(first), asio::buffer(then)};
    error_code error;
    return outcome(socket_.write_some(both, error), error);
  }
  void whenReadable(std::function<void()> callback) override {
    socket_.async_wait(tcp::socket::wait_read, unlessCancelled(std::move(callback)));
  }
  void whenWritable(std::function<void()> callback) override {
    socket_.async_wait(tcp::socket::wait_write, unlessCancelled(std::move(callback)));
  }
  void wakeAt(Clock::time_point when, std::function<void()> callback) override {
    timer_.expires_at(when);
    timer_.async_wait(unlessCancelled(std::move(callback)));
  }
  bool hasUnread() override {
    error_code ignored;
    return socket_.available(ignored) > 0;
  }
  void boundSendBuffer(int bytes) override {
    error_code ignored;
    socket_.set_option(asio::socket_base::send_buffer_size(bytes), ignored);
  }
  void shutdownSend() override {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }
  void close() override {
    error_code ignored;
    timer_.cancel();
    socket_.close(ignored);
  }

 private:
  static std::optional<std::size_t> outcome(std::size_t count, const error_code& error) {
    if (!error || error == asio::error::would_block) return count;
    return std::nullopt;
  }
  tcp::socket socket_;
  asio::steady_timer timer_;
};

}  // namespace

std::unique_ptr<RequestParser> RequestParser::make(Request& request, const HttpServerConfig& config) {
  return std::make_unique<BeastParser>(request, config);
}

class HttpServerMachine {
 public:
  explicit HttpServerMachine(HttpServerConfig config);
  Result<std::uint16_t> listen(const tcp::endpoint& endpoint);
  void stop(milliseconds deadline);
  HttpServerCounts counts() const { return state_.counts(); }

 private:
  using Acceptor = std::shared_ptr<tcp::acceptor>;
  void accept(const Acceptor& acceptor);
  void welcome(const std::shared_ptr<AsioLoop>& loop, tcp::socket socket);
  void visitAll(void (Connection::*visit)());

  ServerState state_;
  std::vector<std::shared_ptr<AsioLoop>> loops_;
  std::vector<Acceptor> acceptors_;  // on the first loop's thread, as is nextLoop_
  std::size_t nextLoop_ = 0;
};

HttpServerMachine::HttpServerMachine(HttpServerConfig config) : state_(std::move(config)) {
  for (std::size_t i = 0; i < std::max<std::size_t>(state_.config.ioThreads, 1); ++i)
    loops_.push_back(std::make_shared<AsioLoop>());
}

Result<std::uint16_t> HttpServerMachine::listen(const tcp::endpoint& endpoint) {
  auto acceptor = std::make_shared<tcp::acceptor>(loops_[0]->context);
  error_code error;
  acceptor->open(endpoint.protocol(), error);
  if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(tcp::acceptor::max_listen_connections, error);
  if (error)
    return fail(ProblemKind::unavailable, "listen-failed",
                "The address cannot be listened on: " + error.message() + ".",
                endpoint.address().to_string() + " port " + std::to_string(endpoint.port()),
                "Choose another port, or end the program that has this one.");
  const auto port = acceptor->local_endpoint().port();
  asio::post(loops_[0]->context, [this, acceptor] {
    acceptors_.push_back(acceptor);
    accept(acceptor);
  });
  return port;
}

void HttpServerMachine::accept(const Acceptor& acceptor) {
  if (state_.stopping) return acceptor->close();
  const auto loop = loops_[nextLoop_++ % loops_.size()];
  acceptor->async_accept(loop->context, [this, acceptor, loop](error_code error, tcp::socket socket) {
    if (!acceptor->is_open()) return;
    if (!error) {
      welcome(loop, std::move(socket));
      return accept(acceptor);
    }
    log::warning("A connection could not be accepted.", {{"what", error.message()}});
    auto pause = std::make_shared<asio::steady_timer>(acceptor->get_executor(), accept_pause);
    pause->async_wait([this, acceptor, pause](error_code) {
      if (acceptor->is_open()) accept(acceptor);
    });
  });
}

void HttpServerMachine::welcome(const std::shared_ptr<AsioLoop>& loop, tcp::socket socket) {
  error_code error;
  const auto peer = socket.remote_endpoint(error).address();
  if (!error) socket.non_blocking(true, error);
  if (!error) socket.set_option(tcp::no_delay(true), error);
  if (error) return;  // gone already
  const bool isMapped = peer.is_v6() && peer.to_v6().is_v4_mapped();
  const std::string address =
      isMapped ? asio::ip::make_address_v4(asio::ip::v4_mapped, peer.to_v6()).to_string() : peer.to_string();
  if (!state_.enter(address)) {
    const Reply refusal = overloaded();
    const std::string bytes = replyHead(refusal, {"", true, false}, SystemClock().now()) + refusal.body;
    socket.write_some(asio::buffer(bytes), error);
    return;
  }
  auto connection = std::make_shared<Connection>(
      state_, loop, std::make_unique<AsioSocket>(std::move(socket), *loop), address);
  loop->post([connection] { connection->start(); });
}

void HttpServerMachine::visitAll(void (Connection::*visit)()) {
  for (auto& loop : loops_)
    loop->post([loop = loop.get(), visit] {
      const auto connections = std::vector<Connection*>(loop->connections.begin(), loop->connections.end());
      for (auto* connection : connections) (connection->shared_from_this().get()->*visit)();
    });
}

void HttpServerMachine::stop(milliseconds deadline) {
  if (!state_.beginStopping()) return;
  loops_[0]->post([this] {
    for (auto& acceptor : acceptors_) acceptor->close();
  });
  visitAll(&Connection::windDown);
  state_.awaitEmpty(deadline);
  visitAll(&Connection::close);
  state_.workers.stop();
  for (auto& loop : loops_) loop->finish();
}

HttpServer::HttpServer(HttpServerConfig config)
    : machine_(std::make_unique<HttpServerMachine>(std::move(config))) {}
HttpServer::~HttpServer() {
  stop();
}

Result<std::uint16_t> HttpServer::listen(std::string_view address) {
  const auto colon = address.rfind(':');
  std::string host(address.substr(0, colon == address.npos ? 0 : colon));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  const auto digits = colon == address.npos ? std::string_view() : address.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  error_code error;
  const auto ip = asio::ip::make_address(host, error);
  if (error || problem != std::errc() || end != digits.data() + digits.size())
    return fail(ProblemKind::invalid, "listen-address-invalid", "This is not an IP address with a port.",
                std::string(address), "Give it like 127.0.0.1:8080 or [::1]:8080.");
  return machine_->listen({ip, port});
}

void HttpServer::stop(milliseconds deadline) {
  machine_->stop(deadline);
}
HttpServerCounts HttpServer::counts() const {
  return machine_->counts();
}

}  // namespace postgang::net
