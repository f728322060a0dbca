// A document's rows made anew from its events alone, with its chain recomputed on the way: what rebuild
// writes and what verify holds the kept rows against.
#pragma once

#include <string>
#include <vector>

#include "store/sql/projection.h"
#include "store/sql/session.h"

namespace postgang::store::sql {

struct Replay {
  Projection projection;
  std::vector<std::string> faults;  // of the chain: what is wrong with it, in words; empty when it is whole
  std::int64_t events = 0;
};

Result<Replay> replayed(Reader& reader, DocumentId document);

// The next documents that have events, in the order of their ids (which is that of their making).
Result<std::vector<DocumentId>> documentsAfter(Reader& reader, DocumentId after, int limit);

}  // namespace postgang::store::sql
