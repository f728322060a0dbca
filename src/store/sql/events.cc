// append(): chains, keeps and projects a document's new events in one transaction. Each row is written once
// for all of the events of a call; what several documents of a group share (statistics, partners' counts,
// search) waits in pending() until the commit.
#include "store/events.h"

#include <algorithm>
#include <utility>

#include "store/documents.h"
#include "store/sql/chain.h"
#include "store/sql/document_row.h"
#include "store/sql/facts.h"
#include "store/sql/projection.h"
#include "store/sql/rows.h"
#include "store/sql/session.h"
#include "store/sql/unique_keys.h"

namespace postgang::store {
namespace {

using sql::Projection;
using sql::Rows;

auto stale(std::string_view why) {
  return fail(ProblemKind::conflict, "stale-sequence", std::string(why), {},
              "Read the document again and decide again.");
}

// Only these ask whether it was stopped before.
bool mayBeAtFault(EventType type) {
  return type == EventType::stopped || type == EventType::held || type == EventType::returned ||
         type == EventType::rejected || type == EventType::superseded;
}

// The document as it stands, or empty rows for a new one. `stale-sequence` when it is not where the caller
// thinks.
Result<Rows> start(Transaction& tx, DocumentId document, std::int64_t expectedSequence,
                   const std::vector<NewEvent>& events) {
  if (expectedSequence == 0) {
    TRY(const auto last, lastSequence(tx, document));
    if (last != 0) return stale("The document exists already.");
    Rows rows;
    rows.id = document;
    return rows;
  }
  const bool needsDeliveries = std::ranges::any_of(events, [](const NewEvent& event) {
    return std::holds_alternative<DeliveryFact>(event.fact) ||
           std::holds_alternative<AccessFact>(event.fact) ||
           std::holds_alternative<SmartmailFact>(event.fact);
  });
  TRY(auto rows, sql::loadRows(tx.connection(), document, true, needsDeliveries));
  if (!rows || rows->lastSequence != expectedSequence)
    return stale("Somebody else has appended to the document.");
  if (std::ranges::any_of(events, mayBeAtFault, &NewEvent::type)) {
    TRY(const auto stops,
        tx.connection().run("SELECT 1 FROM stops WHERE document = ?1", {document}, [](const sql::Row&) {}));
    rows->hadStop = stops > 0;
  }
  return std::move(*rows);
}

// What the new version supersedes; its head hash enters the new chain's first event.
Result<std::optional<Rows>> predecessorOf(Transaction& tx, std::vector<NewEvent>& events) {
  if (events.empty()) return std::optional<Rows>();
  auto* received = std::get_if<ReceivedFact>(&events.front().fact);
  if (!received || !received->supersedes) return std::optional<Rows>();
  TRY(auto predecessor, sql::loadRows(tx.connection(), *received->supersedes, false, false));
  if (predecessor) received->predecessorHead = predecessor->head;
  return predecessor;
}

Outcome keep(Transaction& tx, Projection& projection, const NewEvent& fresh, const Rows* predecessor) {
  const auto payload = sql::cleaned({fresh.actor, fresh.fact});
  const auto bytes = sql::encoded(payload);
  const auto payloadDigest = sha256(bytes);
  Event event{.sequence = projection.rows.lastSequence + 1,
              .type = fresh.type,
              .at = std::max(tx.clock().now(), projection.rows.lastAt),
              .actor = payload.actor,
              .fact = payload.fact,
              .hash = {}};
  event.hash = sql::chained(projection.rows.head, projection.rows.id, event.sequence, event.at,
                            document::name(event.type), payloadDigest);
  CHECK_OK(tx.connection().later(
      "INSERT INTO events (document, sequence, type, at, payload, payload_digest, hash) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      {projection.rows.id, event.sequence, document::name(event.type), event.at, sql::Value::bytes(bytes),
       payloadDigest, event.hash}));
  projection.apply(event, predecessor);
  return {};
}

Result<std::string> indexedText(Transaction& tx, const sql::EntryView& entry) {
  std::string text;
  CHECK_OK(tx.connection().run("SELECT text FROM search_texts WHERE company = ?1 AND id = ?2",
                               {entry.company, entry.id}, [&](const sql::Row& row) { text = row.bytes(0); }));
  return text;
}

// The sender finds it by its header from `recognised` on, the receiver once it lies in the inbox.
Outcome indexSearch(Transaction& tx, const Rows& rows, bool isNew, bool inboxIsNew) {
  if (!rows.searchText && !inboxIsNew) return {};
  auto& texts = tx.pending().texts;
  std::string kept;
  if (!isNew)
    for (const auto& waiting : texts)
      if (waiting.company == rows.sent.company && waiting.entry == rows.sent.id) kept = waiting.text;
  if (!isNew && kept.empty()) {
    TRY(kept, indexedText(tx, rows.sent));
  }
  const auto text = rows.searchText.value_or(kept);
  if (rows.searchText && text != kept) texts.push_back({rows.sent.id, rows.sent.company, text, kept});
  if (!rows.inbox || text.empty()) return {};
  if (inboxIsNew || text != kept)
    texts.push_back({rows.inbox->id, rows.inbox->company, text, inboxIsNew ? std::string() : kept});
  return {};
}

Outcome writeFeed(Transaction& tx, const Projection& projection) {
  for (const auto& row : projection.feed)
    CHECK_OK(tx.connection().later(
        "INSERT INTO feed (company, document, direction, event, status, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        {row.company, projection.rows.id, name(row.direction), document::name(row.event),
         document::name(row.status), row.at}));
  return {};
}

Outcome write(Transaction& tx, Projection& projection, const std::optional<Rows>& before) {
  auto& connection = tx.connection();
  auto& rows = projection.rows;
  const bool inboxIsNew = rows.inbox && (!before || !before->inbox);
  if (!before) {
    CHECK_OK(sql::insertRows(connection, rows));
  } else {
    if (inboxIsNew) CHECK_OK(sql::insertEntry(connection, rows, *rows.inbox));
    CHECK_OK(sql::updateEntry(connection, rows, rows.sent));
    if (rows.inbox && !inboxIsNew) CHECK_OK(sql::updateEntry(connection, rows, *rows.inbox));
    CHECK_OK(sql::updateRows(connection, rows));
  }
  CHECK_OK(sql::writeDeliveries(connection, rows));
  CHECK_OK(sql::writeFindings(connection, rows));
  CHECK_OK(sql::writeStop(connection, projection));
  CHECK_OK(indexSearch(tx, rows, !before, inboxIsNew));
  if (rows.searchText || rows.findingsChanged || inboxIsNew) tx.pending().lines.insert(rows.id);
  CHECK_OK(writeFeed(tx, projection));
  sql::countChange(tx.pending(), before ? &*before : nullptr, rows);
  tx.pending().add(std::move(projection.pending));
  return {};
}

}  // namespace

Outcome append(Transaction& tx, DocumentId document, std::int64_t expectedSequence,
               const std::vector<NewEvent>& events, const std::vector<NewJob>& jobs) {
  if (!events.empty()) {
    Projection projection;
    TRY(projection.rows, start(tx, document, expectedSequence, events));
    std::optional<Rows> before;
    if (expectedSequence != 0) before = projection.rows;
    auto fresh = events;
    TRY(const auto predecessor, predecessorOf(tx, fresh));
    for (const auto& event : fresh)
      CHECK_OK(keep(tx, projection, event, predecessor ? &*predecessor : nullptr));
    CHECK_OK(write(tx, projection, before));
    if (std::ranges::any_of(fresh, sql::mayGiveBackKeys, &NewEvent::type) &&
        sql::comesToNothing(projection.rows.sent.status))
      CHECK_OK(sql::giveBackKeys(tx.connection(), document));
  }
  for (const auto& job : jobs) CHECK_OK(enqueue(tx, job));
  return {};
}

Result<std::int64_t> lastSequence(Reader& reader, DocumentId document) {
  std::int64_t last = 0;
  CHECK_OK(reader.connection().run("SELECT last_sequence FROM documents WHERE id = ?1", {document},
                                   [&](const sql::Row& row) { last = row.number(0); }));
  return last;
}

Result<std::vector<Event>> eventsOf(Reader& reader, const Viewer& viewer, DocumentId document) {
  std::optional<Rows> rows;
  if (!viewer.seesAll()) {  // else there is nothing to ask them: the flow reads every document so
    TRY(rows, sql::loadRows(reader.connection(), document, false, false));
  }
  const bool asSender = viewer.seesAll() || (rows && sql::seesSide(viewer, *rows, rows->sent));
  const bool asReceiver = rows && rows->inbox && sql::seesSide(viewer, *rows, *rows->inbox);
  if (!asSender && !asReceiver) return sql::documentNotFound();
  std::vector<Event> events;
  Outcome damage;
  bool arrived = false;  // the receiver's timeline begins when it lay in the inbox, or its filter stopped it
  CHECK_OK(reader.connection().run(
      "SELECT sequence, type, at, payload, hash FROM events WHERE document = ?1 ORDER BY sequence",
      {document}, [&](const sql::Row& row) {
        sql::Columns c(row);
        Event event;
        event.sequence = c.number();
        event.type = document::eventTypeFromName(c.view()).value_or(EventType::received);
        event.at = c.instant();
        auto payload = sql::decoded(event.type, c.view());
        event.hash = c.digest();
        if (!payload) {
          if (damage) damage = fail(std::move(payload).error());
          return;
        }
        event.actor = std::move(payload->actor);
        event.fact = std::move(payload->fact);
        if (!asSender) {
          if (!sql::receiverSees(event.type, event.fact, rows->inbox->company)) return;
          arrived = arrived || std::holds_alternative<DeliveryFact>(event.fact) ||
                    std::holds_alternative<StoppedFact>(event.fact);
          if (!arrived) return;
        }
        events.push_back(std::move(event));
      }));
  CHECK_OK(damage);
  if (asSender && events.empty()) return sql::documentNotFound();
  return events;
}

}  // namespace postgang::store
