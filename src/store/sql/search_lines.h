// The texts of search_lines, in search form: of each party's entry, since each sees its own findings and
// tickets.
#pragma once

#include <string>

#include "store/sql/rows.h"
#include "store/sql/session.h"

namespace postgang::store::sql {

constexpr std::size_t line_text_bytes_max = 16'000;

struct LineTexts {
  std::string sent, inbox;
};
// Rows with their findings.
Result<LineTexts> lineTexts(Reader& reader, const Rows& rows);

// For data that is older than the fields of search: every header from its events, and all lines later.
Outcome indexAgain(Connection& connection);

}  // namespace postgang::store::sql
