#include "store/jobs.h"

#include <set>

#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class Jobs : public BothStores {
 protected:
  NewJob job(const std::string& key, CompanyId company = {1}, int inSeconds = 0) {
    return {"advance", key, {}, company, clock_.now().plusSeconds(inSeconds), "{}"};
  }
  void enqueueAll(const std::vector<NewJob>& jobs) {
    write([&](Transaction& tx) -> Outcome {
      for (const auto& one : jobs) CHECK_OK(enqueue(tx, one));
      return {};
    });
  }
  std::vector<Job> claimed(int limit = 10) {
    auto jobs = claim(store(), {"advance"}, limit, 60);
    EXPECT_TRUE(jobs);
    return jobs ? *jobs : std::vector<Job>{};
  }
  Outcome completed(const Job& job) {
    return store().write(Priority::walk, [&](Transaction& tx) { return complete(tx, job); });
  }
};
INSTANTIATE_BOTH_STORES(Jobs);

TEST_P(Jobs, AJobIsDoneOnce) {
  enqueueAll({job("a"), job("a"), job("b")});
  const auto jobs = claimed();
  ASSERT_EQ(jobs.size(), 2U);
  EXPECT_TRUE(claimed().empty());
  for (const auto& one : jobs) EXPECT_TRUE(completed(one));
  clock_.advanceSeconds(3600);
  EXPECT_TRUE(claimed().empty());
}

TEST_P(Jobs, ALeaseThatRanOutGoesToAnotherAndTheFirstCannotComplete) {
  enqueueAll({job("a")});
  const auto first = claimed();
  ASSERT_EQ(first.size(), 1U);
  clock_.advanceSeconds(61);
  const auto second = claimed();
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second.front().attempts, 2);
  EXPECT_GT(second.front().token, first.front().token);
  const auto late = completed(first.front());
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "lease-lost");
  EXPECT_TRUE(completed(second.front()));
}

TEST_P(Jobs, ARestartTakesTheLeasesOfTheDeadBack) {
  enqueueAll({job("a")});
  const auto dead = claimed();
  ASSERT_EQ(dead.size(), 1U);
  write([](Transaction& tx) { return releaseLeases(tx); });
  const auto taken = claimed();
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_FALSE(completed(dead.front()));
  EXPECT_TRUE(completed(taken.front()));
}

TEST_P(Jobs, WaitsUntilItsTime) {
  enqueueAll({job("later", {1}, 600)});
  EXPECT_TRUE(claimed().empty());
  clock_.advanceSeconds(599);
  EXPECT_TRUE(claimed().empty());
  clock_.advanceSeconds(1);
  EXPECT_EQ(claimed().size(), 1U);
}

TEST_P(Jobs, OneCompanysThousandDoNotStandBeforeAnothersOne) {
  std::vector<NewJob> jobs;
  for (int i = 0; i < 100; ++i) jobs.push_back(job("many" + std::to_string(i), {1}));
  jobs.push_back(job("one", {2}));
  enqueueAll(jobs);
  std::set<std::int64_t> companies;
  for (const auto& one : claimed(10)) companies.insert(one.company.value);
  EXPECT_EQ(companies, (std::set<std::int64_t>{1, 2}));
}

TEST_P(Jobs, ThousandsThatFallDueAtOnceAreWokenByAndByAndHoldUpNobodyForLong) {
  constexpr int many = 4200;  // more than are woken at a time
  std::vector<NewJob> jobs;
  for (int i = 0; i < many; ++i) jobs.push_back(job("many" + std::to_string(i), {1}, 600));
  jobs.push_back(job("one", {2}, 600));
  enqueueAll(jobs);
  clock_.advanceSeconds(600);
  std::set<std::string> keys;
  for (int claims = 0; claims < 2; ++claims)
    for (const auto& one : claimed(10)) keys.insert(one.key);
  EXPECT_TRUE(keys.contains("one"));
  for (auto more = claimed(1000); !more.empty(); more = claimed(1000))
    for (const auto& one : more) keys.insert(one.key);
  EXPECT_EQ(keys.size(), many + 1U);
}

TEST_P(Jobs, PostponedAndBuried) {
  enqueueAll({job("a")});
  auto jobs = claimed();
  ASSERT_EQ(jobs.size(), 1U);
  write([&](Transaction& tx) {
    return postpone(tx, jobs.front(), clock_.now().plusSeconds(10), "the host is down");
  });
  EXPECT_TRUE(claimed().empty());
  clock_.advanceSeconds(10);
  jobs = claimed();
  ASSERT_EQ(jobs.size(), 1U);
  write([&](Transaction& tx) { return bury(tx, jobs.front(), "tried too often"); });
  clock_.advanceSeconds(3600);
  EXPECT_TRUE(claimed().empty());
  read([&](Reader& reader) -> Outcome {
    TRY(const auto states, queueStates(reader));
    EXPECT_EQ(states.size(), 1U);
    EXPECT_EQ(states.front().dead, 1);
    EXPECT_EQ(states.front().waiting, 0);
    return {};
  });
  enqueueAll({job("a")});  // a dead one does not stand in the way of the same job again
  EXPECT_EQ(claimed().size(), 1U);
}

TEST_P(Jobs, TheNextOneDueIsKnown) {
  const auto next = [&] {
    std::optional<Instant> due;
    read([&](Reader& reader) -> Outcome {
      TRY(due, nextDue(reader, {"advance"}));
      return {};
    });
    return due;
  };
  EXPECT_FALSE(next());
  enqueueAll({job("later", {1}, 600)});
  EXPECT_EQ(next(), clock_.now().plusSeconds(600));
}

}  // namespace
}  // namespace postgang::store
