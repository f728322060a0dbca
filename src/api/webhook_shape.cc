#include "api/webhook_shape.h"

#include <algorithm>

#include "api/problem_reply.h"
#include "api/shapes.h"
#include "channels/webhook_sender.h"
#include "flow/webhook_messages.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t url_max = 2048, description_max = 200, name_max = 40;

template <typename T>
json::array namesOf(const std::vector<T>& values) {
  json::array names;
  for (const auto value : values) names.push_back(json::value(name(value)));
  return names;
}

template <typename T>
void addOnce(std::vector<T>& values, const T& value) {
  if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

Outcome applyUrl(const JsonBody& body, const channels::HandoverRules& rules, store::Webhook& webhook) {
  if (!body.has("url")) return {};
  TRY(webhook.url, body.text("url", url_max));
  auto checked = channels::checkWebhookUrl(webhook.url, rules);
  if (checked) return {};
  auto problem = std::move(checked.error());
  problem.where = "/url";
  return fail(std::move(problem));
}

Outcome applyEvents(const JsonBody& body, store::Webhook& webhook) {
  if (!body.has("events")) return {};
  const auto& known = flow::webhookEventTypes();
  TRY(const auto events, body.texts("events", known.size() + 1, name_max));
  if (events.empty()) return fieldInvalid("/events", "Name at least one event, or * for all of them.");
  webhook.events.clear();
  for (std::size_t index = 0; index < events.size(); ++index) {
    const auto& event = events[index];
    if (event != flow::every_event && std::ranges::find(known, event) == known.end())
      return fail(ProblemKind::invalid, "event-type-unknown", "There is no such event: " + event + ".",
                  body.pointerTo("events", index), "GET /api/v1/webhooks has them in eventTypes.");
    addOnce(webhook.events, event);
  }
  return {};
}

Outcome applyDirections(const JsonBody& body, store::Webhook& webhook) {
  if (!body.has("directions")) return {};
  TRY(const auto directions, body.texts("directions", 2, name_max));
  webhook.directions.clear();
  for (std::size_t index = 0; index < directions.size(); ++index) {
    const bool received = directions[index] == "received";
    if (!received && directions[index] != "sent")
      return fieldInvalid(body.pointerTo("directions", index), "A direction is sent or received.");
    addOnce(webhook.directions, received ? store::Direction::received : store::Direction::sent);
  }
  return {};
}

Outcome applyKinds(const JsonBody& body, store::Webhook& webhook) {
  if (!body.has("documentTypes")) return {};
  TRY(const auto kinds, body.texts("documentTypes", 20, name_max));
  webhook.kinds.clear();
  for (std::size_t index = 0; index < kinds.size(); ++index) {
    const auto kind = document::kindFromName(kinds[index]);
    if (!kind)
      return fieldInvalid(body.pointerTo("documentTypes", index), "There is no such type of document.");
    addOnce(webhook.kinds, *kind);
  }
  return {};
}

}  // namespace

Result<store::Webhook> webhookIn(store::Reader& reader, const Call& call) {
  const auto id = WebhookId::parse(call.request.parameter("webhookId"));
  if (!id) return notFound();
  TRY(auto found, store::webhook(reader, call.company(), *id));
  if (!found) return notFound();
  return std::move(*found);
}

json::object webhookShape(const store::Webhook& webhook, const store::WebhookHealth& health, Instant now) {
  json::array events;
  for (const auto& event : webhook.events) events.push_back(json::value(event));
  const bool twoSign =
      !webhook.previousSecret.empty() && webhook.previousUntil && *webhook.previousUntil > now;
  return {
      {"id", webhook.id.text()},
      {"url", webhook.url},
      {"description", textOrNull(webhook.description)},
      {"events", std::move(events)},
      {"directions", namesOf(webhook.directions)},
      {"documentTypes", namesOf(webhook.kinds)},
      {"includeSubsidiaries", webhook.includeSubsidiaries},
      {"active", webhook.active},
      {"offReason", textOrNull(webhook.offReason)},
      {"failingSince", instantOrNull(webhook.failingSince)},
      {"health",
       {{"delivered", health.delivered},
        {"failed", health.failed},
        {"lastAt", instantOrNull(health.lastAt)},
        {"lastTaken", health.lastAt ? json::value(health.lastTaken) : json::value(nullptr)}}},
      {"previousSecretUntil", twoSign ? json::value(webhook.previousUntil->text()) : json::value(nullptr)},
      {"createdAt", webhook.createdAt.text()},
      {"createdBy", textOrNull(webhook.createdBy)},
      {"changedAt", webhook.changedAt.text()},
      {"changedBy", textOrNull(webhook.changedBy)}};
}

json::object messageShape(const store::WebhookMessage& message) {
  return {{"id", message.id.text()},
          {"type", message.type},
          {"documentId", message.document ? json::value(message.document->text()) : json::value(nullptr)},
          {"state", store::name(message.state)},
          {"attempts", message.attempts},
          {"replays", message.round},
          {"createdAt", message.createdAt.text()},
          {"nextTryAt", instantOrNull(message.nextTryAt)},
          {"endedAt", instantOrNull(message.endedAt)}};
}

json::object attemptShape(const store::WebhookAttempt& attempt) {
  return {{"number", attempt.number},
          {"startedAt", attempt.startedAt.text()},
          {"milliseconds", attempt.milliseconds ? json::value(*attempt.milliseconds) : json::value(nullptr)},
          {"taken", attempt.taken()},
          {"status", attempt.status > 0 ? json::value(attempt.status) : json::value(nullptr)},
          {"code", textOrNull(attempt.code)},
          {"detail", textOrNull(attempt.detail)},
          {"answer", textOrNull(attempt.answer)}};
}

Outcome applyWebhookFields(const JsonBody& body, const channels::HandoverRules& rules,
                           store::Webhook& webhook) {
  CHECK_OK(applyUrl(body, rules, webhook));
  if (body.has("description")) {
    TRY(const auto description, body.maybeText("description", description_max));
    webhook.description = description.value_or("");
  }
  CHECK_OK(applyEvents(body, webhook));
  CHECK_OK(applyDirections(body, webhook));
  CHECK_OK(applyKinds(body, webhook));
  TRY(webhook.includeSubsidiaries, body.yes("includeSubsidiaries", webhook.includeSubsidiaries));
  return {};
}

}  // namespace postgang::api
