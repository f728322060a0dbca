// A finding in JSON, with its words in both languages: finding.<id> and finding.<id>-advice of texts/*.json.
#pragma once

#include <boost/json.hpp>

#include "store/events.h"

namespace postgang::api {

boost::json::object findingShape(const store::FindingFact& finding);
// A heading for all that stop alike: «Ordernummer saknas».
boost::json::object causeWords(const store::FindingFact& finding);

}  // namespace postgang::api
