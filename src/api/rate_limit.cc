#include "api/rate_limit.h"

#include <algorithm>
#include <functional>
#include <string>

#include "access/sign_in_limit.h"
#include "base/time.h"

namespace postgang::api {

namespace {

constexpr std::int64_t second = 1'000'000;

std::int64_t ceiled(std::int64_t value, std::int64_t by) {
  return (value + by - 1) / by;
}

std::uint64_t mixed(std::uint64_t value) {  // splitmix64's finish: subjects spread over shards and classes
  value ^= value >> 30U;
  value *= 0xbf58476d1ce4e5b9ULL;
  value ^= value >> 27U;
  value *= 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

// What hands in documents: counted apart, because a morning's invoices come all at once.
bool isUpload(const net::Request& request) {
  return request.method == "POST" &&
         (request.route == "/api/v1/documents" || request.route == "/api/v1/validate" ||
          request.route == "/api/v1/peppol/inbound");
}

bool isRead(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

std::string policyOf(const RateLimiter::Taken& taken) {
  return "\"" + std::string(name(taken.what)) + "\";q=" + std::to_string(taken.limit.burst) +
         ";w=" + std::to_string(std::max<std::int64_t>(1, ceiled(taken.limit.burst, taken.limit.perSecond)));
}

}  // namespace

std::string_view name(RateClass what) {
  switch (what) {
    case RateClass::read:
      return "read";
    case RateClass::write:
      return "write";
    case RateClass::upload:
      return "upload";
    case RateClass::open:
      return "open";
  }
  return {};
}

RateLimiter::RateLimiter(RateLimits limits, Now now)
    : limits_(limits), now_(now != nullptr ? now : monotonicMicroseconds) {}

RateLimit RateLimiter::limitOf(RateClass what) const {
  switch (what) {
    case RateClass::read:
      return limits_.read;
    case RateClass::write:
      return limits_.write;
    case RateClass::upload:
      return limits_.upload;
    case RateClass::open:
      return limits_.open;
  }
  return {};
}

void RateLimiter::makeRoom(Shard& shard, std::int64_t now) const {
  if (shard.fullAt.size() < subjects_max / shards) return;
  std::erase_if(shard.fullAt, [now](const auto& entry) { return entry.second <= now; });
  // Everybody here is busy: whoever floods with addresses loses what was counted, and so does the shard.
  if (shard.fullAt.size() >= subjects_max / shards) shard.fullAt.clear();
}

std::optional<RateLimiter::Taken> RateLimiter::take(std::uint64_t subject, RateClass what) {
  const auto limit = limitOf(what);
  if (limit.perSecond <= 0) return std::nullopt;
  const auto key = mixed(subject + 0x9e3779b97f4a7c15ULL * (static_cast<std::uint64_t>(what) + 1));
  auto& shard = shards_[key % shards];
  const std::int64_t now = now_();
  const std::int64_t each = std::max<std::int64_t>(1, second / limit.perSecond);
  const std::int64_t whole = each * limit.burst;
  Taken taken{what, limit};
  const std::lock_guard lock(shard.mutex);
  auto found = shard.fullAt.find(key);
  if (found == shard.fullAt.end()) {
    makeRoom(shard, now);
    found = shard.fullAt.emplace(key, now).first;
  }
  const std::int64_t fullAt = std::max(found->second, now) + each;
  taken.admitted = fullAt - now <= whole;
  if (taken.admitted) found->second = fullAt;
  taken.left = taken.admitted ? (whole - (fullAt - now)) / each : 0;
  taken.seconds =
      std::max<std::int64_t>(1, ceiled(taken.admitted ? fullAt - now : fullAt - now - whole, second));
  return taken;
}

std::size_t RateLimiter::size() const {
  std::size_t all = 0;
  for (const auto& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    all += shard.fullAt.size();
  }
  return all;
}

bool RateTurn::isCounted() const {
  return request_.route.starts_with("/api/v1/") || request_.route.starts_with("/m/");
}

Outcome RateTurn::admitCaller(const access::Caller& caller) {
  std::uint64_t subject = 0;
  if (caller.session)
    subject = std::hash<Uuid>{}(caller.session->id);
  else if (caller.key)
    subject = std::hash<Uuid>{}(caller.key->id);
  const auto what = isUpload(request_)        ? RateClass::upload
                    : isRead(request_.method) ? RateClass::read
                                              : RateClass::write;
  return admit(subject, what);
}

Outcome RateTurn::admitAddress() {
  const auto address = access::addressSubject(request_.remoteAddress);
  return admit(std::hash<std::string>{}(address), isUpload(request_) ? RateClass::upload : RateClass::open);
}

Outcome RateTurn::admit(std::uint64_t subject, RateClass what) {
  if (!isCounted()) return {};
  taken_ = limiter_.take(subject, what);
  if (!taken_ || taken_->admitted) return {};
  return fail(
      Problem{ProblemKind::rate_limited,
              "rate-limited",
              "More calls than this caller may make.",
              {},
              "Wait the seconds of Retry-After, then go on more slowly.",
              {{"retryAfter", std::to_string(taken_->seconds)}, {"policy", std::string(name(what))}}});
}

net::Reply RateTurn::onto(net::Reply reply) const {
  if (!taken_) return reply;
  reply.headers.set("RateLimit-Policy", policyOf(*taken_));
  reply.headers.set("RateLimit", "\"" + std::string(name(taken_->what)) + "\";r=" +
                                     std::to_string(taken_->left) + ";t=" + std::to_string(taken_->seconds));
  if (!taken_->admitted) reply.headers.set("Retry-After", std::to_string(taken_->seconds));
  return reply;
}

}  // namespace postgang::api
