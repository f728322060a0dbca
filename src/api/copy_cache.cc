#include "api/copy_cache.h"

namespace postgang::api {

CopyCache::Copy CopyCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = byKey_.find(key);
  if (found == byKey_.end()) return nullptr;
  byUse_.splice(byUse_.begin(), byUse_, found->second);
  return found->second->copy;
}

CopyCache::Copy CopyCache::put(const std::string& key, std::string bytes) {
  auto copy = std::make_shared<const std::string>(std::move(bytes));
  const std::lock_guard lock(mutex_);
  if (byKey_.contains(key) || copy->size() > bytes_max_ / 4) return copy;
  byUse_.push_front({key, copy});
  byKey_[key] = byUse_.begin();
  bytes_ += copy->size();
  while (bytes_ > bytes_max_) {
    bytes_ -= byUse_.back().copy->size();
    byKey_.erase(byUse_.back().key);
    byUse_.pop_back();
  }
  return copy;
}

}  // namespace postgang::api
