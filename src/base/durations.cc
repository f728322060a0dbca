#include "base/durations.h"

#include <algorithm>
#include <bit>

namespace postgang {
namespace {

constexpr int bits = 3, parts = 1 << bits;

}  // namespace

int durationBucket(std::int64_t seconds) {
  const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(seconds, 0));
  if (value < parts) return static_cast<int>(value);
  const auto doubling = static_cast<int>(std::bit_width(value)) - 1;
  return (doubling - bits + 1) * parts + static_cast<int>((value >> (doubling - bits)) & (parts - 1));
}

std::int64_t durationBucketStart(int bucket) {
  if (bucket < parts) return std::max(bucket, 0);
  return static_cast<std::int64_t>(parts + bucket % parts) << (bucket / parts - 1);
}

std::int64_t Durations::count() const {
  std::int64_t sum = 0;
  for (const auto& [bucket, count] : counts_) sum += count;
  return sum;
}

// Within a bucket they are taken to lie evenly.
std::optional<std::int64_t> Durations::percentile(int percent) const {
  const auto all = count();
  if (all <= 0) return std::nullopt;
  const auto rank = std::max<std::int64_t>((all * percent + 99) / 100, 1);
  std::int64_t before = 0;
  for (const auto& [bucket, count] : counts_) {
    if (before + count < rank) {
      before += count;
      continue;
    }
    const auto start = durationBucketStart(bucket), width = durationBucketStart(bucket + 1) - start;
    return start + width * (2 * (rank - before) - 1) / (2 * count);
  }
  return std::nullopt;
}

}  // namespace postgang
