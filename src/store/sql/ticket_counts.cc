// How many tickets have been made of late. What was made then has changed since then at the earliest: the
// indexes are by that.
#include "store/sql/session.h"
#include "store/tickets.h"

namespace postgang::store {
namespace {

Result<std::int64_t> counted(Reader& reader, std::string_view statement,
                             std::initializer_list<sql::Value> values) {
  std::int64_t count = 0;
  CHECK_OK(reader.connection().run(statement, values, [&](const sql::Row& row) { count = row.number(0); }));
  return count;
}

}  // namespace

Result<std::int64_t> ticketsMailedBy(Reader& reader, std::string_view address, Instant since) {
  return counted(
      reader,
      "SELECT CAST(COUNT(*) AS BIGINT) FROM tickets WHERE requester_mail = ?1 AND requester_mail <> '' "
      "AND created_at >= ?2",
      {address, since});
}

Result<std::int64_t> ticketsOf(Reader& reader, CompanyId company, Instant since) {
  return counted(reader,
                 "SELECT CAST(COUNT(*) AS BIGINT) FROM tickets WHERE company = ?1 AND changed_at >= ?2 AND "
                 "created_at >= ?2 AND requester_mail <> ''",
                 {company, since});
}

Result<std::int64_t> ticketsOfStrangers(Reader& reader, Instant since) {
  return counted(
      reader,
      "SELECT CAST(COUNT(*) AS BIGINT) FROM tickets WHERE changed_at >= ?1 AND created_at >= ?1 AND "
      "requester IS NULL AND requester_mail <> ''",
      {since});
}

Result<std::int64_t> ticketsMadeBy(Reader& reader, std::string_view author, Instant since) {
  return counted(
      reader,
      "SELECT CAST(COUNT(*) AS BIGINT) FROM tickets t WHERE t.changed_at >= ?2 AND t.created_at >= ?2 "
      "AND (SELECT m.author FROM ticket_messages m WHERE m.ticket = t.id ORDER BY m.id LIMIT 1) = ?1",
      {author, since});
}

}  // namespace postgang::store
