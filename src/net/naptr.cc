#include "net/naptr.h"

#include <ares.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <memory>

#include "base/text.h"
#include "net/dns.h"

namespace postgang::net {
namespace {

constexpr int type_naptr = 35;
constexpr std::size_t records_max = 64, url_bytes_max = 1024, name_bytes_max = 253;

using Records = std::unique_ptr<ares_naptr_reply, void (*)(void*)>;

tl::unexpected<Problem> unavailable(std::string code, std::string detail, const NaptrLookup& lookup) {
  return fail(ProblemKind::unavailable, std::move(code), std::move(detail), lookup.name);
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
  TRY(const auto answer, askDns({lookup.name, lookup.resolver, lookup.time}, type_naptr));
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
