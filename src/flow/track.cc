#include "flow/track.h"

#include <algorithm>

#include "flow/deliver.h"
#include "flow/retries.h"
#include "store/documents.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::EventType;

namespace {

bool isKnown(const std::vector<store::Event>& events, EventType type, const store::Actor& actor,
             Instant now) {
  return std::any_of(events.begin(), events.end(), [&](const auto& event) {
    if (event.type != type || event.actor.id != actor.id || event.actor.kind != actor.kind) return false;
    return type == EventType::fetched || dateInStockholm(event.at) == dateInStockholm(now);
  });
}

// It lies before the receiver and is not theirs yet: whoever decides about it must look at it, and an opening
// would take it out of what waits to be decided.
bool isKeptBack(const store::Entry& entry) {
  return entry.status == store::Status::held || entry.status == store::Status::stopped;
}

// Only a receiver's own act counts.
Result<bool> countsAsAccess(store::Reader& reader, const store::Viewer& viewer, EventType type,
                            CompanyId company, DocumentId document) {
  const auto row = store::findDocument(reader, viewer, document, company);
  if (row)
    return row->entry.company == company && row->entry.direction == store::Direction::received &&
           (type != EventType::opened || !isKeptBack(row->entry));
  // The viewer may see it through another of its companies: answered, not recorded.
  TRY(const auto seen, store::findDocument(reader, viewer, document));
  (void)seen;
  return false;
}

Outcome writeWithRetries(store::Store& store, const std::function<Outcome(store::Transaction&)>& body) {
  return retried([&] { return store.write(store::Priority::walk, body); });
}

}  // namespace

bool isSaid(const std::vector<store::Event>& events, EventType type, const store::DeliveryFact& fact) {
  return std::ranges::any_of(events, [&](const auto& event) {
    const auto* known = std::get_if<store::DeliveryFact>(&event.fact);
    return known && event.type == type && known->delivery == fact.delivery && known->attempt == fact.attempt;
  });
}

Outcome recordFacts(store::Transaction& tx, DocumentId document, const store::DeliveryFact& fact,
                    const std::vector<store::NewEvent>& events, const std::vector<store::NewJob>& jobs) {
  TRY(const auto known, store::eventsOf(tx, store::Viewer::system(), document));
  if (isSaid(known, events.front().type, fact)) return {};
  return store::append(tx, document, known.empty() ? 0 : known.back().sequence, events, jobs);
}

Outcome track(const Tools& tools, const channels::Receipt& receipt) {
  const store::NewEvent event{
      receipt.type, {store::ActorKind::channel, receipt.fact.channel, receipt.fact.channel}, receipt.fact};
  const auto now = tools.clock.now();
  return writeWithRetries(tools.store, [&](store::Transaction& tx) -> Outcome {
    TRY(auto events, store::eventsOf(tx, store::Viewer::system(), receipt.document));
    if (isSaid(events, event.type, receipt.fact)) return {};
    const auto sequence = events.empty() ? 0 : events.back().sequence;
    events.push_back({sequence + 1, event.type, now, event.actor, event.fact, {}});
    const auto progress = progressOf(events);
    std::vector<store::NewJob> jobs;
    int attempts = 0;
    for (const auto& tried : progress.tried) attempts += tried.attempts;
    const auto next = nextOf(progress, {});
    if (std::holds_alternative<Attempt>(next) || std::holds_alternative<Exhausted>(next))
      jobs.push_back(deliverJob(receipt.document, progress.sender, attempts, now));
    return store::append(tx, receipt.document, sequence, {event}, jobs);
  });
}

Outcome trackAll(const Tools& tools) {
  for (const auto& channel : tools.channels.all()) {
    TRY(const auto receipts, channel->receipts());
    for (const auto& receipt : receipts) CHECK_OK(track(tools, receipt));
  }
  return {};
}

Outcome recordAccess(const Tools& tools, EventType type, const store::Viewer& viewer, CompanyId company,
                     DocumentId document, std::string_view what) {
  bool counts = false;
  CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
    TRY(counts, countsAsAccess(reader, viewer, type, company, document));
    if (!counts) return {};
    TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), document));
    counts = !isKnown(events, type, viewer.actor(), tools.clock.now());
    return {};
  }));
  if (!counts) return {};
  const store::NewEvent event{type, viewer.actor(), store::AccessFact{company, std::string(what)}};
  return writeWithRetries(tools.store, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), document));
    if (isKnown(events, type, viewer.actor(), tools.clock.now())) return {};
    return store::append(tx, document, events.back().sequence, {event}, {});
  });
}

}  // namespace postgang::flow
