#include "store/repetition.h"

#include "store/sql/dialect.h"
#include "store/sql/rows.h"
#include "store/sql/session.h"

namespace postgang::store {

Result<std::vector<ReceivedBefore>> receivedBefore(Reader& reader, const Viewer& viewer,
                                                   const RepetitionQuery& query) {
  std::vector<ReceivedBefore> documents;
  if (!viewer.sees(query.receiver) || query.number.empty()) return documents;
  const auto dialect = reader.connection().dialect();
  std::vector<std::string> counterparts;
  for (const auto& one : query.counterparts) counterparts.push_back(sql::indexed(one));
  // SQLite, which knows no statistics, would go through everything that came since.
  const std::string index = dialect == sql::Dialect::sqlite ? " INDEXED BY entries_number" : "";
  const auto statement =
      "SELECT d.id, COALESCE(d.root, d.id), e.received_at FROM entries e" + index +
      " JOIN documents d ON d.id = "
      "e.document WHERE e.company = ?1 AND e.number <> '' AND e.number = ?2 AND e.direction = 'received' AND "
      "e.received_at >= ?3 AND e.received_at < ?4 AND e.status NOT IN ('stopped', 'returned', 'rejected', "
      "'failed', 'superseded', 'cancelled') AND " +
      sql::textsClause(dialect, "e.counterpart", "?5") + " ORDER BY e.received_at DESC LIMIT ?6";
  CHECK_OK(reader.connection().run(statement,
                                   {query.receiver, sql::indexed(query.number), query.since, query.before,
                                    sql::textsValue(dialect, counterparts), query.limit},
                                   [&](const sql::Row& row) {
                                     sql::Columns c(row);
                                     auto& found = documents.emplace_back();
                                     found.document = c.id<DocumentId>();
                                     found.root = c.id<DocumentId>();
                                     found.receivedAt = c.instant();
                                   }));
  return documents;
}

}  // namespace postgang::store
