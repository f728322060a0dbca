// Rows of tickets, and who sees them as a condition (store/tickets.h has the rule).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/sql/entry_filter.h"
#include "store/sql/session.h"
#include "store/tickets.h"

namespace postgang::store::sql {

inline constexpr std::string_view ticket_columns =
    "t.id, t.number, t.company, t.desk, t.subject, t.status, t.priority, t.assignee, t.assignee_name, "
    "t.requester, t.requester_name, t.requester_mail, t.language, t.counterpart, t.counterpart_name, "
    "t.cause, t.channel, t.mail_key, t.created_at, t.created_by, t.changed_at, t.answer_due, "
    "t.solution_due, t.waiting_since, t.answered_at, t.solved_at, t.closed_at, t.changes";
Ticket readTicket(const Row& row);  // without documents
// Fills in those of each, without snapshots.
Outcome addDocuments(Connection& connection, std::vector<Ticket>& tickets);

// The document is found by the numbers of the tickets about it, on the side of their company: "Ä-10234" and
// "10234".
Outcome layTicketNumbers(Transaction& tx, CompanyId company, DocumentId document);

// "(…)" of tickets t.
std::string ticketsSeen(Statement& statement, const Viewer& viewer);
std::string ticketsNeeding(Statement& statement, const TicketViewer& viewer);
std::string ticketsOverdue(Statement& statement, Instant now);

}  // namespace postgang::store::sql
