#include "flow/handovers.h"

#include <algorithm>

#include "flow/progress.h"
#include "flow/retries.h"
#include "flow/words.h"
#include "store/documents.h"
#include "store/sql/session.h"

namespace postgang::flow {

using document::DeliveryStatus;
using store::DeliveryFact;
using store::EventType;

namespace {

constexpr std::string_view refused_evidence = "refused";

// The last delivery to this receiver's inbox or system, as its latest event has it.
struct Latest {
  DeliveryFact fact;
  DeliveryStatus status = DeliveryStatus::queued;
  std::optional<store::Event> delivered;  // what says that it has arrived
};

std::optional<Latest> latestTo(const std::vector<store::Event>& events, CompanyId receiver) {
  std::optional<Latest> latest;
  for (const auto& event : events) {
    const auto* fact = std::get_if<DeliveryFact>(&event.fact);
    if (!fact || fact->receiver != receiver || (fact->channel != "network" && fact->channel != "system"))
      continue;
    if (!latest || latest->fact.delivery != fact->delivery) latest.emplace();
    latest->fact = *fact;
    if (event.type == EventType::delivered && !latest->delivered) latest->delivered = event;
  }
  if (!latest) return latest;
  for (const auto& tried : progressOf(events).tried)
    if (tried.delivery == latest->fact.delivery) latest->status = tried.status;
  return latest;
}

const store::Event* refusalIn(const std::vector<store::Event>& events) {
  const auto found = std::ranges::find_if(events, [](const auto& event) {
    const auto* fact = std::get_if<DeliveryFact>(&event.fact);
    return fact && event.type == EventType::delivery_failed && fact->evidence == refused_evidence;
  });
  return found == events.end() ? nullptr : &*found;
}

DeliveryFact about(const Latest& latest, std::string_view evidence) {
  DeliveryFact fact;
  fact.delivery = latest.fact.delivery;
  fact.channel = latest.fact.channel;
  fact.attempt = latest.fact.attempt;
  fact.address = latest.fact.address;
  fact.receiver = latest.fact.receiver;
  fact.evidence = evidence;
  return fact;
}

// Into the inbox, as the channel `network` leaves it: it costs nothing more.
void layInInbox(const Latest& latest, const Digest& original, DeliveryId delivery,
                std::vector<store::NewEvent>& events) {
  DeliveryFact fact;
  fact.delivery = delivery;
  fact.channel = "network";
  fact.address = latest.fact.address;
  fact.receiver = latest.fact.receiver;
  events.push_back({EventType::delivery_started, {}, fact});
  fact.evidence = "inbox";
  fact.sentDigest = original;
  events.push_back({EventType::delivered, {store::ActorKind::channel, "network", "network"}, fact});
}

Result<HandoverAnswered> answered(const std::vector<store::Event>& events, const Latest& latest,
                                  bool refuses) {
  if (const auto* refusal = refusalIn(events)) {
    if (refuses) return HandoverAnswered{true, "inbox", refusal->at};
  } else if (!refuses && latest.delivered) {
    return HandoverAnswered{false, std::get<DeliveryFact>(latest.delivered->fact).evidence,
                            latest.delivered->at};
  }
  return fail(problem(ProblemKind::conflict, "handover-answered"));
}

}  // namespace

Result<HandoverAnswered> answerHandover(store::Store& store, const Clock& clock, IdMaker& ids,
                                        const store::Viewer& viewer, CompanyId receiver, DocumentId document,
                                        const std::optional<std::string>& refusal) {
  const auto now = clock.now();
  const auto inbox = ids.next<DeliveryId>();
  HandoverAnswered given;
  const auto write = [&](store::Transaction& tx) -> Outcome {
    TRY(const auto row, store::findDocument(tx, viewer, document, receiver));
    TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), document));
    const auto latest = latestTo(events, receiver);
    if (!latest || row.entry.direction != store::Direction::received)
      return fail(problem(ProblemKind::not_found, "not-found"));
    const bool waits = latest->status == DeliveryStatus::sent ||
                       latest->status == DeliveryStatus::uncertain ||
                       latest->status == DeliveryStatus::opened;
    if (latest->delivered || !waits) {
      TRY(given, answered(events, *latest, refusal.has_value()));
      return {};
    }
    std::vector<store::NewEvent> written;
    if (refusal) {
      auto fact = about(*latest, refused_evidence);
      fact.detail = *refusal;
      written.push_back({EventType::delivery_failed, viewer.actor(), fact});
      layInInbox(*latest, row.digest, inbox, written);
      given = {true, "inbox", now};
    } else {
      written.push_back({EventType::delivered, viewer.actor(), about(*latest, "confirmed")});
      given = {false, "confirmed", now};
    }
    return store::append(tx, document, events.back().sequence, written, {});
  };
  CHECK_OK(retried([&] { return store.write(store::Priority::walk, write); }));
  return given;
}

}  // namespace postgang::flow
