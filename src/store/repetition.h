// Documents that a company has had before with a certain number: what a demand against being billed twice
// looks among.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

struct ReceivedBefore {
  DocumentId document;
  DocumentId root;  // the first version of its chain
  Instant receivedAt;
};

struct RepetitionQuery {
  CompanyId receiver;
  std::string_view number;                    // BT-1, exactly
  std::span<const std::string> counterparts;  // the sender, by any of these identifiers
  Instant since, before;                      // received; `before` not included
  int limit = 20;
};

// The newest first. What was stopped, sent back, rejected or replaced is none.
Result<std::vector<ReceivedBefore>> receivedBefore(Reader& reader, const Viewer& viewer,
                                                   const RepetitionQuery& query);

}  // namespace postgang::store
