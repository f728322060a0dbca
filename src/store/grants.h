// Delad insyn: one company of a group lets another see its traffic, all of it or part, to read or with the
// right to act. Which grants hold for whom is access/visibility.h's; a grant between companies that are no
// longer in one group is kept and says nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/business_document.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

struct Grant {
  CompanyId owner;   // whose traffic is seen …
  CompanyId viewer;  // … by whom; one grant for each pair
  bool sent = true, received = true;
  std::vector<document::Kind> kinds;  // empty: every kind
  bool mayAct = false;                // false: read only
  Instant changedAt;
  std::string changedBy;  // by name
};

// Replaces what stood for the pair. Code grant-to-itself, grant-of-nothing (invalid): neither direction.
Outcome putGrant(Transaction& tx, const Grant& grant);
Outcome removeGrant(Transaction& tx, CompanyId owner, CompanyId viewer);  // code not-found
// Those that hold: to companies of the owner's own group.
Result<std::vector<Grant>> grantsTo(Reader& reader, CompanyId viewer);
// Where the viewer sees either of the two whole, by owner and viewer.
Result<std::vector<Grant>> listGrants(Reader& reader, const Viewer& viewer);

}  // namespace postgang::store
