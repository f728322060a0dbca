#include "store/exports.h"

#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view select_export =
    "SELECT id, company, asker, by_whom, everything, form, language, filter, state, run, asked_at, moved_at, "
    "ended_at, documents, total, size, digest, sight, trouble FROM exports ";
constexpr std::string_view under_way = "state IN ('waiting', 'making')";

Export readExport(const sql::Row& row) {
  sql::Columns c(row);
  Export made;
  made.id = c.id<ExportId>();
  made.company = c.company();
  made.asker = c.text();
  made.by = c.text();
  made.everything = c.yes();
  made.form = c.text();
  made.language = c.text();
  made.filter = c.text();
  made.state = c.text();
  made.run = c.number();
  made.askedAt = c.instant();
  made.movedAt = c.instant();
  made.endedAt = c.maybe([](sql::Columns& column) { return column.instant(); });
  made.documents = c.number();
  made.total = c.number();
  made.size = c.number();
  made.digest = c.text();
  made.sight = c.text();
  made.trouble = c.text();
  return made;
}

Result<std::vector<Export>> exportsWhere(Reader& reader, std::string_view where,
                                         std::initializer_list<sql::Value> values) {
  std::vector<Export> found;
  CHECK_OK(reader.connection().run(std::string(select_export).append(where), values,
                                   [&](const sql::Row& row) { found.push_back(readExport(row)); }));
  return found;
}

Result<std::optional<Export>> first(Result<std::vector<Export>> found) {
  TRY(auto all, std::move(found));
  return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

}  // namespace

Outcome createExport(Transaction& tx, const Export& made) {
  CHECK_OK(tx.connection().run(
      "INSERT INTO exports (id, company, asker, by_whom, everything, form, language, filter, state, run, "
      "asked_at, moved_at, ended_at, documents, total, size, digest, sight, trouble) VALUES (?1, ?2, ?3, ?4, "
      "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
      {made.id, made.company, made.asker, made.by, made.everything, made.form, made.language, made.filter,
       made.state, made.run, made.askedAt, made.movedAt, made.endedAt, made.documents, made.total, made.size,
       made.digest, made.sight, made.trouble}));
  return {};
}

Result<std::vector<Export>> exportsOf(Reader& reader, std::string_view asker, CompanyId company) {
  return exportsWhere(reader, "WHERE asker = ?1 AND company = ?2 ORDER BY id DESC LIMIT 50",
                      {asker, company});
}

Result<std::optional<Export>> exportOf(Reader& reader, std::string_view asker, CompanyId company,
                                       ExportId id) {
  return first(exportsWhere(reader, "WHERE id = ?1 AND asker = ?2 AND company = ?3", {id, asker, company}));
}

Result<bool> removeExport(Transaction& tx, std::string_view asker, CompanyId company, ExportId id) {
  TRY(const auto gone,
      tx.connection().run("DELETE FROM exports WHERE id = ?1 AND asker = ?2 AND company = ?3",
                          {id, asker, company}));
  return gone > 0;
}

Result<ExportsUnderWay> exportsUnderWay(Reader& reader, std::string_view asker, CompanyId company) {
  ExportsUnderWay counts;
  CHECK_OK(reader.connection().run(
      "SELECT COUNT(*), COUNT(CASE WHEN asker = ?1 THEN 1 END), COUNT(CASE WHEN company = ?2 THEN 1 END) "
      "FROM exports WHERE " +
          std::string(under_way),
      {asker, company}, [&](const sql::Row& row) {
        counts.all = row.number(0);
        counts.ofAsker = row.number(1);
        counts.ofCompany = row.number(2);
      }));
  return counts;
}

Result<ExportsKept> exportsKept(Reader& reader, std::string_view asker, CompanyId company) {
  ExportsKept kept;
  CHECK_OK(reader.connection().run(
      "SELECT COUNT(CASE WHEN asker = ?1 THEN 1 END), CAST(COALESCE(SUM(CASE WHEN company = ?2 THEN size "
      "ELSE 0 END), 0) AS BIGINT) FROM exports WHERE state = 'done'",
      {asker, company}, [&](const sql::Row& row) {
        kept.ofAsker = row.number(0);
        kept.bytesOfCompany = row.number(1);
      }));
  return kept;
}

Result<std::optional<Export>> takeExport(Transaction& tx, Instant silent) {
  TRY(auto next, first(exportsWhere(tx,
                                    "WHERE state = 'waiting' OR (state = 'making' AND moved_at < ?1) ORDER "
                                    "BY (SELECT COUNT(*) FROM exports o WHERE o.company = exports.company "
                                    "AND o.state = 'making' AND o.moved_at >= ?1), (SELECT "
                                    "COALESCE(MAX(o.ended_at), 0) FROM exports o WHERE o.company = "
                                    "exports.company), id LIMIT 1",
                                    {silent})));
  if (!next) return next;
  const auto was = next->run++;
  next->state = "making";
  next->movedAt = tx.clock().now();
  TRY(const auto taken,
      tx.connection().run("UPDATE exports SET state = 'making', run = ?3, moved_at = ?4, documents = 0 "
                          "WHERE id = ?1 AND run = ?2",
                          {next->id, was, next->run, next->movedAt}));
  return taken > 0 ? std::move(next) : std::nullopt;
}

Result<bool> saveExport(Transaction& tx, const Export& made) {
  TRY(const auto kept,
      tx.connection().run("UPDATE exports SET state = ?3, moved_at = ?4, ended_at = ?5, documents = ?6, "
                          "total = ?7, size = ?8, digest = ?9, sight = ?10, trouble = ?11 WHERE id = ?1 AND "
                          "run = ?2 AND state <> 'waiting'",
                          {made.id, made.run, made.state, made.movedAt, made.endedAt, made.documents,
                           made.total, made.size, made.digest, made.sight, made.trouble}));
  return kept > 0;
}

Result<std::vector<Export>> exportsBefore(Reader& reader, std::string_view state, Instant before) {
  return exportsWhere(reader, "WHERE state = ?1 AND COALESCE(ended_at, moved_at) < ?2 ORDER BY id",
                      {state, before});
}

Outcome forgetExports(Transaction& tx, Instant before) {
  CHECK_OK(tx.connection().run(
      "DELETE FROM exports WHERE state IN ('removed', 'failed') AND COALESCE(ended_at, moved_at) < ?1",
      {before}));
  return {};
}

Result<bool> exportHasFile(Reader& reader, ExportId id) {
  bool has = false;
  CHECK_OK(reader.connection().run("SELECT 1 FROM exports WHERE id = ?1 AND state IN ('making', 'done')",
                                   {id}, [&](const sql::Row&) { has = true; }));
  return has;
}

}  // namespace postgang::store
