// Which IP addresses a user may make us connect to: public ones only (the IANA special-purpose registries for
// IPv4 and IPv6, RFC 6890). Refused: loopback, private, link-local, carrier-grade NAT, multicast,
// documentation, reserved, and every IPv6 form that carries an IPv4 address inside (mapped, NAT64, 6to4,
// Teredo).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace postgang::net {

struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};  // IPv4 in the first four
  bool isV6 = false;

  static std::optional<IpAddress> parse(
      std::string_view text);  // "192.0.2.1", "2001:db8::1"; no brackets, no zone
  static std::optional<IpAddress> from(const sockaddr* address);  // IPv4 and IPv6 only
  std::string text() const;
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

bool isPublic(const IpAddress& address);

}  // namespace postgang::net
