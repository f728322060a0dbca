#include "store/tickets.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "store/search_words.h"
#include "store/sql/dialect.h"
#include "store/sql/session.h"
#include "store/sql/ticket_rows.h"

namespace postgang::store {
namespace {

constexpr std::array status_names = {std::string_view("new"), std::string_view("in-progress"),
                                     std::string_view("waiting"), std::string_view("solved"),
                                     std::string_view("closed")};
constexpr std::array priority_names = {std::string_view("low"), std::string_view("normal"),
                                       std::string_view("high"), std::string_view("urgent")};
constexpr std::array source_names = {std::string_view("portal"), std::string_view("api"),
                                     std::string_view("mail"), std::string_view("system")};

template <typename T>
std::optional<T> fromName(const auto& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<T>(found - names.begin());
}

tl::unexpected<Problem> noSuchTicket() {
  return fail(ProblemKind::not_found, "not-found", "There is no such ticket.");
}

std::string wordsOf(const Ticket& ticket) {
  return folded(ticketNumberText(ticket.number) + " " + ticket.subject + " " + ticket.requesterName + " " +
                ticket.requesterMail + " " + ticket.counterpartName + " " + ticket.assigneeName);
}

CompanyId deskOf(const Ticket& ticket) {
  return ticket.desk.value_or(CompanyId{});
}

// Its documents are asked for one by one: all of them are of what is seen.
bool seesParts(const Viewer& viewer, const Ticket& ticket) {
  if (viewer.sees(ticket.company)) return true;
  return !ticket.documents.empty() && std::ranges::all_of(ticket.documents, [&](const auto& document) {
    return viewer.sees(ticket.company, document.direction, document.kind);
  });
}

Result<Ticket> find(Reader& reader, const TicketViewer& viewer, TicketId id, std::string_view lock) {
  auto& connection = reader.connection();
  sql::Statement statement(connection.dialect());
  statement << "SELECT " << sql::ticket_columns << " FROM tickets t WHERE t.id = " << statement.place(id)
            << " AND " << sql::ticketsSeen(statement, viewer.viewer) << lock;
  std::vector<Ticket> found;
  CHECK_OK(statement.run(connection, [&](const sql::Row& row) { found.push_back(sql::readTicket(row)); }));
  if (found.empty()) return noSuchTicket();
  CHECK_OK(sql::addDocuments(connection, found));
  return std::move(found.front());
}

Result<std::optional<TicketId>> idWhere(Reader& reader, std::string_view statement, std::string_view value) {
  std::optional<TicketId> found;
  if (value.empty()) return found;
  CHECK_OK(reader.connection().run(statement, {value},
                                   [&](const sql::Row& row) { found = sql::Columns(row).id<TicketId>(); }));
  return found;
}

}  // namespace

std::string_view name(TicketStatus status) {
  return status_names[static_cast<std::size_t>(status)];
}
std::optional<TicketStatus> ticketStatusFromName(std::string_view name) {
  return fromName<TicketStatus>(status_names, name);
}
std::string_view name(TicketPriority priority) {
  return priority_names[static_cast<std::size_t>(priority)];
}
std::optional<TicketPriority> ticketPriorityFromName(std::string_view name) {
  return fromName<TicketPriority>(priority_names, name);
}
std::string_view name(TicketSource source) {
  return source_names[static_cast<std::size_t>(source)];
}

Outcome sql::layTicketNumbers(Transaction& tx, CompanyId company, DocumentId document) {
  constexpr int tickets_max = 80;
  auto& connection = tx.connection();
  // Of two tickets that come to be about it at once, the second finds the first one's number.
  CHECK_OK(connection.run("SELECT id FROM documents WHERE id = ?1" +
                              std::string(sql::locked(connection.dialect(), " FOR UPDATE")),
                          {document}));
  std::string words;
  CHECK_OK(connection.run(
      "SELECT t.number FROM ticket_documents d JOIN tickets t ON t.id = d.ticket WHERE d.document = ?1 AND "
      "t.company = ?2 ORDER BY t.number DESC LIMIT ?3",
      {document, company, tickets_max}, [&](const sql::Row& row) {
        const auto number = row.number(0);
        words += (words.empty() ? "" : " ") + ticketNumberText(number) + " " + std::to_string(number);
      }));
  return setSearchWords(tx, document, company, "ticket", words);
}

std::string ticketNumberText(std::int64_t number) {
  return "Ä-" + std::to_string(number);
}

bool isOverdue(const Ticket& ticket, Instant now) {
  if (!isOpen(ticket.status)) return false;
  if (!ticket.answeredAt && ticket.answerDue < now) return true;
  return ticket.status != TicketStatus::waiting && ticket.solutionDue < now;
}

bool TicketViewer::sees(const Ticket& ticket) const {
  return seesParts(viewer, ticket);
}

bool TicketViewer::isDeskOf(const Ticket& ticket) const {
  if (staff) return !ticket.desk;
  if (!answers || !ticket.desk) return false;
  return *ticket.desk == company || (!viewer.sees(ticket.company) && seesParts(acting, ticket));
}

bool TicketViewer::mayWriteIn(const Ticket& ticket) const {
  if (staff) return !ticket.desk || ticket.company == company;
  return viewer.sees(ticket.company) || seesParts(acting, ticket);
}

TicketViewer ticketSystem() {
  TicketViewer viewer;
  viewer.staff = true;
  return viewer;
}

Result<std::int64_t> createTicket(Transaction& tx, const Ticket& given) {
  auto& connection = tx.connection();
  CHECK_OK(connection.run("UPDATE ticket_numbers SET latest = latest + 1 WHERE only_one = 1"));
  auto ticket = given;
  CHECK_OK(connection.run("SELECT latest FROM ticket_numbers WHERE only_one = 1", {},
                          [&](const sql::Row& row) { ticket.number = row.number(0); }));
  CHECK_OK(connection.run(
      "INSERT INTO tickets (id, number, company, desk, subject, status, priority, assignee, assignee_name, "
      "requester, requester_name, requester_mail, language, counterpart, counterpart_name, cause, channel, "
      "mail_key, words, created_at, created_by, changed_at, answer_due, solution_due, waiting_since, "
      "answered_at, solved_at, closed_at, changes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
      "?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)",
      {ticket.id,           ticket.number,       ticket.company,         deskOf(ticket),
       ticket.subject,      name(ticket.status), name(ticket.priority),  ticket.assignee,
       ticket.assigneeName, ticket.requester,    ticket.requesterName,   ticket.requesterMail,
       ticket.language,     ticket.counterpart,  ticket.counterpartName, ticket.cause,
       ticket.channel,      ticket.mailKey,      wordsOf(ticket),        ticket.createdAt,
       ticket.createdBy,    ticket.changedAt,    ticket.answerDue,       ticket.solutionDue,
       ticket.waitingSince, ticket.answeredAt,   ticket.solvedAt,        ticket.closedAt,
       ticket.changes}));
  return ticket.number;
}

Outcome updateTicket(Transaction& tx, const Ticket& ticket) {
  CHECK_OK(tx.connection().run(
      "UPDATE tickets SET desk = ?2, subject = ?3, status = ?4, priority = ?5, assignee = ?6, assignee_name "
      "= "
      "?7, words = ?8, changed_at = ?9, answer_due = ?10, solution_due = ?11, waiting_since = ?12, "
      "answered_at = ?13, solved_at = ?14, closed_at = ?15, changes = ?16, counterpart = ?17, "
      "counterpart_name = ?18, cause = ?19, channel = ?20 WHERE id = ?1",
      {ticket.id,           deskOf(ticket),        ticket.subject,
       name(ticket.status), name(ticket.priority), ticket.assignee,
       ticket.assigneeName, wordsOf(ticket),       ticket.changedAt,
       ticket.answerDue,    ticket.solutionDue,    ticket.waitingSince,
       ticket.answeredAt,   ticket.solvedAt,       ticket.closedAt,
       ticket.changes,      ticket.counterpart,    ticket.counterpartName,
       ticket.cause,        ticket.channel}));
  return {};
}

Result<Ticket> ticket(Reader& reader, const TicketViewer& viewer, TicketId id) {
  return find(reader, viewer, id, {});
}

Result<Ticket> ticketToChange(Transaction& tx, const TicketViewer& viewer, TicketId id) {
  return find(tx, viewer, id, sql::locked(tx.connection().dialect(), " FOR UPDATE OF t"));
}

Result<std::optional<TicketId>> ticketOfMailKey(Reader& reader, std::string_view key) {
  return idWhere(reader, "SELECT id FROM tickets WHERE mail_key = ?1", key);
}

Result<std::optional<TicketId>> ticketOfMailId(Reader& reader, std::string_view mailId) {
  return idWhere(reader, "SELECT ticket FROM ticket_messages WHERE mail_id = ?1 AND mail_id <> ''", mailId);
}

Result<bool> attachDocument(Transaction& tx, TicketId ticket, const TicketDocument& document) {
  auto& connection = tx.connection();
  TRY(const auto known, connection.run("SELECT document FROM ticket_documents WHERE ticket = ?1", {ticket},
                                       [](const sql::Row&) {}));
  if (known >= static_cast<std::int64_t>(TicketLimits::documents_max))
    return fail(ProblemKind::conflict, "ticket-documents-too-many",
                "A ticket is about at most " + std::to_string(TicketLimits::documents_max) + " documents.",
                {}, "Say in words which others it is about.");
  TRY(const auto made,
      connection.run(
          "INSERT INTO ticket_documents (ticket, document, direction, kind, number, counterpart_name, "
          "snapshot, attached_at, attached_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT "
          "(ticket, document) DO NOTHING",
          {ticket, document.document, name(document.direction), document::name(document.kind),
           document.number, document.counterpartName, document.snapshot, document.attachedAt,
           document.attachedBy}));
  if (made != 1) return false;
  CompanyId company;
  CHECK_OK(connection.run("SELECT company FROM tickets WHERE id = ?1", {ticket},
                          [&](const sql::Row& row) { company = sql::Columns(row).company(); }));
  CHECK_OK(sql::layTicketNumbers(tx, company, document.document));
  return true;
}

Result<std::string> snapshotOf(Reader& reader, TicketId ticket, DocumentId document) {
  std::string found;
  CHECK_OK(reader.connection().run(
      "SELECT snapshot FROM ticket_documents WHERE ticket = ?1 AND document = ?2", {ticket, document},
      [&](const sql::Row& row) { found = sql::Columns(row).text(); }));
  return found;
}

}  // namespace postgang::store
