// Memberships in JSON, both ways: {"companyId", "role"}.
#pragma once

#include <boost/json.hpp>

#include "api/json_body.h"
#include "store/access_rows.h"

namespace postgang::api {

boost::json::array membershipsShape(const std::vector<store::Membership>& memberships);
// The array under "memberships"; empty where it is absent. Code field-invalid.
Result<std::vector<store::Membership>> membershipsIn(const JsonBody& body);

}  // namespace postgang::api
