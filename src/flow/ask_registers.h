// Outside registers asked on behalf of a job: outside of any transaction, in a lane of their own; the job is
// due again at once and finds what they have said (store/lookups.h).
#pragma once

#include <vector>

#include "flow/step.h"

namespace postgang::flow {

Decision askRegisters(const Tools& tools, const store::Job& job, std::vector<Registers::Question> questions);

}  // namespace postgang::flow
