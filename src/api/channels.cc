// GET /channels/lookup: which channels reach somebody, without sending.
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

Result<net::Reply> lookUp(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"identifier"}));
  TRY(const auto identifier, textParameter(call.request, "identifier", 200));
  if (identifier.empty())
    return parameterInvalid("identifier", "The identifier is missing: 0007:5599900122.");
  TRY(const auto lookup, parts.context.flow.lookUp(call.company(), identifier));
  json::array plan, registers;
  for (const auto& step : lookup.plan) plan.push_back(planStepShape(step));
  for (const auto& answer : lookup.registers) registers.push_back(registerShape(answer));
  return net::Reply::json(json::serialize(json::object{{"identifier", lookup.identifier},
                                                       {"by", lookup.by},
                                                       {"plan", std::move(plan)},
                                                       {"registers", std::move(registers)}}));
}

}  // namespace

void addChannelRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/channels/lookup",
             parts.guard.scoped(access::Scope::partners_read,
                                [&](const Call& call) { return lookUp(parts, call); }));
}

}  // namespace postgang::api
