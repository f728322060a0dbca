// Where a page of a list ends: the sort key and the number of the entry beside it, and the way the list was
// read. Opaque to callers; nothing secret in it, since what it leads to is asked for under the viewer's own
// rights.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "store/documents.h"

namespace postgang::store::sql {

struct Position {
  std::int64_t key = 0;  // of the column that the list is sorted on
  std::int64_t id = 0;   // of the entry; decides between equal keys
  friend auto operator<=>(const Position&, const Position&) = default;
};

struct Cursor {
  Position position;
  bool backwards = false;  // towards the list's beginning
};

std::string encoded(const Cursor& cursor, const EntryQuery& query);
// Code "cursor-malformed" (invalid): not a cursor, or one of another order.
Result<Cursor> decodedCursor(const EntryQuery& query);

}  // namespace postgang::store::sql
