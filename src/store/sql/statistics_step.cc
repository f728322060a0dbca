#include "store/sql/statistics_step.h"

#include "store/sql/cube_fold.h"
#include "store/sql/cubes.h"
#include "store/sql/erasure.h"
#include "store/sql/replay.h"

namespace postgang::store::sql {
namespace {

constexpr std::int64_t cells_at_once = 5'000;

Outcome keepCounted(Connection& connection, DocumentId document, const EntryView& entry) {
  const auto& counted = entry.counted;
  constexpr std::string_view sets =
      "UPDATE entries SET delivered_at = ?3, opened_at = ?4, was_stopped = ?5, sheets = ?6, costs = ?7 WHERE "
      "company = ?1 AND id = (SELECT ";
  const std::string_view column = entry.direction == Direction::sent ? "sent_entry" : "received_entry";
  return connection.later(std::string(sets) + std::string(column) + " FROM documents WHERE id = ?2)",
                          {entry.company, document, counted.deliveredAt, counted.openedAt, counted.wasStopped,
                           counted.sheets, encodedCosts(counted)});
}

}  // namespace

Outcome countFromEvents(Connection& connection) {
  Pending counted;
  const auto write = [&]() -> Outcome {
    CHECK_OK(writeDeltas(connection, counted.statistics));
    counted = {};
    // A later step packs.
    for (bool more = true; more;) {
      TRY(const auto folded, foldDeltas(connection, 2 * cells_at_once));
      more = folded.more;
    }
    return {};
  };
  CHECK_OK(eachDocument(connection, [&](DocumentId id) -> Outcome {
    TRY(const auto replayed, replay(connection, id));
    const auto& rows = replayed.projection.rows;
    if (replayed.isKnown) {
      CHECK_OK(keepCounted(connection, id, rows.sent));
      if (rows.inbox) CHECK_OK(keepCounted(connection, id, *rows.inbox));
      countChange(counted, nullptr, rows);
    } else {
      TRY(auto left, erased(connection, id));
      if (left) counted.add(std::move(left->counted));
    }
    return std::ssize(counted.statistics) < cells_at_once ? Outcome() : write();
  }));
  return write();
}

}  // namespace postgang::store::sql
