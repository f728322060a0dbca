#include "flow/schedule.h"

#include "flow/partner_checks.h"
#include "flow/retention.h"
#include "flow/steps.h"
#include "flow/track.h"
#include "store/search_words.h"
#include "store/statistics.h"

namespace postgang::flow {

namespace {

constexpr int statistics_rows_max = 20'000;
constexpr int partner_rows_max = 2'000, partner_folds_max = 10;  // of each kind, at once
constexpr int line_documents_max = 2'000;                        // of which search reads the lines at once

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
  CHECK_OK(layRetentionRun(tools));
  CHECK_OK(layPartnerChecks(tools));
  CHECK_OK(tools.store.write(store::Priority::background, [](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::foldCubes(tx, statistics_rows_max));
    return store::joinSearchParts(tx, store::joined_pages);
  }));
  bool more = true;
  for (int folds = 0; more && folds < partner_folds_max; ++folds)
    CHECK_OK(tools.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(more, store::foldPartners(tx, partner_rows_max));
      return {};
    }));
  CHECK_OK(store::indexLines(tools.store, line_documents_max));
  return {};
}

}  // namespace postgang::flow
