#include "store/filters.h"

#include "store/sql/session.h"

namespace postgang::store {
namespace {

auto filterNotFound() {
  return fail(ProblemKind::not_found, "not-found", "There is no such filter.");
}

Outcome addVersion(Transaction& tx, FilterId id, std::int64_t version, const FilterContent& content,
                   const Actor& by) {
  const auto activeFrom = content.active ? content.activeFrom : std::nullopt;
  TRY(const auto made,
      tx.connection().run(
          "INSERT INTO filter_versions (filter, version, at, by_id, by_name, comment, name, active, "
          "active_from, rules, rules_digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON "
          "CONFLICT DO NOTHING",
          {id, version, tx.clock().now(), by.id, by.name, content.comment, content.name, content.active,
           activeFrom, content.rules, sha256(content.rules)}));
  if (made == 1) return {};
  return fail(ProblemKind::conflict, "filter-changed", "Somebody else has changed this filter meanwhile.", {},
              "Read it again and make the change there.");
}

constexpr std::string_view select_filter =
    "SELECT f.id, f.company, f.created_at, v.version, v.at, v.by_id, v.by_name, v.comment, v.name, v.active, "
    "v.active_from, v.rules FROM filters f JOIN filter_versions v ON v.filter = f.id";

FilterVersion readVersion(sql::Columns& c) {
  FilterVersion version;
  version.version = c.number();
  version.at = c.instant();
  version.by.id = c.text();
  version.by.name = c.text();
  version.content.comment = c.text();
  version.content.name = c.text();
  version.content.active = c.yes();
  version.content.activeFrom = c.maybe([](sql::Columns& column) { return column.instant(); });
  version.content.rules = c.text();
  return version;
}

Filter readFilter(const sql::Row& row) {
  sql::Columns c(row);
  Filter filter;
  filter.id = c.id<FilterId>();
  filter.company = c.company();
  filter.createdAt = c.instant();
  filter.newest = readVersion(c);
  return filter;
}

// Whoever wrote it last: who that was helps the one who was too late.
tl::unexpected<Problem> changedBy(const Filter& filter) {
  auto problem =
      fail(ProblemKind::conflict, "filter-changed", "Somebody else has changed this filter meanwhile.",
           "/version", "Read it again and make the change there.");
  problem.value().parameters = {{"version", std::to_string(filter.newest.version)},
                                {"by", filter.newest.by.name}};
  return problem;
}

Result<std::int64_t> step(Transaction& tx, const Filter& filter, const FilterContent& content,
                          const Actor& by) {
  const auto version = filter.newest.version + 1;
  TRY(const auto changed,
      tx.connection().run("UPDATE filters SET version = ?2 WHERE id = ?1 AND version = ?3",
                          {filter.id, version, filter.newest.version}));
  if (changed != 1) return changedBy(filter);
  CHECK_OK(addVersion(tx, filter.id, version, content, by));
  return version;
}

}  // namespace

Outcome createFilter(Transaction& tx, CompanyId company, FilterId id, const FilterContent& content,
                     const Actor& by) {
  CHECK_OK(
      tx.connection().run("INSERT INTO filters (id, company, version, created_at) VALUES (?1, ?2, 1, ?3)",
                          {id, company, tx.clock().now()}));
  return addVersion(tx, id, 1, content, by);
}

Result<std::int64_t> changeFilter(Transaction& tx, const Viewer& viewer, CompanyId company, FilterId id,
                                  std::int64_t edited, const FilterContent& content) {
  TRY(const auto now, filter(tx, viewer, company, id));
  if (now.newest.version != edited) return changedBy(now);
  return step(tx, now, content, viewer.actor());
}

Result<std::int64_t> restoreFilter(Transaction& tx, const Viewer& viewer, CompanyId company, FilterId id,
                                   std::int64_t version) {
  TRY(const auto now, filter(tx, viewer, company, id));
  TRY(const auto versions, filterVersions(tx, viewer, company, id));
  for (const auto& earlier : versions) {
    if (earlier.version != version) continue;
    auto content = earlier.content;
    content.activeFrom.reset();
    content.comment.clear();
    return step(tx, now, content, viewer.actor());
  }
  return filterNotFound();
}

Outcome deleteFilter(Transaction& tx, const Viewer& viewer, CompanyId company, FilterId id) {
  if (!viewer.sees(company)) return filterNotFound();
  TRY(const auto changed,
      tx.connection().run(
          "UPDATE filters SET deleted_at = ?3 WHERE id = ?1 AND company = ?2 AND deleted_at IS NULL",
          {id, company, tx.clock().now()}));
  if (changed != 1) return filterNotFound();
  return {};
}

Result<std::vector<Filter>> listFilters(Reader& reader, const Viewer& viewer, CompanyId company) {
  std::vector<Filter> filters;
  if (!viewer.sees(company)) return filters;
  static const std::string statement =
      std::string(select_filter) +
      " AND v.version = f.version WHERE f.company = ?1 AND f.deleted_at IS NULL ORDER BY f.created_at DESC, "
      "f.id DESC";
  CHECK_OK(reader.connection().run(statement, {company},
                                   [&](const sql::Row& row) { filters.push_back(readFilter(row)); }));
  return filters;
}

Result<Filter> filter(Reader& reader, const Viewer& viewer, CompanyId company, FilterId id) {
  if (!viewer.sees(company)) return filterNotFound();
  std::optional<Filter> found;
  static const std::string statement =
      std::string(select_filter) +
      " AND v.version = f.version WHERE f.id = ?1 AND f.company = ?2 AND f.deleted_at IS NULL";
  CHECK_OK(reader.connection().run(statement, {id, company},
                                   [&](const sql::Row& row) { found = readFilter(row); }));
  if (!found) return filterNotFound();
  return std::move(*found);
}

Result<std::vector<FilterVersion>> filterVersions(Reader& reader, const Viewer& viewer, CompanyId company,
                                                  FilterId id) {
  if (!viewer.sees(company)) return filterNotFound();
  std::vector<FilterVersion> versions;
  static const std::string statement =
      std::string(select_filter) + " WHERE f.id = ?1 AND f.company = ?2 ORDER BY v.version DESC";
  CHECK_OK(reader.connection().run(statement, {id, company},
                                   [&](const sql::Row& row) { versions.push_back(readFilter(row).newest); }));
  if (versions.empty()) return filterNotFound();
  return versions;
}

Result<std::vector<ActiveFilter>> activeFilters(Reader& reader, CompanyId company, Instant at) {
  std::vector<ActiveFilter> filters;
  CHECK_OK(reader.connection().run(
      "SELECT f.id, v.version, v.rules_digest FROM filters f JOIN filter_versions v ON v.filter = f.id AND "
      "v.version = (SELECT MAX(w.version) FROM filter_versions w WHERE w.filter = f.id AND (w.active_from IS "
      "NULL OR w.active_from <= ?2)) WHERE f.company = ?1 AND f.deleted_at IS NULL AND v.active = 1 ORDER BY "
      "f.created_at, f.id",
      {company, at}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& filter = filters.emplace_back();
        filter.id = c.id<FilterId>();
        filter.version = c.number();
        filter.rulesDigest = c.digest();
      }));
  return filters;
}

Result<std::string> filterRules(Reader& reader, FilterId id, std::int64_t version) {
  std::optional<std::string> rules;
  CHECK_OK(reader.connection().run("SELECT rules FROM filter_versions WHERE filter = ?1 AND version = ?2",
                                   {id, version},
                                   [&](const sql::Row& row) { rules = std::string(row.bytes(0)); }));
  if (!rules) return filterNotFound();
  return std::move(*rules);
}

Result<std::vector<FilterStops>> stopsByFilter(Reader& reader, const Viewer& viewer, CompanyId company,
                                               Instant since) {
  std::vector<FilterStops> counts;
  if (!viewer.sees(company)) return counts;
  CHECK_OK(reader.connection().run(
      "SELECT filter, COUNT(*) FROM stops WHERE receiver = ?1 AND at >= ?2 AND filter <> '' GROUP BY filter",
      {company, since}, [&](const sql::Row& row) {
        sql::Columns c(row);
        const auto id = FilterId::parse(c.view());
        if (id) counts.push_back({*id, c.number()});
      }));
  return counts;
}

}  // namespace postgang::store
