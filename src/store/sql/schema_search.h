// The schema's step for search.
//
// search_lines: what search finds a document by beside its header (search_lines.h), on SQLite under the
// entry's number as search_texts, so that both are tokens of one row of the index. search_due: whose lines
// are to be read; a document may stand there twice. search_words: what others than events add
// (search_words.h).
#pragma once

#include <string_view>

namespace postgang::store::sql {

constexpr std::string_view search_schema[] = {
    "CREATE TABLE search_lines (company BIGINT NOT NULL, id {search_number}, text {text} NOT "
    "NULL{search_key})",
    "CREATE TABLE search_due (id {serial}, document {uuid} NOT NULL)",
    "CREATE INDEX search_due_document ON search_due (document)",
    "CREATE TABLE search_words (document {uuid} NOT NULL, company BIGINT NOT NULL, kind {text} NOT NULL, "
    "words {text} NOT NULL, PRIMARY KEY (document, company, kind)){clustered}",
};
// Two parts of a size are enough for joinSearchParts() to join them.
constexpr std::string_view search_parts_sqlite[] = {
    "INSERT INTO search_index (search_index, rank) VALUES ('usermerge', 2)",
};
constexpr std::string_view search_postgres[] = {
    "CREATE INDEX search_lines_text ON search_lines USING gin (company, text gin_trgm_ops)",
};

}  // namespace postgang::store::sql
