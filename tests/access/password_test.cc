#include "access/password.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace postgang::access {
namespace {

// Eight kilobytes and one pass: what is tested is ours, not libsodium's strength.
constexpr PasswordCost cheap{1, 8192, 2, 4};

TEST(Passwords, matches_the_password_that_was_hashed_and_no_other) {
  Passwords passwords(cheap);
  const auto hash = passwords.hashed("en riktigt bra fras");
  ASSERT_TRUE(hash);
  EXPECT_TRUE(hash->starts_with("$argon2id$"));
  EXPECT_EQ(passwords.matches(*hash, "en riktigt bra fras"), true);
  EXPECT_EQ(passwords.matches(*hash, "en riktigt bra Fras"), false);
  EXPECT_EQ(passwords.matches(*hash, ""), false);
}

TEST(Passwords, hashes_the_same_password_to_different_texts) {
  Passwords passwords(cheap);
  EXPECT_NE(*passwords.hashed("en riktigt bra fras"), *passwords.hashed("en riktigt bra fras"));
}

TEST(Passwords, says_no_for_an_account_that_nobody_has_and_for_a_hash_that_is_none) {
  Passwords passwords(cheap);
  EXPECT_EQ(passwords.matches("", "en riktigt bra fras"), false);
  EXPECT_EQ(passwords.matches("not a hash", "en riktigt bra fras"), false);
}

TEST(Passwords, refuses_what_is_too_short_counted_in_characters) {
  Passwords passwords(cheap);
  EXPECT_EQ(passwords.hashed("ååååååååå").error().code, "password-too-short");
  EXPECT_TRUE(passwords.hashed("åååååååååå"));
  EXPECT_EQ(passwords.hashed(std::string(1025, 'x')).error().code, "password-too-long");
}

// A flood: one hash at a time and nobody may wait, so of many at once some are turned away and none hangs.
TEST(Passwords, turns_away_when_too_many_wait) {
  Passwords passwords({1, 4UL * 1024 * 1024, 1, 0});
  const auto hash = passwords.hashed("en riktigt bra fras");
  ASSERT_TRUE(hash);
  std::atomic<int> matched = 0, busy = 0, other = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      for (int tries = 0; tries < 20; ++tries) {
        const auto answer = passwords.matches(*hash, "en riktigt bra fras");
        if (answer)
          ++(*answer ? matched : other);
        else
          ++(answer.error().code == "sign-in-busy" && answer.error().parameters.contains("seconds") ? busy
                                                                                                    : other);
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_GT(matched, 0);
  EXPECT_GT(busy, 0);
  EXPECT_EQ(other, 0);
}

}  // namespace
}  // namespace postgang::access
