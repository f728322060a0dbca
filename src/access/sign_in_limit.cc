#include "access/sign_in_limit.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"

namespace postgang::access {

namespace {

// A home has a /64 of IPv6 addresses: counting each by itself would count nothing. The first groups are kept,
// without zeros at their end, which "2001:db8::1" and "2001:db8:0:1::1" write in two ways.
std::string networkOf(std::string_view address, std::size_t kept = 4) {
  if (address.find(':') == std::string_view::npos) return std::string(address);
  const auto gap = address.find("::");
  if (gap != std::string_view::npos) address = address.substr(0, gap);
  std::vector<std::string> groups;
  for (const auto group : split(address, ':')) {
    if (groups.size() == kept) break;
    groups.emplace_back(group);
  }
  while (!groups.empty() && groups.back() == "0") groups.pop_back();
  return joined(groups, ":") + "::/" + std::to_string(16 * kept);
}

}  // namespace

std::int64_t secondsToWait(const SignInLimit& limit, const store::LoginFailures& failures, Instant now) {
  const int beyond = failures.count - limit.freeTries;
  if (beyond < 0 || !failures.last) return 0;
  const std::int64_t wait =
      std::min<std::int64_t>(limit.wait_seconds_max, std::int64_t{2} << std::min(beyond, 20));
  const auto until = failures.last->plusSeconds(wait);
  if (until <= now) return 0;
  return (until.microseconds - now.microseconds + 999'999) / 1'000'000;
}

// The subject is a digest: what somebody typed into the e-mail field (a password, now and then) is not kept
// in clear.
std::string accountSubject(std::string_view email) {
  return "account:" + hex(view(sha256(lowered(trimmed(email))))).substr(0, 32);
}

std::string addressSubject(std::string_view address) {
  return "address:" + networkOf(address);
}

std::string siteSubject(std::string_view address) {
  return "address:" + networkOf(address, 3);
}

std::string accountAndAddressSubject(std::string_view email, std::string_view address) {
  return accountSubject(email) + "@" + networkOf(address);
}

}  // namespace postgang::access
