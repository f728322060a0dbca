#include "access/sign_in_limit.h"

#include <gtest/gtest.h>

namespace postgang::access {
namespace {

const Instant noon = *Instant::parse("2026-11-23T12:00:00Z");

store::LoginFailures failures(int count, std::int64_t secondsAgo) {
  return {count, noon.plusSeconds(-secondsAgo)};
}

TEST(SignInLimit, lets_the_first_tries_through_at_once) {
  EXPECT_EQ(secondsToWait(account_and_address_limit, {}, noon), 0);
  EXPECT_EQ(secondsToWait(account_and_address_limit, failures(4, 0), noon), 0);
}

TEST(SignInLimit, doubles_the_wait_with_each_further_failure) {
  EXPECT_EQ(secondsToWait(account_and_address_limit, failures(5, 0), noon), 2);
  EXPECT_EQ(secondsToWait(account_and_address_limit, failures(6, 0), noon), 4);
  EXPECT_EQ(secondsToWait(account_and_address_limit, failures(10, 0), noon), 64);
}

TEST(SignInLimit, counts_the_wait_from_the_last_failure) {
  EXPECT_EQ(secondsToWait(account_and_address_limit, failures(7, 5), noon), 3);
  EXPECT_EQ(secondsToWait(account_and_address_limit, failures(7, 8), noon), 0);
}

TEST(SignInLimit, never_waits_longer_than_a_quarter_of_an_hour_and_a_minute_for_an_account_alone) {
  EXPECT_EQ(secondsToWait(account_and_address_limit, failures(5000, 0), noon), 15 * 60);
  EXPECT_EQ(secondsToWait(account_limit, failures(5000, 0), noon), 60);
}

TEST(SignInLimit, knows_an_account_however_its_address_is_typed) {
  EXPECT_EQ(accountSubject("Karin@Nordhamn.example "), accountSubject("karin@nordhamn.example"));
  EXPECT_NE(accountSubject("karin@nordhamn.example"), accountSubject("per@nordhamn.example"));
  EXPECT_EQ(accountSubject("hunter2").find("hunter2"), std::string::npos)
      << "what was typed is not kept in clear";
}

TEST(SignInLimit, counts_a_home_with_many_ipv6_addresses_once) {
  EXPECT_EQ(addressSubject("2001:db8:1:2:aaaa::1"), addressSubject("2001:db8:1:2:bbbb:1:2:3"));
  EXPECT_NE(addressSubject("2001:db8:1:2::1"), addressSubject("2001:db8:1:3::1"));
  EXPECT_NE(addressSubject("192.0.2.1"), addressSubject("192.0.2.2"));
}

}  // namespace
}  // namespace postgang::access
