// What is read, decided and written again when somebody else appended to the same document meanwhile.
#pragma once

#include "base/problem.h"

namespace postgang::flow {

inline constexpr int conflicts_max = 8;

// `attempt` reads, decides and writes; it is made again after "stale-sequence".
template <typename Attempt>
Outcome retried(Attempt&& attempt) {
  Outcome outcome;
  for (int i = 0; i < conflicts_max; ++i) {
    outcome = attempt();
    if (outcome || outcome.error().code != "stale-sequence") return outcome;
  }
  return outcome;
}

}  // namespace postgang::flow
