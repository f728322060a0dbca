// Pairs of partners that are not the same, as the statements that suggest and merge partners read them.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/id.h"
#include "store/sql/connection.h"

namespace postgang::store::sql {

// Each the way that it is kept: the lesser identifier first.
using ApartPairs = std::set<std::pair<std::string, std::string>>;
std::pair<std::string, std::string> pairOf(std::string_view one, std::string_view another);

Result<ApartPairs> apartPairs(Connection& connection, CompanyId owner);
// How many were forgotten.
Result<std::int64_t> forgetApart(Connection& connection, CompanyId owner, std::string_view one,
                                 std::string_view another);

}  // namespace postgang::store::sql
