#include "api/rate_limit.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "api/problem_reply.h"

namespace postgang::api {
namespace {

std::atomic<std::int64_t> clock_now = 0;
std::int64_t now() {
  return clock_now;
}
constexpr std::int64_t second = 1'000'000;
constexpr RateLimits two_a_second{.read = {2, 4}, .write = {1, 1}, .upload = {0, 0}, .open = {1, 2}};

class Limiting : public ::testing::Test {
 protected:
  void SetUp() override { clock_now = 1000 * second; }
  bool admitted(std::uint64_t subject, RateClass what = RateClass::read) {
    const auto taken = limiter_.take(subject, what);
    return !taken || taken->admitted;
  }
  RateLimiter limiter_{two_a_second, now};
};

TEST_F(Limiting, a_burst_is_let_through_and_then_the_rate) {
  for (int call = 0; call < 4; ++call) EXPECT_TRUE(admitted(1)) << call;
  EXPECT_FALSE(admitted(1));
  clock_now += second / 2 - 1;
  EXPECT_FALSE(admitted(1)) << "what is refused does not put the next one off, and does not hasten it";
  clock_now += 1;
  EXPECT_TRUE(admitted(1));
  EXPECT_FALSE(admitted(1));
  clock_now += 100 * second;
  for (int call = 0; call < 4; ++call) EXPECT_TRUE(admitted(1)) << call;
  EXPECT_FALSE(admitted(1)) << "rest is not saved beyond the burst";
}

TEST_F(Limiting, callers_and_what_they_do_are_counted_apart) {
  EXPECT_TRUE(admitted(1, RateClass::write));
  EXPECT_FALSE(admitted(1, RateClass::write));
  EXPECT_TRUE(admitted(1, RateClass::read));
  EXPECT_TRUE(admitted(2, RateClass::write));
}

TEST_F(Limiting, no_limit_counts_nothing) {
  for (int call = 0; call < 10'000; ++call) ASSERT_FALSE(limiter_.take(1, RateClass::upload));
  EXPECT_EQ(limiter_.size(), 0U);
}

TEST_F(Limiting, says_what_is_left_and_when_it_is_whole_again) {
  auto taken = limiter_.take(1, RateClass::read);
  EXPECT_EQ(taken->left, 3);
  EXPECT_EQ(taken->seconds, 1);
  for (int call = 0; call < 3; ++call) taken = limiter_.take(1, RateClass::read);
  EXPECT_EQ(taken->left, 0);
  EXPECT_EQ(taken->seconds, 2) << "four calls at two a second";
  taken = limiter_.take(1, RateClass::read);
  EXPECT_FALSE(taken->admitted);
  EXPECT_EQ(taken->seconds, 1) << "until the next call, in whole seconds";
}

TEST_F(Limiting, remembers_no_more_than_it_may) {
  for (std::uint64_t subject = 0; subject < 3 * RateLimiter::subjects_max; ++subject) admitted(subject);
  EXPECT_LE(limiter_.size(), RateLimiter::subjects_max);
}

TEST_F(Limiting, forgets_the_idle_before_the_busy) {
  RateLimiter limiter({.read = {1, 1000}}, now);
  for (int call = 0; call < 1000; ++call) ASSERT_TRUE(limiter.take(7, RateClass::read)->admitted);
  for (std::uint64_t wave = 1; wave < 40; ++wave) {
    clock_now += second;  // the others are full again, the busy one is not for a quarter of an hour
    for (std::uint64_t subject = 0; subject < 8'000; ++subject)
      limiter.take(wave * 100'000 + subject, RateClass::read);
  }
  EXPECT_LE(limiter.take(7, RateClass::read)->left, 39);
}

TEST_F(Limiting, many_threads_get_no_more_than_one) {
  RateLimiter limiter({.read = {1, 1000}}, now);
  std::atomic<int> through = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&] {
      for (int call = 0; call < 1000; ++call)
        if (limiter.take(1, RateClass::read)->admitted) ++through;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(through, 1000);
}

net::Request asked(std::string method, std::string target, std::string address = "192.0.2.7") {
  auto request = *net::Request::of(std::move(method), target);
  request.route = target;
  request.remoteAddress = std::move(address);
  return request;
}

TEST_F(Limiting, the_headers_are_those_of_the_draft) {
  const auto request = asked("GET", "/api/v1/links/x");
  RateTurn turn(limiter_, request);
  ASSERT_TRUE(turn.admitAddress());
  const auto reply = turn.onto(net::Reply::json("{}"));
  EXPECT_EQ(reply.headers.get("RateLimit-Policy"), "\"open\";q=2;w=2");
  EXPECT_EQ(reply.headers.get("RateLimit"), "\"open\";r=1;t=1");
  EXPECT_FALSE(reply.headers.has("Retry-After"));
}

TEST_F(Limiting, who_asks_too_often_is_told_for_how_long_to_wait) {
  const auto request = asked("GET", "/api/v1/links/x");
  for (int call = 0; call < 2; ++call) ASSERT_TRUE(RateTurn(limiter_, request).admitAddress());
  RateTurn turn(limiter_, request);
  const auto refused = turn.admitAddress();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "rate-limited");
  EXPECT_EQ(refused.error().parameters.at("retryAfter"), "1");
  const auto reply = turn.onto(problemReply(refused.error()));
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.headers.get("Retry-After"), "1");
  EXPECT_EQ(reply.headers.get("RateLimit"), "\"open\";r=0;t=1");
}

TEST_F(Limiting, an_address_counts_as_its_network_and_not_for_its_neighbour) {
  const auto first = asked("GET", "/api/v1/links/x", "2001:db8::1");
  const auto same = asked("GET", "/api/v1/links/x", "2001:db8::2");
  const auto other = asked("GET", "/api/v1/links/x", "2001:db8:0:1::1");
  ASSERT_TRUE(RateTurn(limiter_, first).admitAddress());
  ASSERT_TRUE(RateTurn(limiter_, same).admitAddress());
  EXPECT_FALSE(RateTurn(limiter_, first).admitAddress());
  EXPECT_TRUE(RateTurn(limiter_, other).admitAddress());
}

TEST_F(Limiting, whoever_watches_the_server_is_always_answered) {
  const auto health = asked("GET", "/health");
  for (int call = 0; call < 100; ++call) {
    RateTurn turn(limiter_, health);
    ASSERT_TRUE(turn.admitAddress());
    EXPECT_FALSE(turn.onto(net::Reply::json("{}")).headers.has("RateLimit"));
  }
}

}  // namespace
}  // namespace postgang::api
