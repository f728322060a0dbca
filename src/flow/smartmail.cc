#include "flow/smartmail.h"

#include <algorithm>

#include <boost/json.hpp>

#include "flow/deliver.h"
#include "store/documents.h"
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

bool ended(document::Status status) {
  return status == document::Status::superseded || status == document::Status::cancelled ||
         status == document::Status::rejected || status == document::Status::accepted;
}

// Whether this delivery's deadline has passed and counts.
bool isOverdue(const Progress& progress, const Tried& tried, const store::Delivery& delivery, Instant now) {
  if (tried.expired || tried.underWay || delivery.road.openedAt || ended(progress.status)) return false;
  if (tried.status == document::DeliveryStatus::failed || tried.status == document::DeliveryStatus::bounced)
    return false;  // it has gone on already
  return tried.deadline && *tried.deadline <= now;
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

Result<Decision> smartmailDue(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto id = deliveryIn(job);
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), job.document));
  TRY(const auto deliveries, store::deliveriesOf(reader, store::Viewer::system(), job.document));
  auto progress = progressOf(events);
  const auto tried = std::ranges::find_if(progress.tried, [&](const auto& t) { return t.delivery == id; });
  const auto delivery = std::ranges::find_if(deliveries, [&](const auto& d) { return d.id == id; });
  if (tried == progress.tried.end() || delivery == deliveries.end()) return onlyComplete(job);
  if (!isOverdue(progress, *tried, *delivery, tools.clock.now())) return onlyComplete(job);

  store::DeliveryFact fact;
  fact.delivery = tried->delivery;
  fact.channel = tried->channel;
  fact.attempt = tried->attempts;
  fact.evidence = "deadline";
  tried->expired = true;
  TRY(auto following, followingOn(tools, reader, job.document, progress, "smartmail-not-opened"));
  following.events.insert(following.events.begin(), {EventType::delivery_expired, {}, fact});
  return Decision{[job, sequence = progress.sequence,
                   following = std::move(following)](store::Transaction& tx) -> Outcome {
                    CHECK_OK(store::complete(tx, job));
                    return store::append(tx, job.document, sequence, following.events, following.jobs);
                  },
                  {}};
}

}  // namespace postgang::flow
