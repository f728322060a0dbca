#include "store/sql/ticket_rows.h"

#include <map>

#include "store/sql/dialect.h"
#include "store/sql/sandbox_rows.h"

namespace postgang::store::sql {
namespace {

Instant instantIn(Columns& c) {
  return c.instant();
}

UserId userIn(Columns& c) {
  return c.id<UserId>();
}

std::string wholeClause(Statement& statement, const Viewer& viewer) {
  return companiesClause(statement.dialect(), "t.company",
                         statement.keep(companiesValue(statement.dialect(), viewer.companies())));
}

// "(d.direction = 'sent' AND …)" of one company's parts.
std::string partsClause(Statement& statement, const std::vector<Viewer::Part>& parts) {
  std::string clause;
  for (const auto& part : parts) {
    clause += (clause.empty() ? "(" : " OR ") + std::string("(d.direction = ") +
              statement.place(name(part.direction));
    if (!part.kinds.empty()) {
      std::vector<std::string> kinds;
      for (const auto kind : part.kinds) kinds.emplace_back(document::name(kind));
      clause += " AND " + textsClause(statement.dialect(), "d.kind",
                                      statement.keep(textsValue(statement.dialect(), kinds)));
    }
    clause += ")";
  }
  return clause + ")";
}

}  // namespace

Ticket readTicket(const Row& row) {
  Columns c(row);
  Ticket ticket;
  ticket.id = c.id<TicketId>();
  ticket.number = c.number();
  ticket.company = c.company();
  if (const auto desk = c.company(); desk.value != 0) ticket.desk = desk;
  ticket.subject = c.text();
  ticket.status = ticketStatusFromName(c.view()).value_or(TicketStatus::fresh);
  ticket.priority = ticketPriorityFromName(c.view()).value_or(TicketPriority::normal);
  ticket.assignee = c.maybe(userIn);
  ticket.assigneeName = c.text();
  ticket.requester = c.maybe(userIn);
  ticket.requesterName = c.text();
  ticket.requesterMail = c.text();
  ticket.language = c.text();
  ticket.counterpart = c.text();
  ticket.counterpartName = c.text();
  ticket.cause = c.text();
  ticket.channel = c.text();
  ticket.mailKey = c.text();
  ticket.createdAt = c.instant();
  ticket.createdBy = c.text();
  ticket.changedAt = c.instant();
  ticket.answerDue = c.instant();
  ticket.solutionDue = c.instant();
  ticket.waitingSince = c.maybe(instantIn);
  ticket.answeredAt = c.maybe(instantIn);
  ticket.solvedAt = c.maybe(instantIn);
  ticket.closedAt = c.maybe(instantIn);
  ticket.changes = c.number();
  return ticket;
}

Outcome addDocuments(Connection& connection, std::vector<Ticket>& tickets) {
  for (auto& ticket : tickets)
    CHECK_OK(connection.run(
        "SELECT document, direction, kind, number, counterpart_name, attached_at, attached_by FROM "
        "ticket_documents WHERE ticket = ?1 ORDER BY attached_at, document",
        {ticket.id}, [&](const Row& row) {
          Columns c(row);
          auto& document = ticket.documents.emplace_back();
          document.document = c.id<DocumentId>();
          document.direction = c.view() == "received" ? Direction::received : Direction::sent;
          document.kind = document::kindFromName(c.view()).value_or(document::Kind::invoice);
          document.number = c.text();
          document.counterpartName = c.text();
          document.attachedAt = c.instant();
          document.attachedBy = c.text();
        }));
  return {};
}

std::string ticketsSeen(Statement& statement, const Viewer& viewer) {
  if (viewer.seesAll()) return realClause(viewer, "t.company");
  std::string clause = "(" + wholeClause(statement, viewer);
  std::map<CompanyId, std::vector<Viewer::Part>> parts;
  for (const auto& part : viewer.parts()) parts[part.company].push_back(part);
  for (const auto& [company, of] : parts)
    clause += " OR (t.company = " + statement.place(company) +
              " AND EXISTS (SELECT 1 FROM ticket_documents d WHERE d.ticket = t.id) AND NOT EXISTS (SELECT 1 "
              "FROM ticket_documents d WHERE d.ticket = t.id AND NOT " +
              partsClause(statement, of) + "))";
  return clause + ")";
}

std::string ticketsNeeding(Statement& statement, const TicketViewer& viewer) {
  std::string clause = "(1 = 0";
  if (viewer.user) {
    clause +=
        " OR (t.assignee = " + statement.place(*viewer.user) + " AND t.status IN ('new', 'in-progress'))";
    clause += " OR (t.requester = " + statement.place(*viewer.user) + " AND t.status = 'waiting')";
  }
  std::string desk;
  if (viewer.staff)
    desk = "t.desk = 0";
  else if (viewer.answers)
    desk = "(t.desk = " + statement.place(viewer.company) + " OR (t.desk <> 0 AND NOT " +
           wholeClause(statement, viewer.viewer) + " AND " + ticketsSeen(statement, viewer.acting) + "))";
  if (!desk.empty()) clause += " OR (t.status = 'new' AND t.assignee IS NULL AND " + desk + ")";
  return clause + ")";
}

std::string ticketsOverdue(Statement& statement, Instant now) {
  const auto at = statement.place(now);
  return "((t.status IN ('new', 'in-progress') AND t.solution_due < " + at +
         ") OR (t.status IN ('new', 'in-progress', 'waiting') AND t.answered_at IS NULL AND t.answer_due < " +
         at + "))";
}

}  // namespace postgang::store::sql
