// Findings as the flow makes them. The words of a finding stand in texts/{sv,en}.json: `finding.<id>` says
// what is wrong, `finding.<id>-advice` what to do about it; the English ones go with the finding itself. An
// id is a public contract: it may retire, it never changes its meaning.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "document/business_document.h"
#include "flow/words.h"
#include "store/events.h"

namespace postgang::flow {

// `value` is what was found; shortened here. The term's name goes with the parameters as {{term}} (its
// English name in the finding's own words; screens have the term itself).
store::FindingFact finding(std::string_view id, std::optional<document::Term> term, document::Place place,
                           std::string_view value = {}, Parameters parameters = {});
// What could not be read at all: the Problem's code is the finding's id.
store::FindingFact finding(const Problem& problem);

bool stops(const std::vector<store::FindingFact>& findings);  // any of severity "error"
std::string shown(document::Place place);                     // "line 12, column 7"; "" where unknown

}  // namespace postgang::flow
