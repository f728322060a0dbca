#include "flow/ticket_erasure.h"

#include <boost/json.hpp>

#include "channels/company_settings.h"
#include "flow/ticket_targets.h"
#include "store/audit.h"
#include "store/sql/session.h"
#include "store/ticket_erasure.h"

namespace postgang::flow {
namespace {

namespace json = boost::json;

constexpr int erased_together = 50;  // in one transaction: the writer is never held for long

CompanyId afterIn(const store::Job& job) {
  boost::system::error_code fault;
  const auto payload = json::parse(job.payload, fault);
  const auto* object = fault ? nullptr : payload.if_object();
  const auto* after = object ? object->if_contains("after") : nullptr;
  return CompanyId{after && after->is_int64() ? after->as_int64() : 0};
}

Outcome record(store::Transaction& tx, CompanyId company, std::int64_t tickets) {
  store::AuditEntry entry;
  entry.company = company;
  entry.actor = {store::ActorKind::system, "retention", "Gallring"};
  entry.action = "ticket.erased";
  entry.object = "ticket";
  entry.detail = json::serialize(json::object{{"tickets", tickets}});
  return store::recordAudit(tx, entry);
}

}  // namespace

store::NewJob ticketErasureJob(CompanyId after, Instant at) {
  store::NewJob job;
  job.kind = "ticket-erasure";
  job.key = "ticket-erasure";
  job.runAt = at;
  job.payload = json::serialize(json::object{{"after", after.value}});
  return job;
}

Result<Decision> eraseTickets(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto after = afterIn(job);
  const auto now = tools.clock.now();
  TRY(const auto company, store::companyWithClosedTickets(reader, after));
  if (!company) return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  TRY(const int months, ticketMonthsOf(reader, *company));
  const auto before = Instant::atMidnight(dateInStockholm(now).plusMonths(-months));
  return Decision{[job, after, company = *company, before, now](store::Transaction& tx) -> Outcome {
                    CHECK_OK(store::complete(tx, job));
                    TRY(const auto gone, store::eraseClosedTickets(tx, company, before, erased_together));
                    if (gone > 0) CHECK_OK(record(tx, company, gone));
                    const bool more = gone == erased_together;
                    return store::enqueue(tx, ticketErasureJob(more ? after : company, now));
                  },
                  {}};
}

}  // namespace postgang::flow
