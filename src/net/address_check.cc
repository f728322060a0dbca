#include "net/address_check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace postgang::net {
namespace {

struct Range {
  std::array<std::uint8_t, 16> prefix;
  int bits;
};

bool lies(const std::array<std::uint8_t, 16>& address, const Range& range) {
  const auto whole = static_cast<std::size_t>(range.bits / 8);
  if (!std::equal(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(whole),
                  range.prefix.begin()))
    return false;
  const int rest = range.bits % 8;
  if (rest == 0) return true;
  const int mask = 0xff << (8 - rest) & 0xff;
  return (address[whole] & mask) == (range.prefix[whole] & mask);
}

// IANA IPv4 Special-Purpose Address Registry, without those that are globally reachable.
constexpr Range refused_v4[] = {
    {{0}, 8},              // this network
    {{10}, 8},             // private
    {{100, 64}, 10},       // carrier-grade NAT
    {{127}, 8},            // loopback
    {{169, 254}, 16},      // link-local, cloud metadata
    {{172, 16}, 12},       // private
    {{192, 0, 0}, 24},     // protocol assignments
    {{192, 0, 2}, 24},     // documentation
    {{192, 31, 196}, 24},  // AS112
    {{192, 52, 193}, 24},  // AMT
    {{192, 88, 99}, 24},   // 6to4 relays
    {{192, 168}, 16},      // private
    {{192, 175, 48}, 24},  // AS112
    {{198, 18}, 15},       // benchmarking
    {{198, 51, 100}, 24},  // documentation
    {{203, 0, 113}, 24},   // documentation
    {{224}, 4},            // multicast
    {{240}, 4},            // reserved and broadcast
};

// Of IPv6 only global unicast, 2000::/3, is let through at all: that leaves out ::, ::1, mapped and
// compatible IPv4, NAT64 (64:ff9b::), unique local (fc00::), link-local (fe80::), multicast (ff00::). Within
// it:
constexpr Range global_v6{{0x20}, 3};
constexpr Range refused_v6[] = {
    {{0x20, 0x01, 0x00}, 23},              // protocol assignments: Teredo, ORCHID, benchmarking …
    {{0x20, 0x01, 0x0d, 0xb8}, 32},        // documentation
    {{0x20, 0x02}, 16},                    // 6to4
    {{0x26, 0x20, 0x00, 0x4f, 0x80}, 48},  // AS112
    {{0x3f, 0xfe}, 16},                    // 6bone, given back
    {{0x3f, 0xff, 0x00}, 20},              // documentation
};

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  const std::string terminated(text);
  IpAddress address;
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) return address;
  address.isV6 = true;
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::optional<IpAddress> IpAddress::from(const sockaddr* socketAddress) {
  IpAddress address;
  if (socketAddress->sa_family == AF_INET) {
    sockaddr_in v4;
    std::memcpy(&v4, socketAddress, sizeof v4);
    std::memcpy(address.bytes.data(), &v4.sin_addr, 4);
    return address;
  }
  if (socketAddress->sa_family == AF_INET6) {
    sockaddr_in6 v6;
    std::memcpy(&v6, socketAddress, sizeof v6);
    std::memcpy(address.bytes.data(), &v6.sin6_addr, 16);
    address.isV6 = true;
    return address;
  }
  return std::nullopt;
}

std::string IpAddress::text() const {
  char buffer[INET6_ADDRSTRLEN];
  return inet_ntop(isV6 ? AF_INET6 : AF_INET, bytes.data(), buffer, sizeof buffer);
}

bool isPublic(const IpAddress& address) {
  const auto inside = [&](const Range& range) { return lies(address.bytes, range); };
  if (!address.isV6) return std::none_of(std::begin(refused_v4), std::end(refused_v4), inside);
  return inside(global_v6) && std::none_of(std::begin(refused_v6), std::end(refused_v6), inside);
}

}  // namespace postgang::net
