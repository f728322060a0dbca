#include "store/own_settings.h"

#include "store/news_kinds.h"
#include "store/sql/session.h"

namespace postgang::store {

Outcome putOwnSettings(Transaction& tx, UserId user, const OwnSettings& settings) {
  auto& connection = tx.connection();
  CHECK_OK(connection.later(
      "INSERT INTO own_settings (user_id, theme, also_seen, digest_hour) VALUES (?1, ?2, ?3, ?4) ON CONFLICT "
      "(user_id) DO UPDATE SET theme = excluded.theme, also_seen = excluded.also_seen, digest_hour = "
      "excluded.digest_hour",
      {user, settings.theme, settings.alsoSeen, settings.digestHour}));
  CHECK_OK(connection.later("DELETE FROM own_notices WHERE user_id = ?1", {user}));
  for (const auto& [kind, how] : settings.notices)
    CHECK_OK(connection.later("INSERT INTO own_notices (user_id, kind, how) VALUES (?1, ?2, ?3)",
                              {user, kind, how}));
  CHECK_OK(connection.later("DELETE FROM own_news WHERE user_id = ?1", {user}));
  for (const auto& [kind, shown] : settings.portal)
    CHECK_OK(connection.later("INSERT INTO own_news (user_id, kind, shown) VALUES (?1, ?2, ?3)",
                              {user, kind, shown}));
  return {};
}

Result<OwnSettings> ownSettings(Reader& reader, UserId user) {
  OwnSettings settings;
  CHECK_OK(
      reader.connection().run("SELECT theme, also_seen, digest_hour FROM own_settings WHERE user_id = ?1",
                              {user}, [&](const sql::Row& row) {
                                sql::Columns c(row);
                                settings.theme = c.text();
                                settings.alsoSeen = c.yes();
                                settings.digestHour = c.small();
                              }));
  CHECK_OK(reader.connection().run("SELECT kind, how FROM own_notices WHERE user_id = ?1", {user},
                                   [&](const sql::Row& row) {
                                     sql::Columns c(row);
                                     auto kind = c.text();
                                     settings.notices[std::move(kind)] = c.text();
                                   }));
  CHECK_OK(reader.connection().run("SELECT kind, shown FROM own_news WHERE user_id = ?1", {user},
                                   [&](const sql::Row& row) {
                                     sql::Columns c(row);
                                     auto kind = c.text();
                                     settings.portal[std::move(kind)] = c.yes();
                                   }));
  return settings;
}

Result<bool> wantsEach(Reader& reader, std::string_view email, std::string_view kind) {
  const auto* news = newsKind(kind);
  bool wants = !news || news->mail == "each";
  CHECK_OK(reader.connection().run(
      "SELECT n.how FROM own_notices n JOIN users u ON u.id = n.user_id WHERE u.email = ?1 AND n.kind = ?2",
      {email, kind}, [&](const sql::Row& row) { wants = sql::Columns(row).view() == "each"; }));
  return wants;
}

Outcome putSavedViews(Transaction& tx, UserId user, const std::vector<SavedView>& views) {
  auto& connection = tx.connection();
  CHECK_OK(connection.later("DELETE FROM saved_views WHERE user_id = ?1", {user}));
  int position = 0;
  for (const auto& view : views)
    CHECK_OK(connection.later(
        "INSERT INTO saved_views (user_id, position, id, list, name, query) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        {user, position++, view.id, view.list, view.name, view.query}));
  return {};
}

Result<std::vector<SavedView>> savedViews(Reader& reader, UserId user) {
  std::vector<SavedView> views;
  CHECK_OK(reader.connection().run(
      "SELECT id, list, name, query FROM saved_views WHERE user_id = ?1 ORDER BY position", {user},
      [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& view = views.emplace_back();
        view.id = c.id<SavedViewId>();
        view.list = c.text();
        view.name = c.text();
        view.query = c.text();
      }));
  return views;
}

}  // namespace postgang::store
