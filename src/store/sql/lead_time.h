// Lead times as a histogram of log buckets: four to each doubling, so that a median read from it is within an
// eighth of the true one, and two histograms are added by adding their buckets. Seconds, whole numbers alone.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <optional>

namespace postgang::store::sql {

// 0..3 are the seconds themselves; from 4 on, four buckets to each doubling.
inline std::int64_t leadBucket(std::int64_t seconds) {
  constexpr std::int64_t exact = 4;
  if (seconds < exact) return std::max<std::int64_t>(seconds, 0);
  const auto exponent = std::bit_width(static_cast<std::uint64_t>(seconds)) - 1;
  return exact + (exponent - 2) * 4 + ((seconds >> (exponent - 2)) & 3);
}

// The middle of what falls into the bucket.
inline std::int64_t leadSeconds(std::int64_t bucket) {
  constexpr std::int64_t exact = 4, bucket_max = 4 + 60 * 4 - 1;
  if (bucket < exact) return std::max<std::int64_t>(bucket, 0);
  bucket = std::min(bucket, bucket_max);
  const auto shift = (bucket - exact) / 4, step = (bucket - exact) % 4;
  return ((4 + step) << shift) + ((std::int64_t{1} << shift) >> 1);
}

// The lower of the two in the middle where their number is even; nullopt of an empty one.
inline std::optional<std::int64_t> medianLead(const std::map<std::int64_t, std::int64_t>& buckets) {
  std::int64_t all = 0;
  for (const auto& [bucket, count] : buckets) all += std::max<std::int64_t>(count, 0);
  if (all == 0) return std::nullopt;
  auto left = (all + 1) / 2;
  for (const auto& [bucket, count] : buckets) {
    left -= std::max<std::int64_t>(count, 0);
    if (left <= 0) return leadSeconds(bucket);
  }
  return std::nullopt;
}

}  // namespace postgang::store::sql
