#include "flow/deliver.h"

#include <algorithm>

#include <boost/json.hpp>

#include "flow/track.h"
#include "flow/words.h"
#include "store/companies.h"
#include "store/documents.h"

namespace postgang::flow {

using document::DeliveryStatus;
using document::Status;
using store::DeliveryFact;
using store::EventType;

namespace {

bool isLive(DeliveryStatus status) {
  return status == DeliveryStatus::sending || status == DeliveryStatus::sent ||
         status == DeliveryStatus::delivered || status == DeliveryStatus::opened ||
         status == DeliveryStatus::uncertain;
}

bool isWithdrawn(Status status) {
  return status == Status::superseded || status == Status::cancelled || status == Status::returned ||
         status == Status::rejected || status == Status::stopped || status == Status::held;
}

void take(Progress& progress, const store::Event& event, const DeliveryFact& fact) {
  auto& tried = progress.tried;
  auto found =
      std::find_if(tried.begin(), tried.end(), [&](const auto& t) { return t.delivery == fact.delivery; });
  if (found == tried.end())
    found = tried.insert(tried.end(), Tried{fact.delivery, fact.channel, 0, false, {}});
  found->attempts = std::max(found->attempts, fact.attempt);
  found->underWay = event.type == EventType::delivery_started;
  found->status = document::fold(std::optional(found->status), event.type);
}

const Tried* lastOn(const Progress& progress, std::string_view channel) {
  const Tried* last = nullptr;
  for (const auto& tried : progress.tried)
    if (tried.channel == channel) last = &tried;
  return last;
}

Asked askedBy(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = boost::json::parse(job.payload, error);
  if (error || !payload.is_object()) return {};
  Asked asked;
  if (const auto* retry = payload.as_object().if_contains("retry"); retry && retry->is_string())
    asked.retry = DeliveryId::parse(std::string_view(retry->as_string()));
  if (const auto* channel = payload.as_object().if_contains("resend"); channel && channel->is_string())
    asked.channel = std::string(std::string_view(channel->as_string()));
  return asked;
}

DeliveryFact factOf(const channels::Consignment& consignment, const channels::Channel& channel) {
  DeliveryFact fact;
  fact.delivery = consignment.delivery;
  fact.channel = channel.name();
  fact.attempt = consignment.attempt;
  fact.address = consignment.address;
  const auto price = channel.price();
  fact.price = price.amount;
  fact.currency = price.currency;
  fact.receiver = consignment.receiver;
  return fact;
}

DeliveryFact resultOf(DeliveryFact fact, const channels::Sent& sent) {
  fact.evidence = sent.evidence;
  fact.detail = sent.detail;
  fact.sentDigest = sent.sentDigest;
  return fact;
}

store::Actor actorOf(const channels::Channel& channel) {
  return {store::ActorKind::channel, std::string(channel.name()), std::string(channel.name())};
}

int attemptsSoFar(const Progress& progress) {
  int count = 0;
  for (const auto& tried : progress.tried) count += tried.attempts;
  return count;
}

// What follows on a result that did not get through: the same channel later, or the next one.
std::vector<store::NewJob> jobsAfter(const Progress& progress, const channels::Consignment& consignment,
                                     const channels::Sent& sent, Instant now) {
  if (sent.result != EventType::delivery_failed && sent.result != EventType::bounced) return {};
  const auto retry = sent.retryAt ? std::optional(consignment.delivery) : std::nullopt;
  return {deliverJob(consignment.document, progress.sender, attemptsSoFar(progress) + 1,
                     sent.retryAt.value_or(now), retry)};
}

// A channel of our own house: attempt and result are one commit.
Result<Decision> deliverInHouse(const Tools& tools, const store::Job& job, const Progress& progress,
                                const channels::Channel& channel, const channels::Consignment& consignment) {
  TRY(const auto sent, channel.send(consignment));
  const auto fact = factOf(consignment, channel);
  std::vector<store::NewEvent> events = {{EventType::delivery_started, {}, fact},
                                         {sent.result, actorOf(channel), resultOf(fact, sent)}};
  auto jobs = jobsAfter(progress, consignment, sent, tools.clock.now());
  return Decision{[job, sequence = progress.sequence, events = std::move(events),
                   jobs = std::move(jobs)](store::Transaction& tx) -> Outcome {
                    CHECK_OK(store::complete(tx, job));
                    return store::append(tx, job.document, sequence, events, jobs);
                  },
                  {}};
}

// Writes what became of an attempt. The lease may be lost by now (a slow counterpart): the fact is kept all
// the same.
Outcome recordResult(const Tools& tools, const store::Job& job, const DeliveryFact& fact,
                     store::NewEvent event, const std::vector<store::NewJob>& jobs) {
  const auto completing = tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::complete(tx, job));
    return recordFact(tx, job.document, fact, event, jobs);
  });
  if (completing || completing.error().code != "lease-lost") return completing;
  return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    return recordFact(tx, job.document, fact, event, jobs);
  });
}

// A channel that leaves the house: the attempt is on disk before the first byte leaves.
Decision deliverOutside(const Tools& tools, const store::Job& job, const Progress& progress,
                        const channels::Channel& channel, const channels::Consignment& consignment) {
  const auto fact = factOf(consignment, channel);
  Decision decision;
  decision.commit = [job, sequence = progress.sequence, fact](store::Transaction& tx) -> Outcome {
    return store::append(tx, job.document, sequence, {{EventType::delivery_started, {}, fact}}, {});
  };
  decision.after = [&tools, &channel, job, progress, consignment, fact]() -> Outcome {
    auto sent = channel.send(consignment);
    if (!sent) {
      channels::Sent failed;
      failed.result = EventType::delivery_failed;
      failed.detail = sent.error().detail;
      sent = failed;
    }
    const auto result = resultOf(fact, *sent);
    return recordResult(tools, job, result, {sent->result, actorOf(channel), result},
                        jobsAfter(progress, consignment, *sent, tools.clock.now()));
  };
  return decision;
}

Result<std::string> addressOf(store::Reader& reader, const Progress& progress) {
  if (!progress.route || !progress.route->receiver) return progress.recipientAddress;
  TRY(const auto company, store::company(reader, *progress.route->receiver));
  return company.identifier;
}

Result<Decision> attempt(const Tools& tools, store::Reader& reader, const store::Job& job,
                         const Progress& progress, const Attempt& next) {
  const auto* channel = tools.channels.find(next.step.channel);
  if (!channel)
    return fail(problem(ProblemKind::internal, "channel-not-built", {{"channel", next.step.channel}}));
  channels::Consignment consignment;
  consignment.document = job.document;
  consignment.delivery = next.again ? *next.again : tools.ids.next<DeliveryId>();
  consignment.attempt = next.number;
  TRY(consignment.address, addressOf(reader, progress));
  consignment.receiver = progress.route->receiver;
  consignment.digest = progress.digest;
  if (channel->inHouse()) return deliverInHouse(tools, job, progress, *channel, consignment);
  return deliverOutside(tools, job, progress, *channel, consignment);
}

Decision onlyComplete(const store::Job& job) {
  return {[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
}

Decision markUncertain(const store::Job& job, const Progress& progress, const Tried& tried) {
  DeliveryFact fact;
  fact.delivery = tried.delivery;
  fact.channel = tried.channel;
  fact.attempt = tried.attempts;
  fact.detail = "The attempt was cut off before its result was known.";
  return {[job, sequence = progress.sequence, fact](store::Transaction& tx) -> Outcome {
            CHECK_OK(store::complete(tx, job));
            return store::append(tx, job.document, sequence, {{EventType::delivery_uncertain, {}, fact}}, {});
          },
          {}};
}

Decision giveUp(const store::Job& job, const Progress& progress) {
  return {[job, sequence = progress.sequence](store::Transaction& tx) -> Outcome {
            CHECK_OK(store::complete(tx, job));
            return store::append(tx, job.document, sequence,
                                 {{EventType::failed, {}, failedFact("channels-exhausted")}}, {});
          },
          {}};
}

}  // namespace

Progress progressOf(const std::vector<store::Event>& events) {
  Progress progress;
  std::optional<Status> status;
  for (const auto& event : events) {
    progress.sequence = event.sequence;
    status = document::fold(status, event.type);
    if (const auto* received = std::get_if<store::ReceivedFact>(&event.fact)) {
      progress.sender = received->sender;
      progress.digest = received->digest;
    } else if (const auto* recognised = std::get_if<store::RecognisedFact>(&event.fact)) {
      progress.recipientAddress = recognised->buyer.identifier;
    } else if (const auto* route = std::get_if<store::RoutedFact>(&event.fact)) {
      progress.route = *route;
    } else if (const auto* delivery = std::get_if<DeliveryFact>(&event.fact)) {
      take(progress, event, *delivery);
    }
  }
  progress.status = status.value_or(Status::received);
  return progress;
}

Next nextOf(const Progress& progress, const Asked& asked) {
  if (!progress.route || isWithdrawn(progress.status)) return Done{};
  for (const auto& tried : progress.tried)
    if (tried.underWay) return Uncertain{tried};
  if (asked.channel) {
    for (const auto& step : progress.route->plan)
      if (step.reachable && step.channel == *asked.channel) return Attempt{step, std::nullopt, 1};
  }
  for (const auto& tried : progress.tried)
    if (isLive(tried.status)) return Done{};
  for (const auto& step : progress.route->plan) {
    if (!step.reachable) continue;
    const auto* tried = lastOn(progress, step.channel);
    if (!tried) return Attempt{step, std::nullopt, 1};
    if (asked.retry && tried->delivery == *asked.retry && tried->status == DeliveryStatus::failed)
      return Attempt{step, tried->delivery, tried->attempts + 1};
  }
  return progress.status == Status::failed ? Next(Done{}) : Next(Exhausted{});
}

store::NewJob deliverJob(DocumentId document, CompanyId company, int attemptsSoFar, Instant runAt,
                         std::optional<DeliveryId> retry) {
  store::NewJob job;
  job.kind = "deliver";
  job.key = "deliver:" + document.text() + ":" + std::to_string(attemptsSoFar);
  job.document = document;
  job.company = company;
  job.runAt = runAt;
  job.payload = retry ? "{\"retry\":\"" + retry->text() + "\"}" : "{}";
  return job;
}

store::NewJob resendJob(DocumentId document, CompanyId company, int attemptsSoFar, Instant runAt,
                        std::string_view channel) {
  auto job = deliverJob(document, company, attemptsSoFar, runAt);
  job.payload = boost::json::serialize(boost::json::object{{"resend", channel}});
  return job;
}

Result<Decision> deliver(const Tools& tools, store::Reader& reader, const store::Job& job) {
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), job.document));
  const auto progress = progressOf(events);
  const auto next = nextOf(progress, askedBy(job));
  if (const auto* chosen = std::get_if<Attempt>(&next)) return attempt(tools, reader, job, progress, *chosen);
  if (const auto* uncertain = std::get_if<Uncertain>(&next))
    return markUncertain(job, progress, uncertain->tried);
  if (std::holds_alternative<Exhausted>(next)) return giveUp(job, progress);
  return onlyComplete(job);
}

}  // namespace postgang::flow
