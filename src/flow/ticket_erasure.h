// Closed tickets go when they have been kept for the months that their company has set (`ticketMonths`; else
// the operator's own, else 24): the job "ticket-erasure", laid by the night's retention run, one company at a
// time. The company's trail says how many.
#pragma once

#include "flow/step.h"

namespace postgang::flow {

inline constexpr int ticket_months = 24;

store::NewJob ticketErasureJob(CompanyId after, Instant at);
Result<Decision> eraseTickets(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
