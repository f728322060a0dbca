// What search finds documents by beside their headers: the texts of lines and notes, the names of
// attachments, findings, and words that other nouns lay beside a document (a ticket's number). It is read
// from the kept document seconds after the event, by indexLines(), so that no event waits for it. A search
// for words finds them in the header or here, alike.
#pragma once

#include <string_view>

#include "base/id.h"
#include "base/problem.h"

namespace postgang::store {

class Store;
class Transaction;

// The words of one kind that `company` finds the document by, each found whole; what was laid there before is
// gone, and empty words take it away. Only its own people and those who see its traffic find it so. Kinds:
// "ticket".
constexpr std::size_t search_words_bytes_max = 2'000;
Outcome setSearchWords(Transaction& tx, DocumentId document, CompanyId company, std::string_view kind,
                       std::string_view words);

// Reads what is to be read, the oldest first, in commits of their own; how many documents. Whoever calls it
// again before it is done does the same work once more and no harm.
Result<int> indexLines(Store& store, int documents_max);

// SQLite: joins parts of the index of texts, of which every commit adds one and every search asks each. About
// as many pages of 4 kB are written, none where there is nothing to join.
Outcome joinSearchParts(Transaction& tx, int pages);
inline constexpr int joined_pages = 250;  // at once: some ten milliseconds
// Begins to join all of them into one, which joinSearchParts() goes on with: left to itself the index keeps
// one of each size, and words of what was erased in the large ones.
Outcome joinAllSearchParts(Transaction& tx, int pages);

}  // namespace postgang::store
