#include "access/caller.h"

#include <gtest/gtest.h>

#include "access/caller_cache.h"

namespace postgang::access {
namespace {

TEST(Scopes, have_names_that_come_back) {
  for (const Scope scope : all_scopes) EXPECT_EQ(scopeFromName(name(scope)), scope);
  EXPECT_EQ(scopeFromName("documents:delete"), std::nullopt);
}

TEST(Scopes, of_a_reader_change_nothing) {
  const auto reader = scopesOfRole("reader");
  EXPECT_TRUE(reader.has(Scope::documents_read));
  EXPECT_FALSE(reader.has(Scope::documents_write));
  EXPECT_FALSE(reader.has(Scope::partners_write));
}

TEST(Scopes, of_an_unknown_role_are_none) {
  EXPECT_EQ(scopesOfRole("root"), Scopes());
  EXPECT_TRUE(scopesOfRole("clerk").has(Scope::documents_write));
}

TEST(Scopes, of_a_key_leave_out_what_this_release_does_not_know) {
  EXPECT_EQ(scopesFromNames({"documents:read", "moon:read"}), Scopes({Scope::documents_read}));
}

CallerPointer somebody(std::string csrfToken) {
  return std::make_shared<Caller>(Caller{store::Viewer::ofCompanies({}, {}),
                                         store::Viewer::ofCompanies({}, {}),
                                         {},
                                         {},
                                         {},
                                         {},
                                         {},
                                         std::move(csrfToken)});
}

TEST(CallerCache, remembers_until_it_is_told_to_forget) {
  CallerCache cache(60'000);
  const auto digest = sha256("token");
  EXPECT_EQ(cache.find(digest), nullptr);
  const auto caller = somebody("a");
  cache.put(digest, caller);
  EXPECT_EQ(cache.find(digest), caller);
  EXPECT_EQ(cache.find(sha256("another")), nullptr);
  cache.forget(digest);
  EXPECT_EQ(cache.find(digest), nullptr);
}

TEST(CallerCache, remembers_nothing_when_it_may_not) {
  CallerCache cache(0);
  cache.put(sha256("token"), somebody("a"));
  EXPECT_EQ(cache.find(sha256("token")), nullptr);
}

TEST(CallerCache, stays_bounded) {
  CallerCache cache(60'000);
  for (int i = 0; i < 25'000; ++i) cache.put(sha256(std::to_string(i)), somebody("a"));
  int kept = 0;
  for (int i = 0; i < 25'000; ++i) kept += cache.find(sha256(std::to_string(i))) != nullptr;
  EXPECT_LE(kept, 10'000);
  EXPECT_NE(cache.find(sha256("24999")), nullptr);
}

}  // namespace
}  // namespace postgang::access
