// Whether one document's hash chain is whole, recomputed from its events at the moment of asking. The chain
// itself is explained in sql/chain.h; verify() in upkeep.h walks them all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

struct Chain {
  std::int64_t length = 0;  // events
  Digest head{};            // hash of the last one
  bool intact = true;  // every payload has its digest, every hash covers the one before it, none is missing
};
Result<Chain> chainOf(Reader& reader, const Viewer& viewer,
                      DocumentId document);  // not_found as findDocument

// What the chain is made of, for whoever proves it without us. An event that the viewer may not see has no
// payload: its digest stands for it, so the chain can be proved all the same.
struct ChainLink {
  std::int64_t sequence = 0;
  std::string type;
  Instant at;
  std::optional<std::string> payload;  // canonical JSON (sql/facts.h), exactly as it is hashed
  Digest payloadDigest{}, hash{};
};
Result<std::vector<ChainLink>> chainLinks(Reader& reader, const Viewer& viewer, DocumentId document);

}  // namespace postgang::store
