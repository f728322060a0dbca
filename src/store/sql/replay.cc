#include "store/sql/replay.h"

#include "store/sql/chain.h"
#include "store/sql/facts.h"

namespace postgang::store::sql {
namespace {

struct Kept {  // one row of events
  Event event;
  std::string payload, type;
  Digest payloadDigest{};
  bool erased = false;
};

Result<std::vector<Kept>> eventsKept(Reader& reader, DocumentId document) {
  std::vector<Kept> events;
  CHECK_OK(
      reader.connection().run("SELECT sequence, type, at, payload, payload_digest, hash FROM events WHERE "
                              "document = ?1 ORDER BY sequence",
                              {document}, [&](const Row& row) {
                                Columns c(row);
                                auto& kept = events.emplace_back();
                                kept.event.sequence = c.number();
                                kept.type = c.text();
                                kept.event.at = c.instant();
                                kept.erased = c.isNull();
                                kept.payload = c.text();
                                kept.payloadDigest = c.digest();
                                kept.event.hash = c.digest();
                              }));
  return events;
}

void checkChain(Replay& replay, const Kept& kept, DocumentId document) {
  const auto place = "event " + std::to_string(kept.event.sequence) + " (" + kept.type + ")";
  const auto& rows = replay.projection.rows;
  if (kept.event.sequence != rows.lastSequence + 1)
    replay.faults.push_back(place + ": an event before it is missing");
  if (!kept.erased && sha256(kept.payload) != kept.payloadDigest)
    replay.faults.push_back(place + ": what happened has been changed");
  if (chained(rows.head, document, kept.event.sequence, kept.event.at, kept.type, kept.payloadDigest) !=
      kept.event.hash)
    replay.faults.push_back(place + ": its hash does not follow from the one before it");
}

Result<std::optional<Rows>> predecessorOf(Reader& reader, const Fact& fact) {
  const auto* received = std::get_if<ReceivedFact>(&fact);
  if (!received || !received->supersedes) return std::optional<Rows>();
  return loadRows(reader.connection(), *received->supersedes, false, false);
}

}  // namespace

Result<Replay> replayed(Reader& reader, DocumentId document) {
  Replay replay;
  replay.projection.rows.id = document;
  TRY(auto events, eventsKept(reader, document));
  for (auto& kept : events) {
    checkChain(replay, kept, document);
    const auto type = document::eventTypeFromName(kept.type);
    auto payload =
        type ? decoded(*type, kept.payload)
             : Result<Payload>(postgang::fail(ProblemKind::internal, "event-damaged", "Unknown type."));
    if (!payload) {
      replay.faults.push_back("event " + std::to_string(kept.event.sequence) +
                              ": cannot be read: " + payload.error().detail);
      continue;
    }
    kept.event.type = *type;
    kept.event.actor = std::move(payload->actor);
    kept.event.fact = std::move(payload->fact);
    TRY(const auto predecessor, predecessorOf(reader, kept.event.fact));
    replay.projection.apply(kept.event, predecessor ? &*predecessor : nullptr);
    ++replay.events;
  }
  return replay;
}

Result<std::vector<DocumentId>> documentsAfter(Reader& reader, DocumentId after, int limit) {
  std::vector<DocumentId> documents;
  CHECK_OK(reader.connection().run(
      "SELECT DISTINCT document FROM events WHERE document > ?1 ORDER BY document LIMIT ?2", {after, limit},
      [&](const Row& row) { documents.push_back(Columns(row).id<DocumentId>()); }));
  return documents;
}

}  // namespace postgang::store::sql
