// How long things took, as counts in log buckets: eight to each doubling, so that a percentile is at most an
// eighth off however long it was, and counts of many days are added up without what they were counted from.
// Whole seconds; those under eight have a bucket each.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

namespace postgang {

int durationBucket(std::int64_t seconds);      // less than nothing is nothing
std::int64_t durationBucketStart(int bucket);  // seconds

class Durations {
 public:
  void add(int bucket, std::int64_t count) { counts_[bucket] += count; }
  void add(const Durations& other) {
    for (const auto& [bucket, count] : other.counts_) add(bucket, count);
  }
  std::int64_t count() const;
  // Seconds, 1 <= percent <= 99; nullopt where nothing was counted.
  std::optional<std::int64_t> percentile(int percent) const;
  friend bool operator==(const Durations&, const Durations&) = default;

 private:
  std::map<int, std::int64_t> counts_;
};

}  // namespace postgang
