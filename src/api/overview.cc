// GET /overview: today's traffic and what needs me.
#include "insight/overview.h"

#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/ticket_shape.h"

namespace postgang::api {

namespace {

constexpr int tickets_max = 5;

// Those that wait for the caller, beside what is open at all; null where it may see none.
Result<boost::json::value> ticketsOf(store::Reader& reader, const Call& call) {
  if (!call.caller->may(access::Scope::tickets_read)) return boost::json::value(nullptr);
  const auto viewer = ticketViewer(call);
  store::TicketQuery open, mine;
  open.statuses = {store::TicketStatus::fresh, store::TicketStatus::in_progress,
                   store::TicketStatus::waiting};
  mine.needsMe = true;
  mine.limit = tickets_max;
  TRY(const auto counted, store::ticketFacets(reader, viewer, open));
  TRY(const auto page, store::listTickets(reader, viewer, mine));
  TRY(auto items, ticketShapes(reader, page.items));
  return boost::json::value(boost::json::object{{"open", counted.tickets},
                                                {"overdue", counted.overdue},
                                                {"needsMe", counted.needsMe},
                                                {"items", std::move(items)}});
}

Result<net::Reply> overview(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"period"}));
  const auto period = insight::periodFromName(call.request.queryValue("period").value_or("today"));
  if (!period) return parameterInvalid("period", "The period is today, 7d or 30d.");
  const auto now = parts.context.clock.now();
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto overview, insight::overview(reader, call.viewer(), now, *period));
    auto shape = overviewShape(overview);
    TRY(shape["tickets"], ticketsOf(reader, call));
    return net::Reply::json(boost::json::serialize(shape));
  });
}

}  // namespace

void addOverviewRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/overview",
             parts.guard.scoped(access::Scope::documents_read,
                                [&](const Call& call) { return overview(parts, call); }));
}

}  // namespace postgang::api
