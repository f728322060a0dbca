#include "flow/peppol_outbox.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/log.h"
#include "store/blobs.h"
#include "store/job_turns.h"
#include "store/sql/session.h"

namespace postgang::flow {

using channels::Submission;
using store::ExchangeDirection;

namespace {

constexpr int attempt_seconds = 90;         // two questions to the access point
constexpr std::int64_t dead_seconds = 900;  // until one that has been silent for a day is tried again

struct Sending {
  store::PeppolExchange exchange;
  std::string envelope;
  int tries = 0;
};

store::NewJob jobFor(const store::PeppolExchange& exchange, int tries, Instant runAt) {
  store::NewJob job;
  job.kind = "peppol-send";
  job.key = "peppol-send:" + exchange.instance + ":" + std::to_string(tries);
  // About none: an answer that fails is no failure of its document.
  job.company = exchange.company.value_or(CompanyId());
  job.runAt = runAt;
  job.payload =
      boost::json::serialize(boost::json::object{{"instance", exchange.instance}, {"tries", tries}});
  return job;
}

Result<std::optional<Sending>> sendingOf(store::Reader& reader, const store::Job& job) {
  boost::system::error_code error;
  const auto payload = boost::json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  const auto* instance = object ? object->if_contains("instance") : nullptr;
  const auto* tries = object ? object->if_contains("tries") : nullptr;
  if (!instance || !instance->is_string() || !tries || !tries->is_int64()) return std::optional<Sending>();
  Sending sending;
  TRY(const auto kept,
      store::exchange(reader, ExchangeDirection::out, std::string_view(instance->get_string())));
  if (!kept || kept->confirmedAt) return std::optional<Sending>();
  sending.exchange = *kept;
  sending.tries = static_cast<int>(std::clamp<std::int64_t>(tries->get_int64(), 0, 100));
  TRY(sending.envelope, store::blob(reader, kept->envelope));
  return std::optional(std::move(sending));
}

// What it came to. A job that died before this is leased again: then the access point is asked first.
Outcome record(store::Transaction& tx, const store::Job& job, const Sending& sending, const Submission& said,
               Instant now) {
  const auto& instance = sending.exchange.instance;
  if (said.result == Submission::Result::taken) {
    CHECK_OK(store::complete(tx, job));
    return store::confirmExchange(tx, ExchangeDirection::out, instance, said.at.value_or(now), said.messageId,
                                  said.receiverAccessPoint);
  }
  const auto next = said.result == Submission::Result::later
                        ? channels::peppolRetryAt(instance, sending.tries + 1, now, said.after_seconds)
                        : std::nullopt;
  if (!next) return store::bury(tx, job, "peppol-not-taken: " + said.words);
  CHECK_OK(store::complete(tx, job));
  return store::enqueue(tx, jobFor(sending.exchange, sending.tries + 1, *next));
}

Outcome handOver(const Tools& tools, const store::Job& job, const channels::Peppol& peppol,
                 const Sending& sending, const std::shared_ptr<SendingLanes::Slot>& slot) {
  const auto said = peppol.road().accessPoint->submit(sending.exchange.instance, sending.envelope,
                                                      sending.tries > 0 || job.attempts > 1);
  if (slot) slot->heard(said.silent, said.words);
  if (said.result != Submission::Result::taken)
    log::info(
        "an answer did not go by Peppol",
        {{"instance", sending.exchange.instance}, {"kind", sending.exchange.kind}, {"said", said.words}});
  return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) {
    return record(tx, job, sending, said, tools.clock.now());
  });
}

}  // namespace

const channels::Peppol* peppolOf(const Tools& tools) {
  const auto* peppol = dynamic_cast<const channels::Peppol*>(tools.channels.find("peppol"));
  return peppol && peppol->road().isOn() ? peppol : nullptr;
}

PeppolEnvelope PeppolEnvelope::of(std::string_view bytes) {
  return {sha256(bytes), compress(bytes), static_cast<std::int64_t>(bytes.size())};
}

Outcome sendByPeppol(store::Transaction& tx, store::PeppolExchange exchange, const PeppolEnvelope& envelope,
                     Instant now) {
  exchange.direction = ExchangeDirection::out;
  exchange.envelope = envelope.digest;
  exchange.handedOverAt = now;
  CHECK_OK(store::putBlob(tx, envelope.digest, envelope.compressed, envelope.size));
  TRY(const bool made, store::keepExchange(tx, exchange));
  return made ? store::enqueue(tx, jobFor(exchange, 0, now)) : Outcome();
}

Result<Decision> sendPeppol(const Tools& tools, store::Reader& reader, const store::Job& job) {
  TRY(auto sending, sendingOf(reader, job));
  const auto* peppol = peppolOf(tools);
  if (!sending) return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  if (!peppol)
    return Decision{[job](store::Transaction& tx) {
                      return store::bury(tx, job, "peppol-off: Peppol is not set up here any longer.");
                    },
                    {}};
  SendingLanes::Turn turn;
  if (tools.lanes) {
    turn = tools.lanes->reserve(peppol->name(), job.id, tools.sendsHere);
    if (turn.dead) turn.later = tools.clock.now().plusSeconds(dead_seconds);
    if (!turn.slot)
      return Decision{
          [job, turn](store::Transaction& tx) { return store::putOff(tx, job, turn.later, turn.words); }, {}};
  }
  Decision decision;
  decision.slot = turn.slot;
  decision.commit = [job](store::Transaction& tx) { return store::prolong(tx, job, attempt_seconds); };
  decision.after = [&tools, job, peppol, slot = turn.slot, sending = std::move(*sending)] {
    return handOver(tools, job, *peppol, sending, slot);
  };
  return decision;
}

}  // namespace postgang::flow
