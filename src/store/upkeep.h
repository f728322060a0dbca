// admin verify and admin rebuild.
#pragma once

#include <string>
#include <vector>

#include "base/id.h"
#include "store/store.h"

namespace postgang::store {

struct Damage {
  std::string what;   // "chain", "blob", "row", "count", "audit"
  std::string where;  // document id, digest, company and row …
  std::string detail;
};
struct VerifyReport {
  std::int64_t documents = 0, events = 0, blobs = 0, entries = 0, auditEntries = 0;
  std::int64_t erased = 0;  // documents of which retention has left the chain alone, among `documents`
  std::vector<Damage> damages;
};
// Walks all hash chains, blobs and counts, and the audit trail (audit.h); rows are held against what the
// events say.
Result<VerifyReport> verify(Store& store);
// Recreates documents, entries, deliveries, findings, partners' counts, search, statistics, feed and unique
// keys from events.
struct RebuildReport {
  std::int64_t documents = 0, events = 0, erased = 0;
  std::vector<DocumentId> incomplete;  // some of their events are erased or damaged: their rows say less
  std::vector<DocumentId> unknown;     // their first event is: nobody can be shown them
};
Result<RebuildReport> rebuild(Store& store);

}  // namespace postgang::store
