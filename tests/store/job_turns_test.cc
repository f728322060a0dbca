#include "store/job_turns.h"

#include <map>

#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class JobTurns : public BothStores {
 protected:
  void enqueueMany(const std::string& kind, int count, CompanyId company = {1}) {
    write([&](Transaction& tx) -> Outcome {
      for (int i = 0; i < count; ++i) {
        const auto key = kind + ":" + std::to_string(company.value) + ":" + std::to_string(i);
        CHECK_OK(enqueue(tx, {kind, key, {}, company, clock_.now(), "{}"}));
      }
      return {};
    });
  }
  std::vector<Job> claimed(int limit, const std::vector<KindLimit>& limits, int leaseSeconds = 60) {
    auto jobs = claimWithin(store(), {"deliver", "remind", "advance"}, limit, leaseSeconds, limits);
    EXPECT_TRUE(jobs);
    return jobs ? *jobs : std::vector<Job>{};
  }
  static std::map<std::string, int> kindsOf(const std::vector<Job>& jobs) {
    std::map<std::string, int> kinds;
    for (const auto& job : jobs) ++kinds[job.kind];
    return kinds;
  }
  Job onlyOne(int leaseSeconds = 60) {
    auto jobs = claimed(10, {}, leaseSeconds);
    EXPECT_EQ(jobs.size(), 1U);
    return jobs.empty() ? Job{} : jobs.front();
  }
  Outcome written(const std::function<Outcome(Transaction&)>& body) {
    return store().write(Priority::walk, body);
  }
  static std::string codeOf(const Outcome& outcome) { return outcome ? "" : outcome.error().code; }
};
INSTANTIATE_BOTH_STORES(JobTurns);

using Kinds = std::map<std::string, int>;

TEST_P(JobTurns, NoMoreOfAKindThanThereIsRoomForAndTheRestIsLeftToOthers) {
  enqueueMany("deliver", 10);
  enqueueMany("advance", 10);
  EXPECT_EQ(kindsOf(claimed(8, {{"deliver", 3}})), (Kinds{{"deliver", 3}, {"advance", 5}}));
  EXPECT_EQ(kindsOf(claimed(8, {{"deliver", 3}})), (Kinds{{"deliver", 3}, {"advance", 5}}));
  EXPECT_EQ(kindsOf(claimed(8, {{"deliver", 3}})), (Kinds{{"deliver", 3}})) << "the other kind is done";
}

TEST_P(JobTurns, AKindWithoutRoomIsLeftLyingAndIsThereAfterwards) {
  enqueueMany("deliver", 2);
  EXPECT_TRUE(claimed(10, {{"deliver", 0}}).empty());
  EXPECT_TRUE(claimed(10, {{"deliver", -1}}).empty());
  enqueueMany("advance", 1);
  EXPECT_EQ(kindsOf(claimed(10, {{"deliver", 0}})), (Kinds{{"advance", 1}}));
  const auto jobs = claimed(10, {});
  EXPECT_EQ(kindsOf(jobs), (Kinds{{"deliver", 2}}));
  for (const auto& job : jobs) EXPECT_EQ(job.attempts, 1) << "nobody had it while there was no room";
}

TEST_P(JobTurns, AKindsOwnLimitIsNeverMoreThanAll) {
  enqueueMany("deliver", 10);
  enqueueMany("advance", 1);
  EXPECT_EQ(kindsOf(claimed(4, {{"deliver", 50}})), (Kinds{{"deliver", 4}}));
}

TEST_P(JobTurns, EveryKindHasALimitOfItsOwn) {
  for (const char* kind : {"deliver", "remind", "advance"}) enqueueMany(kind, 5);
  EXPECT_EQ(kindsOf(claimed(100, {{"deliver", 2}, {"remind", 1}})),
            (Kinds{{"deliver", 2}, {"remind", 1}, {"advance", 5}}));
}

TEST_P(JobTurns, WithinALimitCompaniesTakeTurns) {
  enqueueMany("deliver", 50, {1});
  enqueueMany("deliver", 1, {2});
  std::map<std::int64_t, int> companies;
  for (const auto& job : claimed(100, {{"deliver", 4}})) ++companies[job.company.value];
  EXPECT_EQ(companies, (std::map<std::int64_t, int>{{1, 3}, {2, 1}}))
      << "its one is not behind fifty, and the place that it leaves is not empty";
}

TEST_P(JobTurns, AProlongedLeaseLastsFromThenOn) {
  enqueueMany("deliver", 1);
  const auto job = onlyOne(60);
  clock_.advanceSeconds(50);
  EXPECT_TRUE(written([&](Transaction& tx) { return prolong(tx, job, 300); }));
  clock_.advanceSeconds(299);
  EXPECT_TRUE(claimed(10, {}).empty()) << "it would have run out long ago";
  clock_.advanceSeconds(1);
  const auto second = onlyOne();
  EXPECT_EQ(second.attempts, 2);
  EXPECT_EQ(codeOf(written([&](Transaction& tx) { return complete(tx, job); })), "lease-lost");
  EXPECT_TRUE(written([&](Transaction& tx) { return complete(tx, second); }));
}

TEST_P(JobTurns, AProlongedLeaseIsStillOnesOwn) {
  enqueueMany("deliver", 1);
  const auto job = onlyOne();
  EXPECT_TRUE(written([&](Transaction& tx) { return prolong(tx, job, 300); }));
  EXPECT_TRUE(written([&](Transaction& tx) { return complete(tx, job); }));
  EXPECT_EQ(codeOf(written([&](Transaction& tx) { return prolong(tx, job, 300); })), "lease-lost");
}

TEST_P(JobTurns, WhoHasNoLeaseCannotProlongOne) {
  enqueueMany("deliver", 1);
  const auto job = onlyOne();
  clock_.advanceSeconds(61);
  const auto second = onlyOne();
  EXPECT_EQ(codeOf(written([&](Transaction& tx) { return prolong(tx, job, 300); })), "lease-lost");
  EXPECT_TRUE(written([&](Transaction& tx) { return postpone(tx, second, clock_.now(), "later"); }));
  EXPECT_EQ(codeOf(written([&](Transaction& tx) { return prolong(tx, second, 300); })), "lease-lost")
      << "it was given back";
}

TEST_P(JobTurns, WhatIsPutOffHasNotBeenTried) {
  enqueueMany("deliver", 1);
  for (int turn = 0; turn < 20; ++turn) {
    const auto job = onlyOne();
    EXPECT_EQ(job.attempts, 1) << turn;
    const auto due = clock_.now().plusSeconds(5);
    EXPECT_TRUE(written([&](Transaction& tx) { return putOff(tx, job, due, "its host is busy"); }));
    EXPECT_TRUE(claimed(10, {}).empty());
    clock_.advanceSeconds(5);
  }
  const auto tried = onlyOne();
  EXPECT_TRUE(written([&](Transaction& tx) { return postpone(tx, tried, clock_.now(), "no answer"); }));
  const auto again = onlyOne();
  EXPECT_EQ(again.attempts, 2);
  EXPECT_TRUE(written([&](Transaction& tx) { return putOff(tx, again, clock_.now(), "busy"); }));
  EXPECT_EQ(onlyOne().attempts, 2) << "the first attempt counts";
}

TEST_P(JobTurns, WhoHasNoLeaseCannotPutItOff) {
  enqueueMany("deliver", 1);
  const auto job = onlyOne();
  EXPECT_TRUE(written([&](Transaction& tx) { return putOff(tx, job, clock_.now(), "busy"); }));
  const auto second = onlyOne();
  EXPECT_GT(second.token, job.token) << "a lease that does not count is one of its own all the same";
  EXPECT_EQ(codeOf(written([&](Transaction& tx) { return putOff(tx, job, clock_.now(), "late"); })),
            "lease-lost");
  EXPECT_EQ(codeOf(written([&](Transaction& tx) { return complete(tx, job); })), "lease-lost");
  EXPECT_TRUE(written([&](Transaction& tx) { return bury(tx, second, "tried too often"); }));
  EXPECT_EQ(codeOf(written([&](Transaction& tx) { return putOff(tx, second, clock_.now(), "late"); })),
            "lease-lost");
}

TEST_P(JobTurns, WhatFailsInTheSameCommitLeavesTheLeaseAsItWas) {
  enqueueMany("deliver", 1);
  const auto job = onlyOne();
  EXPECT_FALSE(written([&](Transaction& tx) -> Outcome {
    CHECK_OK(putOff(tx, job, clock_.now(), "busy"));
    return fail(ProblemKind::internal, "undo", "undone");
  }));
  EXPECT_TRUE(claimed(10, {}).empty());
  EXPECT_TRUE(written([&](Transaction& tx) { return complete(tx, job); }));
}

}  // namespace
}  // namespace postgang::store
