// The findings that stand beside a document's rows.
#include "store/sql/facts.h"
#include "store/sql/rows.h"

namespace postgang::store::sql {

Outcome loadFindings(Connection& connection, Rows& rows) {
  rows.findings.clear();
  CHECK_OK(connection.run(
      "SELECT id, severity, term, place, value, detail, advice, parameters FROM findings WHERE document = ?1 "
      "ORDER BY position",
      {rows.id}, [&](const Row& row) {
        Columns c(row);
        auto& finding = rows.findings.emplace_back();
        for (auto* text : {&finding.id, &finding.severity, &finding.term, &finding.place, &finding.value,
                           &finding.detail, &finding.advice})
          *text = c.text();
        finding.parameters = decodedMap(c.view());
      }));
  return {};
}

Outcome writeFindings(Connection& connection, const Rows& rows) {
  if (!rows.findingsChanged) return {};
  CHECK_OK(connection.later("DELETE FROM findings WHERE document = ?1", {rows.id}));
  std::int64_t position = 0;
  for (const auto& finding : rows.findings)
    CHECK_OK(
        connection.later("INSERT INTO findings (document, position, id, severity, term, place, value, "
                         "detail, advice, parameters) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                         {rows.id, ++position, finding.id, finding.severity, finding.term, finding.place,
                          finding.value, finding.detail, finding.advice, encodedMap(finding.parameters)}));
  return {};
}

}  // namespace postgang::store::sql
