#include "store/watched_folders.h"

#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view select_file =
    "SELECT name, digest, size, state, seen_at, document, words FROM watched_files WHERE company = ?1";

WatchedFile readFile(const sql::Row& row) {
  sql::Columns c(row);
  WatchedFile file;
  file.name = c.text();
  file.digest = c.digest();
  file.size = c.number();
  file.state = c.text();
  file.seenAt = c.instant();
  file.document = c.maybe([](sql::Columns& column) { return column.id<DocumentId>(); });
  file.words = c.text();
  return file;
}

}  // namespace

Result<std::optional<WatchedFolder>> watchedFolder(Reader& reader, CompanyId company) {
  std::optional<WatchedFolder> found;
  CHECK_OK(reader.connection().run(
      "SELECT settings, version, changed_at, changed_by, looked_at, trouble FROM watched_folders WHERE "
      "company "
      "= ?1",
      {company}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& folder = found.emplace();
        folder.settings = c.text();
        folder.version = c.number();
        folder.changedAt = c.instant();
        folder.changedBy = c.text();
        folder.lookedAt = c.maybe([](sql::Columns& column) { return column.instant(); });
        folder.trouble = c.text();
      }));
  return found;
}

Outcome setWatchedFolder(Transaction& tx, CompanyId company, const WatchedFolder& folder) {
  TRY(const auto done,
      tx.connection().run(
          "INSERT INTO watched_folders (company, settings, version, changed_at, changed_by, trouble) VALUES "
          "(?1, ?2, ?3 + 1, ?4, ?5, '') ON CONFLICT (company) DO UPDATE SET settings = excluded.settings, "
          "version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by, "
          "looked_at = NULL, trouble = '' WHERE watched_folders.version = ?3",
          {company, folder.settings, folder.version, folder.changedAt, folder.changedBy}));
  if (done == 1) return {};
  return fail(ProblemKind::conflict, "handover-settings-changed",
              "Somebody else has changed these settings meanwhile.", {},
              "Read them again, and then say what you want changed.");
}

Outcome noteLook(Transaction& tx, CompanyId company, Instant at, std::string_view trouble) {
  CHECK_OK(tx.connection().run("UPDATE watched_folders SET looked_at = ?2, trouble = ?3 WHERE company = ?1",
                               {company, at, trouble}));
  return {};
}

Result<std::optional<WatchedFile>> watchedFile(Reader& reader, CompanyId company, std::string_view name,
                                               const Digest& digest) {
  std::optional<WatchedFile> found;
  CHECK_OK(reader.connection().run(std::string(select_file) + " AND name = ?2 AND digest = ?3",
                                   {company, name, digest},
                                   [&](const sql::Row& row) { found = readFile(row); }));
  return found;
}

Outcome putWatchedFile(Transaction& tx, CompanyId company, const WatchedFile& file) {
  CHECK_OK(tx.connection().run(
      "INSERT INTO watched_files (company, name, digest, size, state, seen_at, document, words) VALUES (?1, "
      "?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (company, name, digest) DO UPDATE SET state = excluded.state, "
      "seen_at = excluded.seen_at, document = excluded.document, words = excluded.words",
      {company, file.name, file.digest, file.size, file.state, file.seenAt, file.document, file.words}));
  return {};
}

Result<std::vector<WatchedFile>> watchedFiles(Reader& reader, CompanyId company, int limit) {
  std::vector<WatchedFile> found;
  CHECK_OK(reader.connection().run(std::string(select_file) + " ORDER BY seen_at DESC, name LIMIT ?2",
                                   {company, limit},
                                   [&](const sql::Row& row) { found.push_back(readFile(row)); }));
  return found;
}

Outcome forgetWatchedFiles(Transaction& tx, CompanyId company, Instant before) {
  CHECK_OK(tx.connection().run("DELETE FROM watched_files WHERE company = ?1 AND seen_at < ?2",
                               {company, before}));
  return {};
}

}  // namespace postgang::store
