// What becomes of a Smartmail after it was sent: its deadline, and what its sender does about it meanwhile.
//
// The deadline is a job of its own. When it is due and not all that counts has been opened, one commit says
// `delivery_expired` and puts the letter in line (or gives the document to whatever channel is next). The
// append expects the sequence that was read: an opening in the same instant comes either before, and nothing
// is posted, or after, and is told as an opening of what has gone to paper. A job that comes twice, late
// after a standstill, or for a deadline that was moved finds that and does nothing.
#pragma once

#include "flow/step.h"
#include "store/smartmail.h"

namespace postgang::flow {

store::NewJob deadlineJob(DocumentId document, CompanyId sender, DeliveryId delivery, Instant deadline);

Result<Decision> smartmailDue(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
