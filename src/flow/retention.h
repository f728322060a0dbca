// Gallring by night: one run a day, laid by whichever node is first, erases what is due (store/retention.h)
// in small transactions («retention»). Each company's trail says how many of its documents went, in the same
// transaction as they do.
#pragma once

#include "flow/step.h"

namespace postgang::flow {

// Lays the day's run, once, after half past two at night in Sweden; the index of texts begins to be joined
// then, with what was erased the night before out of it.
Outcome layRetentionRun(const Tools& tools);

Result<Decision> runRetention(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
