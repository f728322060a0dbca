// What a receiver decides of a document, and what its sender does with one that has been sent: once more, or
// back.
#include "api/idempotency.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/seen.h"
#include "api/shapes.h"
#include "flow/decide.h"
#include "flow/resend.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

constexpr std::size_t reason_max = 500;
constexpr int accepted_status = 202;

Result<std::string> reasonIn(const JsonBody& body) {
  TRY(const auto reason, body.maybeText("reason", reason_max));
  return reason.value_or("");
}

Result<net::Reply> decide(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto body, JsonBody::of(call.request, {"decision", "reason"}));
  TRY(const auto word, body.text("decision", 20));
  const auto verb = flow::verbFromName(word);
  if (!verb) return fieldInvalid("/decision", "This is release, return, accept or reject.");
  TRY(const auto reason, reasonIn(body));
  return answeredOnce(parts.context.store, parts.context.clock, call, [&]() -> Result<net::Reply> {
    CHECK_OK(parts.context.flow.decide(call.viewer(), id, *verb, reason));
    call.note->detail = json::serialize(json::object{{"decision", word}});
    return documentReply(parts, call, id);
  });
}

Result<net::Reply> recall(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto body, JsonBody::of(call.request, {"reason"}));
  TRY(const auto reason, reasonIn(body));
  CHECK_OK(parts.context.flow.recall(call.viewer(), id, reason));
  return documentReply(parts, call, id);
}

json::value codeOrNull(const std::optional<std::string_view>& code) {
  return code ? json::value(*code) : json::value(nullptr);
}

Result<json::object> recallShape(store::Reader& reader, const Call& call, DocumentId id, Instant now) {
  TRY(const auto row, flow::documentOf(reader, call.viewer(), id, store::Direction::sent));
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), id));
  const auto why = flow::whyNotRecalled(row, events, now);
  return json::object{{"possible", !why.has_value()}, {"why", codeOrNull(why)}};
}

Result<net::Reply> resendState(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto state, parts.context.flow.resendState(call.viewer(), id));
  TRY(auto recallState, readFrom(parts.context.store, [&](store::Reader& reader) {
        return recallShape(reader, call, id, parts.context.clock.now());
      }));
  json::value already = nullptr;
  if (state.alreadySent)
    already = json::object{{"at", state.alreadySent->at.text()}, {"channel", state.alreadySent->channel}};
  json::array channels;
  for (const auto& step : state.plan) channels.push_back(planStepShape(step));
  return net::Reply::json(json::serialize(json::object{{"possible", !state.why.has_value()},
                                                       {"why", codeOrNull(state.why)},
                                                       {"alreadySent", std::move(already)},
                                                       {"channels", std::move(channels)},
                                                       {"recall", std::move(recallState)}}));
}

Result<net::Reply> resend(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto body, JsonBody::of(call.request, {"channel", "confirm"}));
  TRY(const auto channel, body.maybeText("channel", 50));
  TRY(const bool confirm, body.yes("confirm", false));
  return answeredOnce(parts.context.store, parts.context.clock, call, [&]() -> Result<net::Reply> {
    TRY(const auto chosen, parts.context.flow.resend(call.viewer(), id, channel.value_or(""), confirm));
    return net::Reply::json(json::serialize(json::object{{"id", id.text()}, {"channel", textOrNull(chosen)}}),
                            accepted_status);
  });
}

}  // namespace

void addDecisionRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }));
  };
  add("POST", "/api/v1/documents/{id}/decision", Scope::documents_write, decide);
  add("POST", "/api/v1/documents/{id}/recall", Scope::documents_write, recall);
  add("GET", "/api/v1/documents/{id}/resend", Scope::documents_read, resendState);
  add("POST", "/api/v1/documents/{id}/resend", Scope::documents_write, resend);
}

}  // namespace postgang::api
