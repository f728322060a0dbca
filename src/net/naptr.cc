#include "net/naptr.h"

#include <ares.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cassert>
#include <memory>
#include <vector>

#include "base/text.h"
#include "base/time.h"

namespace postgang::net {
namespace {

constexpr int class_internet = 1, type_naptr = 35;
constexpr int tries = 3;
constexpr std::size_t records_max = 64, url_bytes_max = 1024, name_bytes_max = 253;

using Channel = std::unique_ptr<ares_channeldata, void (*)(ares_channel)>;
using Records = std::unique_ptr<ares_naptr_reply, void (*)(void*)>;

struct Answer {
  bool done = false;
  int status = ARES_ECANCELLED;
  std::string bytes{};
};

void onAnswer(void* pointer, int status, int, unsigned char* bytes, int size) {
  auto& answer = *static_cast<Answer*>(pointer);
  answer.done = true;
  answer.status = status;
  if (status == ARES_SUCCESS && bytes && size > 0)
    answer.bytes.assign(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

tl::unexpected<Problem> unavailable(std::string code, std::string detail, const NaptrLookup& lookup) {
  return fail(ProblemKind::unavailable, std::move(code), std::move(detail), lookup.name);
}

Result<Channel> open(const NaptrLookup& lookup) {
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

Answer ask(ares_channel channel, const NaptrLookup& lookup) {
  Answer answer;
  const auto deadline_us = monotonicMicroseconds() + lookup.time.count() * 1'000;
  ares_query(channel, lookup.name.c_str(), class_internet, type_naptr, onAnswer, &answer);
  while (!answer.done) {
    const auto left_us = deadline_us - monotonicMicroseconds();
    if (left_us <= 0)
      ares_cancel(channel);  // calls onAnswer
    else
      step(channel, left_us);
  }
  return answer;
}

std::string_view view(const unsigned char* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

// `!.*!https://…!`: everything that is asked about is answered with the one address.
std::optional<std::string> addressIn(const ares_naptr_reply& record, bool anyPort) {
  const auto replacement = record.replacement ? std::string_view(record.replacement) : std::string_view();
  if (lowered(view(record.flags)) != "u" || (!replacement.empty() && replacement != ".")) return std::nullopt;
  auto expression = view(record.regexp);
  for (const std::string_view pattern : {"!.*!", "!^.*$!"}) {
    if (!expression.starts_with(pattern) || !expression.ends_with('!') ||
        expression.size() < pattern.size() + 1)
      continue;
    expression.remove_prefix(pattern.size());
    expression.remove_suffix(1);
    return httpsAddress(expression, anyPort);
  }
  return std::nullopt;
}

Result<std::string> bestOf(const ares_naptr_reply* records, const NaptrLookup& lookup) {
  const ares_naptr_reply* best = nullptr;
  std::optional<std::string> address;
  std::size_t count = 0;
  for (const auto* record = records; record; record = record->next) {
    if (++count > records_max) break;
    if (lowered(view(record->service)) != lowered(lookup.service)) continue;
    const bool before = !best || record->order < best->order ||
                        (record->order == best->order && record->preference < best->preference);
    if (auto found = before ? addressIn(*record, lookup.anyPort) : std::nullopt)
      best = record, address = std::move(found);
  }
  if (!address)
    return unavailable(
        "naptr-unusable",
        "The DNS has records of this name, and none of them says where " + lookup.service + " is.", lookup);
  return std::move(*address);
}

bool isHostName(std::string_view host) {
  return !host.empty() && host.size() <= name_bytes_max && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

}  // namespace

std::optional<std::string> httpsAddress(std::string_view url, bool anyPort) {
  if (url.size() > url_bytes_max) return std::nullopt;
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed || lowered(parsed->scheme()) != "https") return std::nullopt;
  if (parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment()) return std::nullopt;
  const std::string host(parsed->encoded_host());
  const auto kind = parsed->host_type();
  const bool isAddress = kind == boost::urls::host_type::ipv4 || kind == boost::urls::host_type::ipv6;
  if (!isAddress && !(kind == boost::urls::host_type::name && isHostName(host))) return std::nullopt;
  const std::string port(parsed->port());
  if (!port.empty() && port != "443" && !anyPort) return std::nullopt;
  std::string path(parsed->encoded_path());
  while (path.ends_with('/')) path.pop_back();
  return "https://" + lowered(host) + (port.empty() || port == "443" ? "" : ":" + port) + path;
}

Result<std::string> naptrAddress(const NaptrLookup& lookup) {
  TRY(const auto channel, open(lookup));
  const auto answer = ask(channel.get(), lookup);
  if (answer.status == ARES_ENOTFOUND || answer.status == ARES_ENODATA)
    return fail(ProblemKind::not_found, "naptr-absent", "The DNS has no such name.", lookup.name);
  if (answer.status != ARES_SUCCESS)
    return unavailable("dns-unreachable",
                       std::string("The DNS gave no answer: ") + ares_strerror(answer.status) + ".", lookup);
  ares_naptr_reply* parsed = nullptr;
  const auto* bytes = reinterpret_cast<const unsigned char*>(answer.bytes.data());
  const int status = ares_parse_naptr_reply(bytes, static_cast<int>(answer.bytes.size()), &parsed);
  const Records records(parsed, ares_free_data);
  // An alias that leads nowhere, or in a circle, is no word that the name is not there.
  if (status != ARES_SUCCESS)
    return unavailable("naptr-unusable",
                       std::string("The DNS' answer cannot be used: ") + ares_strerror(status) + ".", lookup);
  return bestOf(records.get(), lookup);
}

}  // namespace postgang::net
