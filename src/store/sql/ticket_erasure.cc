#include "store/ticket_erasure.h"

#include <set>

#include "store/sql/erasure.h"
#include "store/sql/session.h"
#include "store/sql/ticket_rows.h"

namespace postgang::store {
namespace {

Result<std::vector<DocumentId>> documentsOf(sql::Connection& connection, TicketId ticket) {
  std::vector<DocumentId> documents;
  CHECK_OK(
      connection.run("SELECT document FROM ticket_documents WHERE ticket = ?1", {ticket},
                     [&](const sql::Row& row) { documents.push_back(sql::Columns(row).id<DocumentId>()); }));
  return documents;
}

// Without what the documents that it is about have as evidence: a sender may have attached it again.
Result<std::set<Digest>> ownBytes(sql::Connection& connection, TicketId ticket,
                                  const std::vector<DocumentId>& documents) {
  std::set<Digest> digests;
  CHECK_OK(connection.run("SELECT digest FROM ticket_attachments WHERE ticket = ?1", {ticket},
                          [&](const sql::Row& row) { digests.insert(sql::Columns(row).digest()); }));
  if (digests.empty()) return digests;
  for (const auto document : documents) {
    TRY(const auto theirs, sql::digestsOf(connection, document));
    for (const auto& digest : theirs) digests.erase(digest);
  }
  return digests;
}

Outcome eraseTicket(Transaction& tx, CompanyId company, TicketId ticket) {
  auto& connection = tx.connection();
  TRY(const auto documents, documentsOf(connection, ticket));
  TRY(const auto digests, ownBytes(connection, ticket, documents));
  for (const auto* table : {"ticket_attachments", "ticket_messages", "ticket_changes", "ticket_documents"})
    CHECK_OK(connection.run("DELETE FROM " + std::string(table) + " WHERE ticket = ?1", {ticket}));
  CHECK_OK(connection.run("DELETE FROM tickets WHERE id = ?1", {ticket}));
  for (const auto document : documents) CHECK_OK(sql::layTicketNumbers(tx, company, document));
  return sql::dropBytes(connection, digests);
}

}  // namespace

Result<std::optional<CompanyId>> companyWithClosedTickets(Reader& reader, CompanyId after) {
  std::optional<CompanyId> found;
  CHECK_OK(reader.connection().run(
      "SELECT company FROM tickets WHERE closed_at IS NOT NULL AND company > ?1 ORDER BY company LIMIT 1",
      {after}, [&](const sql::Row& row) { found = sql::Columns(row).company(); }));
  return found;
}

Result<std::int64_t> eraseClosedTickets(Transaction& tx, CompanyId company, Instant before, int most) {
  std::vector<TicketId> tickets;
  CHECK_OK(
      tx.connection().run("SELECT id FROM tickets WHERE company = ?1 AND closed_at IS NOT NULL AND closed_at "
                          "< ?2 ORDER BY closed_at, "
                          "id LIMIT ?3",
                          {company, before, most},
                          [&](const sql::Row& row) { tickets.push_back(sql::Columns(row).id<TicketId>()); }));
  for (const auto ticket : tickets) CHECK_OK(eraseTicket(tx, company, ticket));
  return static_cast<std::int64_t>(tickets.size());
}

}  // namespace postgang::store
