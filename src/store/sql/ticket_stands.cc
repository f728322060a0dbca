#include "store/ticket_stands.h"

#include <algorithm>

#include "store/sql/session.h"

namespace postgang::store {
namespace {

Instant instantIn(sql::Columns& c) {
  return c.instant();
}

}  // namespace

Result<std::vector<TicketStand>> ticketStandsSince(Reader& reader, Instant since, int limit) {
  std::vector<TicketStand> stands;
  CHECK_OK(reader.connection().run(
      "SELECT t.id, t.changed_at, t.changes, (SELECT CAST(COUNT(*) AS BIGINT) FROM ticket_messages m WHERE "
      "m.ticket = t.id AND m.internal = 0), (SELECT CAST(COUNT(*) AS BIGINT) FROM ticket_changes c WHERE "
      "c.ticket = t.id), (SELECT MAX(m.at) FROM ticket_messages m WHERE m.ticket = t.id AND m.internal = 0), "
      "(SELECT MAX(c.at) FROM ticket_changes c WHERE c.ticket = t.id) FROM tickets t WHERE t.changed_at >= "
      "?1 ORDER BY t.changed_at DESC, t.id DESC LIMIT ?2",
      {since, limit}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& stand = stands.emplace_back();
        stand.ticket = c.id<TicketId>();
        stand.changedAt = c.instant();
        stand.changes = c.number();
        stand.told = c.number();
        stand.told += c.number();
        const auto saidAt = c.maybe(instantIn).value_or(Instant());
        stand.toldAt = std::max(saidAt, c.maybe(instantIn).value_or(Instant()));
      }));
  return stands;
}

Result<Instant> newestTicketChange(Reader& reader) {
  Instant newest;
  CHECK_OK(reader.connection().run("SELECT MAX(changed_at) FROM tickets", {}, [&](const sql::Row& row) {
    newest = sql::Columns(row).maybe(instantIn).value_or(Instant());
  }));
  return newest;
}

}  // namespace postgang::store
