// The same trouble elsewhere: tickets that have been solved, documents that nobody has asked about yet.
#include <algorithm>

#include "store/partner_facts.h"
#include "store/sql/document_row.h"
#include "store/sql/seen.h"
#include "store/sql/ticket_rows.h"

namespace postgang::store {

namespace {

using document::Status;

bool isInTrouble(Status status) {
  return status == Status::stopped || status == Status::returned || status == Status::rejected ||
         status == Status::failed || status == Status::held;
}

std::string counterpartOf(const Entry& entry) {
  return partnerIdentifierOf(entry.direction == Direction::sent ? entry.receiver : entry.sender);
}

}  // namespace

std::string causeOf(const Entry& entry) {
  return isInTrouble(entry.status) ? entry.lastEventDetail : std::string();
}

Result<std::vector<Ticket>> similarTickets(Reader& reader, const TicketViewer& viewer, const Entry& entry,
                                           int limit) {
  auto& connection = reader.connection();
  const auto cause = causeOf(entry);
  const auto other = counterpartOf(entry);
  std::vector<Ticket> found;
  if (cause.empty() && other.empty()) return found;
  sql::Statement statement(connection.dialect());
  const auto sameCause = statement.place(cause), sameOther = statement.keep(other);
  statement << "SELECT " << sql::ticket_columns << " FROM tickets t WHERE "
            << sql::ticketsSeen(statement, viewer.viewer) << " AND t.status IN ('solved', 'closed') AND "
            << "((t.cause <> '' AND t.cause = " << sameCause
            << ") OR (t.counterpart <> '' AND t.counterpart = " << sameOther
            << ")) AND NOT EXISTS (SELECT 1 FROM ticket_documents o WHERE o.ticket = t.id AND o.document = "
            << statement.place(entry.document)
            << ") ORDER BY CASE WHEN t.cause <> '' AND t.cause = " << sameCause
            << " THEN 0 ELSE 1 END, t.changed_at DESC, t.id DESC LIMIT "
            << statement.place(std::clamp(limit, 1, 50));
  CHECK_OK(statement.run(connection, [&](const sql::Row& row) { found.push_back(sql::readTicket(row)); }));
  CHECK_OK(sql::addDocuments(connection, found));
  return found;
}

Result<std::vector<Entry>> alikeDocuments(Reader& reader, const Viewer& viewer, const Entry& entry,
                                          int limit) {
  constexpr std::int64_t window_seconds = std::int64_t{alike_days} * 24 * 3600;
  auto& connection = reader.connection();
  const auto cause = causeOf(entry);
  const auto other = counterpartOf(entry);
  const auto from = entry.receivedAt.plusSeconds(-window_seconds);
  const auto to = entry.receivedAt.plusSeconds(window_seconds);
  sql::Statement statement(connection.dialect());
  statement << "SELECT e.company, e.id FROM entries e WHERE e.company = " << statement.place(entry.company)
            << " AND e.direction = " << statement.place(name(entry.direction))
            << " AND e.received_at >= " << statement.place(from)
            << " AND e.received_at <= " << statement.place(to) << " AND e.status IN "
            << sql::statuses_needing_somebody << " AND e.document <> " << statement.place(entry.document)
            << " AND " << sql::seenClause(statement, viewer, "e.");
  if (cause.empty() && other.empty()) return std::vector<Entry>();
  // A cause that is known is the trouble, whomever it is with; only what a counterpart has answered is that
  // one's own words.
  if (!cause.empty()) statement << " AND e.last_event_detail = " << statement.place(cause);
  if (!other.empty() && (cause.empty() || entry.status == Status::rejected))
    statement << " AND e.counterpart = " << statement.keep(other);
  statement << " ORDER BY e.received_at DESC, e.id DESC LIMIT "
            << statement.place(std::clamp(limit, 1, 200) + 1);
  std::vector<sql::EntryKey> keys;
  CHECK_OK(statement.run(connection, [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& key = keys.emplace_back();
    key.company = c.company();
    key.id = c.number();
  }));
  return sql::loadEntries(connection, keys);
}

}  // namespace postgang::store
