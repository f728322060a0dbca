// Who answers a company's tickets, and by when (company settings `ticketDesk`, `ticketAnswerHours`,
// `ticketSolutionHours`; where nobody above the company has set hours, the operator's own, else 8 and 72).
// Hours of the clock: nights, Sundays and holidays count. They are of a normal ticket; an urgent one has a
// quarter of them, a high one half, a low one twice.
#pragma once

#include <cstdint>
#include <optional>

#include "store/tickets.h"

namespace postgang::flow {

inline constexpr int ticket_answer_hours = 8, ticket_solution_hours = 72;

struct TicketTargets {
  std::optional<CompanyId> desk;  // absent: the operator
  std::int64_t answer_minutes = 0, solution_minutes = 0;
};
Result<TicketTargets> ticketTargetsOf(store::Reader& reader, CompanyId company,
                                      store::TicketPriority priority);

// How long its closed tickets are kept (ticket_erasure.h).
Result<int> ticketMonthsOf(store::Reader& reader, CompanyId company);

}  // namespace postgang::flow
