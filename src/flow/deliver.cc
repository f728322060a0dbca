#include "flow/deliver.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/text.h"
#include "channels/exchanging.h"
#include "flow/attempt_result.h"
#include "flow/bank_files.h"
#include "flow/document_news.h"
#include "flow/print_batches.h"
#include "flow/sandbox_receivers.h"
#include "flow/smartmail.h"
#include "flow/track.h"
#include "flow/words.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "store/documents.h"
#include "store/job_turns.h"
#include "store/smartmail.h"

namespace postgang::flow {

using document::DeliveryStatus;
using document::Status;
using store::DeliveryFact;
using store::EventType;

namespace {

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

DeliveryFact factOf(const channels::Consignment& consignment, const channels::Channel& channel,
                    DeliveryFact fact) {
  fact.delivery = consignment.delivery;
  fact.channel = channel.name();
  fact.attempt = consignment.attempt;
  if (fact.address.empty()) fact.address = consignment.address;
  if (!fact.price) {
    const auto price = channel.price();
    fact.price = price.amount;
    fact.currency = price.currency;
  }
  fact.receiver = consignment.receiver;
  return fact;
}

// What the attempt's beginning has said need not be said again.
DeliveryFact resultOf(DeliveryFact fact, const channels::Sent& sent) {
  fact.evidence = sent.evidence;
  fact.detail = sent.detail;
  if (sent.sentDigest) fact.sentDigest = sent.sentDigest;
  fact.wire = truncated(sent.wire, store::wire_bytes_max / 4);
  return fact;
}

store::Actor actorOf(std::string_view channel) {
  return {store::ActorKind::channel, std::string(channel), std::string(channel)};
}

// What follows on a result: the same channel later, the next one, or the day when it should have been opened.
std::vector<store::NewJob> jobsAfter(const Progress& progress, const channels::Consignment& consignment,
                                     const channels::Sent& sent, const std::optional<Instant>& deadline,
                                     Instant now, std::string_view channel) {
  if (!sent.afterwards.empty()) return afterwardsJobs(consignment, progress.sender, channel, sent, now);
  if (sent.result == EventType::delivery_queued && deadline)
    return {channel == "bank" ? bankFileJob(*deadline) : printBatchJob(*deadline)};
  const bool maybeThere = sent.result == EventType::sent || sent.result == EventType::delivery_uncertain;
  if (maybeThere && deadline)
    return {deadlineJob(consignment.document, progress.sender, consignment.delivery, *deadline)};
  if (sent.result != EventType::delivery_failed && sent.result != EventType::bounced) return {};
  const auto retry = sent.retryAt ? std::optional(consignment.delivery) : std::nullopt;
  return {deliverJob(consignment.document, progress.sender, attemptsSoFar(progress) + 1,
                     sent.retryAt.value_or(now), retry)};
}

// A channel of our own house: attempt and result are one commit. What only stands in line has not begun.
Result<Following> inHouse(const Tools& tools, store::Reader& reader, const Progress& progress,
                          const channels::Channel& channel, const channels::Consignment& consignment) {
  const auto now = tools.clock.now();
  TRY(const auto prepared, channel.prepare(reader, consignment, now));
  const auto fact = factOf(consignment, channel, prepared.fact);
  if (prepared.refused) {
    auto following = whenImpossible(tools, consignment.document, progress, fact, *prepared.refused);
    following.events.insert(following.events.begin(), {EventType::delivery_started, {}, fact});
    return following;
  }
  TRY(const auto sent, channel.send(consignment, prepared));
  Following following;
  if (sent.result != EventType::delivery_queued)
    following.events.push_back({EventType::delivery_started, {}, fact});
  following.events.push_back({sent.result, actorOf(channel.name()), resultOf(fact, sent)});
  following.jobs = jobsAfter(progress, consignment, sent, fact.deadline, now, fact.channel);
  return following;
}

Result<Decision> deliverInHouse(const Tools& tools, store::Reader& reader, const store::Job& job,
                                const Progress& progress, const channels::Channel& channel,
                                const channels::Consignment& consignment) {
  TRY(auto following, inHouse(tools, reader, progress, channel, consignment));
  return Decision{[job, sequence = progress.sequence,
                   following = std::move(following)](store::Transaction& tx) -> Outcome {
                    CHECK_OK(store::complete(tx, job));
                    return appendAndTell(tx, job.document, sequence, following.events, following.jobs);
                  },
                  {}};
}

constexpr int attempt_seconds = 60, further_seconds = 45;  // that one message may take, and each one more

// The result, and which of several recipients their servers did not take.
std::vector<store::NewEvent> eventsOf(const channels::Channel& channel, const DeliveryFact& fact,
                                      const channels::Sent& sent) {
  std::vector<store::NewEvent> events = {{sent.result, actorOf(channel.name()), resultOf(fact, sent)}};
  for (const auto& refusal : sent.refused) {
    store::SmartmailFact bounced;
    bounced.delivery = fact.delivery;
    bounced.recipient = refusal.recipient;
    bounced.detail = refusal.words;
    events.push_back({EventType::recipient_bounced, actorOf(channel.name()), bounced});
  }
  return events;
}

struct Blob {
  Digest digest{};
  std::string compressed;
  std::int64_t size = 0;
};

Result<SendingLanes::Turn> turnFor(const Tools& tools, store::Reader& reader, const store::Job& job,
                                   const channels::Channel& channel,
                                   const channels::Consignment& consignment) {
  if (!tools.lanes) return SendingLanes::Turn{};
  TRY(auto host, channel.laneOf(reader, consignment));
  if (host.empty()) host = channel.name();
  return tools.lanes->reserve(host, job.id, tools.sendsHere);
}

Problem hostIsDown(const SendingLanes::Turn& turn) {
  return {ProblemKind::unavailable,
          "host-down",
          "The host has not answered for a day: " + turn.words,
          {},
          {},
          {}};
}

Decision notYet(const store::Job& job, const SendingLanes::Turn& turn) {
  return {[job, turn](store::Transaction& tx) { return store::putOff(tx, job, turn.later, turn.words); }, {}};
}

// Nothing leaves: the attempt and why it came to nothing are one commit.
Decision impossible(const Tools& tools, const store::Job& job, const Progress& progress,
                    const DeliveryFact& fact, const Problem& why) {
  auto following = whenImpossible(tools, job.document, progress, fact, why);
  following.events.insert(following.events.begin(), {EventType::delivery_started, {}, fact});
  return {[job, sequence = progress.sequence,
           following = std::move(following)](store::Transaction& tx) -> Outcome {
            CHECK_OK(store::complete(tx, job));
            return appendAndTell(tx, job.document, sequence, following.events, following.jobs);
          },
          {}};
}

Decision markUncertain(const store::Job& job, const Progress& progress, const Tried& tried);

// Its host is silent for good. What it may have got before is not sent another way.
Result<Decision> giveUpHost(const Tools& tools, store::Reader& reader, const store::Job& job,
                            const Progress& progress, const channels::Channel& channel,
                            const channels::Consignment& consignment, const SendingLanes::Turn& turn) {
  const auto tried = std::ranges::find(progress.tried, consignment.delivery, &Tried::delivery);
  if (tried != progress.tried.end()) {
    TRY(const auto again, channel.prepare(reader, consignment, tools.clock.now()));
    if (again.fact.evidence == channels::cut_off_evidence) return markUncertain(job, progress, *tried);
  }
  return impossible(tools, job, progress, factOf(consignment, channel, {}), hostIsDown(turn));
}

// A channel that leaves the house: the attempt is on disk before the first byte leaves, with its bytes and
// the links in them.
Result<Decision> deliverOutside(const Tools& tools, store::Reader& reader, const store::Job& job,
                                const Progress& progress, const channels::Channel& channel,
                                const channels::Consignment& consignment) {
  TRY(const auto turn, turnFor(tools, reader, job, channel, consignment));
  if (turn.dead) return giveUpHost(tools, reader, job, progress, channel, consignment, turn);
  if (tools.lanes && !turn.slot) return notYet(job, turn);
  TRY(auto made, channel.prepare(reader, consignment, tools.clock.now()));
  if (made.refused)
    return impossible(tools, job, progress, factOf(consignment, channel, made.fact), *made.refused);
  const auto prepared = std::make_shared<const channels::Prepared>(std::move(made));
  const auto started = factOf(consignment, channel, prepared->fact);
  auto blobs = std::make_shared<std::vector<Blob>>();
  for (const auto& bytes : prepared->kept)
    blobs->push_back({sha256(bytes), compress(bytes), static_cast<std::int64_t>(bytes.size())});
  Decision decision;
  decision.commit = [job, sequence = progress.sequence, started, prepared,
                     blobs](store::Transaction& tx) -> Outcome {
    for (const auto& blob : *blobs) CHECK_OK(store::putBlob(tx, blob.digest, blob.compressed, blob.size));
    for (const auto& link : prepared->links) CHECK_OK(store::createRecipientLink(tx, link));
    if (prepared->keep) CHECK_OK(prepared->keep(tx));
    const auto further = std::max<int>(static_cast<int>(prepared->messages.size()) - 1, 0);
    CHECK_OK(store::prolong(tx, job, attempt_seconds + further * further_seconds));
    return store::append(tx, job.document, sequence, {{EventType::delivery_started, {}, started}}, {});
  };
  decision.slot = turn.slot;
  decision.after = [&tools, &channel, job, progress, consignment, started, prepared,
                    slot = turn.slot]() -> Outcome {
    const auto [sent, keep] = sentBy(channel, consignment, *prepared, tools.clock.now());
    if (slot) slot->heard(sent.silent, sent.detail);
    auto fact = factOf(consignment, channel, {});
    fact.address = started.address;
    fact.price = started.price;
    fact.currency = started.currency;
    fact.reference = started.reference;
    auto jobs = jobsAfter(progress, consignment, sent, started.deadline, tools.clock.now(), started.channel);
    for (auto& more : mailsAfter(progress, consignment, sent, *prepared, tools.clock.now()))
      jobs.push_back(std::move(more));
    return recordResult(tools, job, fact, eventsOf(channel, fact, sent), jobs, keep);
  };
  return decision;
}

Result<std::string> addressOf(store::Reader& reader, const Progress& progress) {
  if (!progress.route || !progress.route->receiver) return progress.recipientAddress;
  TRY(const auto company, store::company(reader, *progress.route->receiver));
  return company.identifier;
}

Result<channels::Consignment> consignmentOf(const Tools& tools, store::Reader& reader, DocumentId document,
                                            const Progress& progress, const Attempt& next) {
  channels::Consignment consignment;
  consignment.document = document;
  consignment.delivery = next.again ? *next.again : tools.ids.next<DeliveryId>();
  consignment.sender = progress.sender;
  consignment.attempt = next.number;
  TRY(consignment.address, addressOf(reader, progress));
  consignment.receiver = progress.route->receiver;
  consignment.digest = progress.digest;
  for (const auto& tried : progress.tried) {
    if (tried.sheets) consignment.sheets = tried.sheets;
    if (tried.letterPrice) consignment.letterPrice = tried.letterPrice;
  }
  return consignment;
}

Result<Decision> attempt(const Tools& tools, store::Reader& reader, const store::Job& job,
                         const Progress& progress, const Attempt& next) {
  const auto* channel = tools.channels.find(next.step.channel);
  if (!channel)
    return fail(problem(ProblemKind::internal, "channel-not-built", {{"channel", next.step.channel}}));
  TRY(const auto consignment, consignmentOf(tools, reader, job.document, progress, next));
  if (channel->inHouse()) return deliverInHouse(tools, reader, job, progress, *channel, consignment);
  return deliverOutside(tools, reader, job, progress, *channel, consignment);
}

Decision onlyComplete(const store::Job& job) {
  return {[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
}

// The other side takes it once, however often it is handed over: so it is handed over again.
Decision tryAgain(const Tools& tools, const store::Job& job, const Progress& progress, const Tried& tried) {
  DeliveryFact fact;
  fact.delivery = tried.delivery;
  fact.channel = tried.channel;
  fact.attempt = tried.attempts;
  fact.evidence = channels::cut_off_evidence;
  fact.detail = "The attempt was cut off before its result was known; it is made again.";
  const auto again =
      deliverJob(job.document, progress.sender, attemptsSoFar(progress), tools.clock.now(), tried.delivery);
  return {
      [job, sequence = progress.sequence, fact, again](store::Transaction& tx) -> Outcome {
        CHECK_OK(store::complete(tx, job));
        return store::append(tx, job.document, sequence, {{EventType::delivery_failed, {}, fact}}, {again});
      },
      {}};
}

Decision markUncertain(const store::Job& job, const Progress& progress, const Tried& tried) {
  DeliveryFact fact;
  fact.delivery = tried.delivery;
  fact.channel = tried.channel;
  fact.attempt = tried.attempts;
  fact.detail = "The attempt was cut off before its result was known.";
  std::vector<store::NewJob> jobs;
  if (tried.deadline)
    jobs.push_back(deadlineJob(job.document, progress.sender, tried.delivery, *tried.deadline));
  return {
      [job, sequence = progress.sequence, fact, jobs](store::Transaction& tx) -> Outcome {
        CHECK_OK(store::complete(tx, job));
        return store::append(tx, job.document, sequence, {{EventType::delivery_uncertain, {}, fact}}, jobs);
      },
      {}};
}

Decision giveUp(const store::Job& job, const Progress& progress, const Exhausted& how) {
  return {[job, sequence = progress.sequence,
           why = failedFor(how, failedFact("channels-exhausted"))](store::Transaction& tx) -> Outcome {
            CHECK_OK(store::complete(tx, job));
            return appendAndTell(tx, job.document, sequence, {{EventType::failed, {}, why}}, {});
          },
          {}};
}

}  // namespace

store::FailedFact failedFor(const Exhausted& how, store::FailedFact otherwise) {
  if (how.waiting.empty()) return otherwise;
  return failedFact("next-channel-waits", {{"channel", how.waiting}});
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

Following whenImpossible(const Tools& tools, DocumentId document, const Progress& progress,
                         const DeliveryFact& fact, const Problem& why) {
  auto said = fact;
  said.evidence = why.code;
  said.detail = why.detail;
  Following following;
  following.events.push_back({EventType::delivery_failed, actorOf(fact.channel), said});
  const auto then = after(progress, EventType::delivery_failed, said);
  const auto next = nextOf(then, {});
  if (const auto* how = std::get_if<Exhausted>(&next)) {
    const bool hasWords = Texts::of(Language::english).has("problem." + why.code);
    following.events.push_back({EventType::failed,
                                {},
                                failedFor(*how, hasWords ? failedFact(why.code, why.parameters)
                                                         : failedFact("walk-failed", {{"code", why.code}}))});
  } else if (std::holds_alternative<Attempt>(next)) {
    following.jobs.push_back(deliverJob(document, progress.sender, attemptsSoFar(then), tools.clock.now()));
  }
  return following;
}

Result<Following> followingOn(const Tools& tools, store::Reader& reader, DocumentId document,
                              const Progress& progress, std::string_view failedCode) {
  const auto next = nextOf(progress, {});
  Following following;
  if (const auto* how = std::get_if<Exhausted>(&next)) {
    following.events.push_back({EventType::failed, {}, failedFor(*how, failedFact(failedCode))});
    return following;
  }
  const auto* chosen = std::get_if<Attempt>(&next);
  if (!chosen) return following;
  const auto* channel = tools.channels.find(chosen->step.channel);
  if (channel && channel->inHouse()) {
    TRY(const auto consignment, consignmentOf(tools, reader, document, progress, *chosen));
    return inHouse(tools, reader, progress, *channel, consignment);
  }
  following.jobs.push_back(deliverJob(document, progress.sender, attemptsSoFar(progress), tools.clock.now()));
  return following;
}

Result<Decision> deliver(const Tools& tools, store::Reader& reader, const store::Job& job) {
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), job.document));
  const auto progress = progressOf(events);
  const auto next = nextOf(progress, askedBy(job));
  if (const auto* chosen = std::get_if<Attempt>(&next)) return attempt(tools, reader, job, progress, *chosen);
  if (const auto* uncertain = std::get_if<Uncertain>(&next)) {
    const auto* channel = tools.channels.find(uncertain->tried.channel);
    if (dynamic_cast<const channels::Exchanging*>(channel))
      return tryAgain(tools, job, progress, uncertain->tried);
    return markUncertain(job, progress, uncertain->tried);
  }
  if (const auto* how = std::get_if<Exhausted>(&next)) return giveUp(job, progress, *how);
  return onlyComplete(job);
}

}  // namespace postgang::flow
