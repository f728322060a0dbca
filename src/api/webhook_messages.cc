// /webhooks/{webhookId}/messages: what was told, every attempt with its answer, and telling it again.
#include "flow/webhook_messages.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/webhook_shape.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;
using store::MessageState;

constexpr int replayed_max = 1000;  // at once

Result<store::WebhookMessage> messageIn(store::Reader& reader, const Call& call,
                                        const store::Webhook& webhook) {
  const auto id = MessageId::parse(call.request.parameter("messageId"));
  if (!id) return notFound();
  TRY(auto found, store::webhookMessage(reader, *id));
  if (!found || found->webhook != webhook.id) return notFound();
  return std::move(*found);
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"state", "limit", "cursor"}));
  store::MessageQuery query;
  for (const auto& text : listParameter(call.request, "state")) {
    const auto state = store::messageStateFromName(text);
    if (!state) return parameterInvalid("state", "A state is waiting, failed, delivered or given-up.");
    query.states.push_back(*state);
  }
  TRY(query.limit, limitParameter(call.request));
  TRY(query.cursor, textParameter(call.request, "cursor", 200));
  TRY(const auto page,
      readFrom(parts.context.store, [&](store::Reader& reader) -> Result<store::MessagePage> {
        TRY(const auto webhook, webhookIn(reader, call));
        query.webhook = webhook.id;
        return store::listMessages(reader, query);
      }));
  json::array items;
  for (const auto& message : page.items) items.push_back(messageShape(message));
  return net::Reply::json(json::serialize(listShape(std::move(items), page.nextCursor)));
}

Result<json::object> detailOf(store::Reader& reader, const store::WebhookMessage& message) {
  TRY(const auto attempts, store::attemptsOf(reader, message.id));
  boost::system::error_code error;
  auto shape = messageShape(message);
  shape["payload"] = json::parse(message.payload, error);
  json::array tried;
  for (const auto& attempt : attempts) tried.push_back(attemptShape(attempt));
  shape["tried"] = std::move(tried);
  return shape;
}

Result<net::Reply> show(Parts& parts, const Call& call) {
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) -> Result<json::object> {
        TRY(const auto webhook, webhookIn(reader, call));
        TRY(const auto message, messageIn(reader, call, webhook));
        return detailOf(reader, message);
      }));
  return net::Reply::json(json::serialize(shape));
}

Outcome checkOn(const store::Webhook& webhook) {
  if (webhook.active) return {};
  return fail(ProblemKind::conflict, "webhook-off", "The webhook is off: nothing is sent to it.", {},
              "Turn it on, and then send again.");
}

Result<net::Reply> replay(Parts& parts, const Call& call) {
  json::object shape;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto webhook, webhookIn(tx, call));
    TRY(const auto message, messageIn(tx, call, webhook));
    CHECK_OK(checkOn(webhook));
    TRY(const auto again, flow::replayMessage(tx, message));
    shape = messageShape(again);
    return {};
  }));
  return net::Reply::json(json::serialize(shape), 202);
}

Result<std::optional<Instant>> instantIn(const JsonBody& body, std::string_view field) {
  TRY(const auto text, body.maybeText(field, 40));
  if (!text) return std::optional<Instant>();
  const auto instant = Instant::parse(*text);
  if (!instant)
    return fieldInvalid("/" + std::string(field), "A time is written like 2026-11-30T08:00:00Z (RFC 3339).");
  return instant;
}

Result<store::MessageQuery> whichIn(const JsonBody& body) {
  store::MessageQuery query;
  query.limit = 200;
  TRY(query.from, instantIn(body, "from"));
  TRY(query.to, instantIn(body, "to"));
  TRY(const auto state, body.maybeText("state", 20));
  const auto wanted = state.value_or("failed");
  if (wanted == "failed")
    query.states = {MessageState::failed, MessageState::given_up};
  else if (wanted == "delivered")
    query.states = {MessageState::delivered};
  else if (wanted != "all")
    return fieldInvalid("/state", "It is failed, delivered or all.");
  return query;
}

Result<net::Reply> replayMany(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"from", "to", "state"}));
  TRY(const auto which, whichIn(body));
  std::int64_t replayed = 0;
  bool more = false;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto webhook, webhookIn(tx, call));
    CHECK_OK(checkOn(webhook));
    auto query = which;
    query.webhook = webhook.id;
    replayed = 0;
    do {
      TRY(const auto page, store::listMessages(tx, query));
      for (const auto& message : page.items) {
        if (message.type == flow::test_event) continue;
        TRY(const auto again, flow::replayMessage(tx, message));
        replayed += again.id == message.id ? 1 : 0;
      }
      query.cursor = page.nextCursor.value_or("");
    } while (!query.cursor.empty() && replayed < replayed_max);
    more = !query.cursor.empty();
    return {};
  }));
  return net::Reply::json(json::serialize(json::object{{"replayed", replayed}, {"more", more}}), 202);
}

}  // namespace

void addWebhookMessageRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", "/api/v1/webhooks/{webhookId}/messages", Scope::webhooks_read, list);
  add("GET", "/api/v1/webhooks/{webhookId}/messages/{messageId}", Scope::webhooks_read, show);
  add("POST", "/api/v1/webhooks/{webhookId}/messages/{messageId}/replay", Scope::webhooks_write, replay);
  add("POST", "/api/v1/webhooks/{webhookId}/replay", Scope::webhooks_write, replayMany);
}

}  // namespace postgang::api
