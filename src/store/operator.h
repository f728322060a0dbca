// The operator of the house: its own company, and its staff.
#pragma once

#include <optional>
#include <vector>

#include "base/id.h"
#include "base/problem.h"

namespace postgang::store {

class Reader;

// The company whose staff answer where nobody else does; the first of them. And that staff, those who are
// active.
Result<std::optional<CompanyId>> operatorCompany(Reader& reader);
Result<std::vector<UserId>> operatorStaff(Reader& reader);

}  // namespace postgang::store
