// What is wrong with a list of demands: limits, a test that does not fit its term, a parameter that is
// missing or too many, a pattern that RE2 refuses, an id that stands twice.
//
// `where` is the place in the JSON form: "rules[2].if.test". Codes: demand-too-many, demand-too-deep,
// demand-too-large, demand-id-invalid, demand-id-repeated, demand-value-missing, demand-value-invalid,
// demand-value-unused, demand-test-unfit, demand-pattern-invalid. More come from reading JSON:
// demand-json-invalid, demand-type-wrong, demand-field-unknown, demand-field-missing, demand-term-unknown,
// demand-test-unknown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "rules/demand.h"

namespace postgang::rules {

std::vector<Problem> problemsOf(const std::vector<Demand>& demands, std::string_view root = "rules");
std::vector<Problem> problemsOf(const Demand& demand, const std::string& place);

}  // namespace postgang::rules
