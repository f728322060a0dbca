// /operations: what is failing right now, for staff. One act answers a group of failures: each document is
// sent once more by itself, with a result for each.
#include "insight/operations.h"

#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "flow/words.h"
#include "store/jobs.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

Outcome staffOnly(const Call& call) {
  if (call.caller->isStaff() && call.caller->company.isOperator) return {};
  return fail(flow::problem(ProblemKind::forbidden, "not-staff"));
}

json::array queueShapes(const insight::Operations& now, Instant at) {
  json::array items;
  for (const auto& queue : now.queues) {
    const bool due = queue.waiting > 0 && queue.oldest <= at;
    items.push_back({{"kind", queue.kind},
                     {"waiting", queue.waiting},
                     {"leased", queue.leased},
                     {"dead", queue.dead},
                     {"oldestDueAt", due ? json::value(queue.oldest.text()) : json::value(nullptr)}});
  }
  return items;
}

json::array failureShapes(const insight::Operations& now) {
  json::array items;
  for (const auto& group : now.failures) {
    json::array newest;
    for (std::size_t i = 0; i < group.newestDocuments.size() && i < 5; ++i)
      newest.emplace_back(group.newestDocuments[i].text());
    items.push_back({{"cause", group.cause},
                     {"channel", textOrNull(group.channel)},
                     {"documents", group.documents},
                     {"companies", group.companies},
                     {"oldestAt", group.oldest.text()},
                     {"newestAt", group.newest.text()},
                     {"newest", std::move(newest)}});
  }
  return items;
}

json::array batchShapes(const insight::Operations& now) {
  json::array items;
  for (const auto& batch : now.batches)
    items.push_back({{"id", batch.id},
                     {"house", batch.house},
                     {"cutOff", batch.cutOff.text()},
                     {"letters", batch.letters},
                     {"attempts", batch.attempts},
                     {"uploadedAt", instantOrNull(batch.uploadedAt)},
                     {"trouble", textOrNull(batch.trouble)}});
  return items;
}

json::array hostShapes(const std::vector<flow::DownHost>& hosts) {
  json::array items;
  for (const auto& host : hosts)
    items.push_back({{"host", host.host},
                     {"since", host.since.text()},
                     {"nextTryAt", host.nextTry.text()},
                     {"attempts", host.silences},
                     {"words", textOrNull(host.words)}});
  return items;
}

json::array deadShapes(const insight::Operations& now) {
  json::array items;
  for (const auto& dead : now.dead)
    items.push_back({{"kind", dead.kind}, {"reason", dead.reason}, {"jobs", dead.jobs}});
  return items;
}

Result<insight::Operations> operationsNow(Parts& parts, const Call& call, Instant now) {
  return readFrom(parts.context.store,
                  [&](store::Reader& reader) { return insight::operations(reader, call.viewer(), now); });
}

Result<net::Reply> show(Parts& parts, const Call& call) {
  CHECK_OK(staffOnly(call));
  const auto at = parts.context.clock.now();
  TRY(const auto now, operationsNow(parts, call, at));
  return net::Reply::json(
      json::serialize(json::object{{"at", at.text()},
                                   {"queues", queueShapes(now, at)},
                                   {"dead", deadShapes(now)},
                                   {"failures", failureShapes(now)},
                                   {"partial", now.partial},
                                   {"printBatches", batchShapes(now)},
                                   {"hostsDown", hostShapes(parts.context.flow.hostsDown())},
                                   {"lateLetters", now.lateLetters}}));
}

Result<net::Reply> retryGroup(Parts& parts, const Call& call) {
  CHECK_OK(staffOnly(call));
  TRY(const auto body, JsonBody::of(call.request, {"cause", "channel"}));
  TRY(const auto cause, body.text("cause", 100));
  TRY(const auto channel, body.maybeText("channel", 50));
  TRY(const auto now, operationsNow(parts, call, parts.context.clock.now()));
  json::array items;
  for (const auto& group : now.failures) {
    if (group.cause != cause || group.channel != channel.value_or("")) continue;
    for (const auto& document : group.newestDocuments) {
      const auto sent = parts.context.flow.resend(call.viewer(), document, "", false);
      items.push_back({{"id", document.text()},
                       {"done", sent.has_value()},
                       {"problem", sent ? json::value(nullptr) : json::value(problemShape(sent.error()))}});
    }
  }
  return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
}

Result<net::Reply> retryJobs(Parts& parts, const Call& call) {
  CHECK_OK(staffOnly(call));
  TRY(const auto body, JsonBody::of(call.request, {"kind"}));
  TRY(const auto kind, body.text("kind", 50));
  std::int64_t revived = 0;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(revived, store::reviveDead(tx, kind));
    return {};
  }));
  return net::Reply::json(json::serialize(json::object{{"jobs", revived}}));
}

}  // namespace

void addOperationsRoutes(net::Router& router, Parts& parts) {
  const auto& guard = parts.guard;
  router.add("GET", "/api/v1/operations", guard.person([&](const Call& call) { return show(parts, call); }));
  router.add("POST", "/api/v1/operations/retry",
             guard.person([&](const Call& call) { return retryGroup(parts, call); }), JsonBody::bytes_max);
  router.add("POST", "/api/v1/operations/jobs/retry",
             guard.person([&](const Call& call) { return retryJobs(parts, call); }), JsonBody::bytes_max);
}

}  // namespace postgang::api
