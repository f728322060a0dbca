#include "flow/machine.h"

#include <algorithm>
#include <exception>

#include "base/log.h"
#include "flow/document_news.h"
#include "flow/schedule.h"
#include "flow/steps.h"
#include "flow/webhook_messages.h"
#include "flow/words.h"
#include "store/documents.h"
#include "store/job_turns.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::int64_t retry_seconds_max = 3600;
constexpr int idle_milliseconds_max = 500;
constexpr int slow_lease_seconds = 300;
constexpr int masses_factor = 4;                     // times the usual batch, which writes as much
constexpr std::int64_t upkeep_interval = 5'000'000;  // microseconds

// Exceptions end here: a step that throws is a fault of ours, and is set aside like one.
Result<Decision> decideOne(const SandboxTools& sandbox, const Tools& real, store::Reader& reader,
                           const store::Job& job) {
  try {
    const auto* tools = &real;
    if (!leavesSandbox(job.kind)) {
      TRY(tools, sandbox.insteadOf(real, reader, job.company));
    }
    return stepOf(job.kind)(*tools, reader, job);
  } catch (const std::exception& thrown) {
    return fail(ProblemKind::internal, "step-threw", thrown.what());
  }
}

// Fresh jobs in one group; each that was leased before in one of its own, see machine.h.
std::vector<std::vector<const store::Job*>> grouped(const std::vector<store::Job>& jobs) {
  std::vector<std::vector<const store::Job*>> groups(1);
  std::vector<const store::Job*> again;
  for (const auto& job : jobs) (job.attempts <= 1 ? groups.front() : again).push_back(&job);
  std::sort(again.begin(), again.end(), [](const auto* a, const auto* b) {
    if (a->attempts != b->attempts) return a->attempts < b->attempts;
    return a->attempts % 2 == 0 ? a->id < b->id : a->id > b->id;
  });
  for (const auto* job : again) groups.push_back({job});
  return groups;
}

}  // namespace

std::vector<Flow::Machine::Planned> Flow::Machine::decide(const Tools& with,
                                                          const std::vector<const store::Job*>& jobs) {
  std::vector<Planned> planned;
  const auto read = tools.store.read([&](store::Reader& reader) -> Outcome {
    planned.clear();
    for (const auto* job : jobs) planned.push_back({job, decideOne(sandbox, with, reader, *job)});
    return {};
  });
  if (read) return planned;
  planned.clear();
  for (const auto* job : jobs) planned.push_back({job, fail(read.error())});
  return planned;
}

// What goes wrong here is not tried again by us: the attempt is on disk, and when its lease has run out it
// will be called uncertain.
void Flow::Machine::finish(const Planned& planned) {
  if (!planned.decision->after) return;
  const auto send = [after = planned.decision->after, document = planned.job->document.text()] {
    Outcome outcome;
    try {
      outcome = after();
    } catch (const std::exception& thrown) {
      outcome = fail(ProblemKind::internal, "step-threw", thrown.what());
    }
    if (!outcome)
      log::error("what was sent could not be written down; the lease will run out",
                 {{"document", document}, {"code", outcome.error().code}});
  };
  if (planned.decision->slot) return lanes.run(planned.decision->slot, send);
  send();
}

void Flow::Machine::commitAlone(const Planned& planned) {
  if (!planned.decision) return setAside(*planned.job, planned.decision.error());
  const auto outcome = tools.store.write(store::Priority::walk, planned.decision->commit);
  if (!outcome) return setAside(*planned.job, outcome.error());
  finish(planned);
}

void Flow::Machine::commitTogether(const Tools& with, const std::vector<const store::Job*>& jobs) {
  auto planned = decide(with, jobs);
  const bool allDecided =
      std::all_of(planned.begin(), planned.end(), [](const auto& p) { return p.decision.has_value(); });
  if (allDecided && planned.size() > 1) {
    const auto together = tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
      for (const auto& each : planned) CHECK_OK(each.decision->commit(tx));
      return {};
    });
    if (together) {
      for (const auto& each : planned) finish(each);
      return;
    }
  }
  for (const auto& each : planned) commitAlone(each);
}

void Flow::Machine::setAside(const store::Job& job, const Problem& problem) {
  if (problem.code == "lease-lost") return;
  Outcome outcome;
  if (problem.code == "stale-sequence" && job.attempts < settings.attempts_max) {
    outcome = postpone(job, tools.clock.now(), problem.code);
  } else if (job.attempts >= settings.attempts_max) {
    outcome = bury(job, problem);
  } else {
    const auto seconds =
        std::min<std::int64_t>(retry_seconds_max, static_cast<std::int64_t>(settings.retrySeconds)
                                                      << std::min(job.attempts - 1, 20));
    outcome = postpone(job, tools.clock.now().plusSeconds(seconds), problem.code + ": " + problem.detail);
  }
  log::warning("a job was set aside", {{"document", job.document.text()},
                                       {"job", job.kind},
                                       {"code", problem.code},
                                       {"detail", problem.detail},
                                       {"kept", outcome ? "yes" : outcome.error().code}});
}

Outcome Flow::Machine::postpone(const store::Job& job, Instant runAt, std::string_view reason) {
  return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    return store::postpone(tx, job, runAt, reason);
  });
}

Outcome Flow::Machine::bury(const store::Job& job, const Problem& problem) {
  return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::bury(tx, job, problem.code + ": " + problem.detail));
    TRY(const auto sequence, store::lastSequence(tx, job.document));
    if (sequence == 0) return {};
    return appendAndTell(
        tx, job.document, sequence,
        {{store::EventType::failed, {}, failedFact("walk-failed", {{"code", problem.code}})}}, {});
  });
}

// One worker at a time looks for what is slow, so that it holds up nothing else where there are two.
Result<std::vector<store::Job>> Flow::Machine::claimNext(const Tools& with, bool& slow) {
  slow = !slow_.exchange(true);
  if (slow) {
    auto claimed = store::claim(tools.store, slowKinds(), 1, slow_lease_seconds);
    if (!claimed || !claimed->empty()) return claimed;
    slow_ = slow = false;
  }
  // Neither what comes in all the time nor what comes in masses waits until there is nothing of the other.
  const bool massesFirst = turns_++ % 2 == 1;
  for (const bool masses : {massesFirst, !massesFirst}) {
    auto claimed = masses ? claimMasses() : claimQuick(with);
    if (!claimed || !claimed->empty()) return claimed;
  }
  return std::vector<store::Job>();
}

Result<std::vector<store::Job>> Flow::Machine::claimQuick(const Tools& with) {
  std::vector<store::KindLimit> limits;
  if (!with.sendsHere)
    for (const auto& kind : sendingKinds()) limits.push_back({kind, lanes.free()});
  return store::claimWithin(tools.store, quickKinds(), settings.batchSize, settings.leaseSeconds, limits);
}

Result<std::vector<store::Job>> Flow::Machine::claimMasses() {
  return store::claim(tools.store, massKinds(), settings.batchSize * masses_factor, settings.leaseSeconds);
}

Result<std::int64_t> Flow::Machine::runBatch(const Tools& with) {
  {
    const std::lock_guard lock(mutex_);
    ++busy_;
  }
  bool slow = false;
  const auto claimed = claimNext(with, slow);
  if (claimed) {
    for (const auto& group : grouped(*claimed))
      if (!group.empty()) commitTogether(with, group);
  }
  if (slow) slow_ = false;
  {
    const std::lock_guard lock(mutex_);
    --busy_;
  }
  idle_.notify_all();
  if (!claimed) return fail(claimed.error());
  return static_cast<std::int64_t>(claimed->size());
}

Result<std::int64_t> Flow::Machine::runDue() {
  std::int64_t done = 0;
  for (;;) {
    // What a worker or a lane is at may leave something due behind.
    const bool quiet = isQuiet();
    TRY(const auto claimed, runBatch(here));
    done += claimed;
    if (claimed > 0) continue;
    TRY(const auto told, tellWebhooksNow(true));
    if (told > 0) continue;
    if (quiet) return done;
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [&] { return busy_ == 0; });
    lock.unlock();
    lanes.waitUntilIdle();
  }
}

// One of this process's threads at a time; the others have more to do than to wait for it.
Result<std::int64_t> Flow::Machine::tellWebhooksNow(bool waits) {
  std::unique_lock lock(telling_, std::defer_lock);
  if (waits)
    lock.lock();
  else if (!lock.try_lock())
    return 0;
  return tellWebhooks(tools);
}

bool Flow::Machine::isQuiet() {
  const std::lock_guard lock(mutex_);
  return busy_ == 0 && lanes.isIdle();
}

void Flow::Machine::upkeep() {
  const auto now = monotonicMicroseconds();
  auto at = upkeepAt_.load();
  if (now < at || !upkeepAt_.compare_exchange_strong(at, now + upkeep_interval)) return;
  if (const auto outcome = keepUp(tools); !outcome)
    log::warning("upkeep failed", {{"code", outcome.error().code}, {"detail", outcome.error().detail}});
}

void Flow::Machine::work() {
  while (!stopping) {
    const auto seen = tools.store.commits();
    Result<std::int64_t> done = 0;
    if (const auto due = isAnythingDue(tools); !due || *due) done = runBatch(tools);
    if (!done)
      log::warning("no jobs could be leased", {{"code", done.error().code}, {"detail", done.error().detail}});
    upkeep();
    if (const auto told = tellWebhooksNow(false); !told)
      log::warning("webhooks were not told of what is new",
                   {{"code", told.error().code}, {"detail", told.error().detail}});
    if (!done || *done == 0) tools.store.waitForCommit(seen, idle_milliseconds_max);
  }
}

}  // namespace postgang::flow
