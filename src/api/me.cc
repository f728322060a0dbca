// /me: the user's own settings, whatever its role: name, language, theme, what is told how, saved views.
#include <algorithm>

#include "api/json_body.h"
#include "api/membership_shape.h"
#include "api/notice_choices.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/saved_view.h"
#include "api/shapes.h"
#include "store/own_settings.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

Result<net::Reply> meReply(Parts& parts, const store::User& user) {
  TRY(const auto own, readFrom(parts.context.store,
                               [&](store::Reader& reader) { return store::ownSettings(reader, user.id); }));
  json::object shape{{"id", user.id.text()}, {"name", user.name},
                     {"email", user.email},  {"language", user.language},
                     {"theme", own.theme},   {"memberships", membershipsShape(user.memberships)}};
  addNoticeChoices(shape, user, own);
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> changeMe(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"name", "language", "theme", "notices", "portal",
                                                   "alsoSeen", "digestHour"}));
  const auto& user = *call.caller->user;
  TRY(const auto name, body.maybeText("name", 200));
  TRY(const auto language, body.maybeText("language", 10));
  TRY(const auto theme, body.maybeText("theme", 10));
  if (theme && *theme != "system" && *theme != "light" && *theme != "dark")
    return fieldInvalid("/theme", "A theme is system, light or dark.");
  if (name || language)
    CHECK_OK(parts.context.access.renameSelf(*call.caller, name.value_or(user.name),
                                             language.value_or(user.language)));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto own, store::ownSettings(tx, user.id));
    if (theme) own.theme = *theme;
    CHECK_OK(readNoticeChoices(body, user, own));
    return store::putOwnSettings(tx, user.id, own);
  }));
  TRY(const auto now,
      readFrom(parts.context.store, [&](store::Reader& reader) { return store::user(reader, user.id); }));
  return meReply(parts, now.value_or(user));
}

Result<net::Reply> viewsReply(Parts& parts, UserId user) {
  TRY(const auto views,
      readFrom(parts.context.store, [&](store::Reader& reader) { return store::savedViews(reader, user); }));
  json::array items;
  for (const auto& view : views)
    items.push_back(json::object{
        {"id", view.id.text()}, {"list", view.list}, {"name", view.name}, {"query", view.query}});
  return net::Reply::json(json::serialize(listShape(std::move(items))));
}

Result<store::SavedView> viewIn(Parts& parts, const json::value& value, const std::string& pointer) {
  TRY(const auto item, JsonBody::of(value, pointer, {"id", "list", "name", "query"}));
  TRY(const auto id, item.maybeText("id", 36));
  const auto known = id ? store::SavedViewId::parse(*id) : std::nullopt;
  if (id && !known) return fieldInvalid(pointer + "/id", "This is no id.");
  TRY(auto view, savedViewIn(item));
  view.id = known ? *known : parts.ids.next<store::SavedViewId>();
  return view;
}

Result<net::Reply> putViews(Parts& parts, const Call& call) {
  constexpr std::size_t bytes_max = std::size_t{512} * 1024;
  TRY(const auto body, JsonBody::of(call.request, {"items"}, bytes_max));
  TRY(const auto* items, body.array("items", store::saved_views_max));
  if (!items) return fieldInvalid("/items", "This is missing.");
  std::vector<store::SavedView> views;
  for (std::size_t i = 0; i < items->size(); ++i) {
    TRY(auto view, viewIn(parts, (*items)[i], body.pointerTo("items", i)));
    views.push_back(std::move(view));
  }
  const auto user = call.caller->user->id;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return store::putSavedViews(tx, user, views);
  }));
  return viewsReply(parts, user);
}

}  // namespace

void addMeRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/me",
             parts.guard.person([&](const Call& call) { return meReply(parts, *call.caller->user); }));
  router.add("PATCH", "/api/v1/me",
             parts.guard.person([&](const Call& call) { return changeMe(parts, call); }),
             JsonBody::bytes_max);
  router.add("GET", "/api/v1/me/views",
             parts.guard.person([&](const Call& call) { return viewsReply(parts, call.caller->user->id); }));
  router.add("PUT", "/api/v1/me/views",
             parts.guard.person([&](const Call& call) { return putViews(parts, call); }),
             std::size_t{512} * 1024);
}

}  // namespace postgang::api
