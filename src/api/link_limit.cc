#include "api/link_limit.h"

#include "access/sign_in_limit.h"

namespace postgang::api {
namespace {

constexpr std::int64_t window = LinkLimit::window_seconds * 1'000'000;

}  // namespace

Outcome LinkLimit::admit(std::string_view address, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  const auto found = misses_.find(access::addressSubject(address));
  if (found == misses_.end() || now - found->second.since >= window || found->second.count < misses_max)
    return {};
  Problem problem{ProblemKind::rate_limited,           "link-tried-too-often",
                  "Too many links that do not exist.", {},
                  "Wait a while and try again.",       {}};
  problem.parameters["seconds"] = std::to_string((window - (now - found->second.since)) / 1'000'000 + 1);
  return fail(std::move(problem));
}

void LinkLimit::missed(std::string_view address, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  if (misses_.size() >= addresses_max)
    std::erase_if(misses_, [&](const auto& entry) { return now - entry.second.since >= window; });
  if (misses_.size() >= addresses_max) misses_.clear();
  auto& misses = misses_[access::addressSubject(address)];
  if (now - misses.since >= window) misses = {0, now};
  ++misses.count;
}

}  // namespace postgang::api
