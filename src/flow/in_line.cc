#include "flow/in_line.h"

#include <algorithm>

#include "flow/document_news.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::DeliveryFact;
using store::EventType;

const Tried* waitingInLine(const Progress& progress, DeliveryId delivery) {
  const auto found = std::ranges::find(progress.tried, delivery, &Tried::delivery);
  const bool waits = found != progress.tried.end() && !found->underWay && !found->expired &&
                     found->status == document::DeliveryStatus::queued;
  return waits ? &*found : nullptr;
}

Result<std::optional<std::int64_t>> sequenceInLine(store::Reader& reader, DocumentId document,
                                                   DeliveryId delivery) {
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), document));
  const auto progress = progressOf(events);
  return waitingInLine(progress, delivery) ? std::optional(progress.sequence) : std::nullopt;
}

DeliveryFact attemptFact(const Tried& tried) {
  DeliveryFact fact;
  fact.delivery = tried.delivery;
  fact.channel = tried.channel;
  fact.attempt = std::max(tried.attempts, 1);
  return fact;
}

Following recalledFromLine(const Tried& tried, std::string_view detail) {
  auto fact = attemptFact(tried);
  fact.evidence = "recalled";
  fact.detail = detail;
  return {{{EventType::delivery_failed, {}, fact}}, {}};
}

Outcome writeUndone(store::Transaction& tx, const Undone& undone) {
  TRY(const auto sequence, sequenceInLine(tx, undone.document, undone.delivery));
  if (!sequence) return {};
  return appendAndTell(tx, undone.document, *sequence, undone.following.events, undone.following.jobs);
}

std::optional<DeliveryFact> batchedFactIn(const std::vector<store::Event>& events, DeliveryId delivery) {
  std::optional<DeliveryFact> found;
  for (const auto& event : events) {
    const auto* fact = std::get_if<DeliveryFact>(&event.fact);
    if (!fact || fact->delivery != delivery || fact->batch.empty()) continue;
    found.emplace();
    found->delivery = delivery;
    found->channel = fact->channel;
    found->attempt = fact->attempt;
    found->batch = fact->batch;
  }
  return found;
}

}  // namespace postgang::flow
