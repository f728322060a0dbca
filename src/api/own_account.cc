// /me/password, /sessions and /password-links: a user's own password and where it is signed in.
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/signed_in.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

Result<net::Reply> changePassword(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"password", "newPassword"}));
  TRY(const auto old, body.text("password", 1024));
  TRY(const auto chosen, body.text("newPassword", 1024));
  CHECK_OK(parts.context.access.changePassword(*call.caller, old, chosen, fromOf(call.request)));
  return net::Reply::empty();
}

Result<net::Reply> listSessions(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  TRY(const auto sessions, parts.context.access.ownSessions(*call.caller));
  json::array items;
  for (const auto& session : sessions)
    items.push_back(json::object{{"id", session.id.text()},
                                 {"device", textOrNull(session.device)},
                                 {"address", session.address},
                                 {"method", session.method},
                                 {"startedAt", session.createdAt.text()},
                                 {"lastSeenAt", session.lastSeenAt.text()},
                                 {"current", session.id == call.caller->session->id}});
  return net::Reply::json(json::serialize(listShape(std::move(items))));
}

Result<net::Reply> endSession(Parts& parts, const Call& call) {
  const auto id = SessionId::parse(call.request.parameter("sessionId"));
  if (!id) return notFound();
  CHECK_OK(parts.context.access.endOwnSession(*call.caller, *id));
  return net::Reply::empty();
}

Result<net::Reply> endOthers(Parts& parts, const Call& call) {
  CHECK_OK(parts.context.access.endOtherSessions(*call.caller));
  return net::Reply::empty();
}

// 202 whoever it is.
Result<net::Reply> ask(Parts& parts, const net::Request& request) {
  CHECK_OK(checkOrigin(request));
  TRY(const auto body, JsonBody::of(request, {"email"}));
  TRY(const auto email, body.text("email", 254));
  if (!parts.context.flow.mailIsOn())
    return fail(ProblemKind::unavailable, "mail-off", "No mail leaves this Postgång.", {},
                "Ask your company's administrator, or whoever runs it.");
  CHECK_OK(parts.context.access.askForNewPassword(email, request.remoteAddress));
  return net::Reply::empty(202);
}

Result<net::Reply> checkLink(Parts& parts, const net::Request& request) {
  CHECK_OK(parts.context.access.checkPasswordLink(request.parameter("token")));
  return net::Reply::empty();
}

Result<net::Reply> choose(Parts& parts, const net::Request& request) {
  CHECK_OK(checkOrigin(request));
  TRY(const auto body, JsonBody::of(request, {"password"}));
  TRY(const auto password, body.text("password", 1024));
  CHECK_OK(parts.context.access.setNewPassword(request.parameter("token"), password, fromOf(request)));
  return net::Reply::empty();
}

}  // namespace

void addOwnAccountRoutes(net::Router& router, Parts& parts) {
  router.add("POST", "/api/v1/me/password",
             parts.guard.person([&](const Call& call) { return changePassword(parts, call); }),
             JsonBody::bytes_max);
  router.add("GET", "/api/v1/sessions",
             parts.guard.person([&](const Call& call) { return listSessions(parts, call); }));
  router.add("DELETE", "/api/v1/sessions",
             parts.guard.person([&](const Call& call) { return endOthers(parts, call); }));
  router.add("DELETE", "/api/v1/sessions/{sessionId}",
             parts.guard.person([&](const Call& call) { return endSession(parts, call); }));
  router.add("POST", "/api/v1/password-links",
             parts.guard.anybody([&](const auto& request) { return ask(parts, request); }),
             JsonBody::bytes_max);
  constexpr auto link = "/api/v1/password-links/{token}";
  router.add("GET", link,
             parts.guard.anybody([&](const auto& request) { return checkLink(parts, request); }));
  router.add("POST", link, parts.guard.anybody([&](const auto& request) { return choose(parts, request); }),
             JsonBody::bytes_max);
}

}  // namespace postgang::api
