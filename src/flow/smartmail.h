// What becomes of a Smartmail after it was sent: its deadline. What its sender does about it meanwhile is
// smartmail_actions.h.
//
// The deadline is a job of its own. When it is due and not all that counts has been opened, one commit says
// `delivery_expired` and puts the letter in line (or gives the document to whatever channel is next). The
// append expects the sequence that was read: an opening in the same instant comes either before, and nothing
// is posted, or after, and is told as an opening of what has gone to paper. A job that comes twice, late
// after a standstill, or for a deadline that was moved finds that and does nothing.
#pragma once

#include <string_view>

#include "flow/deliver.h"
#include "flow/step.h"
#include "store/smartmail.h"

namespace postgang::flow {

store::NewJob deadlineJob(DocumentId document, CompanyId sender, DeliveryId delivery, Instant deadline);

Result<Decision> smartmailDue(const Tools& tools, store::Reader& reader, const store::Job& job);

// As if this mail, and those before it that it was sent in place of, were not waited for any longer.
Progress expired(Progress progress, DeliveryId delivery);

// The expiry of this delivery and what follows on it; nothing at all where the document is on another road
// already. `evidence`: "deadline", or "asked" where `actor`, its sender, does not wait for that.
Result<Following> expiryOf(const Tools& tools, store::Reader& reader, DocumentId document,
                           const Progress& progress, DeliveryId delivery, std::string_view evidence,
                           const store::Actor& actor);

// Whether this mail is out and may still be opened in time.
bool isWaiting(const Tried& tried);
// Whether the document has come to an end that no mail or letter changes: withdrawn, corrected, accepted …
bool hasEnded(document::Status status);

}  // namespace postgang::flow
