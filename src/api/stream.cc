// GET /stream: what happens, as it happens (server-sent events).
#include "api/parameters.h"
#include "api/parts.h"
#include "api/routes.h"
#include "base/text.h"

namespace postgang::api {

namespace {

constexpr std::size_t clients_max = 2000;

Result<net::Reply> follow(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  if (parts.hub.clients() >= clients_max)
    return fail(ProblemKind::unavailable, "too-many-streams", "Too many clients follow the stream.", {},
                "Try again later, or read the lists.");
  FeedHub::Credentials credentials;
  credentials.sessionToken = call.token;
  if (call.token.empty()) {
    const auto authorization = call.request.header("Authorization");
    credentials.key = trimmed(authorization.substr(authorization.find(' ') + 1));
  }
  TRY(auto stream,
      parts.hub.join(call.caller, std::move(credentials), std::string(call.request.header("Last-Event-ID"))));
  return net::Reply::eventStream(std::move(stream));
}

}  // namespace

void addStreamRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/stream",
             parts.guard.scoped(access::Scope::documents_read,
                                [&](const Call& call) { return follow(parts, call); }));
}

}  // namespace postgang::api
