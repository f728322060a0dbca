// How often one caller may ask. Counted in this process, for each key, each session and, where nobody has to
// be known, each address (an IPv6 address as its /64); reading, changing and handing in documents are counted
// apart, so that a long import does not keep anybody from looking.
//
//   RateLimiter limiter(limits);
//   RateTurn turn(limiter, request);            at the beginning of a call
//   CHECK_OK(turn.admitCaller(caller));          code rate-limited (parameter retryAfter, seconds)
//   return turn.onto(std::move(reply));          the headers
//
// The count is a bucket of `burst` calls that fills by `perSecond`, kept as one instant (GCRA): when it is
// full again. Every reply that was counted says how it stands, by draft-ietf-httpapi-ratelimit-headers:
//
//   RateLimit-Policy: "read";q=5000;w=2         5,000 calls at once, full again after 2 seconds
//   RateLimit: "read";r=4980;t=1                4,980 left, full again within a second
//
// and a 429 has Retry-After, the seconds until the next call is let through; t is the same there.
// Thread-safe; a turn costs less than a microsecond. What was idle long enough to be full is forgotten, and
// at most subjects_max are remembered.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "access/caller.h"
#include "base/problem.h"
#include "net/http.h"

namespace postgang::api {

enum class RateClass { read, write, upload, open };
std::string_view name(RateClass what);

struct RateLimit {
  std::int64_t perSecond = 0;  // 0: no limit
  std::int64_t burst = 0;      // at least 1 where there is a limit
};
// What a caller gets that nobody has set anything for: far over what a person or a business system does,
// under what keeps others from being served.
struct RateLimits {
  RateLimit read{2500, 5000};
  RateLimit write{50, 200};
  RateLimit upload{200, 2000};
  RateLimit open{50, 500};
};

class RateLimiter {
 public:
  static constexpr std::size_t subjects_max = 65'536;
  using Now = std::int64_t (*)();  // microseconds of a clock that does not go back

  explicit RateLimiter(RateLimits limits, Now now = nullptr);  // null: the monotonic clock

  struct Taken {
    RateClass what{};
    RateLimit limit;
    bool admitted = true;
    std::int64_t left = 0;     // whole calls
    std::int64_t seconds = 0;  // until the bucket is full; where not admitted, until the next call is
  };
  // `subject`: whose bucket; a hash, so that two who share one share a bucket and nothing worse.
  std::optional<Taken> take(std::uint64_t subject, RateClass what);  // none: there is no limit
  std::size_t size() const;                                          // subjects remembered

 private:
  static constexpr std::size_t shards = 16;
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<std::uint64_t, std::int64_t> fullAt;
  };
  void makeRoom(Shard& shard, std::int64_t now) const;
  RateLimit limitOf(RateClass what) const;

  const RateLimits limits_;
  const Now now_;
  std::array<Shard, shards> shards_;
};

// One call's turn. What is asked of health, metrics and the contract is not counted: whoever watches the
// server must always get an answer.
class RateTurn {
 public:
  RateTurn(RateLimiter& limiter, const net::Request& request) : limiter_(limiter), request_(request) {}

  Outcome admitCaller(const access::Caller& caller);
  Outcome admitAddress();  // who is nobody, or whom nobody knows
  net::Reply onto(net::Reply reply) const;

 private:
  Outcome admit(std::uint64_t subject, RateClass what);
  bool isCounted() const;

  RateLimiter& limiter_;
  const net::Request& request_;
  std::optional<RateLimiter::Taken> taken_;
};

}  // namespace postgang::api
