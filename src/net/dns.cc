#include "net/dns.h"

#include <ares.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>

#include "base/time.h"

namespace postgang::net {
namespace {

constexpr int class_internet = 1, type_txt = 16;
constexpr int tries = 3;
constexpr std::size_t records_max = 64;

using Channel = std::unique_ptr<ares_channeldata, void (*)(ares_channel)>;

struct Waiting {
  bool done = false;
  DnsAnswer answer = {ARES_ECANCELLED, {}};
};

void onAnswer(void* pointer, int status, int, unsigned char* bytes, int size) {
  auto& waiting = *static_cast<Waiting*>(pointer);
  waiting.done = true;
  waiting.answer.status = status;
  if (status == ARES_SUCCESS && bytes && size > 0)
    waiting.answer.bytes.assign(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

tl::unexpected<Problem> unavailable(std::string code, std::string detail, const DnsLookup& lookup) {
  return fail(ProblemKind::unavailable, std::move(code), std::move(detail), lookup.name);
}

Result<Channel> open(const DnsLookup& lookup) {
  static const int started = ares_library_init(ARES_LIB_INIT_ALL);
  assert(started == ARES_SUCCESS);
  ares_options options{};
  options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_EDNS;
  options.ednspsz = 1232;
  // Each try waits twice as long as the one before: all of them fit into the time.
  options.timeout = std::max(1, static_cast<int>(lookup.time.count()) / ((1 << tries) - 1));
  options.tries = tries;
  ares_channel made = nullptr;
  const int chosen = ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES;
  if (ares_init_options(&made, &options, chosen) != ARES_SUCCESS)
    return unavailable("dns-unreachable", "No resolver is set up on this machine.", lookup);
  Channel channel(made, ares_destroy);
  if (!lookup.resolver.empty() &&
      ares_set_servers_ports_csv(channel.get(), lookup.resolver.c_str()) != ARES_SUCCESS)
    return unavailable("resolver-invalid", "The resolver's address is none.", lookup);
  return channel;
}

// Waits for whatever c-ares waits for, at most until the deadline.
void step(ares_channel channel, std::int64_t left_us) {
  std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
  const int wanted = ares_getsock(channel, sockets.data(), ARES_GETSOCK_MAXNUM);
  std::vector<pollfd> waiting;
  for (int i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
    const bool reads = (wanted & (1 << i)) != 0, writes = (wanted & (1 << (i + ARES_GETSOCK_MAXNUM))) != 0;
    if (reads || writes)
      waiting.push_back({sockets[static_cast<std::size_t>(i)],
                         static_cast<short>((reads ? POLLIN : 0) | (writes ? POLLOUT : 0)), 0});
  }
  timeval longest{left_us / 1'000'000, left_us % 1'000'000}, soonest{};
  const timeval* wait = ares_timeout(channel, &longest, &soonest);
  const auto wait_ms = static_cast<int>(wait->tv_sec * 1000 + wait->tv_usec / 1000) + 1;
  if (::poll(waiting.data(), waiting.size(), wait_ms) <= 0) {
    ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);  // somebody's time is out
    return;
  }
  for (const auto& socket : waiting)
    if (socket.revents != 0)
      ares_process_fd(channel, (socket.revents & ~POLLOUT) != 0 ? socket.fd : ARES_SOCKET_BAD,
                      (socket.revents & POLLOUT) != 0 ? socket.fd : ARES_SOCKET_BAD);
}

}  // namespace

Result<DnsAnswer> askDns(const DnsLookup& lookup, int type) {
  TRY(const auto channel, open(lookup));
  Waiting waiting;
  const auto deadline_us = monotonicMicroseconds() + lookup.time.count() * 1'000;
  ares_query(channel.get(), lookup.name.c_str(), class_internet, type, onAnswer, &waiting);
  while (!waiting.done) {
    const auto left_us = deadline_us - monotonicMicroseconds();
    if (left_us <= 0)
      ares_cancel(channel.get());  // calls onAnswer
    else
      step(channel.get(), left_us);
  }
  return std::move(waiting.answer);
}

Result<std::vector<std::string>> txtRecords(const DnsLookup& lookup) {
  TRY(const auto answer, askDns(lookup, type_txt));
  std::vector<std::string> texts;
  if (answer.status == ARES_ENOTFOUND || answer.status == ARES_ENODATA) return texts;
  ares_txt_ext* parsed = nullptr;
  auto status = answer.status;
  if (status == ARES_SUCCESS)
    status = ares_parse_txt_reply_ext(reinterpret_cast<const unsigned char*>(answer.bytes.data()),
                                      static_cast<int>(answer.bytes.size()), &parsed);
  const std::unique_ptr<ares_txt_ext, void (*)(void*)> records(parsed, ares_free_data);
  if (status != ARES_SUCCESS)
    return unavailable("dns-unreachable",
                       std::string("The DNS gave no answer: ") + ares_strerror(status) + ".", lookup);
  for (const auto* record = records.get(); record; record = record->next) {
    if (record->record_start && texts.size() == records_max) break;
    if (record->record_start || texts.empty()) texts.emplace_back();
    texts.back().append(reinterpret_cast<const char*>(record->txt), record->length);
  }
  return texts;
}

}  // namespace postgang::net
