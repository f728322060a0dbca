// From where somebody signs in, as people recognise it: "Firefox, Windows", from what the browser says of
// itself. A hint and no proof: anybody can say anything.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/id.h"

namespace postgang::access {

struct From {
  std::string address;      // IP
  std::string device = {};  // deviceOf()
};

std::string deviceOf(std::string_view userAgent);  // empty where it says nothing known
// What tells a user's devices apart: the device and the network it is in (IPv4 /24, IPv6 /48).
Digest deviceDigest(UserId user, const From& from);

}  // namespace postgang::access
