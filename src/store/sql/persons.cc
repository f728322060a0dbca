#include "store/persons.h"

#include "base/text.h"
#include "store/sql/session.h"

namespace postgang::store {

Result<std::vector<MailTo>> mailsTo(Reader& reader, const Viewer& viewer, CompanyId company,
                                    std::string_view address, int limit) {
  std::vector<MailTo> mails;
  if (!viewer.sees(company)) return mails;
  CHECK_OK(reader.connection().run(
      "SELECT d.document, d.id, d.address, CASE WHEN EXISTS (SELECT 1 FROM recipient_links l WHERE "
      "l.delivery = d.id) THEN 1 ELSE 0 END "
      "FROM deliveries d WHERE d.sender = ?1 AND d.channel = 'email' AND LOWER(d.address) = ?2 ORDER BY "
      "d.document DESC LIMIT ?3",
      {company, lowered(address), limit}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& mail = mails.emplace_back();
        mail.document = c.id<DocumentId>();
        mail.delivery = c.id<DeliveryId>();
        mail.address = c.text();
        mail.link = c.yes();
      }));
  return mails;
}

Result<std::vector<TicketBy>> ticketsBy(Reader& reader, const Viewer& viewer, CompanyId company,
                                        std::string_view address, int limit) {
  std::vector<TicketBy> tickets;
  if (!viewer.sees(company)) return tickets;
  CHECK_OK(reader.connection().run(
      "SELECT t.id, t.number, t.subject, t.created_at FROM tickets t WHERE t.company = ?1 AND "
      "(LOWER(t.requester_mail) = ?2 OR EXISTS (SELECT 1 FROM ticket_messages m WHERE m.ticket = t.id AND "
      "LOWER(m.author_mail) = ?2)) ORDER BY t.number DESC LIMIT ?3",
      {company, lowered(address), limit}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& ticket = tickets.emplace_back();
        ticket.ticket = c.id<TicketId>();
        ticket.number = c.number();
        ticket.subject = c.text();
        ticket.createdAt = c.instant();
      }));
  return tickets;
}

Result<std::vector<std::string>> partnersWithEmail(Reader& reader, const Viewer& viewer, CompanyId owner,
                                                   std::string_view address) {
  std::vector<std::string> identifiers;
  if (!viewer.sees(owner)) return identifiers;
  CHECK_OK(reader.connection().run(
      "SELECT identifier FROM partners WHERE owner = ?1 AND LOWER(email) = ?2 ORDER BY identifier",
      {owner, lowered(address)}, [&](const sql::Row& row) { identifiers.emplace_back(row.bytes(0)); }));
  return identifiers;
}

}  // namespace postgang::store
