// What a receiver decides: of a document that its filter holds, to let it through or to send it back; of one
// that has arrived, to accept or to reject it. And what a sender takes back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "flow/step.h"
#include "store/documents.h"

namespace postgang::flow {

enum class Verb { release, send_back, accept, reject };
std::string_view name(Verb verb);  // "release", "return", "accept", "reject"
std::optional<Verb> verbFromName(std::string_view name);

// Codes: not-found's; decision-not-possible (conflict;
// parameters decision, status), decision-taken (the same, when somebody has decided already); reason-missing
// (invalid) for send_back and reject. When two decide at once the first one's word stands.
Outcome decide(const Tools& tools, const store::Viewer& viewer, DocumentId document, Verb verb,
               std::string_view reason);

// Why the sender cannot take it back, as a problem code: recall-too-late (somebody has opened or fetched it,
// or its letter's cut-off has passed), recall-not-possible (it has ended, or was stopped); nullopt when it
// can. A letter that waits for its batch is taken out of the line: `delivery_failed` with evidence
// "recalled".
std::optional<std::string_view> whyNotRecalled(const store::DocumentRow& row,
                                               const std::vector<store::Event>& events, Instant now);
Outcome recall(const Tools& tools, const store::Viewer& viewer, DocumentId document, std::string_view reason);

// The document as its sender, or its receiver, has it, when that is one of the viewer's companies: a parent
// acts for its subsidiaries. Codes: that of documents that are not there; not-the-sender, not-the-receiver
// (forbidden).
Result<store::DocumentRow> documentOf(store::Reader& reader, const store::Viewer& viewer, DocumentId document,
                                      store::Direction direction);

}  // namespace postgang::flow
