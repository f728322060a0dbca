// /webhooks: what an integrator's program is told of, and where. Secrets are shown when they are made, never
// again; that is why these requests take no Idempotency-Key: an answer that is kept would keep the secret.
#include "api/handover_shape.h"
#include "api/json_body.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/webhook_shape.h"
#include "channels/webhook_sender.h"
#include "flow/webhook_messages.h"
#include "flow/webhook_sending.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;
using store::Webhook;

constexpr std::int64_t health_seconds = 24 * 3600;
constexpr std::int64_t both_sign_seconds = 24 * 3600, both_sign_seconds_max = 30LL * 24 * 3600;

const channels::HandoverRules& rulesOf(const Parts& parts) {
  return systemChannel(parts.context.flow).rules();
}

Result<json::object> shapeOf(store::Reader& reader, const Webhook& webhook) {
  const auto now = reader.clock().now();
  TRY(auto health, store::webhookHealth(reader, webhook.company, now.plusSeconds(-health_seconds)));
  return webhookShape(webhook, health[webhook.id], now);
}

// With the secret that was made, or null.
net::Reply answerOf(json::object shape, std::string_view secret, int status = 200) {
  shape["secret"] = textOrNull(secret);
  auto reply = net::Reply::json(json::serialize(shape), status);
  reply.compressible = false;
  return reply;
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  json::array items, types;
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) -> Outcome {
    const auto now = reader.clock().now();
    TRY(const auto webhooks, store::webhooksOf(reader, call.company()));
    TRY(auto health, store::webhookHealth(reader, call.company(), now.plusSeconds(-health_seconds)));
    items.clear();
    for (const auto& webhook : webhooks) items.push_back(webhookShape(webhook, health[webhook.id], now));
    return {};
  }));
  for (const auto& type : flow::webhookEventTypes()) types.push_back(json::value(type));
  return net::Reply::json(
      json::serialize(json::object{{"items", std::move(items)}, {"eventTypes", std::move(types)}}));
}

Result<net::Reply> show(Parts& parts, const Call& call) {
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) -> Result<json::object> {
        TRY(const auto webhook, webhookIn(reader, call));
        return shapeOf(reader, webhook);
      }));
  return answerOf(shape, {});
}

void changedBy(const Call& call, Instant now, Webhook& webhook) {
  webhook.changedAt = now;
  webhook.changedBy = call.viewer().actor().name;
}

// From here on things are told; what happened while it was off is not.
void turnOn(Instant now, Webhook& webhook) {
  webhook.active = true;
  webhook.activeSince = now;
  webhook.failingSince.reset();
  webhook.offReason.clear();
}

Result<net::Reply> create(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"url", "description", "events", "directions",
                                                   "documentTypes", "includeSubsidiaries", "active"}));
  Webhook webhook;
  webhook.events = {std::string(flow::every_event)};
  if (!body.has("url")) return fieldInvalid("/url", "Say where it is told: an address like https://….");
  CHECK_OK(applyWebhookFields(body, rulesOf(parts), webhook));
  TRY(const bool active, body.yes("active", true));
  const auto now = parts.context.clock.now();
  const auto secret = channels::newWebhookSecret();
  webhook.id = parts.ids.next<WebhookId>();
  webhook.company = call.company();
  webhook.secret = parts.context.vault->seal(secret, flow::webhookSecretContext(webhook.id));
  turnOn(now, webhook);
  webhook.active = active;
  webhook.createdAt = now;
  webhook.createdBy = call.viewer().actor().name;
  changedBy(call, now, webhook);
  json::object shape;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::createWebhook(tx, webhook));
    TRY(shape, shapeOf(tx, webhook));
    return {};
  }));
  return answerOf(std::move(shape), secret, 201);
}

// Reads it, lets `change` change it, writes it, and answers with what it is then.
Result<json::object> changed(Parts& parts, const Call& call, const std::function<Outcome(Webhook&)>& change) {
  json::object shape;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto webhook, webhookIn(tx, call));
    CHECK_OK(change(webhook));
    changedBy(call, tx.clock().now(), webhook);
    CHECK_OK(store::updateWebhook(tx, webhook));
    TRY(shape, shapeOf(tx, webhook));
    return {};
  }));
  return shape;
}

Result<net::Reply> change(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"url", "description", "events", "directions",
                                                   "documentTypes", "includeSubsidiaries", "active"}));
  TRY(auto shape, changed(parts, call, [&](Webhook& webhook) -> Outcome {
        const auto urlBefore = webhook.url;
        CHECK_OK(applyWebhookFields(body, rulesOf(parts), webhook));
        if (webhook.url != urlBefore) webhook.failingSince.reset();
        TRY(const bool active, body.yes("active", webhook.active));
        if (active && !webhook.active) turnOn(parts.context.clock.now(), webhook);
        if (!active && webhook.active) webhook.offReason.clear();
        webhook.active = active;
        return {};
      }));
  return answerOf(std::move(shape), {});
}

Result<net::Reply> remove(Parts& parts, const Call& call) {
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto webhook, webhookIn(tx, call));
    return store::deleteWebhook(tx, webhook.id);
  }));
  return net::Reply::empty();
}

Result<net::Reply> rotate(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"previousValidFor"}));
  TRY(const auto text, body.maybeText("previousValidFor", 64));
  const auto seconds = text ? parseDurationSeconds(*text) : std::optional(both_sign_seconds);
  if (!seconds || *seconds < 0 || *seconds > both_sign_seconds_max)
    return fieldInvalid("/previousValidFor", "A duration is written P1D, PT4H or PT0S, at most P30D.");
  const auto secret = channels::newWebhookSecret();
  TRY(auto shape, changed(parts, call, [&](Webhook& webhook) -> Outcome {
        webhook.previousSecret = *seconds > 0 ? webhook.secret : std::string();
        webhook.previousUntil.reset();
        if (*seconds > 0) webhook.previousUntil = parts.context.clock.now().plusSeconds(*seconds);
        webhook.secret = parts.context.vault->seal(secret, flow::webhookSecretContext(webhook.id));
        return {};
      }));
  return answerOf(std::move(shape), secret);
}

Result<net::Reply> test(Parts& parts, const Call& call) {
  json::object shape;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto webhook, webhookIn(tx, call));
    TRY(const auto message, flow::testWebhook(tx, parts.ids, webhook));
    shape = messageShape(message);
    return {};
  }));
  return net::Reply::json(json::serialize(shape), 202);
}

}  // namespace

void addWebhookRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", "/api/v1/webhooks", Scope::webhooks_read, list);
  add("POST", "/api/v1/webhooks", Scope::webhooks_write, create);
  constexpr auto one = "/api/v1/webhooks/{webhookId}";
  add("GET", one, Scope::webhooks_read, show);
  add("PATCH", one, Scope::webhooks_write, change);
  add("DELETE", one, Scope::webhooks_write, remove);
  add("POST", "/api/v1/webhooks/{webhookId}/rotate-secret", Scope::webhooks_write, rotate);
  add("POST", "/api/v1/webhooks/{webhookId}/test", Scope::webhooks_write, test);
}

}  // namespace postgang::api
