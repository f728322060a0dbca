// One question to the DNS, with c-ares: within a time, and to a resolver of one's choice.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/problem.h"

namespace postgang::net {

struct DnsLookup {
  std::string name;
  // "192.0.2.53", "127.0.0.1:5353", "[2001:db8::53]:53"; several with commas; "": this machine's own.
  std::string resolver{};
  std::chrono::milliseconds time{3'000};  // of the whole look-up
};

struct DnsAnswer {
  int status = 0;       // c-ares' own: ARES_SUCCESS, ARES_ENOTFOUND …
  std::string bytes{};  // of the whole answer, where there is one
};
// `type` as RFC 1035, 3.2.2 numbers them. Codes (unavailable): dns-unreachable, resolver-invalid.
Result<DnsAnswer> askDns(const DnsLookup& lookup, int type);

// The TXT records of a name (RFC 1035, 3.3.14), each with its strings joined; none where there is no such
// name. Code dns-unreachable where nobody could tell.
Result<std::vector<std::string>> txtRecords(const DnsLookup& lookup);

}  // namespace postgang::net
