// Who saw, changed, downloaded and sent what, and when: a trail per company, append-only and chained by hash,
// so that a changed, removed, inserted or moved row shows.
//
//   hash = SHA-256("postgang-audit-1\n" ‖ previous hash ‖ company ‖ sequence ‖ at ‖ each text)
//   previous of the first: 32 zero bytes; numbers: 8 bytes, big-endian, `at` in microseconds; each text: its
//   length in bytes (8, big-endian) and its UTF-8, in the order actor kind, actor id, actor name, reason,
//   action, object, object id, object name, detail, address
//
// Nothing here changes or removes an entry, and the database itself refuses to (a trigger on either).
// Retention does not reach the trail and nothing in it is erased: it has names, ids and addresses of those
// who acted, no contents, and must outlive what it tells of.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

struct AuditEntry {
  CompanyId company;  // whose trail
  Actor actor;
  std::string reason = {};  // why operator staff act for the company
  // What was done, "filter.changed": a closed list, access/audit_actions.h.
  std::string action;
  // To what: "document" and its id, "user" and its id …; `objectName` is what a reader knows it by.
  std::string object = {}, objectId = {}, objectName = {};
  std::string detail = {};   // JSON object, say {"role": ["clerk", "administrator"]}; no secrets, no contents
  std::string address = {};  // where the request came from
  Instant at = {};           // none: the store's clock says

  // Given by the store.
  std::int64_t sequence = 0;  // from 1, without a gap
  Digest hash = {};
};

// In the transaction of what it tells of.
Outcome recordAudit(Transaction& tx, const AuditEntry& entry);
// Several at once: in their order within each company's trail. Trails are taken in the companies' order, so
// that two such transactions do not wait for each other.
Outcome recordAudit(Transaction& tx, std::span<const AuditEntry> entries);

struct AuditQuery {
  std::optional<CompanyId> company = {};  // empty: all that the viewer sees whole
  std::string text = {};                  // in names of people and objects
  std::vector<std::string> actions = {};
  std::string actorId = {}, object = {}, objectId = {};
  std::optional<Instant> from = {}, to = {};  // to: not included
  int limit = 50;                             // 1..1000
  std::string cursor = {};                    // opaque; code "cursor-malformed"
};
struct AuditPage {
  std::vector<AuditEntry> items;  // newest first
  std::optional<std::string> nextCursor;
};
// A company that the viewer does not see whole has no entries.
Result<AuditPage> listAudit(Reader& reader, const Viewer& viewer, const AuditQuery& query);

// Where each trail ends: kept elsewhere it proves later that nothing before it was touched.
struct AuditHead {
  CompanyId company;
  std::int64_t sequence = 0;
  Digest hash = {};
};
Result<std::vector<AuditHead>> auditHeads(Reader& reader, const Viewer& viewer);

// Every chain from its first row to its head, a page at a time. What is damaged is said, not fixed.
struct AuditDamage {
  CompanyId company;
  std::int64_t sequence = 0;
  std::string what;
};
struct AuditReport {
  std::int64_t entries = 0;
  std::vector<AuditDamage> damages;
};
Result<AuditReport> verifyAudit(Reader& reader);

}  // namespace postgang::store
