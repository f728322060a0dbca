#include "base/durations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace postgang {
namespace {

TEST(Durations, BucketsFollowEachOtherWithoutAGap) {
  for (int bucket = 0; bucket < 300; ++bucket) {
    const auto start = durationBucketStart(bucket), next = durationBucketStart(bucket + 1);
    EXPECT_LT(start, next);
    EXPECT_EQ(durationBucket(start), bucket);
    EXPECT_EQ(durationBucket(next - 1), bucket);
  }
  EXPECT_EQ(durationBucket(-5), 0);
}

TEST(Durations, PercentilesAreAtMostAnEighthOff) {
  std::mt19937 random(3);
  for (int round = 0; round < 20; ++round) {
    std::vector<std::int64_t> seconds;
    Durations durations;
    for (int i = 0; i < 500; ++i) {
      seconds.push_back(static_cast<std::int64_t>(random() % (1U << (4 + round))));
      durations.add(durationBucket(seconds.back()), 1);
    }
    std::ranges::sort(seconds);
    for (const int percent : {1, 50, 90, 99}) {
      const auto exact = seconds[static_cast<std::size_t>((500 * percent + 99) / 100 - 1)];
      const auto found = *durations.percentile(percent);
      EXPECT_LE(std::abs(found - exact), exact / 8 + 1) << percent << " of " << round;
    }
  }
  EXPECT_EQ(Durations().percentile(50), std::nullopt);
}

TEST(Durations, AreAddedUpBucketByBucket) {
  Durations a, b, both;
  for (const std::int64_t seconds : {1, 90, 90'000}) {
    a.add(durationBucket(seconds), 2);
    b.add(durationBucket(seconds * 3), 1);
    both.add(durationBucket(seconds), 2);
    both.add(durationBucket(seconds * 3), 1);
  }
  a.add(b);
  EXPECT_EQ(a, both);
  EXPECT_EQ(a.count(), 9);
}

}  // namespace
}  // namespace postgang
