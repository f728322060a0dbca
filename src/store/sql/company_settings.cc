#include "store/company_settings.h"

#include "store/sql/session.h"

namespace postgang::store {
namespace {

// From the company upwards, the nearest first. The depth ends the walk even if somebody has tied the tree
// into a ring.
constexpr std::string_view above =
    "WITH RECURSIVE above(id, depth) AS (SELECT id, CAST(0 AS BIGINT) FROM companies WHERE id = ?1 UNION ALL "
    "SELECT c.parent, a.depth + 1 FROM companies c JOIN above a ON c.id = a.id WHERE c.parent IS NOT NULL "
    "AND "
    "a.depth < 1000) SELECT s.key, a.depth, s.company, n.name, s.value, s.changed_at, s.changed_by FROM "
    "above "
    "a JOIN company_settings s ON s.company = a.id JOIN companies n ON n.id = a.id";

void take(const sql::Row& row, std::vector<CompanySetting>& found) {
  sql::Columns c(row);
  auto key = c.text();
  const auto depth = c.number();
  if (found.empty() || found.back().key != key) found.push_back({std::move(key), {}, {}});
  auto& place = depth == 0 ? found.back().own : found.back().inherited;
  if (place) return;  // a nearer one has set it
  auto& value = place.emplace();
  value.company = c.company();
  value.companyName = c.text();
  value.value = c.text();
  value.changedAt = c.instant();
  value.changedBy = c.text();
}

}  // namespace

Result<std::vector<CompanySetting>> companySettings(Reader& reader, CompanyId company) {
  static const std::string statement = std::string(above) + " ORDER BY s.key, a.depth";
  std::vector<CompanySetting> found;
  CHECK_OK(reader.connection().run(statement, {company}, [&](const sql::Row& row) { take(row, found); }));
  return found;
}

Result<CompanySetting> companySetting(Reader& reader, CompanyId company, std::string_view key) {
  static const std::string statement = std::string(above) + " WHERE s.key = ?2 ORDER BY a.depth";
  std::vector<CompanySetting> found;
  CHECK_OK(
      reader.connection().run(statement, {company, key}, [&](const sql::Row& row) { take(row, found); }));
  if (found.empty()) return CompanySetting{std::string(key), {}, {}};
  return std::move(found.front());
}

Outcome setCompanySetting(Transaction& tx, CompanyId company, std::string_view key, std::string_view value,
                          std::string_view changedBy) {
  CHECK_OK(tx.connection().run(
      "INSERT INTO company_settings (company, key, value, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, "
      "?5) "
      "ON CONFLICT (company, key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at, "
      "changed_by = excluded.changed_by",
      {company, key, value, tx.clock().now(), changedBy}));
  return {};
}

Outcome unsetCompanySetting(Transaction& tx, CompanyId company, std::string_view key) {
  CHECK_OK(
      tx.connection().run("DELETE FROM company_settings WHERE company = ?1 AND key = ?2", {company, key}));
  return {};
}

}  // namespace postgang::store
