// POST /documents/{id}/opened: a person has the document before them. A GET never says so: robots, previews
// and programs make GETs.
#include "api/idempotency.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"

namespace postgang::api {

namespace {

Result<net::Reply> recordOpening(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto body, JsonBody::of(call.request, {"what"}));
  TRY(const auto what, body.text("what", 20));
  if (what != "copy") return fieldInvalid("/what", "What was opened is a copy.");
  // Staff who act for the receiver have looked, too, but nobody is told that the receiver has.
  const auto company = call.caller->isStaff() ? CompanyId{} : call.company();
  CHECK_OK(parts.context.flow.opened(call.viewer(), company, id, what));
  return net::Reply::empty();
}

}  // namespace

void addOpeningRoutes(net::Router& router, Parts& parts) {
  router.add("POST", "/api/v1/documents/{id}/opened", parts.guard.person([&](const Call& call) {
    return answeredOnce(parts.context.store, parts.context.clock, call,
                        [&] { return recordOpening(parts, call); });
  }),
             JsonBody::bytes_max);
}

}  // namespace postgang::api
