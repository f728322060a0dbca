#include "flow/schedule.h"

#include "flow/steps.h"
#include "flow/track.h"
#include "store/statistics.h"

namespace postgang::flow {

namespace {

constexpr int statistics_rows_max = 20'000;

Result<std::optional<Instant>> nextInstant(const Tools& tools) {
  std::optional<Instant> next;
  CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
    TRY(next, store::nextDue(reader, kindsOfSteps()));
    return {};
  }));
  return next;
}

}  // namespace

Result<bool> isAnythingDue(const Tools& tools) {
  TRY(const auto next, nextInstant(tools));
  return next && *next <= tools.clock.now();
}

Result<Instant> moveTime(const Tools& tools, SimulatedClock& clock, std::int64_t seconds,
                         const std::function<Result<std::int64_t>()>& runDue) {
  const auto target = clock.now().plusSeconds(seconds);
  for (;;) {
    CHECK_OK(runDue());
    TRY(const auto next, nextInstant(tools));
    // What is due and was not done is leased by somebody else; time does not wait for them.
    if (!next || *next > target || *next <= clock.now()) break;
    clock.set(*next);
  }
  clock.set(target);
  CHECK_OK(runDue());
  return clock.now();
}

Outcome keepUp(const Tools& tools) {
  CHECK_OK(trackAll(tools));
  return tools.store.write(store::Priority::background, [](store::Transaction& tx) -> Outcome {
    return store::foldStatistics(tx, statistics_rows_max);
  });
}

}  // namespace postgang::flow
