#include "store/sql/replay.h"

#include "store/sql/chain.h"
#include "store/sql/facts.h"
#include "store/sql/unique_keys.h"

namespace postgang::store::sql {
namespace {

constexpr int versions_max = 10'000;  // ends a walk that damage has made a ring
constexpr int documents_at_once = 500;

struct KeptEvent {
  Event event;
  std::optional<std::string> payload;
  Digest payloadDigest{};
  std::string type;
};

Result<std::vector<KeptEvent>> keptEvents(Connection& connection, DocumentId document) {
  std::vector<KeptEvent> events;
  CHECK_OK(
      connection.run("SELECT sequence, type, at, payload, payload_digest, hash FROM events WHERE document = "
                     "?1 ORDER BY sequence",
                     {document}, [&](const Row& row) {
                       Columns c(row);
                       auto& kept = events.emplace_back();
                       kept.event.sequence = c.number();
                       kept.type = c.text();
                       kept.event.at = c.instant();
                       kept.payload = c.maybe([](Columns& column) { return column.text(); });
                       kept.payloadDigest = c.digest();
                       kept.event.hash = c.digest();
                     }));
  return events;
}

// Checks one event against the one before it and reads its fact.
bool readFact(KeptEvent& kept, Replay& replay) {
  const auto fault = [&](std::string_view what) {
    replay.faults.push_back("event " + std::to_string(kept.event.sequence) + ": " + std::string(what));
    return false;
  };
  const auto named = document::eventTypeFromName(kept.type);
  if (named) kept.event.type = *named;
  if (!kept.payload) return false;  // personal data taken out: its digest stands for it
  if (sha256(*kept.payload) != kept.payloadDigest) fault("the payload is not what was hashed");
  if (!named) return fault("its type is not known");
  auto payload = decoded(*named, *kept.payload);
  if (!payload) return fault("the payload cannot be read");
  kept.event.actor = std::move(payload->actor);
  kept.event.fact = std::move(payload->fact);
  return true;
}

void checkChain(const KeptEvent& kept, DocumentId document, const Digest& before, Replay& replay) {
  const auto& event = kept.event;
  const std::string place = "event " + std::to_string(event.sequence) + ": ";
  if (event.sequence != replay.events + 1) replay.faults.push_back(place + "the one before it is missing");
  if (event.hash != chained(before, document, event.sequence, event.at, kept.type, kept.payloadDigest))
    replay.faults.push_back(place + "its hash does not cover the one before it");
}

// What a document's first event says it supersedes; nullopt when there is no such document.
Result<std::optional<ReceivedFact>> receivedFact(Connection& connection, DocumentId document) {
  std::optional<ReceivedFact> fact;
  CHECK_OK(connection.run(
      "SELECT payload FROM events WHERE document = ?1 AND sequence = 1", {document}, [&](const Row& row) {
        auto& found = fact.emplace();
        const auto payload = decoded(EventType::received, row.bytes(0));
        const auto* received = payload ? std::get_if<ReceivedFact>(&payload->fact) : nullptr;
        if (received) found = *received;
      }));
  return fact;
}

// As much of the predecessor's rows as a new version takes from them: its root and its version.
Result<std::optional<Rows>> predecessorOf(Connection& connection, DocumentId document) {
  TRY(auto fact, receivedFact(connection, document));
  if (!fact) return std::optional<Rows>();
  Rows rows;
  rows.id = document;
  while (fact->supersedes && rows.version < versions_max) {
    const auto earlier = *fact->supersedes;
    TRY(fact, receivedFact(connection, earlier));
    if (!fact) break;
    rows.root = earlier;
    ++rows.version;
  }
  return std::optional(std::move(rows));
}

Outcome checkPredecessor(Connection& connection, const ReceivedFact& fact, Replay& replay) {
  if (!fact.supersedes || !fact.predecessorHead) return {};
  TRY(const auto found, connection.run("SELECT 1 FROM events WHERE document = ?1 AND hash = ?2",
                                       {*fact.supersedes, *fact.predecessorHead}, [](const Row&) {}));
  if (found == 0)
    replay.faults.push_back("event 1: the head of the version before it is not in that version's chain");
  return {};
}

}  // namespace

Result<Replay> replay(Connection& connection, DocumentId document) {
  Replay replay;
  replay.projection.rows.id = document;
  TRY(auto events, keptEvents(connection, document));
  Digest before{};
  for (auto& kept : events) {
    checkChain(kept, document, before, replay);
    before = kept.event.hash;
    replay.events = kept.event.sequence;
    if (!readFact(kept, replay)) {
      replay.isWhole = false;
      if (!replay.isKnown || !document::eventTypeFromName(kept.type)) continue;
      kept.event.fact = NoteFact{};  // that it happened is known, and moves the status
    }
    std::optional<Rows> predecessor;
    if (const auto* received = std::get_if<ReceivedFact>(&kept.event.fact);
        received && received->supersedes) {
      CHECK_OK(checkPredecessor(connection, *received, replay));
      TRY(predecessor, predecessorOf(connection, *received->supersedes));
    }
    replay.isKnown = replay.isKnown || std::holds_alternative<ReceivedFact>(kept.event.fact);
    replay.projection.apply(kept.event, predecessor ? &*predecessor : nullptr);
    followKeys(kept.event, replay);
  }
  replay.events = static_cast<std::int64_t>(events.size());
  return replay;
}

Outcome eachDocument(Connection& connection, const std::function<Outcome(DocumentId)>& visit) {
  DocumentId last;
  for (;;) {
    std::vector<DocumentId> ids;
    CHECK_OK(connection.run(
        "SELECT DISTINCT document FROM events WHERE document > ?1 ORDER BY document LIMIT ?2",
        {last, documents_at_once}, [&](const Row& row) { ids.push_back(Columns(row).id<DocumentId>()); }));
    if (ids.empty()) return {};
    for (const auto id : ids) CHECK_OK(visit(id));
    last = ids.back();
  }
}

}  // namespace postgang::store::sql
