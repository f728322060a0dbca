// What must be unique over time, as the events tell it: `received` takes the key of the file's bytes,
// `recognised` the one of its number (when it says so), and a document that came to nothing gives back what
// it holds. `routed` once more, after it failed, takes them again. A later version of the same chain takes
// its number over from an earlier one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/events.h"
#include "store/sql/connection.h"
#include "store/sql/replay.h"

namespace postgang::store::sql {

std::string keyValue(std::string_view key);  // as the table keeps it: what is long stands there by its digest

bool mayGiveBackKeys(EventType type);
Outcome giveBackKeys(Connection& connection, DocumentId document);
// A `failed` that comes after the delivery takes nothing from it: the status says whether the event counted.
bool comesToNothing(Status status);
// What the event says of keys, added to `claims` and `keysReturned`; after the projection has applied it.
void followKeys(const Event& event, Replay& replay);

// Writes what a document holds. Documents may come in any order; a later version is the one that has it.
Outcome keepKeys(Connection& connection, const Replay& replay);
// A later version that took a key over and gave it back leaves nobody with it: after all have been kept.
struct Returned {
  DocumentId document, root;
  std::vector<Replay::Claim> claims;
};
Outcome dropMovedKeys(Connection& connection, const Returned& returned);

// What is kept otherwise than the events say; empty when nothing is.
Result<std::vector<std::string>> keyFaults(Connection& connection, const Replay& replay);

}  // namespace postgang::store::sql
