// POST /clock: moves simulated time. The route exists only where the server was started with
// --simulated-clock.
#include "api/idempotency.h"
#include "api/json_body.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"

namespace postgang::api {

namespace {

constexpr std::int64_t advance_seconds_max = 366LL * 24 * 3600;

Result<net::Reply> advance(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"advance"}));
  TRY(const auto text, body.text("advance", 64));
  const auto seconds = parseDurationSeconds(text);
  if (!seconds || *seconds < 0 || *seconds > advance_seconds_max)
    return fieldInvalid("/advance", "A duration is written P8D, PT4H or P1DT30M, at most a year.");
  TRY(const auto now, parts.context.flow.advance(*parts.context.simulatedClock, *seconds));
  if (const auto& keep = parts.context.keepTime) CHECK_OK(keep(now));
  return net::Reply::json(boost::json::serialize(boost::json::object{{"now", now.text()}}));
}

}  // namespace

void addClockRoutes(net::Router& router, Parts& parts) {
  if (parts.context.simulatedClock == nullptr) return;
  router.add("POST", "/api/v1/clock", parts.guard.anyCaller([&](const Call& call) {
    return answeredOnce(parts.context.store, parts.context.clock, call, [&] { return advance(parts, call); });
  }),
             JsonBody::bytes_max);
}

}  // namespace postgang::api
