#include "access/caller_cache.h"

#include <cstring>

#include "base/time.h"

namespace postgang::access {

std::size_t CallerCache::ByPrefix::operator()(const Digest& digest) const noexcept {
  std::size_t value = 0;
  std::memcpy(&value, digest.data(), sizeof value);
  return value;
}

CallerPointer CallerCache::find(const Digest& digest) const {
  const std::shared_lock lock(mutex_);
  const auto found = callers_.find(digest);
  return found != callers_.end() && monotonicMicroseconds() < found->second.until ? found->second.caller
                                                                                  : nullptr;
}

void CallerCache::put(const Digest& digest, CallerPointer caller) {
  if (keptMicroseconds_ <= 0) return;
  const auto now = monotonicMicroseconds();
  const std::lock_guard lock(mutex_);
  if (callers_.size() >= callers_max) {
    std::erase_if(callers_, [now](const auto& kept) { return kept.second.until <= now; });
    if (callers_.size() >= callers_max) callers_.clear();
  }
  callers_[digest] = Kept{std::move(caller), now + keptMicroseconds_};
}

void CallerCache::forget(const Digest& digest) {
  const std::lock_guard lock(mutex_);
  callers_.erase(digest);
}

void CallerCache::forgetUser(UserId user) {
  const std::lock_guard lock(mutex_);
  std::erase_if(callers_, [&](const auto& each) {
    const auto& caller = *each.second.caller;
    return (caller.user && caller.user->id == user) || (caller.key && caller.key->madeBy == user);
  });
}

void CallerCache::forgetAll() {
  const std::lock_guard lock(mutex_);
  callers_.clear();
}

}  // namespace postgang::access
