// What happened, per company, in an order that a cursor never skips. On PostgreSQL only rows of transactions
// below pg_snapshot_xmin(pg_current_snapshot()) are read, ordered by transaction, because sequence order is
// not commit order.
#pragma once

#include <string>
#include <vector>

#include "store/documents.h"

namespace postgang::store {

struct FeedItem {
  std::string cursor;  // opaque; what Last-Event-ID carries
  CompanyId company;
  DocumentId document;
  Direction direction{};
  EventType event{};
  Status status{};
  document::Kind kind{};
  Instant at;
  std::string number, counterpartName;
};
Result<std::vector<FeedItem>> feedAfter(Reader& reader, const Viewer& viewer, std::string_view cursor,
                                        int limit);
Result<std::string> feedEnd(Reader& reader);  // the cursor of now
// Newest first, without the steps on the way (recognised, checked, routed, delivery started).
Result<std::vector<FeedItem>> latest(Reader& reader, const Viewer& viewer, int limit);

}  // namespace postgang::store
