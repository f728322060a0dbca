// The FTS5 tokenizer "postgang": the tokens of sql/search_text.h, each with the entry's company before it, so
// that a search reads its own company's postings and nobody else's (a plain trigram index joined to a company
// scans everybody's). A text to index is sql/search.h's indexDocument(); what stands in quotes in a MATCH
// expression is one ready token.
#pragma once

#include <sqlite3.h>

#include "base/problem.h"

namespace postgang::store::sqlite {

// On every connection, before its first statement.
Outcome registerTokenizer(sqlite3* database);

}  // namespace postgang::store::sqlite
