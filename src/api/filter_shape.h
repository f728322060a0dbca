// Filters and what they are built of, in JSON (openapi.json: Filter, FilterVersion, Vocabulary), and rules
// read from a request.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "api/guard.h"
#include "rules/demand.h"
#include "rules/sentence.h"
#include "store/filters.h"

namespace postgang::api {

// 422 rules-invalid with `problems`: where each stands, "rules[0].if.test", its code and what is wrong.
net::Reply rulesInvalid(const std::vector<Problem>& problems);
// The demands of a body's `rules`, or what is wrong with them.
struct RulesRead {
  std::vector<rules::Demand> demands;
  std::vector<Problem> problems;
};
RulesRead readRules(const boost::json::value& rules);

// Names of the senders that demands speak of, as the company's partners have them.
rules::SenderNames senderNames(store::Reader& reader, const Call& call,
                               const std::vector<rules::Demand>& demands);
boost::json::object sentencesShape(const std::vector<rules::Demand>& demands,
                                   const rules::SenderNames& names);

struct FilterStanding {
  std::optional<std::int64_t> versionInForce;  // none: it judges nothing now
  std::int64_t stops = 0;                      // in the last 30 days
};
boost::json::object filterShape(store::Reader& reader, const Call& call, const store::Filter& filter,
                                const FilterStanding& standing, Instant now);
boost::json::object filterVersionShape(store::Reader& reader, const Call& call,
                                       const store::FilterVersion& version);

boost::json::object vocabularyShape();

}  // namespace postgang::api
