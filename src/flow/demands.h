// What the receiver demands of a document on its way to it: its filters that are on, compiled once per
// version, with its registers and its history as their lookups. The other half of step 3 (filter.h has what
// every document must meet).
#pragma once

#include <vector>

#include "document/business_document.h"
#include "flow/step.h"
#include "rules/filter.h"
#include "store/events.h"

namespace postgang::flow {

enum class Verdict { pass, warn, hold, stop };

struct Judged {
  Verdict verdict = Verdict::pass;
  std::vector<store::FindingFact>
      findings;  // ids "demand-<cause>"; what stops first, then what holds, then remarks
};

// `root` is the first version of the document's chain: a version is never its own chain's duplicate. The same
// document on the same day with the same filters and registers gives the same answer.
Result<Judged> judgeByReceiver(store::Reader& reader, CompanyId receiver,
                               const document::BusinessDocument& document, DocumentId root, Instant now);

// What one filter finds, whether it is on or not: for trials on history and live checks of demands. As on the
// day `at`, with the documents received before it as earlier ones.
Result<std::vector<rules::Finding>> findingsBy(const rules::Filter& filter, store::Reader& reader,
                                               CompanyId receiver, const document::BusinessDocument& document,
                                               DocumentId root, Instant at);

// A finding of a demand as events and the API have it; `filter` is the filter's id, empty for one that is
// tried. Parameters: demand, filter, severity ("stop", "hold", "warn"), sv, en (what is wrong in words),
// wantedSv, wantedEn, example, groupPlace, and documentId of a repetition. Its severity is "error" for what
// stops or holds, "warning" for remarks.
store::FindingFact demandFinding(const rules::Finding& found, const std::string& filter);

}  // namespace postgang::flow
