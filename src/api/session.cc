// /session: signing in and out, who I am, for which company I act.
#include "api/json_body.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/signed_in.h"
#include "store/own_settings.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

json::array scopeNames(access::Scopes scopes) {
  json::array names;
  for (const auto scope : access::all_scopes)
    if (scopes.has(scope)) names.emplace_back(access::name(scope));
  return names;
}

Result<net::Reply> sessionReply(Parts& parts, const access::Caller& caller) {
  TRY(const auto companies, parts.context.access.companiesToActFor(caller));
  json::array shapes;
  for (const auto& company : companies) shapes.push_back(companyShape(company));
  const auto& user = *caller.user;
  TRY(const auto own, readFrom(parts.context.store,
                               [&](store::Reader& reader) { return store::ownSettings(reader, user.id); }));
  auto reply = net::Reply::json(
      json::serialize(json::object{{"user",
                                    {{"id", user.id.text()},
                                     {"name", user.name},
                                     {"email", user.email},
                                     {"language", user.language},
                                     {"role", caller.role},
                                     {"theme", own.theme},
                                     {"staff", caller.isStaff() && caller.company.isOperator}}},
                                   {"company", companyShape(caller.company)},
                                   {"everything", caller.session->everything},
                                   {"reason", textOrNull(caller.session->reason)},
                                   {"scopes", scopeNames(caller.scopes)},
                                   {"secondFactorFirst", caller.mustEnrol},
                                   {"companies", std::move(shapes)},
                                   {"csrfToken", caller.csrfToken},
                                   {"serverTime", parts.context.clock.now().text()},
                                   {"simulatedClock", parts.context.simulatedClock != nullptr}}));
  reply.compressible = false;  // a token beside names that others choose
  return reply;
}

Result<net::Reply> signIn(Parts& parts, const net::Request& request) {
  CHECK_OK(checkOrigin(request));
  TRY(const auto body, JsonBody::of(request, {"email", "password"}));
  TRY(const auto email, body.text("email", 254));
  TRY(const auto password, body.text("password", 1024));
  TRY(const auto signedIn,
      parts.context.access.signIn(email, password, request.remoteAddress, request.cookie(session_cookie),
                                  access::deviceOf(request.header("User-Agent"))));
  return signedInReply(parts, request, signedIn);
}

Result<net::Reply> secondStep(Parts& parts, const net::Request& request) {
  CHECK_OK(checkOrigin(request));
  TRY(const auto body, JsonBody::of(request, {"pending", "code"}));
  TRY(const auto pending, body.text("pending", 128));
  TRY(const auto code, body.text("code", 64));
  TRY(const auto signedIn,
      parts.context.access.secondStep(pending, code, fromOf(request), request.cookie(session_cookie)));
  return signedInReply(parts, request, signedIn);
}

Result<net::Reply> switchCompany(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"companyId", "everything", "reason"}));
  TRY(const auto text, body.text("companyId", 64));
  const auto company = companyIdFrom(text);
  if (!company) return notFound();
  access::Access::Switch to{*company};
  TRY(to.everything, body.yes("everything", false));
  TRY(const auto reason, body.maybeText("reason", 200));
  to.reason = reason.value_or("");
  TRY(const auto caller, parts.context.access.switchCompany(call.token, to));
  return sessionReply(parts, *caller);
}

Result<net::Reply> signOut(Parts& parts, const Call& call) {
  CHECK_OK(parts.context.access.signOut(call.token));
  auto reply = net::Reply::empty();
  auto cookie = sessionCookie(call.request, "");
  cookie.maxAgeSeconds = 0;
  reply.setCookie(cookie);
  return reply;
}

}  // namespace

// Without a Max-Age the browser forgets it when it is closed; the store's limits hold whatever the browser
// does.
net::Cookie sessionCookie(const net::Request& request, std::string token) {
  net::Cookie cookie;
  cookie.name = session_cookie;
  cookie.value = std::move(token);
  cookie.secure = request.https;
  return cookie;
}

access::From fromOf(const net::Request& request) {
  return {request.remoteAddress, access::deviceOf(request.header("User-Agent"))};
}

Result<net::Reply> signedInReply(Parts& parts, const net::Request& request,
                                 const access::SignedIn& signedIn) {
  if (!signedIn.caller) {
    auto reply = net::Reply::json(
        json::serialize(json::object{{"secondFactor", true}, {"pending", signedIn.pending}}));
    reply.compressible = false;
    return reply;
  }
  TRY(auto reply, sessionReply(parts, *signedIn.caller));
  reply.setCookie(sessionCookie(request, signedIn.token));
  return reply;
}

void addSessionRoutes(net::Router& router, Parts& parts) {
  constexpr auto path = "/api/v1/session";
  router.add("POST", path, parts.guard.anybody([&](const auto& request) { return signIn(parts, request); }),
             JsonBody::bytes_max);
  router.add("POST", "/api/v1/session/second-factor",
             parts.guard.anybody([&](const auto& request) { return secondStep(parts, request); }),
             JsonBody::bytes_max);
  router.add("GET", path,
             parts.guard.person([&](const Call& call) { return sessionReply(parts, *call.caller); }));
  router.add("PUT", path, parts.guard.person([&](const Call& call) { return switchCompany(parts, call); }),
             JsonBody::bytes_max);
  router.add("DELETE", path, parts.guard.person([&](const Call& call) { return signOut(parts, call); }));
}

}  // namespace postgang::api
