#include "flow/retention.h"

#include <algorithm>
#include <map>

#include <boost/json.hpp>

#include "base/calendar.h"
#include "base/log.h"
#include "flow/leads.h"
#include "flow/slow_work.h"
#include "flow/ticket_erasure.h"
#include "store/audit.h"
#include "store/notifications.h"
#include "store/retention.h"
#include "store/search_words.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

namespace json = boost::json;

constexpr int families_together = 100;  // in one transaction: the writer is never held for long
constexpr int turns_together = 50;      // then other slow work has its turn
constexpr int begins_at_minute = 150;   // 02:30
constexpr std::size_t ids_told_max = 100;

// One row per company and transaction: how many, of which kinds, and the first hundred by their ids.
Outcome record(store::Transaction& tx, const std::vector<store::ErasedDocument>& erased) {
  std::map<CompanyId, std::vector<const store::ErasedDocument*>> of;
  for (const auto& one : erased) {
    of[one.sender].push_back(&one);
    if (one.receiver && *one.receiver != one.sender) of[*one.receiver].push_back(&one);
  }
  for (const auto& [company, documents] : of) {
    json::object kinds;
    json::array ids;
    for (const auto* one : documents) {
      auto& count = kinds[document::name(one->kind)];
      count = count.is_int64() ? count.as_int64() + 1 : 1;
      if (ids.size() < ids_told_max) ids.emplace_back(one->document.text());
    }
    store::AuditEntry entry;
    entry.company = company;
    entry.actor = {store::ActorKind::system, "retention", "Gallring"};
    entry.action = "document.erased";
    entry.object = "document";
    entry.detail = json::serialize(
        json::object{{"documents", documents.size()}, {"kinds", std::move(kinds)}, {"ids", std::move(ids)}});
    CHECK_OK(store::recordAudit(tx, entry));
  }
  return {};
}

store::NewJob retentionJob(CompanyId from, Instant at) {
  store::NewJob job;
  job.kind = "retention";
  job.key = "retention";
  job.runAt = at;
  job.payload = json::serialize(json::object{{"from", from.value}});
  return job;
}

CompanyId fromOf(const store::Job& job) {
  boost::system::error_code fault;
  const auto payload = json::parse(job.payload, fault);
  const auto* object = fault ? nullptr : payload.if_object();
  const auto* from = object ? object->if_contains("from") : nullptr;
  return CompanyId{from && from->is_int64() ? from->as_int64() : 0};
}

// A turn, and where there is more to do another one after the slow jobs that wait.
Outcome run(const Tools& tools, const store::Job& job) {
  std::size_t erased = 0;
  auto next = fromOf(job);
  for (int turn = 1;; ++turn) {
    bool more = false;
    std::size_t gone = 0;
    CHECK_OK(tools.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto done, store::eraseDue(tx, next, families_together));
      CHECK_OK(record(tx, done.erased));
      gone = done.erased.size();
      more = done.next.has_value();
      if (more && turn < turns_together) {
        next = *done.next;
        return {};
      }
      CHECK_OK(store::complete(tx, job));
      if (!more) return {};
      more = false;
      return store::enqueue(tx, retentionJob(*done.next, tools.clock.now()));
    }));
    erased += gone;
    if (!more) break;
  }
  if (erased > 0) log::info("documents were erased by retention", {{"documents", std::to_string(erased)}});
  return {};
}

}  // namespace

Outcome layRetentionRun(const Tools& tools) {
  const auto now = tools.clock.now();
  const auto today = dateInStockholm(now);
  if (now < inStockholm(today, begins_at_minute)) return {};
  Date last;
  CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
    TRY(last, store::lastRetentionRun(reader));
    return {};
  }));
  if (last >= today) return {};
  return tools.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const bool first, store::beginRetentionRun(tx, today));
    if (!first) return {};
    // Also where nothing is told any longer, which is when they are forgotten otherwise.
    CHECK_OK(store::forgetNotifications(tx, now.plusSeconds(-store::notifications_kept_seconds)));
    CHECK_OK(store::joinAllSearchParts(tx, store::joined_pages));  // upkeep goes on with it
    CHECK_OK(store::enqueue(tx, leadErasureJob(now)));
    CHECK_OK(store::enqueue(tx, ticketErasureJob({}, now)));
    return store::enqueue(tx, retentionJob({}, now));
  });
}

Result<Decision> runRetention(const Tools& tools, store::Reader& /*reads later*/, const store::Job& job) {
  return slowWork(tools, job, [&tools, job] { return run(tools, job); });
}

}  // namespace postgang::flow
