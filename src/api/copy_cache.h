// Display copies drawn a moment ago, the least recently used dropped first. A copy depends on nothing but its
// key: the document's digest, the channel, the language, the format and the design. Safe from several
// threads.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace postgang::api {

class CopyCache {
 public:
  explicit CopyCache(std::size_t bytes_max = 32UL * 1024 * 1024) : bytes_max_(bytes_max) {}

  using Copy = std::shared_ptr<const std::string>;
  Copy find(const std::string& key);  // null when absent
  Copy put(const std::string& key, std::string bytes);

 private:
  struct Kept {
    std::string key;
    Copy copy;
  };
  const std::size_t bytes_max_;
  std::mutex mutex_;
  std::list<Kept> byUse_;  // the latest first
  std::unordered_map<std::string, std::list<Kept>::iterator> byKey_;
  std::size_t bytes_ = 0;
};

}  // namespace postgang::api
