// What a company has had, in slices: for what goes through a year of it, some hundred documents at a time, by
// several threads at once.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "store/events.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

// A run of documents, the newest first, that lay with the company or were stopped before it.
struct HistorySlice {
  Instant newest, oldest;  // received; both included
  std::int64_t newestEntry = 0, oldestEntry = 0;
  std::int64_t documents = 0;
};
// All of them, each of `size` documents or the rest. None of a company that the viewer does not see.
Result<std::vector<HistorySlice>> historySlices(Reader& reader, const Viewer& viewer, CompanyId company,
                                                Instant from, Instant to, int size);

struct PastDocument {
  DocumentId id, root;
  PartyFact sender;  // identifier and name alone
  std::string number;
  std::optional<Date> issueDate;
  std::optional<Decimal> amount;
  std::string currency;
  Instant receivedAt;
  std::string parsed;  // compressed: decompress(), then BusinessDocument::restored
};
// Those of the slice that could be read, the newest first.
Result<std::vector<PastDocument>> pastDocuments(Reader& reader, const Viewer& viewer, CompanyId company,
                                                const HistorySlice& slice);

// How a document of ours was routed the first time, and to whom.
struct PastRoute {
  DocumentId id;
  std::string number;
  PartyFact receiver;
  RoutedFact route;
};
// What a company has sent that was routed and received in [from, to), the newest first, `max` at most.
Outcome pastRoutes(Reader& reader, const Viewer& viewer, CompanyId company, Instant from, Instant to,
                   std::int64_t max, const std::function<void(PastRoute)>& take);

}  // namespace postgang::store
