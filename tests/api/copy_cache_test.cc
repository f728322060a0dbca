#include "api/copy_cache.h"

#include <gtest/gtest.h>

namespace postgang::api {
namespace {

TEST(CopyCache, gives_what_was_put) {
  CopyCache cache;
  EXPECT_EQ(cache.find("a"), nullptr);
  cache.put("a", "bytes");
  ASSERT_NE(cache.find("a"), nullptr);
  EXPECT_EQ(*cache.find("a"), "bytes");
}

TEST(CopyCache, drops_the_least_recently_used_when_it_is_full) {
  CopyCache cache(400);
  for (const auto* key : {"a", "b", "c", "d"}) cache.put(key, std::string(100, 'x'));
  EXPECT_NE(cache.find("a"), nullptr);
  cache.put("e", std::string(100, 'x'));
  EXPECT_NE(cache.find("a"), nullptr);
  EXPECT_EQ(cache.find("b"), nullptr);
}

TEST(CopyCache, does_not_keep_what_would_push_all_else_out) {
  CopyCache cache(400);
  cache.put("a", std::string(100, 'x'));
  EXPECT_EQ(cache.put("huge", std::string(101, 'x'))->size(), 101U) << "given, not kept";
  EXPECT_EQ(cache.find("huge"), nullptr);
  EXPECT_NE(cache.find("a"), nullptr);
}

}  // namespace
}  // namespace postgang::api
