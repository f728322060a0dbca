// Step 6, track: facts that come afterwards, from the receiver's side or from a channel. They may come late,
// twice and in any order: each is kept once, and the precedence table (document/status.h) says what they mean
// together.
#pragma once

#include <string_view>
#include <vector>

#include "channels/channel.h"
#include "flow/step.h"
#include "store/events.h"
#include "store/viewer.h"

namespace postgang::flow {

// Whether this stands there already of this delivery's attempt.
bool isSaid(const std::vector<store::Event>& events, store::EventType type, const store::DeliveryFact& fact);

// Appends what is told of a delivery, unless its first (type, delivery, attempt) stands there already.
Outcome recordFacts(store::Transaction& tx, DocumentId document, const store::DeliveryFact& fact,
                    const std::vector<store::NewEvent>& events, const std::vector<store::NewJob>& jobs);

// What a channel has heard about a delivery. A bounce or failure of the only road makes the next one be
// tried.
Outcome track(const Tools& tools, const channels::Receipt& receipt);
// Asks every channel for its receipts.
Outcome trackAll(const Tools& tools);

// Access by the receiver's side; see Flow::opened and Flow::fetched.
Outcome recordAccess(const Tools& tools, store::EventType type, const store::Viewer& viewer,
                     CompanyId company, DocumentId document, std::string_view what);

}  // namespace postgang::flow
