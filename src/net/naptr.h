// Where a service is, by DNS: U-NAPTR records (RFC 4848; RFC 3403), looked up with c-ares. Peppol's locator
// names a participant's register with them (SML 1.3.0, 2.1.1): service `Meta:SMP`, flag `U`, an expression of
// the one form `!.*!https://…!`, replacement `.`; records of other services may stand beside it.
//
// What comes back is checked for its form alone. Whoever fetches it checks the address that it leads to, as
// of any URL that a stranger chose: ClientRequest::allowAddress.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace postgang::net {

struct NaptrLookup {
  std::string name;
  std::string service = "Meta:SMP";
  // "192.0.2.53", "127.0.0.1:5353", "[2001:db8::53]:53"; several with commas; "": this machine's own.
  std::string resolver{};
  std::chrono::milliseconds time{3'000};  // of the whole look-up
  bool anyPort = false;                   // of the address; false: 443 alone
};

// The address of the first record of the service that is usable, as httpsAddress gives it. Codes:
//   naptr-absent      (not_found) there is no such name, or it has no record at all
//   naptr-unusable    (unavailable) records, but none that says where the service is
//   dns-unreachable   (unavailable) no answer in time, or the resolver says that it cannot tell
//   resolver-invalid  (unavailable) NaptrLookup::resolver is not what it should be
Result<std::string> naptrAddress(const NaptrLookup& lookup);

// An https URL with a host and a path and nothing else, without `/` at its end; nullopt: it has a user, a
// query, a fragment, another port (unless anyPort), or characters that a URL has not.
std::optional<std::string> httpsAddress(std::string_view url, bool anyPort = false);

}  // namespace postgang::net
