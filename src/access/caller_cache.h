// Callers that were looked up a moment ago, by the digest of their token or key. Bounded; safe from several
// threads.
#pragma once

#include <cstdint>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "access/caller.h"
#include "base/bytes.h"

namespace postgang::access {

class CallerCache {
 public:
  explicit CallerCache(std::int64_t milliseconds) : keptMicroseconds_(milliseconds * 1000) {}

  CallerPointer find(const Digest& digest) const;  // null when absent or too old
  void put(const Digest& digest, CallerPointer caller);
  void forget(const Digest& digest);
  void forgetUser(UserId user);  // its sessions, and the keys that it has made
  void forgetAll();

 private:
  static constexpr std::size_t callers_max = 10'000;
  struct Kept {
    CallerPointer caller;
    std::int64_t until;  // monotonic microseconds
  };
  struct ByPrefix {
    std::size_t operator()(const Digest& digest) const noexcept;
  };

  const std::int64_t keptMicroseconds_;
  mutable std::shared_mutex mutex_;
  std::unordered_map<Digest, Kept, ByPrefix> callers_;
};

}  // namespace postgang::access
