#include "store/sql/trouble_step.h"

#include <vector>

#include "store/sql/entry_filter.h"
#include "store/sql/replay.h"

namespace postgang::store::sql {
namespace {

struct Kept {
  std::int64_t id = 0;
  std::string detail;
};

Outcome nameTrouble(Connection& connection, DocumentId document, const EntryView& entry) {
  std::optional<Kept> kept;
  CHECK_OK(connection.run(
      "SELECT e.id, e.last_event_detail FROM documents d JOIN entries e ON e.company = ?2 AND e.id = " +
          std::string(entry.direction == Direction::sent ? "d.sent_entry" : "d.received_entry") +
          " WHERE d.id = ?1",
      {document, entry.company}, [&](const Row& row) {
        Columns c(row);
        kept.emplace();
        kept->id = c.number();
        kept->detail = c.text();
      }));
  if (!kept) return {};
  CHECK_OK(connection.later(
      "UPDATE entries SET last_event = ?3, last_event_at = ?4, last_event_detail = ?5 WHERE company = ?1 AND "
      "id = ?2",
      {entry.company, kept->id, document::name(entry.lastEvent), entry.lastEventAt, entry.lastEventDetail}));
  if (kept->detail.empty() || kept->detail == entry.lastEventDetail) return {};
  return connection.later(
      "UPDATE tickets SET cause = ?4 WHERE company = ?1 AND cause = ?3 AND id IN (SELECT ticket FROM "
      "ticket_documents WHERE document = ?2)",
      {entry.company, document, kept->detail, entry.lastEventDetail});
}

}  // namespace

Outcome nameTroubles(Connection& connection) {
  std::vector<DocumentId> troubled;
  CHECK_OK(connection.run(
      "SELECT DISTINCT document FROM entries WHERE status IN " + std::string(statuses_needing_somebody), {},
      [&](const Row& row) { troubled.push_back(Columns(row).id<DocumentId>()); }));
  for (const auto document : troubled) {
    TRY(const auto replayed, replay(connection, document));
    if (!replayed.isWhole) continue;  // nor does verify hold it against anything
    const auto& rows = replayed.projection.rows;
    CHECK_OK(nameTrouble(connection, document, rows.sent));
    if (rows.inbox) CHECK_OK(nameTrouble(connection, document, *rows.inbox));
  }
  return {};
}

}  // namespace postgang::store::sql
