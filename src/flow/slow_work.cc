#include "flow/slow_work.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/log.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::int64_t wait_seconds_min = 30, wait_seconds_max = 900;

Outcome tryLater(const Tools& tools, const store::Job& job, const Problem& problem) {
  log::warning("a job is tried again later",
               {{"job", job.kind}, {"key", job.key}, {"code", problem.code}, {"detail", problem.detail}});
  return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    return store::postpone(tx, job, tools.clock.now().plusSeconds(waitSeconds(job, job.attempts)),
                           problem.code + ": " + problem.detail);
  });
}

}  // namespace

Decision slowWork(const Tools& tools, const store::Job& job, std::function<Outcome()> work) {
  Decision decision;
  decision.commit = [](store::Transaction&) -> Outcome { return {}; };
  decision.after = [&tools, job, work = std::move(work)]() -> Outcome {
    const auto outcome = work();
    if (outcome || outcome.error().code == "lease-lost") return {};
    return tryLater(tools, job, outcome.error());
  };
  return decision;
}

std::int64_t waitSeconds(const store::Job& job, std::int64_t attempts) {
  const auto doubled = wait_seconds_min << std::clamp<std::int64_t>(attempts - 1, 0, 10);
  const auto wait = std::min(doubled, wait_seconds_max);
  const auto chance = sha256({job.key, "/", std::to_string(attempts)}).front();
  return wait + wait * chance / 4 / 256;
}

}  // namespace postgang::flow
