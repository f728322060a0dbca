// Who comes in. Every route goes through here: it finds the caller, holds the scope, protects cookies against
// other sites (CSRF), turns Problems into replies and puts the security headers on.
//
// A key goes before a cookie: a program that sends both is a program. Under a cookie, what changes something
// (POST, PUT, DELETE …) must carry the session's X-CSRF-Token, and a browser that says where it comes from
// must come from here.
#pragma once

#include <functional>
#include <string>

#include "access/access.h"
#include "net/http.h"
#include "net/router.h"

namespace postgang::api {

inline constexpr std::string_view session_cookie = "postgang_session";

struct Call {
  const net::Request& request;
  access::CallerPointer caller;
  std::string token;  // of the session; empty under a key
  const store::Viewer& viewer() const { return caller->viewer; }
  CompanyId company() const { return caller->company.id; }
};
using CallHandler = std::function<Result<net::Reply>(const Call&)>;
using OpenHandler = std::function<Result<net::Reply>(const net::Request&)>;

class Guard {
 public:
  explicit Guard(access::Access& access) : access_(access) {}

  net::Handler anybody(OpenHandler handler) const;    // no caller asked for
  net::Handler anyCaller(CallHandler handler) const;  // a session or a key, whatever its scopes
  net::Handler scoped(access::Scope scope, CallHandler handler) const;  // … with this scope
  net::Handler person(CallHandler handler) const;  // a session; code not-a-person for keys

 private:
  Result<Call> identify(const net::Request& request) const;
  access::Access& access_;
};

// Codes origin-foreign, csrf-token-wrong (forbidden).
Outcome checkOrigin(const net::Request& request);
Outcome checkCsrfToken(const net::Request& request, const access::Caller& caller);

}  // namespace postgang::api
