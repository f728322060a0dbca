// What a call did, as the audit trail says it.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "api/guard.h"

namespace postgang::api {

// From the route's row, the path, what the handler noted, and, of what was made, the reply.
std::vector<Act> actsOf(const Call& call, const access::AuditedRoute& row, const net::Reply& reply);

// {"name": ["before", "after"]} of the members that are not the same; objects and lists within them as texts
// of at most 200 characters. Of members that could be a secret or somebody's address only that they changed.
// Empty: nothing did.
std::string changeDetail(const boost::json::object& before, const boost::json::object& after);

}  // namespace postgang::api
