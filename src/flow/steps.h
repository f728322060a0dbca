// The steps that are jobs, by the kind of job: the one list that the machine works from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flow/step.h"

namespace postgang::flow {

using Step = Result<Decision> (*)(const Tools&, store::Reader&, const store::Job&);
Step stepOf(std::string_view kind);  // asserts that it exists: only these kinds are ever leased
const std::vector<std::string>& kindsOfSteps();
// Those that are done in an instant, and are leased many at a time; and those that may take minutes (they
// draw hundreds of letters, or wait for a print house), leased one at a time and for longer, by one worker.
const std::vector<std::string>& quickKinds();
const std::vector<std::string>& slowKinds();
// Those that fall due by the hundred thousand at one instant and write little each: they have turns of their
// own, with several times as many in one commit as of the quick ones.
const std::vector<std::string>& massKinds();
// Those that send in lanes: as many at a time as have room there.
const std::vector<std::string>& sendingKinds();
// Whether it is done with the real tools for a sandbox's company, too (sandbox_tools.h).
bool leavesSandbox(std::string_view kind);

}  // namespace postgang::flow
