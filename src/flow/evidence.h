// Bevispaket: what is known of one document as one zip that proves itself without us.
//
//   index.html       for people: what each file is and what it proves, and the timeline
//   manifest.json    for programs: every file with its SHA-256, and the head of the hash chain
//   events.json      the chain, event by event, exactly as it is hashed (store/sql/chain.h)
//   original-…       the file as it was handed in
//   sent-<n>-…       what left the house, byte for byte, delivery by delivery
//   said-<n>-….txt   what was said on the line: SMTP dialogues, receipts, manifest lines
//
// Files lie flat, under names of our own. An event that the asker may not see is in the chain by its digest
// alone.
#pragma once

#include <string>

#include "base/id.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/time.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::flow {

inline constexpr std::string_view evidence_form = "urn:postgang:evidence:1";

// Codes: document-not-found; zip-too-large (too_large); blob-damaged.
Result<std::string> evidenceZip(store::Reader& reader, const store::Viewer& viewer, DocumentId document,
                                Language language, Instant now);

}  // namespace postgang::flow
