// GET /overview: today's traffic and what needs me.
#include "insight/overview.h"

#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

Result<net::Reply> overview(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"period"}));
  const auto period = insight::periodFromName(call.request.queryValue("period").value_or("today"));
  if (!period) return parameterInvalid("period", "The period is today, 7d or 30d.");
  const auto now = parts.context.clock.now();
  TRY(const auto overview, readFrom(parts.context.store, [&](store::Reader& reader) {
        return insight::overview(reader, call.viewer(), now, *period);
      }));
  return net::Reply::json(boost::json::serialize(overviewShape(overview)));
}

}  // namespace

void addOverviewRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/overview",
             parts.guard.scoped(access::Scope::documents_read,
                                [&](const Call& call) { return overview(parts, call); }));
}

}  // namespace postgang::api
