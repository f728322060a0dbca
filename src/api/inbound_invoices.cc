// The address that a company's suppliers mail their invoices to: whether it has one, and which.
#include "api/json_body.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

net::Reply shape(const std::string& address, bool available) {
  return net::Reply::json(json::serialize(
      json::object{{"on", !address.empty()}, {"address", textOrNull(address)}, {"available", available}}));
}

Result<net::Reply> get(Parts& parts, const Call& call) {
  const auto& flow = parts.context.flow;
  TRY(const auto address, flow.inboundAddress(call.company()));
  return shape(address, flow.mailCounts().has_value());
}

Result<net::Reply> put(Parts& parts, const Call& call) {
  CHECK_OK(notInSandbox(call));
  TRY(const auto body, JsonBody::of(call.request, {"on", "renew"}));
  if (!body.has("on")) return fieldInvalid("/on", "Say whether the company is to have an address.");
  TRY(const auto on, body.yes("on", false));
  TRY(const auto renew, body.yes("renew", false));
  TRY(const auto address, parts.context.flow.setInbound(call.company(), on, renew));
  return shape(address, parts.context.flow.mailCounts().has_value());
}

}  // namespace

void addInboundInvoiceRoutes(net::Router& router, Parts& parts) {
  constexpr auto path = "/api/v1/settings/inbound-invoices";
  router.add("GET", path,
             parts.guard.scoped(Scope::documents_read, [&](const Call& call) { return get(parts, call); }));
  router.add("PUT", path,
             parts.guard.scoped(Scope::documents_write, [&](const Call& call) { return put(parts, call); }),
             JsonBody::bytes_max);
}

}  // namespace postgang::api
