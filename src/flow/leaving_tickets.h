// The tickets in a leaving customer's archive (leaving.h).
#pragma once

#include "flow/leaving_parts.h"

namespace postgang::flow {

// tickets.csv, and of each ticket, closed ones too, what was said and done in it and its attachments. Notes
// are in it where the company's own desk wrote them, never another desk's: as the portal shows it.
Outcome eachLeavingTicket(store::Reader& reader, const LeavingOrder& order, const LeavingPart& take);

}  // namespace postgang::flow
