// A document's events read back and folded into rows from nothing: what verify holds the kept rows against,
// and what rebuild writes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/sql/connection.h"
#include "store/sql/projection.h"

namespace postgang::store::sql {

struct Replay {
  struct Claim {
    CompanyId company;
    std::string kind, value;  // as unique_keys has them
  };
  Projection projection;
  std::int64_t events = 0;
  std::vector<std::string> faults;  // of the chain: a hash that is wrong, a number that is missing …
  bool isWhole = true;              // no payload is erased or unreadable: the rows follow from the events
  bool isKnown = false;             // whose it is can be read: there can be rows
  std::vector<Claim> claims;        // keys that it took
  bool keysReturned = false;        // and gave back
};
Result<Replay> replay(Connection& connection, DocumentId document);

// Every document that has events, in order of their ids; stops at the first Problem.
Outcome eachDocument(Connection& connection, const std::function<Outcome(DocumentId)>& visit);

}  // namespace postgang::store::sql
