#include "store/archives.h"

#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view select_archive =
    "SELECT id, company, by_whom, state, started_at, moved_at, ended_at, documents, total, size, trouble "
    "FROM "
    "archives ";

Archive readArchive(const sql::Row& row) {
  sql::Columns c(row);
  Archive archive;
  archive.id = c.id<ArchiveId>();
  archive.company = c.company();
  archive.by = c.text();
  archive.state = c.text();
  archive.startedAt = c.instant();
  archive.movedAt = c.instant();
  archive.endedAt = c.maybe([](sql::Columns& column) { return column.instant(); });
  archive.documents = c.number();
  archive.total = c.number();
  archive.size = c.number();
  archive.trouble = c.text();
  return archive;
}

}  // namespace

Outcome putArchive(Transaction& tx, const Archive& archive) {
  CHECK_OK(tx.connection().run(
      "INSERT INTO archives (id, company, by_whom, state, started_at, moved_at, ended_at, documents, total, "
      "size, trouble) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (id) DO UPDATE SET "
      "state = excluded.state, moved_at = excluded.moved_at, ended_at = excluded.ended_at, documents = "
      "excluded.documents, total = excluded.total, size = excluded.size, trouble = excluded.trouble",
      {archive.id, archive.company, archive.by, archive.state, archive.startedAt, archive.movedAt,
       archive.endedAt, archive.documents, archive.total, archive.size, archive.trouble}));
  return {};
}

Result<std::vector<Archive>> listArchives(Reader& reader, const Viewer& viewer, CompanyId company) {
  std::vector<Archive> archives;
  if (!viewer.sees(company)) return archives;
  CHECK_OK(
      reader.connection().run(std::string(select_archive) + "WHERE company = ?1 ORDER BY id DESC LIMIT 50",
                              {company}, [&](const sql::Row& row) { archives.push_back(readArchive(row)); }));
  return archives;
}

Result<std::optional<Archive>> archive(Reader& reader, const Viewer& viewer, CompanyId company,
                                       ArchiveId id) {
  std::optional<Archive> found;
  if (!viewer.sees(company)) return found;
  CHECK_OK(reader.connection().run(std::string(select_archive) + "WHERE id = ?1 AND company = ?2",
                                   {id, company}, [&](const sql::Row& row) { found = readArchive(row); }));
  return found;
}

Result<std::vector<Archive>> archivesBefore(Reader& reader, std::string_view state, Instant before) {
  std::vector<Archive> archives;
  CHECK_OK(reader.connection().run(
      std::string(select_archive) + "WHERE state = ?1 AND COALESCE(ended_at, moved_at) < ?2 ORDER BY id",
      {state, before}, [&](const sql::Row& row) { archives.push_back(readArchive(row)); }));
  return archives;
}

}  // namespace postgang::store
