#include "flow/remind.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "channels/email.h"
#include "flow/deliver.h"
#include "flow/document_news.h"
#include "flow/retries.h"
#include "flow/track.h"
#include "store/blobs.h"
#include "store/documents.h"
#include "store/job_turns.h"
#include "store/smartmail.h"
#include "store/sql/session.h"

namespace postgang::flow {

using document::DeliveryStatus;
using store::EventType;

namespace {

constexpr std::array<std::int64_t, 6> waits_seconds = {60, 300, 900, 3600, 4 * 3600, 12 * 3600};
constexpr int lease_seconds = 60, further_seconds = 45;

// What a job names.
struct Wish {
  std::optional<DeliveryId> delivery;
  std::string recipient;  // empty: who has not opened it
  bool again = false;     // not a reminder: this address has not got it at all
  int tries = 0;
};

Wish wishOf(const store::Job& job) {
  Wish wish;
  boost::system::error_code error;
  const auto payload = boost::json::parse(job.payload, error);
  if (error || !payload.is_object()) return wish;
  const auto& object = payload.get_object();
  if (const auto* delivery = object.if_contains("delivery"); delivery && delivery->is_string())
    wish.delivery = DeliveryId::parse(std::string_view(delivery->get_string()));
  if (const auto* recipient = object.if_contains("recipient"); recipient && recipient->is_string())
    wish.recipient = std::string(recipient->get_string());
  if (const auto* again = object.if_contains("again"); again && again->is_bool())
    wish.again = again->get_bool();
  if (const auto* tries = object.if_contains("tries"); tries && tries->is_int64())
    wish.tries = static_cast<int>(tries->get_int64());
  return wish;
}

Decision onlyComplete(const store::Job& job) {
  return {[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
}

// Nobody is reminded of what has been opened by all, has gone to paper or has been taken back.
bool isOver(const Progress& progress, const store::Delivery& delivery, const Wish& wish) {
  if (isWithdrawn(progress) || progress.status == document::Status::accepted) return true;
  if (delivery.channel != "email" || !delivery.road.sentAt || delivery.status == DeliveryStatus::bounced)
    return true;
  // A link that has run out may be asked for again, also of what has gone to paper.
  return wish.recipient.empty() && (delivery.road.openedAt || delivery.road.expiredAt);
}

std::vector<std::string> recipientsFor(const store::Delivery& delivery, const Wish& wish) {
  std::vector<std::string> recipients;
  for (const auto& each : delivery.road.recipients) {
    const bool named = each.address == wish.recipient;
    const bool unopened = wish.recipient.empty() && !each.openedAt;
    if (each.bounced.empty() && (named || unopened)) recipients.push_back(each.address);
  }
  return recipients;
}

// Everything that the step has read.
struct Case {
  Wish wish;
  Progress progress;
  store::Delivery delivery;
  std::vector<std::string> recipients;
};

// `sent`: it has left, whatever has happened meanwhile.
Result<std::optional<Case>> caseOf(store::Reader& reader, const store::Job& job, bool sent = false) {
  Case found;
  found.wish = wishOf(job);
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), job.document));
  TRY(const auto deliveries, store::deliveriesOf(reader, store::Viewer::system(), job.document));
  found.progress = progressOf(events);
  const auto delivery =
      std::ranges::find_if(deliveries, [&](const auto& d) { return d.id == found.wish.delivery; });
  if (delivery == deliveries.end()) return std::optional<Case>();
  if (!sent && isOver(found.progress, *delivery, found.wish)) return std::optional<Case>();
  found.delivery = *delivery;
  found.recipients = recipientsFor(found.delivery, found.wish);
  if (!sent && found.recipients.empty()) return std::optional<Case>();
  return std::optional(std::move(found));
}

channels::MailAgain mailOf(const store::Job& job, const Case& it) {
  channels::MailAgain again;
  auto& consignment = again.consignment;
  consignment.document = job.document;
  consignment.delivery = it.delivery.id;
  consignment.sender = it.progress.sender;
  consignment.attempt = it.wish.tries + 1;
  consignment.digest = it.progress.digest;
  consignment.sheets = it.delivery.road.sheets;
  consignment.letterPrice = it.delivery.road.letterPrice;
  again.recipients = it.recipients;
  again.reminder = !it.wish.again;
  again.number = it.delivery.road.reminders + 1;
  again.sentAt = it.delivery.road.sentAt;
  if (!it.delivery.road.expiredAt) again.deadline = it.delivery.road.deadline;
  return again;
}

store::Actor mailActor() {
  return {store::ActorKind::channel, "email", "email"};
}

store::SmartmailFact factOf(const Case& it, std::string recipient, std::string detail) {
  store::SmartmailFact fact;
  fact.delivery = it.delivery.id;
  fact.recipient = std::move(recipient);
  fact.detail = std::move(detail);
  return fact;
}

// The last address of a delivery that bounces takes the delivery with it.
Result<Following> bounced(const Tools& tools, store::Reader& reader, DocumentId document, const Case& it,
                          const std::vector<channels::Refusal>& refused) {
  Following following;
  for (const auto& each : refused)
    following.events.push_back(
        {EventType::recipient_bounced, mailActor(), factOf(it, each.recipient, each.words)});
  const bool all = std::ranges::all_of(it.delivery.road.recipients, [&](const auto& known) {
    return !known.bounced.empty() ||
           std::ranges::find(refused, known.address, &channels::Refusal::recipient) != refused.end();
  });
  if (!all || refused.empty() || it.delivery.road.expiredAt) return following;
  store::DeliveryFact fact;
  fact.delivery = it.delivery.id;
  fact.channel = it.delivery.channel;
  fact.address = it.delivery.address;
  fact.evidence = "smtp";
  fact.detail = refused.front().words;
  for (const auto& tried : it.progress.tried)
    if (tried.delivery == it.delivery.id) fact.attempt = tried.attempts;
  TRY(auto next, followingOn(tools, reader, document, after(it.progress, EventType::bounced, fact),
                             "channels-exhausted"));
  following.events.push_back({EventType::bounced, mailActor(), fact});
  std::ranges::move(next.events, std::back_inserter(following.events));
  following.jobs = std::move(next.jobs);
  return following;
}

// Whom the answer leaves out is asked again later, or has bounced at last.
struct Rest {
  std::vector<channels::Refusal> refused;
  std::vector<store::NewJob> jobs;
};
Rest restOf(const store::Job& job, const Case& it, const channels::Sent& sent, Instant now) {
  Rest rest;
  rest.refused = sent.refused;
  auto later = sent.later;
  if (sent.result == EventType::delivery_failed) later = it.recipients;
  if (sent.result == EventType::bounced)
    for (const auto& recipient : it.recipients) rest.refused.push_back({recipient, sent.detail});
  for (const auto& recipient : later) {
    if (it.wish.tries < static_cast<int>(waits_seconds.size()))
      rest.jobs.push_back(mailAgainJob({job.document, it.progress.sender, it.delivery.id}, recipient,
                                       it.wish.tries + 1, now));
    else if (it.wish.again)
      rest.refused.push_back({recipient, "Not taken in a day: " + sent.detail});
  }
  return rest;
}

Outcome record(const Tools& tools, const store::Job& job, const channels::Sent& sent) {
  const auto body = [&](store::Transaction& tx, bool completes) -> Outcome {
    if (completes) CHECK_OK(store::complete(tx, job));
    TRY(const auto it, caseOf(tx, job, true));
    if (!it) return {};
    const auto rest = restOf(job, *it, sent, tools.clock.now());
    TRY(auto following, bounced(tools, tx, job.document, *it, rest.refused));
    const bool taken = sent.result == EventType::sent || sent.result == EventType::delivery_uncertain;
    if (taken && !it->wish.again)
      following.events.insert(following.events.begin(), {EventType::reminded, mailActor(),
                                                         factOf(*it, it->wish.recipient, sent.detail)});
    for (const auto& more : rest.jobs) following.jobs.push_back(more);
    if (following.events.empty()) {
      for (const auto& more : following.jobs) CHECK_OK(store::enqueue(tx, more));
      return {};
    }
    return appendAndTell(tx, job.document, it->progress.sequence, following.events, following.jobs);
  };
  const auto write = [&](bool completes) {
    return retried([&] {
      return tools.store.write(store::Priority::walk,
                               [&](store::Transaction& tx) { return body(tx, completes); });
    });
  };
  const auto outcome = write(true);
  return outcome || outcome.error().code != "lease-lost" ? outcome : write(false);
}

Decision sending(const Tools& tools, const store::Job& job, const channels::Email& email,
                 const channels::Consignment& consignment, channels::Prepared made,
                 std::shared_ptr<SendingLanes::Slot> slot) {
  const auto prepared = std::make_shared<const channels::Prepared>(std::move(made));
  Decision decision;
  decision.slot = slot;
  decision.commit = [job, prepared](store::Transaction& tx) -> Outcome {
    for (const auto& bytes : prepared->kept)
      CHECK_OK(store::putBlob(tx, sha256(bytes), compress(bytes), static_cast<std::int64_t>(bytes.size())));
    for (const auto& link : prepared->links) CHECK_OK(store::createRecipientLink(tx, link));
    const auto further = static_cast<int>(prepared->messages.size()) - 1;
    return store::prolong(tx, job, lease_seconds + further * further_seconds);
  };
  decision.after = [&tools, &email, job, consignment, prepared, slot]() -> Outcome {
    TRY(const auto sent, email.send(consignment, *prepared));
    if (slot) slot->heard(sent.silent, sent.detail);
    return record(tools, job, sent);
  };
  return decision;
}

// A host that has been silent for a day takes nothing any more.
Decision hasBounced(const Tools& tools, const store::Job& job, std::string_view words) {
  channels::Sent sent;
  sent.result = EventType::bounced;
  sent.detail = "The host has not answered for a day: " + std::string(words);
  Decision decision;
  decision.commit = [](store::Transaction&) -> Outcome { return {}; };
  decision.after = [&tools, job, sent]() { return record(tools, job, sent); };
  return decision;
}

}  // namespace

store::NewJob remindJob(DocumentId document, CompanyId company, DeliveryId delivery, std::string recipient,
                        Instant at) {
  store::NewJob job;
  job.kind = "remind";
  job.key =
      "remind:" + delivery.text() + ":" +
      (recipient.empty() ? std::to_string(at.microseconds)
                         : dateInStockholm(at).text() + ":" + hex(view(sha256(recipient))).substr(0, 16));
  job.document = document;
  job.company = company;
  job.runAt = at;
  job.payload =
      boost::json::serialize(boost::json::object{{"delivery", delivery.text()}, {"recipient", recipient}});
  return job;
}

store::NewJob mailAgainJob(const Reminding& about, std::string_view recipient, int tries, Instant now) {
  const auto wait = waits_seconds.at(
      static_cast<std::size_t>(std::clamp(tries, 1, static_cast<int>(waits_seconds.size())) - 1));
  const auto digest = sha256({about.delivery.text(), recipient, std::to_string(tries)});
  store::NewJob job;
  job.kind = "remind";
  job.key = "mail-again:" + about.delivery.text() + ":" + std::to_string(tries) + ":" +
            hex(view(sha256(recipient))).substr(0, 16);
  job.document = about.document;
  job.company = about.sender;
  job.runAt = now.plusSeconds(wait + wait * digest[0] / (5 * 256));
  job.payload = boost::json::serialize(boost::json::object{
      {"delivery", about.delivery.text()}, {"recipient", recipient}, {"again", true}, {"tries", tries}});
  return job;
}

Result<Decision> remind(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto* email = dynamic_cast<const channels::Email*>(tools.channels.find("email"));
  TRY(const auto it, caseOf(reader, job));
  if (!it || !email || !email->isOn()) return onlyComplete(job);
  std::shared_ptr<SendingLanes::Slot> slot;
  if (tools.lanes) {
    const auto turn = tools.lanes->reserve(email->laneOf(it->recipients.front()), job.id, tools.sendsHere);
    if (turn.dead && it->wish.again) return hasBounced(tools, job, turn.words);
    if (!turn.slot)
      return Decision{
          [job, turn](store::Transaction& tx) { return store::putOff(tx, job, turn.later, turn.words); }, {}};
    slot = turn.slot;
  }
  const auto again = mailOf(job, *it);
  auto prepared = email->prepareAgain(reader, again, tools.clock.now());
  if (!prepared && prepared.error().kind == ProblemKind::internal) return fail(prepared.error());
  if (!prepared) return onlyComplete(job);  // it became too large, or an address none: nothing to remind with
  return sending(tools, job, *email, again.consignment, std::move(*prepared), std::move(slot));
}

}  // namespace postgang::flow
