// What is left of documents that retention has erased (retention.h), for those who work rows out again from
// events: nothing but their chains, and what they count.
#pragma once

#include <optional>
#include <set>

#include "store/sql/connection.h"
#include "store/sql/pending.h"

namespace postgang::store::sql {

// Erases one document: its events' payloads, its rows, what search knows, its bytes where no other document
// has the same. `rule` is what it was erased by, for whoever asks.
Outcome eraseDocument(Connection& connection, DocumentId document, std::string_view rule, Instant at);

// The bytes that a document's events speak of, and those of its Peppol envelope.
Result<std::set<Digest>> digestsOf(Connection& connection, DocumentId document);
// Of these, what no document, delivery, batch, bank file or ticket has.
Outcome dropBytes(Connection& connection, const std::set<Digest>& digests);

struct Erased {
  Digest head{};
  std::int64_t events = 0;
  Pending counted;  // statistics alone: these counts stand
};
Result<std::optional<Erased>> erased(Connection& connection, DocumentId document);

}  // namespace postgang::store::sql
