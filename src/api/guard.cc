#include "api/guard.h"

#include <exception>

#include "api/api.h"
#include "api/audit_act.h"
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

tl::unexpected<Problem> secondFactorFirst() {
  return fail(ProblemKind::forbidden, "second-factor-first",
              "The company demands a second step of signing in, and this user has none yet.", {},
              "Set it up under Mitt konto in the portal.");
}

// Whoever tries what it may not: for those who watch the log.
void tellRefusal(const net::Request& request, const Problem& problem, std::string_view who) {
  if (problem.kind != ProblemKind::forbidden) return;
  log::warning("refused", {{"request", request.id},
                           {"method", request.method},
                           {"route", request.route},
                           {"code", problem.code},
                           {"who", who},
                           {"address", request.remoteAddress}});
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

Outcome notInSandbox(const Call& call) {
  if (!call.caller->isSandbox()) return {};
  return fail(ProblemKind::conflict, "not-in-sandbox", "Nothing leaves a sandbox, and nothing real comes in.",
              {}, "Do it in the company itself.");
}

Result<Call> Guard::identify(const net::Request& request) const {
  if (request.headers.has("Authorization")) {
    TRY(auto caller, access_.byKey(bearerKey(request.header("Authorization")), request.remoteAddress));
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

Result<Call> Guard::admitted(const net::Request& request, RateTurn& turn) const {
  auto call = identify(request);
  CHECK_OK(call ? turn.admitCaller(*call->caller) : turn.admitAddress());
  return call;
}

// Only of a document that the caller may look at: of anything else a reader learns no more than that it is
// not there.
Problem Guard::whyNotFound(const Call& call, Problem problem) const {
  const bool ofDocument = call.request.route.starts_with("/api/v1/documents/{id}");
  const auto document = DocumentId::parse(call.request.parameter(ofDocument ? "id" : "documentId"));
  if (!document || !access_.seesWithoutActing(*call.caller, *document)) return problem;
  if (call.caller->isStaff())
    return {ProblemKind::forbidden,
            "act-for-the-customer-first",
            "Operator staff change nothing of a customer's without acting for it.",
            {},
            "Choose the customer as the company to act for, and say why.",
            {}};
  return {ProblemKind::forbidden,
          "read-only-insight",
          "The document is another company's, which lets this one see it and no more.",
          {},
          "Ask that company, or for the right to act.",
          {}};
}

net::Handler Guard::anybody(OpenHandler handler) const {
  return [this, handler = std::move(handler)](const net::Request& request) {
    RateTurn turn(limiter_, request);
    return turn.onto(answered(request, [&]() -> Result<net::Reply> {
      CHECK_OK(turn.admitAddress());
      return handler(request);
    }));
  };
}

net::Handler Guard::anyCaller(CallHandler handler) const {
  return [this, handler = std::move(handler)](const net::Request& request) {
    RateTurn turn(limiter_, request);
    return turn.onto(answered(request, [&]() -> Result<net::Reply> {
      auto call = admitted(request, turn);
      if (!call) {
        tellRefusal(request, call.error(), {});
        return fail(std::move(call).error());
      }
      AuditNote note;
      call->note = &note;
      auto reply = handler(*call);
      if (!reply) {
        tellRefusal(request, reply.error(), call->viewer().actor().id);
        return reply;
      }
      CHECK_OK(tell(*call, *reply));
      return reply;
    }));
  };
}

// A 304 shows what the caller has already: it is looked at again.
Outcome Guard::tell(const Call& call, const net::Reply& reply) const {
  const auto* row = recorder_ ? access::auditedRoute(call.request.method, call.request.route) : nullptr;
  if (!row || row->recorded == access::Recorded::never || row->recorded == access::Recorded::by_handler)
    return {};
  // A change that has been done is not told as undone because the trail could not be written: it waits there.
  const bool done = reply.status < 300 || reply.status == 304;
  if (!done || call.note->nothingDone || reply.headers.has("Idempotency-Replayed")) return {};
  return recorder_->record(actsOf(call, *row, reply));
}

net::Handler Guard::scoped(access::Scope scope, CallHandler handler) const {
  return anyCaller([this, scope, handler = std::move(handler)](const Call& asked) -> Result<net::Reply> {
    if (asked.caller->mustEnrol) return secondFactorFirst();
    if (!asked.caller->may(scope)) return scopeMissing(scope);
    Call call = asked;
    call.changes = access::isToWrite(scope);
    auto reply = handler(call);
    // A company that was made, moved or let be seen is so for everybody's next call.
    if (reply && scope == access::Scope::companies_write && !isSafe(call.request.method))
      access_.forgetCallers();
    if (!reply && call.changes && reply.error().kind == ProblemKind::not_found)
      return fail(whyNotFound(call, std::move(reply).error()));
    return reply;
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

net::Handler Guard::personWithin(CallHandler handler) const {
  return person([handler = std::move(handler)](const Call& call) -> Result<net::Reply> {
    if (call.caller->mustEnrol) return secondFactorFirst();
    return handler(call);
  });
}

}  // namespace postgang::api
