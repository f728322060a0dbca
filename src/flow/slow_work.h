// Work of a job that takes long: done after an empty commit, outside any snapshot; what it writes completes
// the job. What goes wrong is tried again later, for as long as it takes: a letter is never given up on
// because a print house was away.
#pragma once

#include <functional>

#include "flow/step.h"

namespace postgang::flow {

Decision slowWork(const Tools& tools, const store::Job& job, std::function<Outcome()> work);

// Half a minute, doubled each time, a quarter of an hour at most; up to a quarter more by chance, the same
// for the same job and attempt.
std::int64_t waitSeconds(const store::Job& job, std::int64_t attempts);

}  // namespace postgang::flow
