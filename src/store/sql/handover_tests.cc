#include "store/handovers.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view columns =
    "id, company, kind, way, number, started_at, state, evidence, detail, ended_at, fetched_at";

HandoverTest readTest(sql::Columns& c) {
  HandoverTest test;
  test.id = c.id<HandoverTestId>();
  test.company = c.company();
  test.kind = c.text();
  test.way = c.text();
  test.number = c.text();
  test.startedAt = c.instant();
  test.state = c.text();
  test.evidence = c.text();
  test.detail = c.text();
  const auto instant = [](sql::Columns& column) { return column.instant(); };
  test.endedAt = c.maybe(instant);
  test.fetchedAt = c.maybe(instant);
  return test;
}

}  // namespace

Outcome createHandoverTest(Transaction& tx, const HandoverTest& test) {
  CHECK_OK(tx.connection().run(
      "INSERT INTO handover_tests (id, company, kind, way, number, original, started_at, state, evidence, "
      "detail, ended_at, fetched_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
      {test.id, test.company, test.kind, test.way, test.number, test.original, test.startedAt, test.state,
       test.evidence, test.detail, test.endedAt, test.fetchedAt}));
  return {};
}

Outcome updateHandoverTest(Transaction& tx, const HandoverTest& test) {
  CHECK_OK(
      tx.connection().run("UPDATE handover_tests SET state = ?2, evidence = ?3, detail = ?4, ended_at = ?5, "
                          "fetched_at = ?6 WHERE "
                          "id = ?1",
                          {test.id, test.state, test.evidence, test.detail, test.endedAt, test.fetchedAt}));
  return {};
}

Result<std::optional<HandoverTest>> handoverTest(Reader& reader, CompanyId company, HandoverTestId id) {
  std::optional<HandoverTest> found;
  const auto statement =
      "SELECT " + std::string(columns) + ", original FROM handover_tests WHERE id = ?1 AND company = ?2";
  CHECK_OK(reader.connection().run(statement, {id, company}, [&](const sql::Row& row) {
    sql::Columns c(row);
    found = readTest(c);
    found->original = c.text();
  }));
  return found;
}

Result<std::vector<HandoverTest>> handoverTests(Reader& reader, CompanyId company, int limit) {
  std::vector<HandoverTest> found;
  const auto statement =
      "SELECT " + std::string(columns) + " FROM handover_tests WHERE company = ?1 ORDER BY id DESC LIMIT ?2";
  CHECK_OK(reader.connection().run(statement, {company, limit}, [&](const sql::Row& row) {
    sql::Columns c(row);
    found.push_back(readTest(c));
  }));
  return found;
}

Outcome forgetHandoverTests(Transaction& tx, CompanyId company, int keep) {
  CHECK_OK(tx.connection().run(
      "DELETE FROM handover_tests WHERE company = ?1 AND id NOT IN (SELECT id FROM handover_tests WHERE "
      "company = ?1 ORDER BY id DESC LIMIT ?2)",
      {company, keep}));
  return {};
}

}  // namespace postgang::store
