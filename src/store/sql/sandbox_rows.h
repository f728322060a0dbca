// What operator staff see of everybody's rows: the real ones. The system itself walks a sandbox's, too.
#pragma once

#include <string>
#include <string_view>

#include "store/viewer.h"

namespace postgang::store::sql {

// A condition on a column that holds a company, for who sees everything; "1 = 1" where nothing is left out.
inline std::string realClause(const Viewer& viewer, std::string_view company) {
  if (!viewer.seesAll() || viewer.actor().kind == ActorKind::system) return "1 = 1";
  return std::string(company) + " NOT IN (SELECT id FROM companies WHERE sandbox_of IS NOT NULL)";
}

}  // namespace postgang::store::sql
