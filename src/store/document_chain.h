// Whether one document's hash chain is whole, recomputed from its events at the moment of asking. The chain
// itself is explained in sql/chain.h; verify() in upkeep.h walks them all.
#pragma once

#include "base/bytes.h"
#include "base/id.h"
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

}  // namespace postgang::store
