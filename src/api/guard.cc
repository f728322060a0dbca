#include "api/guard.h"

#include <exception>

#include "api/api.h"
#include "api/problem_reply.h"
#include "base/bytes.h"
#include "base/log.h"
#include "base/text.h"
#include "net/static_files.h"

namespace postgang::api {

namespace {

bool isSafe(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

// The key of "Authorization: Bearer …"; empty when the header says something else.
std::string_view bearerKey(std::string_view authorization) {
  const auto blank = authorization.find(' ');
  if (blank == std::string_view::npos || lowered(authorization.substr(0, blank)) != "bearer") return {};
  return trimmed(authorization.substr(blank + 1));
}

tl::unexpected<Problem> scopeMissing(access::Scope scope) {
  const std::string wanted(access::name(scope));
  return fail(Problem{ProblemKind::forbidden,
                      "scope-missing",
                      "This caller has not the scope " + wanted + ".",
                      {},
                      "Use a key with that scope, or ask an administrator for the role.",
                      {{"scope", wanted}}});
}

template <typename Function>
net::Reply answered(const net::Request& request, Function&& function) {
  try {
    auto reply = function();
    return secured(reply ? std::move(*reply) : problemReply(reply.error()));
  } catch (const std::exception& fault) {
    // Expected failure is a Problem; what is thrown is our own mistake. The caller learns its request's id,
    // no more.
    log::error("handler threw", {{"request", request.id}, {"route", request.route}, {"what", fault.what()}});
    return secured(problemReply(Problem{ProblemKind::internal, "handler-threw", fault.what(), {}, {}, {}}));
  }
}

}  // namespace

net::Reply secured(net::Reply reply) {
  static const net::Headers defaults = [] {
    auto headers = net::securityHeaders();
    headers.add("Cache-Control", "no-store");
    return headers;
  }();
  // A copy that may stand in our own frame says so in its policy; the older header would forbid it.
  const bool hasOwnPolicy = reply.headers.has("Content-Security-Policy");
  for (const auto& [name, value] : defaults) {
    if (name == "X-Frame-Options" && hasOwnPolicy) continue;
    if (!reply.headers.has(name)) reply.headers.add(name, value);
  }
  return reply;
}

// Sec-Fetch-Site is the browser's own word and cannot be set by a page; Origin stands in where a browser is
// too old for it. A program that sends neither has no cookie jar to be abused.
Outcome checkOrigin(const net::Request& request) {
  const auto foreign = [] {
    return fail(ProblemKind::forbidden, "origin-foreign", "This request was made by another site.", {},
                "Use the portal, or an API key.");
  };
  const auto site = request.header("Sec-Fetch-Site");
  if (!site.empty()) return site == "same-origin" || site == "none" ? Outcome() : foreign();
  const auto origin = request.header("Origin");
  if (origin.empty()) return {};
  const auto scheme = origin.find("://");
  if (scheme == std::string_view::npos || origin.substr(scheme + 3) != request.header("Host"))
    return foreign();
  return {};
}

Outcome checkCsrfToken(const net::Request& request, const access::Caller& caller) {
  if (equalInConstantTime(request.header("X-CSRF-Token"), caller.csrfToken) && !caller.csrfToken.empty())
    return {};
  return fail(ProblemKind::forbidden, "csrf-token-wrong", "X-CSRF-Token is missing or is not this session's.",
              "X-CSRF-Token", "Send the csrfToken of GET /session with every change.");
}

Result<Call> Guard::identify(const net::Request& request) const {
  if (request.headers.has("Authorization")) {
    TRY(auto caller, access_.byKey(bearerKey(request.header("Authorization"))));
    return Call{request, std::move(caller), {}};
  }
  auto token = request.cookie(session_cookie).value_or("");
  TRY(auto caller, access_.bySession(token));
  if (!isSafe(request.method)) {
    CHECK_OK(checkOrigin(request));
    CHECK_OK(checkCsrfToken(request, *caller));
  }
  return Call{request, std::move(caller), std::move(token)};
}

net::Handler Guard::anybody(OpenHandler handler) const {
  return [handler = std::move(handler)](const net::Request& request) {
    return answered(request, [&] { return handler(request); });
  };
}

net::Handler Guard::anyCaller(CallHandler handler) const {
  return [this, handler = std::move(handler)](const net::Request& request) {
    return answered(request, [&]() -> Result<net::Reply> {
      TRY(const auto call, identify(request));
      return handler(call);
    });
  };
}

net::Handler Guard::scoped(access::Scope scope, CallHandler handler) const {
  return anyCaller([scope, handler = std::move(handler)](const Call& call) -> Result<net::Reply> {
    if (!call.caller->may(scope)) return scopeMissing(scope);
    return handler(call);
  });
}

net::Handler Guard::person(CallHandler handler) const {
  return anyCaller([handler = std::move(handler)](const Call& call) -> Result<net::Reply> {
    if (!call.caller->isPerson())
      return fail(ProblemKind::forbidden, "not-a-person", "Only a person who has signed in may do this.", {},
                  "Do it in the portal.");
    return handler(call);
  });
}

}  // namespace postgang::api
