#include "flow/sending_lanes.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace postgang::flow {
namespace {

class Lanes : public ::testing::Test {
 protected:
  SendingLanes::Turn turn(std::string_view host, std::int64_t seed = 1) {
    return lanes_.reserve(host, seed, false);
  }
  void hear(std::string_view host, bool silent) {
    auto slot = turn(host).slot;
    ASSERT_TRUE(slot) << host;
    lanes_.run(slot, [slot, silent] { slot->heard(silent, silent ? "Connection timed out" : "250 Ok"); });
    slot.reset();
    lanes_.waitUntilIdle();
  }

  SimulatedClock clock_{*Instant::parse("2026-11-23T09:00:00Z")};
  LaneSettings settings_{.threads = 8, .perHost = 3, .unknown_percent = 25, .suspect_percent = 10};
  SendingLanes lanes_{settings_, clock_};
};

TEST_F(Lanes, WithoutThreadsAllIsSentHere) {
  const auto mine = std::this_thread::get_id();
  std::vector<SendingLanes::Turn> turns;
  for (int i = 0; i < 20; ++i) turns.push_back(turn("mx.a.example"));
  for (const auto& each : turns) {
    ASSERT_TRUE(each.slot);
    std::thread::id where;
    lanes_.run(each.slot, [&] { where = std::this_thread::get_id(); });
    EXPECT_EQ(where, mine);
  }
  EXPECT_TRUE(lanes_.isIdle());
}

TEST_F(Lanes, AHostThatHasNotAnsweredGetsOneTurnAndOneThatHasGetsMore) {
  lanes_.start();
  {
    const auto first = turn("mx.a.example");
    EXPECT_TRUE(first.slot);
    const auto second = turn("mx.a.example");
    EXPECT_FALSE(second.slot);
    EXPECT_GT(second.later, clock_.now());
    EXPECT_TRUE(turn("mx.b.example").slot);
  }
  hear("mx.a.example", false);
  std::vector<SendingLanes::Turn> turns;
  for (int i = 0; i < 4; ++i) turns.push_back(turn("mx.a.example"));
  EXPECT_TRUE(turns[2].slot);
  EXPECT_FALSE(turns[3].slot);
  EXPECT_EQ(lanes_.free(), 5);
  turns.clear();
  EXPECT_EQ(lanes_.free(), 8);
}

TEST_F(Lanes, HostsThatHaveNotAnsweredShareAPartOfThePool) {
  lanes_.start();
  hear("mx.known.example", false);
  std::vector<SendingLanes::Turn> turns;
  int given = 0;
  for (int i = 0; i < 20; ++i) {
    turns.push_back(turn("mx" + std::to_string(i) + ".example"));
    given += turns.back().slot ? 1 : 0;
  }
  EXPECT_EQ(given, 2) << "a quarter of eight";
  EXPECT_TRUE(turn("mx.known.example").slot);
  // Those who keep us waiting leave their places to others, until four fifths of the pool wait for somebody.
  for (int second = 0; second < 10; ++second) {
    clock_.advanceSeconds(2);
    for (int i = 20; i < 60; ++i) {
      turns.push_back(turn("mx" + std::to_string(i) + "." + std::to_string(second) + ".example"));
      given += turns.back().slot ? 1 : 0;
    }
  }
  EXPECT_EQ(given, 6);
  EXPECT_TRUE(turn("mx.known.example").slot);
}

TEST_F(Lanes, ThoseThatWaitComeOneAfterTheOther) {
  lanes_.start();
  const auto taken = turn("mx.a.example");
  const auto first = turn("mx.a.example", 7), second = turn("mx.a.example", 7);
  EXPECT_GT(second.later, first.later);
  auto last = second;
  for (int i = 0; i < 10'000; ++i) last = turn("mx.a.example", i);
  EXPECT_LT(last.later, clock_.now().plusSeconds(61)) << "nobody is sent away for longer than a minute";
}

TEST_F(Lanes, AHostThatIsSilentIsLeftAloneAndTriedByOneFirst) {
  for (int i = 0; i < 2; ++i) hear("mx.a.example", true);
  EXPECT_TRUE(lanes_.hostsDown().empty());
  hear("mx.a.example", true);
  const auto down = lanes_.hostsDown();
  ASSERT_EQ(down.size(), 1U);
  EXPECT_EQ(down[0].host, "mx.a.example");
  EXPECT_EQ(down[0].since, clock_.now());
  EXPECT_EQ(down[0].nextTry, clock_.now().plusSeconds(30));
  EXPECT_EQ(down[0].words, "Connection timed out");
  const auto refused = turn("mx.a.example");
  EXPECT_FALSE(refused.slot);
  EXPECT_FALSE(refused.dead);
  EXPECT_GE(refused.later, down[0].nextTry);
  EXPECT_TRUE(turn("mx.b.example").slot) << "nobody else is";

  clock_.advanceSeconds(30);
  {
    const auto probe = turn("mx.a.example");
    EXPECT_TRUE(probe.slot);
    EXPECT_FALSE(turn("mx.a.example").slot) << "the rest waits for it";
  }
  hear("mx.a.example", true);
  EXPECT_EQ(lanes_.hostsDown().front().nextTry, clock_.now().plusSeconds(60)) << "longer each time";
  clock_.advanceSeconds(60);
  hear("mx.a.example", false);
  EXPECT_TRUE(lanes_.hostsDown().empty());
}

TEST_F(Lanes, AHostThatHasBeenSilentForADayIsDead) {
  for (int i = 0; i < 3; ++i) hear("mx.a.example", true);
  for (int hour = 0; hour < 25; ++hour) {
    clock_.advanceSeconds(3600);
    hear("mx.a.example", true);
  }
  EXPECT_TRUE(turn("mx.a.example").dead);
}

TEST_F(Lanes, StopWaitsForWhatIsUnderWay) {
  lanes_.start();
  std::promise<void> begun, goOn;
  std::atomic<bool> done = false;
  auto slot = turn("mx.a.example").slot;
  ASSERT_TRUE(slot);
  lanes_.run(std::move(slot), [&] {
    begun.set_value();
    goOn.get_future().wait();
    done = true;
  });
  begun.get_future().wait();
  EXPECT_FALSE(lanes_.isIdle());
  auto stopped = std::async(std::launch::async, [&] { lanes_.stop(); });
  goOn.set_value();
  stopped.wait();
  EXPECT_TRUE(done);
  EXPECT_TRUE(lanes_.isIdle());
}

}  // namespace
}  // namespace postgang::flow
