// A counterpart's identifier as it stands in an address of the API.
#pragma once

#include <string>

#include "base/problem.h"
#include "net/http.h"

namespace postgang::api {

// The counterpart in the path, in its normal form. "customer:<number>" is the caller's own number for
// somebody without another.
inline constexpr std::string_view by_customer_number = "customer:";
Result<std::string> partnerIdentifierIn(const net::Request& request);

}  // namespace postgang::api
