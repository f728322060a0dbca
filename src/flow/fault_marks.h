// Findings as marks on a copy: where the fault is, and in a few words how it should be.
#pragma once

#include <vector>

#include "base/text.h"
#include "render/fault_mark.h"
#include "store/events.h"

namespace postgang::flow {

// Those that are about a term, the first of each place; what is about the file as a whole has no place.
std::vector<render::FaultMark> faultMarks(const std::vector<store::FindingFact>& findings, Language language);

}  // namespace postgang::flow
