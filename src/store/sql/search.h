// The index of texts. SQLite: FTS5 whose tokens begin with the entry's company (sqlite/tokenizer.h), so that
// a search reads its own company's postings and nobody else's. PostgreSQL: gin(company, text gin_trgm_ops) on
// search_texts and search_lines themselves.
//
// An entry's header is indexed in its event's commit, its lines (search_lines.h) seconds later, under the
// same number: FTS5 keeps no text of its own here, so that a second insertion adds tokens, and whoever takes
// an entry out or changes it takes out all of them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "store/sql/connection.h"
#include "store/sql/pending.h"
#include "store/sql/search_text.h"

namespace postgang::store::sql {

// The header. One that replaces another drops the lines, too: whoever writes it has them read again.
Outcome indexText(Connection& connection, const IndexedText& text);
// What stands in search_lines of the entry; empty: nothing. Where there is no header it makes an empty one.
Outcome indexLines(Connection& connection, CompanyId company, std::int64_t entry, const std::string& text);
Outcome dropTexts(Connection& connection, CompanyId company, std::int64_t entry);
Outcome clearIndex(Connection& connection);

// What FTS5 is given to index: the company, a line end, the text. Tokens are "<company in base 36>:<token>".
std::string indexDocument(CompanyId company, std::string_view searchForm);
std::string ownedToken(CompanyId company, std::string_view token);
// The MATCH expression for entries of these companies that may hold all terms.
std::string matchExpression(std::span<const CompanyId> companies, const std::vector<SearchTerm>& terms);

}  // namespace postgang::store::sql
