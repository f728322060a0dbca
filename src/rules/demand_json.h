// Demands as JSON, for API and portal; demand.schema.json describes it.
//
//   {"term":"BT-13","test":"matches","value":"^45\\d{6}$","message":"Ordernumret har åtta siffror"}
//   {"if":{"term":"BT-112","test":"moreThan","value":"10000","currency":"SEK"},"then":{"test":"attachment"},
//    "severity":"hold","appliesTo":{"kinds":["invoice"]},"message":{"sv":"…","en":"…"}}
//
// A demand is a condition (a test, or "all", "any", "not", "if" + "then") and beside it what is the demand's
// own: id, name, severity, appliesTo, from, to, message, example. A message that is a text alone is Swedish.
// Numbers are texts, as everywhere in the API; whole numbers may be JSON numbers. An id that is left out is
// made: "k1" or the next that is free.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "rules/demand.h"

namespace postgang::rules {

struct DemandReading {
  std::vector<Demand> demands;    // of use only where there are no problems
  std::vector<Problem> problems;  // everything that is wrong, at most 50; `where` as "rules[2].if.test"
};

// `root` is what the list is called in `where`.
DemandReading readDemands(const boost::json::value& list, std::string_view root = "rules");
// Text from outside: code demand-json-invalid where it is no JSON or is over 1 MiB; demand-too-deep, too,
// where the JSON nests deeper than anything from outside may.
DemandReading parseDemands(std::string_view text, std::string_view root = "rules");
// The first problem where there are several; its parameter `problems` tells how many.
Result<std::vector<Demand>> demandsFromJson(const boost::json::value& list, std::string_view root = "rules");

// What is at its default is left out; reading it again gives the same demand.
boost::json::object toJson(const Demand& demand);
boost::json::array toJson(const std::vector<Demand>& demands);

}  // namespace postgang::rules
