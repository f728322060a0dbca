#include "store/sql/unique_keys.h"

#include <algorithm>

#include "base/text.h"
#include "store/sql/rows.h"

namespace postgang::store::sql {
namespace {

constexpr std::string_view bytes_kind = "bytes";
constexpr std::string_view number_kind = "number";

// Who has a key now, if anybody.
Result<std::optional<DocumentId>> holderOf(Connection& connection, const Replay::Claim& claim) {
  std::optional<DocumentId> holder;
  CHECK_OK(connection.run("SELECT document FROM unique_keys WHERE company = ?1 AND kind = ?2 AND value = ?3",
                          {claim.company, claim.kind, claim.value},
                          [&](const Row& row) { holder = Columns(row).id<DocumentId>(); }));
  return holder;
}

// A document of the same chain that came later: it may have taken the key over.
Result<bool> hasLaterVersion(Connection& connection, const Rows& rows) {
  TRY(const auto found, connection.run("SELECT 1 FROM documents WHERE root = ?1 AND id > ?2 LIMIT 1",
                                       {rows.root.value_or(rows.id), rows.id}, [](const Row&) {}));
  return found > 0;
}

}  // namespace

// Keys may be longer than PostgreSQL indexes.
std::string keyValue(std::string_view key) {
  return codePoints(key) > indexed_code_points_max ? "sha256:" + hex(view(sha256(key))) : std::string(key);
}

bool mayGiveBackKeys(EventType type) {
  return type == EventType::stopped || type == EventType::returned || type == EventType::failed ||
         type == EventType::cancelled;
}

Outcome giveBackKeys(Connection& connection, DocumentId document) {
  return connection.later("DELETE FROM unique_keys WHERE document = ?1", {document});
}

bool comesToNothing(Status status) {
  return status == Status::stopped || status == Status::returned || status == Status::failed ||
         status == Status::cancelled;
}

void followKeys(const Event& event, Replay& replay) {
  if (const auto* received = std::get_if<ReceivedFact>(&event.fact))
    replay.claims.push_back({received->sender, std::string(bytes_kind), hex(view(received->digest))});
  if (const auto* recognised = std::get_if<RecognisedFact>(&event.fact); recognised && recognised->keyOwner)
    replay.claims.push_back({*recognised->keyOwner, std::string(number_kind), keyValue(recognised->key)});
  if (mayGiveBackKeys(event.type) && comesToNothing(replay.projection.rows.sent.status))
    replay.keysReturned = true;
  if (event.type == EventType::routed) replay.keysReturned = false;
}

Outcome keepKeys(Connection& connection, const Replay& replay) {
  if (replay.keysReturned) return {};
  for (const auto& claim : replay.claims)
    CHECK_OK(
        connection.later("INSERT INTO unique_keys (company, kind, value, document) VALUES (?1, ?2, ?3, ?4) "
                         "ON CONFLICT (company, kind, value) DO UPDATE SET document = excluded.document "
                         "WHERE excluded.document > unique_keys.document",
                         {claim.company, claim.kind, claim.value, replay.projection.rows.id}));
  return {};
}

Outcome dropMovedKeys(Connection& connection, const Returned& returned) {
  for (const auto& claim : returned.claims)
    CHECK_OK(
        connection.later("DELETE FROM unique_keys WHERE company = ?1 AND kind = ?2 AND value = ?3 AND "
                         "document < ?4 AND (document = ?5 OR document IN (SELECT id FROM documents "
                         "WHERE root = ?5))",
                         {claim.company, claim.kind, claim.value, returned.document, returned.root}));
  return {};
}

Result<std::vector<std::string>> keyFaults(Connection& connection, const Replay& replay) {
  std::vector<std::string> faults;
  const auto& rows = replay.projection.rows;
  const auto isClaimed = [&](std::string_view kind, std::string_view value) {
    return std::ranges::any_of(replay.claims,
                               [&](const auto& claim) { return claim.kind == kind && claim.value == value; });
  };
  CHECK_OK(connection.run("SELECT kind, value FROM unique_keys WHERE document = ?1", {rows.id},
                          [&](const Row& row) {
                            Columns c(row);
                            const auto kind = c.view();
                            if (replay.keysReturned || !isClaimed(kind, c.view()))
                              faults.push_back("it holds a key of its " + std::string(kind) +
                                               " that it has not taken or has given back");
                          }));
  if (replay.keysReturned) return faults;
  for (const auto& claim : replay.claims) {
    TRY(const auto holder, holderOf(connection, claim));
    if (holder == rows.id) continue;
    TRY(const bool mayHaveMoved, hasLaterVersion(connection, rows));
    if (!mayHaveMoved) faults.push_back("it does not hold the key of its " + claim.kind);
  }
  return faults;
}

}  // namespace postgang::store::sql
