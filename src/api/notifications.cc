// /notifications: what the person who asks has been told, in whichever company; and the link by which a
// mail's reader says that it wants no more of them, which takes no account.
#include <memory>

#include "access/hearing.h"
#include "access/manage.h"
#include "api/json_body.h"
#include "api/link_limit.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/turn_off.h"
#include "flow/news_mailing.h"
#include "flow/words.h"
#include "store/notifications.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t kind_points_max = 40, cursor_points_max = 200, ids_max = 200;
constexpr std::size_t id_length = 36, instant_points_max = 40, token_bytes_max = 1000;
constexpr std::size_t unsubscribe_bytes_max = 4096;

json::object wordsShape(const store::NewsWords& words) {
  json::object shape;
  for (const auto& [name, value] : words) shape[name] = value;
  return shape;
}

Result<json::object> shapeOf(store::Reader& reader, const store::Notification& row) {
  TRY(const auto company, store::company(reader, row.company));
  return json::object{{"id", row.id.text()},
                      {"kind", row.kind},
                      {"company", {{"id", companyIdText(company.id)}, {"name", company.name}}},
                      {"documentId", row.document ? json::value(row.document->text()) : json::value(nullptr)},
                      {"type", row.type ? json::value(document::name(*row.type)) : json::value(nullptr)},
                      {"count", row.count},
                      {"words", wordsShape(row.words)},
                      {"path", row.path},
                      {"at", row.lastAt.text()},
                      {"firstAt", row.firstAt.text()},
                      {"readAt", instantOrNull(row.readAt)}};
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"kind", "unread", "limit", "cursor"}));
  store::NotificationQuery query;
  TRY(query.kind, textParameter(call.request, "kind", kind_points_max));
  if (!query.kind.empty() && !store::newsKind(query.kind))
    return parameterInvalid("kind", "There is no such kind.");
  TRY(const auto unread, textParameter(call.request, "unread", 5));
  if (!unread.empty() && unread != "true" && unread != "false")
    return parameterInvalid("unread", "This is true or false.");
  query.unreadOnly = unread == "true";
  TRY(query.limit, limitParameter(call.request));
  TRY(query.cursor, textParameter(call.request, "cursor", cursor_points_max));
  std::optional<std::string> nextCursor;
  json::array items;
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) -> Outcome {
    items.clear();
    TRY(const auto hearer, access::hearerOf(reader, *call.caller->user));
    TRY(const auto page, store::listNotifications(reader, hearer, query));
    for (const auto& row : page.items) {
      TRY(auto shape, shapeOf(reader, row));
      items.push_back(std::move(shape));
    }
    nextCursor = page.nextCursor;
    return {};
  }));
  return net::Reply::json(json::serialize(listShape(std::move(items), nextCursor)));
}

Result<net::Reply> counts(Parts& parts, const Call& call) {
  TRY(const auto counted,
      readFrom(parts.context.store,
               [&](store::Reader& reader) -> Result<std::vector<store::NotificationCount>> {
                 TRY(const auto hearer, access::hearerOf(reader, *call.caller->user));
                 return store::countNotifications(reader, hearer);
               }));
  json::array kinds;
  std::int64_t unread = 0;
  for (const auto& each : counted) {
    unread += each.unread;
    kinds.push_back(json::object{{"kind", each.kind}, {"unread", each.unread}});
  }
  return net::Reply::json(json::serialize(json::object{{"unread", unread}, {"kinds", std::move(kinds)}}));
}

Result<net::Reply> countsReply(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  return counts(parts, call);
}

// Several, or all until an instant: what comes or grows after it has not been read.
Result<net::Reply> read(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"ids", "until"}));
  TRY(const auto texts, body.texts("ids", ids_max, id_length));
  TRY(const auto until, body.maybeText("until", instant_points_max));
  std::vector<store::NotificationId> ids;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto id = store::NotificationId::parse(texts[i]);
    if (!id) return fieldInvalid(body.pointerTo("ids", i), "This is no id.");
    ids.push_back(*id);
  }
  const auto at = until ? Instant::parse(*until) : std::nullopt;
  if (until && !at) return fieldInvalid("/until", "This is no instant.");
  if (ids.empty() && !at) return fieldInvalid("/ids", "Which ones, or until when, is missing.");
  const auto user = call.caller->user->id;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    const auto now = tx.clock().now();
    CHECK_OK(store::markRead(tx, user, ids, now));
    if (at) CHECK_OK(store::markReadUntil(tx, user, *at, now));
    return {};
  }));
  return counts(parts, call);
}

// The body is not looked at: a mail program sends `List-Unsubscribe=One-Click`, our own page nothing.
Result<net::Reply> unsubscribe(Parts& parts, LinkLimit& limit, const net::Request& request) {
  const auto tried = monotonicMicroseconds();
  CHECK_OK(limit.admit(request.remoteAddress, tried));
  const auto token = request.parameter("token");
  std::optional<flow::Unsubscribing> asked;
  if (parts.context.vault && token.size() <= token_bytes_max)
    asked = flow::unsubscribingIn(*parts.context.vault, token, dateInStockholm(parts.context.clock.now()));
  if (!asked) {
    limit.missed(request.remoteAddress, tried);
    return fail(flow::problem(ProblemKind::not_found, "link-unknown"));
  }
  TurnedOff turned;
  const auto shape = [](const std::vector<std::string>& kinds) {
    return json::array(kinds.begin(), kinds.end());
  };
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto user, store::user(tx, asked->user));
    if (!user) return fail(flow::problem(ProblemKind::not_found, "link-unknown"));
    TRY(auto own, store::ownSettings(tx, user->id));
    turned = turnOff(*user, asked->kind, own);
    CHECK_OK(store::putOwnSettings(tx, user->id, own));
    const auto detail =
        json::serialize(json::object{{"off", shape(turned.off)}, {"digest", shape(turned.lowered)}});
    return access::recordOfOwn(tx, *user, {"user.notices-changed", detail, request.remoteAddress});
  }));
  return net::Reply::json(
      json::serialize(json::object{{"kinds", shape(turned.off)}, {"digest", shape(turned.lowered)}}));
}

}  // namespace

void addNotificationRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/notifications",
             parts.guard.personWithin([&](const Call& call) { return list(parts, call); }));
  router.add("GET", "/api/v1/notifications/counts",
             parts.guard.personWithin([&](const Call& call) { return countsReply(parts, call); }));
  router.add("POST", "/api/v1/notifications/read",
             parts.guard.personWithin([&](const Call& call) { return read(parts, call); }),
             JsonBody::bytes_max);
  const auto limit = std::make_shared<LinkLimit>();
  router.add("POST", "/api/v1/unsubscribe/{token}",
             parts.guard.anybody([&parts, limit](const net::Request& request) {
               return unsubscribe(parts, *limit, request);
             }),
             unsubscribe_bytes_max);
}

}  // namespace postgang::api
