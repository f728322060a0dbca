// /health, /metrics and /api/openapi.json.
#include <algorithm>

#include "api/openapi_text.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "store/jobs.h"

namespace postgang::api {

namespace {

// A document that waited longer than this means that the workers do not keep up, or stand still.
constexpr std::int64_t queue_age_seconds_max = 300;

Result<std::vector<store::QueueState>> queues(Parts& parts) {
  return readFrom(parts.context.store, [](store::Reader& reader) { return store::queueStates(reader); });
}

std::int64_t oldestSeconds(const std::vector<store::QueueState>& queues, Instant now) {
  std::int64_t oldest = 0;
  for (const auto& queue : queues)
    if (queue.waiting > 0)
      oldest = std::max(oldest, (now.microseconds - queue.oldest.microseconds) / 1'000'000);
  return oldest;
}

// 503 when the store cannot be read; "degraded" when it can and the queue is old: a load balancer that took a
// node away for that would only make it worse.
Result<net::Reply> health(Parts& parts) {
  const auto now = parts.context.clock.now();
  const auto states = queues(parts);
  if (!states)
    return fail(ProblemKind::unavailable, "store-unreachable", "The store cannot be read.", {},
                "Look at the server's log.");
  const auto age = oldestSeconds(*states, now);
  return net::Reply::json(
      boost::json::serialize(boost::json::object{{"status", age > queue_age_seconds_max ? "degraded" : "ok"},
                                                 {"version", parts.context.version},
                                                 {"time", now.text()},
                                                 {"store", parts.context.store.describe()},
                                                 {"oldestJobSeconds", age}}));
}

Result<net::Reply> metrics(Parts& parts) {
  Metrics::Now now;
  now.at = parts.context.clock.now();
  if (auto states = queues(parts)) now.queues = std::move(*states);
  now.server = parts.serverCounts();
  now.streamClients = parts.hub.clients();
  if (const auto mails = parts.context.flow.mailCounts()) {
    for (std::size_t i = 0; i < flow::mail_meanings; ++i)
      now.mails.emplace_back(flow::name(static_cast<flow::MailMeaning>(i)), (*mails)[i]);
    now.mails.emplace_back("unreadable", mails->back());
  }
  return net::Reply::bytes("text/plain; version=0.0.4; charset=utf-8", parts.metrics.text(now));
}

Result<net::Reply> contract(const net::Request& request) {
  static const auto text = std::make_shared<const std::string>(openapiText());
  static const std::string etag = "\"" + hex(view(sha256(*text))).substr(0, 16) + "\"";
  net::Reply reply;
  reply.headers.set("Content-Type", "application/json");
  reply.headers.set("Cache-Control", "no-cache");
  reply.shared = text;
  return net::withEtag(request, std::move(reply), etag);
}

}  // namespace

void addOperationRoutes(net::Router& router, Parts& parts) {
  for (const auto* path : {"/health", "/api/v1/health"})
    router.add("GET", path, parts.guard.anybody([&](const auto&) { return health(parts); }));
  for (const auto* path : {"/metrics", "/api/v1/metrics"})
    router.add("GET", path, parts.guard.anybody([&](const auto&) { return metrics(parts); }));
  router.add("GET", "/api/openapi.json", parts.guard.anybody(contract));
}

}  // namespace postgang::api
