#include "insight/volume.h"

#include <gtest/gtest.h>

namespace postgang::insight {
namespace {

Decimal decimal(const char* text) {
  return *Decimal::parse(text);
}

TEST(Volume, keeps_currencies_apart_and_in_order) {
  Volume volume;
  ASSERT_TRUE(volume.add(2, decimal("1250.50"), "SEK"));
  ASSERT_TRUE(volume.add(1, decimal("99.95"), "EUR"));
  ASSERT_TRUE(volume.add(1, decimal("-250.50"), "SEK"));
  EXPECT_EQ(volume.documents, 4);
  EXPECT_EQ(volume.amounts, (std::vector<Money>{{decimal("99.95"), "EUR"}, {decimal("1000.00"), "SEK"}}));
}

TEST(Volume, counts_what_has_no_money) {
  Volume volume;
  ASSERT_TRUE(volume.add(3, Decimal(), ""));
  EXPECT_EQ(volume.documents, 3);
  EXPECT_TRUE(volume.amounts.empty());
}

TEST(Volume, says_so_when_a_sum_no_longer_fits) {
  Volume volume;
  const auto huge = decimal("999999999999999999999999999999999999");
  ASSERT_TRUE(volume.add(1, huge, "SEK"));
  EXPECT_EQ(volume.add(1, huge, "SEK").error().code, "sum-too-large");
}

}  // namespace
}  // namespace postgang::insight
