// What the schema's step for statistics fills its tables with: everything is counted again, from events.
#pragma once

#include "store/sql/connection.h"

namespace postgang::store::sql {

Outcome countFromEvents(Connection& connection);

}  // namespace postgang::store::sql
