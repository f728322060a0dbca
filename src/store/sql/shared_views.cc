#include "store/shared_views.h"

#include <algorithm>

#include "store/sql/rows.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view select_view =
    "SELECT id, company, list, name, query, made_by, made_by_name, made_at FROM shared_views ";

SharedView readView(const sql::Row& row) {
  sql::Columns c(row);
  SharedView view;
  view.id = c.id<SharedViewId>();
  view.company = c.company();
  view.list = c.text();
  view.name = c.text();
  view.query = c.text();
  view.maker = c.text();
  view.by = c.text();
  view.madeAt = c.instant();
  return view;
}

}  // namespace

Outcome shareView(Transaction& tx, const SharedView& view) {
  std::int64_t there = 0;
  CHECK_OK(tx.connection().run("SELECT COUNT(*) FROM shared_views WHERE company = ?1", {view.company},
                               [&](const sql::Row& row) { there = row.number(0); }));
  if (there >= shared_views_max)
    return fail(ProblemKind::conflict, "shared-views-full",
                "The company has " + std::to_string(shared_views_max) + " shared views already.", {},
                "Remove one that nobody needs.");
  CHECK_OK(tx.connection().run(
      "INSERT INTO shared_views (id, company, list, name, query, made_by, made_by_name, made_at) VALUES (?1, "
      "?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      {view.id, view.company, view.list, view.name, view.query, view.maker, view.by, view.madeAt}));
  return {};
}

Result<std::vector<SharedView>> sharedViews(Reader& reader, const Viewer& viewer, CompanyId company) {
  std::vector<SharedView> views;
  if (!viewer.sees(company)) return views;
  CHECK_OK(reader.connection().run(std::string(select_view) + "WHERE company = ?1", {company},
                                   [&](const sql::Row& row) { views.push_back(readView(row)); }));
  std::ranges::sort(views, {},
                    [](const SharedView& view) { return std::pair(sql::sortedName(view.name), view.id); });
  return views;
}

Result<std::optional<SharedView>> sharedView(Reader& reader, const Viewer& viewer, CompanyId company,
                                             SharedViewId id) {
  std::optional<SharedView> found;
  if (!viewer.sees(company)) return found;
  CHECK_OK(reader.connection().run(std::string(select_view) + "WHERE id = ?1 AND company = ?2", {id, company},
                                   [&](const sql::Row& row) { found = readView(row); }));
  return found;
}

Outcome removeSharedView(Transaction& tx, CompanyId company, SharedViewId id) {
  CHECK_OK(tx.connection().run("DELETE FROM shared_views WHERE id = ?1 AND company = ?2", {id, company}));
  return {};
}

}  // namespace postgang::store
