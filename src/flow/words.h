// Problems and failures of the flow with their English words taken from texts/en.json: `problem.<code>` says
// what is wrong, `problem.<code>-advice` what to do. So the words stand in one place, beside the Swedish
// ones.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "store/events.h"

namespace postgang::flow {

using Parameters = std::map<std::string, std::string>;

Problem problem(ProblemKind kind, std::string_view code, Parameters parameters = {});
store::FailedFact failedFact(std::string_view code, Parameters parameters = {});

}  // namespace postgang::flow
