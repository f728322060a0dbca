// The index of texts. SQLite: FTS5 whose tokens begin with the entry's company (sqlite/tokenizer.h), so that
// a search reads its own company's postings and nobody else's. PostgreSQL: gin(company, text gin_trgm_ops) on
// search_texts itself.
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

Outcome indexText(Connection& connection, const IndexedText& text);
Outcome clearIndex(Connection& connection);

// What FTS5 is given to index: the company, a line end, the text. Tokens are "<company in base 36>:<token>".
std::string indexDocument(CompanyId company, std::string_view searchForm);
std::string ownedToken(CompanyId company, std::string_view token);
// The MATCH expression for entries of these companies that may hold all terms.
std::string matchExpression(std::span<const CompanyId> companies, const std::vector<SearchTerm>& terms);

}  // namespace postgang::store::sql
