// The step of migrations.cc that brings in line what was kept before projection.cc left a document's trouble
// as it was told: whoever had looked at it since stood there as its cause, also in tickets about it.
#pragma once

#include "store/sql/connection.h"

namespace postgang::store::sql {

Outcome nameTroubles(Connection& connection);

}  // namespace postgang::store::sql
