// Correction: a new version of a document with some of its terms changed, in the original's format, sent
// again. The sender's bytes are never altered: the new version is a document of its own, whose first event
// holds the changes, who made them and why, and the head of its predecessor's chain.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/difference.h"
#include "flow/step.h"
#include "flow/walk.h"
#include "formats/correct.h"
#include "store/documents.h"

namespace postgang::flow {

struct CorrectionRequest {
  DocumentId document;
  std::vector<formats::TermChange> changes;
  std::vector<formats::NewAttachment> attachments;
  std::vector<std::string> removedAttachments;  // as formats::correct
  std::string channel;                          // to go by; "" leaves it to the route
  std::string reason;
  bool remember = false;              // do the same with the next ones that this counterpart stops alike
  std::vector<RememberedId> byRules;  // made by these, which are counted as used
};

// How it would stand. Nothing is kept.
struct Proposed {
  store::DocumentRow row;  // of the version that is corrected, as its sender sees it
  std::string bytes;
  Walked walked;  // how the new file would fare: findings, road
  std::vector<document::Change> difference;
  int unchanged = 0;  // values that are as they were
  std::vector<store::FindingFact> findings() const;
  bool valid() const;  // neither stopped by what every document must meet nor by its receiver
};

struct CorrectionMade {
  DocumentId id;
  int version = 1;
  document::Status status = document::Status::received;
  std::vector<document::Change> difference;
};

// Why it cannot be corrected, as a problem code: document-superseded, document-cancelled, document-accepted,
// document-under-way, document-unreadable; nullopt when it can.
std::optional<std::string_view> whyNotCorrected(const store::DocumentRow& row);

// Codes: channel-not-reachable (conflict; parameter channel); those of whyNotCorrected (conflict; of
// document-superseded the parameters documentId: the version that replaces it, by: who made it, at: when) and
// of formats::correct.
Result<Proposed> propose(store::Reader& reader, const channels::Registry& channels,
                         const CorrectionRequest& request, Instant now);

// Code correction-not-enough (invalid; parameters finding, count) when it would be stopped again;
// duplicate-document. When two do it at once the second is told document-superseded, and nothing of its is
// kept.
Result<CorrectionMade> correct(const Tools& tools, const CorrectionRequest& request,
                               const store::Actor& actor);

}  // namespace postgang::flow
