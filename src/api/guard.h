// Who comes in. Every route goes through here: it finds the caller, holds the scope, protects cookies against
// other sites (CSRF), turns Problems into replies and puts the security headers on.
//
// A key goes before a cookie: a program that sends both is a program. Under a cookie, what changes something
// (POST, PUT, DELETE …) must carry the session's X-CSRF-Token, and a browser that says where it comes from
// must come from here.
//
// Whoever comes in is counted (rate_limit.h), each key and session by itself; who is not known, by address.
//
// What changes something (a route under a scope to write) asks the store with what the caller may act on, not
// with all that it sees: no handler can forget the difference between reading and acting. Where that is why
// the object was not found, the answer says so (code read-only-insight; for staff
// act-for-the-customer-first).
//
// What was answered is told to the audit trail, as access/audit_actions.h has it for the route.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "access/access.h"
#include "api/audit_recorder.h"
#include "api/rate_limit.h"
#include "net/http.h"
#include "net/router.h"

namespace postgang::api {

inline constexpr std::string_view session_cookie = "postgang_session";

// What a handler adds to what the audit trail says of the call; all of it may stay empty.
struct AuditNote {
  std::vector<std::string> objectIds = {};  // an entry for each; empty: the path or the reply says it
  std::string objectName = {};
  std::string detail =
      {};  // JSON object: what changed, {"name": ["before", "after"]}; no secrets, no contents
  bool nothingDone = false;
};

struct Call {
  const net::Request& request;
  access::CallerPointer caller;
  std::string token;     // of the session; empty under a key
  bool changes = false;  // a scope to write stands over the route
  AuditNote* note = nullptr;
  const store::Viewer& viewer() const { return changes ? caller->acting : caller->viewer; }
  CompanyId company() const { return caller->company.id; }
};
using CallHandler = std::function<Result<net::Reply>(const Call&)>;
using OpenHandler = std::function<Result<net::Reply>(const net::Request&)>;

class Guard {
 public:
  Guard(access::Access& access, RateLimiter& limiter, AuditRecorder* recorder = nullptr)
      : access_(access), limiter_(limiter), recorder_(recorder) {}

  net::Handler anybody(OpenHandler handler) const;    // no caller asked for
  net::Handler anyCaller(CallHandler handler) const;  // a session or a key, whatever its scopes
  net::Handler scoped(access::Scope scope, CallHandler handler) const;  // … with this scope
  net::Handler person(CallHandler handler) const;  // a session; code not-a-person for keys
  // … that has the second step which its company demands: what it sees is more than its own account.
  net::Handler personWithin(CallHandler handler) const;

 private:
  Result<Call> identify(const net::Request& request) const;
  Result<Call> admitted(const net::Request& request, RateTurn& turn) const;
  Problem whyNotFound(const Call& call, Problem problem) const;
  Outcome tell(const Call& call, const net::Reply& reply) const;
  access::Access& access_;
  RateLimiter& limiter_;
  AuditRecorder* recorder_;
};

// Codes origin-foreign, csrf-token-wrong (forbidden).
Outcome checkOrigin(const net::Request& request);
Outcome checkCsrfToken(const net::Request& request, const access::Caller& caller);
// For what would make something leave the building, or real traffic come in. Code not-in-sandbox (conflict).
Outcome notInSandbox(const Call& call);

}  // namespace postgang::api
