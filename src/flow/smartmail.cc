#include "flow/smartmail.h"

#include <algorithm>

#include <boost/json.hpp>

#include "flow/document_news.h"
#include "store/smartmail_road.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::EventType;

namespace {

std::optional<DeliveryId> deliveryIn(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = boost::json::parse(job.payload, error);
  if (error || !payload.is_object()) return std::nullopt;
  const auto* delivery = payload.as_object().if_contains("delivery");
  return delivery && delivery->is_string() ? DeliveryId::parse(std::string_view(delivery->as_string()))
                                           : std::nullopt;
}

// Whether its deadline has passed and counts: what bounced or failed has gone on already.
bool isOverdue(const Progress& progress, const Tried& tried, const store::Road& road, Instant now) {
  return isWaiting(tried) && !road.openedAt && !hasEnded(progress.status) && tried.deadline &&
         *tried.deadline <= now;
}

// It was sent once more by another road, which is to have its time: this mail goes nowhere any longer.
Following withoutDeadline(DeliveryId delivery) {
  store::SmartmailFact fact;
  fact.delivery = delivery;
  fact.detail = "sent-again";
  return {{{EventType::deadline_moved, {}, fact}}, {}};
}

Decision onlyComplete(const store::Job& job) {
  return {[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
}

}  // namespace

store::NewJob deadlineJob(DocumentId document, CompanyId sender, DeliveryId delivery, Instant deadline) {
  store::NewJob job;
  job.kind = "smartmail-due";
  job.key = "smartmail-due:" + delivery.text() + ":" + std::to_string(deadline.microseconds);
  job.document = document;
  job.company = sender;
  job.runAt = deadline;
  job.payload = boost::json::serialize(boost::json::object{{"delivery", delivery.text()}});
  return job;
}

bool isWaiting(const Tried& tried) {
  using document::DeliveryStatus;
  if (tried.expired || tried.underWay) return false;
  return tried.status == DeliveryStatus::sent || tried.status == DeliveryStatus::delivered ||
         tried.status == DeliveryStatus::opened || tried.status == DeliveryStatus::uncertain;
}

bool hasEnded(document::Status status) {
  using document::Status;
  return status == Status::superseded || status == Status::cancelled || status == Status::rejected ||
         status == Status::accepted;
}

Progress expired(Progress progress, DeliveryId delivery) {
  for (auto& tried : progress.tried) {
    if (tried.channel == "email") tried.expired = true;
    if (tried.delivery == delivery) break;
  }
  return progress;
}

Result<Following> expiryOf(const Tools& tools, store::Reader& reader, DocumentId document,
                           const Progress& progress, DeliveryId delivery, std::string_view evidence,
                           const store::Actor& actor) {
  store::DeliveryFact fact;
  fact.delivery = delivery;
  fact.evidence = evidence;
  for (const auto& tried : progress.tried) {
    if (tried.delivery != delivery) continue;
    fact.channel = tried.channel;
    fact.attempt = tried.attempts;
  }
  TRY(auto following,
      followingOn(tools, reader, document, expired(progress, delivery), "smartmail-not-opened"));
  if (following.leadsNowhere()) return following;
  following.events.insert(following.events.begin(), {EventType::delivery_expired, actor, fact});
  return following;
}

Result<Decision> smartmailDue(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto id = deliveryIn(job);
  if (!id) return onlyComplete(job);
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), job.document));
  TRY(const auto road, store::roadOf(reader, job.document, *id));
  const auto progress = progressOf(events);
  const auto tried = std::ranges::find(progress.tried, *id, &Tried::delivery);
  if (tried == progress.tried.end() || !road) return onlyComplete(job);
  if (!isOverdue(progress, *tried, *road, tools.clock.now())) return onlyComplete(job);

  TRY(auto following, expiryOf(tools, reader, job.document, progress, tried->delivery, "deadline", {}));
  if (following.leadsNowhere()) following = withoutDeadline(tried->delivery);
  return Decision{[job, sequence = progress.sequence,
                   following = std::move(following)](store::Transaction& tx) -> Outcome {
                    CHECK_OK(store::complete(tx, job));
                    return appendAndTell(tx, job.document, sequence, following.events, following.jobs);
                  },
                  {}};
}

}  // namespace postgang::flow
