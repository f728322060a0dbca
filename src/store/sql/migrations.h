// The schema, in numbered steps. A step once released never changes; a new one is added after it.
#pragma once

#include "store/sql/connection.h"

namespace postgang::store::sql {

// Brings the database to the newest schema, in one commit, alone (other processes wait). Codes:
// store-too-new.
Outcome migrate(Connection& connection);

}  // namespace postgang::store::sql
