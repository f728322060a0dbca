// What hosts that hang do to the mail of those that answer. Deliver jobs lie in the queue, so many to each
// host; the flow's own workers send them in lanes to a server on the loopback that answers, or, for the
// hanging hosts, takes the connection and never says a word. Run twice: without the hanging hosts' mail, and
// with it. How to read it: the time from the start until a healthy host's mail was taken, 99 of 100; the
// second run's should be under twice the first's.
//
//   bench_lanes [mails] [hosts] [hanging] [workers]     POSTGANG_BENCH_DATA: the folder's parent
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <map>
#include <thread>

#include "bench/support.h"
#include "channels/registry.h"
#include "flow/deliver.h"
#include "flow/flow.h"
#include "net/smtp_client.h"

namespace {

using namespace postgang;
using namespace postgang::bench;
using store::EventType;

// One thread for all connections: a greeting, 250 to everything, 354 to DATA. `silent` only takes them.
class Sink {
 public:
  explicit Sink(bool silent) : silent_(silent), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 4096);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Sink() {
    done_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    for (const auto& [socket, state] : clients_) ::close(socket);
  }
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }

 private:
  struct Client {
    std::string buffer;
    bool inMessage = false;
  };
  static void say(int socket, std::string_view words) {
    (void)::send(socket, words.data(), words.size(), MSG_NOSIGNAL);
  }

  void serve() {
    std::vector<pollfd> waiting;
    while (!done_) {
      waiting.assign(1, pollfd{listener_, POLLIN, 0});
      for (const auto& [socket, client] : clients_) waiting.push_back({socket, POLLIN, 0});
      if (::poll(waiting.data(), waiting.size(), 200) <= 0) continue;
      if (waiting[0].revents != 0) come();
      for (std::size_t i = 1; i < waiting.size(); ++i)
        if (waiting[i].revents != 0 && !hear(waiting[i].fd)) {
          ::close(waiting[i].fd);
          clients_.erase(waiting[i].fd);
        }
    }
  }
  void come() {
    const int socket = ::accept(listener_, nullptr, nullptr);
    if (socket < 0) return;
    clients_[socket] = {};
    if (!silent_) say(socket, "220 sink ESMTP\r\n");
  }
  bool hear(int socket) {
    char some[16384];
    const auto count = ::recv(socket, some, sizeof some, 0);
    if (count <= 0) return false;
    auto& client = clients_[socket];
    client.buffer.append(some, static_cast<std::size_t>(count));
    for (auto end = client.buffer.find("\r\n"); end != std::string::npos; end = client.buffer.find("\r\n")) {
      const auto line = client.buffer.substr(0, end);
      client.buffer.erase(0, end + 2);
      if (client.inMessage && line != ".") continue;
      client.inMessage = line == "DATA";
      say(socket, client.inMessage ? "354 go on\r\n" : "250 fine\r\n");
      if (line == "QUIT") return false;
    }
    return true;
  }

  const bool silent_;
  int listener_, port_ = 0;
  std::atomic<bool> done_ = false;
  std::map<int, Client> clients_;
  std::thread thread_;
};

struct Taken {
  std::mutex mutex;
  std::vector<std::int64_t> after_us;
  std::int64_t startedAt = 0;
};

// A channel whose mail is short: what is measured is the queue and the lanes. The host is the address that
// the consignment says.
class Mail final : public channels::Channel {
 public:
  Mail(std::string healthy, std::string silent, Taken& taken)
      : healthy_(std::move(healthy)), silent_(std::move(silent)), taken_(taken) {}
  std::string_view name() const override { return "email"; }
  Result<channels::Reach> reach(store::Reader&, const channels::Recipient&) const override {
    return channels::Reach{};
  }
  channels::Price price() const override { return {Decimal::fromScaled(150, 2), "SEK"}; }
  bool inHouse() const override { return false; }
  Result<std::string> laneOf(store::Reader&, const channels::Consignment& consignment) const override {
    return consignment.address;
  }
  Result<channels::Prepared> prepare(store::Reader&, const channels::Consignment& consignment,
                                     Instant) const override {
    channels::Prepared prepared;
    prepared.kept = {"Subject: Faktura\r\n\r\n" + consignment.document.text() + std::string(2000, '.') +
                     "\r\n"};
    return prepared;
  }
  Result<channels::Sent> send(const channels::Consignment& consignment,
                              const channels::Prepared& prepared) const override {
    const bool hangs = consignment.address.starts_with("hangs");
    net::SmtpServer server;
    server.url = hangs ? silent_ : healthy_;
    const auto answer =
        net::sendMail(server, {"retur@postgang.example", {"anna@mejl.example"}}, prepared.kept.front());
    channels::Sent sent;
    sent.silent = answer.silent;
    sent.detail = answer.words;
    sent.evidence = "smtp";
    sent.result = answer.result == net::SmtpResult::accepted ? EventType::sent : EventType::delivery_failed;
    if (sent.result == EventType::delivery_failed) sent.retryAt = SystemClock().now().plusSeconds(3600);
    if (!hangs && sent.result == EventType::sent) {
      const std::lock_guard lock(taken_.mutex);
      taken_.after_us.push_back(monotonicMicroseconds() - taken_.startedAt);
    }
    return sent;
  }

 private:
  const std::string healthy_, silent_;
  Taken& taken_;
};

struct World {
  int mails, hosts, hanging, workers;
};

Outcome queue(store::Store& store, IdMaker& ids, CompanyId sender, const World& world, bool withHanging) {
  const auto now = store.clock().now();
  constexpr int together = 500;
  for (int at = 0; at < world.mails; at += together)
    CHECK_OK(store.write(store::Priority::intake, [&](store::Transaction& tx) -> Outcome {
      for (int i = at; i < std::min(world.mails, at + together); ++i) {
        const int host = i % world.hosts;
        const bool hangs = host < world.hanging;
        if (hangs && !withHanging) continue;
        store::ReceivedFact received;
        received.sender = sender;
        received.door = "api";
        received.digest = sha256(std::to_string(i));
        store::RecognisedFact recognised;
        recognised.number = std::to_string(i);
        recognised.buyer.identifier = (hangs ? "hangs" : "answers") + std::to_string(host) + ".example";
        store::RoutedFact routed;
        routed.plan = {{"email", true, Decimal(1), "SEK", "email-kept"}};
        const auto id = ids.next<DocumentId>();
        CHECK_OK(store::append(tx, id, 0,
                               {{EventType::received, {}, received},
                                {EventType::recognised, {}, recognised},
                                {EventType::checked, {}, store::NoteFact{}},
                                {EventType::routed, {}, routed}},
                               {flow::deliverJob(id, sender, 0, now)}));
      }
      return {};
    }));
  return {};
}

std::int64_t percentile(std::vector<std::int64_t> values, int percent) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[std::min(values.size() - 1, values.size() * static_cast<std::size_t>(percent) / 100)];
}

// p99 in microseconds.
std::int64_t run(const World& world, bool withHanging) {
  const Folder folder("lanes");
  const SystemClock clock;
  const auto store = openStore(folder, clock);
  IdMaker ids(clock);
  Sink healthy(false), silent(true);
  Taken taken;
  std::vector<std::unique_ptr<channels::Channel>> all;
  all.push_back(std::make_unique<Mail>(healthy.url(), silent.url(), taken));
  const channels::Registry channels(std::move(all));
  must(queue(*store, ids, company(*store, "Nordhamn Energi AB", "0007:5599900015"), world, withHanging));
  const auto expected = static_cast<std::size_t>(world.mails / world.hosts * (world.hosts - world.hanging));
  flow::FlowSettings settings;
  settings.workers = world.workers;
  flow::Flow flow(*store, clock, ids, channels, settings);
  taken.startedAt = monotonicMicroseconds();
  flow.start();
  const auto limit = monotonicMicroseconds() + 1'800'000'000LL;
  for (;;) {
    {
      const std::lock_guard lock(taken.mutex);
      if (taken.after_us.size() >= expected || monotonicMicroseconds() > limit) break;
    }
    (void)::poll(nullptr, 0, 20);
  }
  const auto p99 = percentile(taken.after_us, 99);
  std::cout << (withHanging ? "beside hosts that hang: " : "alone: ") << taken.after_us.size()
            << " mails of healthy hosts, half within " << percentile(taken.after_us, 50) / 1000
            << " ms, 99 of 100 within " << p99 / 1000 << " ms, "
            << perSecond(static_cast<std::int64_t>(taken.after_us.size()), p99)
            << "/s; hosts left alone: " << flow.hostsDown().size() << std::endl;
  flow.stop();
  return p99;
}

}  // namespace

int main(int count, char** values) {
  const World world{argument(count, values, 1, 100'000), argument(count, values, 2, 1000),
                    argument(count, values, 3, 100), argument(count, values, 4, 2)};
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  const auto alone = run(world, false), beside = run(world, true);
  if (alone > 0) std::cout << "p99 beside them is " << beside * 100 / alone << " % of alone" << std::endl;
}
