#include "store/documents.h"

#include <algorithm>

#include "base/text.h"
#include "store/sql/document_row.h"
#include "store/sql/rows.h"
#include "store/sql/seen.h"
#include "store/sql/session.h"
#include "store/sql/unique_keys.h"

namespace postgang::store {
namespace {

using sql::Rows;

bool sees(const Viewer& viewer, CompanyId receiver, const Rows& rows) {
  return viewer.sees(receiver, Direction::received, rows.recognised.kind);
}

struct Seen {
  Rows rows;
  bool asSender = false;
};

Result<Seen> load(Reader& reader, const Viewer& viewer, DocumentId id, bool withDeliveries) {
  TRY(auto rows, sql::loadRows(reader.connection(), id, false, withDeliveries));
  if (!rows || !sql::entrySeen(*rows, viewer, {})) return sql::documentNotFound();
  const bool asSender = sql::seesSide(viewer, *rows, rows->sent);
  return Seen{std::move(*rows), asSender};
}

// The newest version that says it corrects this one, if the viewer may see it: a receiver does not hear of a
// correction before it lies in the inbox.
Result<std::optional<DocumentId>> supersededBy(Reader& reader, const Viewer& viewer, DocumentId id) {
  std::vector<DocumentId> later;
  CHECK_OK(reader.connection().run(
      "SELECT id FROM documents WHERE supersedes = ?1 ORDER BY id DESC", {id},
      [&](const sql::Row& row) { later.push_back(sql::Columns(row).id<DocumentId>()); }));
  for (const auto version : later) {
    TRY(const auto rows, sql::loadRows(reader.connection(), version, false, false));
    if (rows && sql::entrySeen(*rows, viewer, {})) return std::optional(version);
  }
  return std::optional<DocumentId>();
}

Result<bool> isInternal(Reader& reader, const sql::EntryView& entry) {
  static const std::string internal =
      "SELECT 1 FROM entries e WHERE e.company = ?1 AND e.id = ?2 AND " + sql::internalClause("e.");
  TRY(const auto found, reader.connection().run(internal, {entry.company, entry.id}, [](const sql::Row&) {}));
  return found > 0;
}

Result<DocumentRow> documentRow(Reader& reader, const Viewer& viewer, const Rows& rows,
                                std::optional<CompanyId> as) {
  const auto* view = sql::entrySeen(rows, viewer, as);
  if (!view) return sql::documentNotFound();
  DocumentRow row;
  row.entry = sql::entryOf(rows, *view);
  if (row.entry.counterpartCompany) {
    TRY(row.entry.internal, isInternal(reader, *view));
  }
  row.root = rows.root.value_or(rows.id);
  row.supersedes = rows.received.supersedes;
  TRY(row.supersededBy, supersededBy(reader, viewer, rows.id));
  row.version = rows.version;
  row.format = rows.recognised.format;
  row.door = rows.received.door;
  row.fileName = rows.received.fileName;
  row.mediaType = rows.received.mediaType;
  row.digest = rows.received.digest;
  row.size = rows.received.size;
  row.orderReference = rows.recognised.orderReference;
  row.buyerReference = rows.recognised.buyerReference;
  row.paymentReference = rows.recognised.paymentReference;
  row.customerNumber = rows.recognised.customerNumber;
  row.lastSequence = rows.lastSequence;
  return row;
}

}  // namespace

Result<DocumentRow> findDocument(Reader& reader, const Viewer& viewer, DocumentId id,
                                 std::optional<CompanyId> as) {
  TRY(const auto rows, sql::loadRows(reader.connection(), id, false, false));
  if (!rows) return sql::documentNotFound();
  return documentRow(reader, viewer, *rows, as);
}

Result<Sides> sidesOf(Reader& reader, DocumentId id) {
  std::optional<Sides> sides;
  CHECK_OK(reader.connection().run(
      "SELECT sender, receiver FROM documents WHERE id = ?1", {id}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& found = sides.emplace();
        found.sender = c.company();
        found.receiver = c.maybe([](sql::Columns& column) { return column.company(); });
      }));
  if (!sides) return sql::documentNotFound();
  return *sides;
}

// A receiver sees how the document came to it, not what that cost nor what else was tried.
Result<std::vector<Delivery>> deliveriesOf(Reader& reader, const Viewer& viewer, DocumentId id) {
  TRY(auto seen, load(reader, viewer, id, true));
  std::vector<Delivery> deliveries;
  for (auto& delivery : seen.rows.deliveries) {
    if (!seen.asSender) {
      if (!delivery.receiver || !sees(viewer, *delivery.receiver, seen.rows)) continue;
      delivery.price.reset();
      delivery.currency.clear();
      delivery.road = {};
    }
    deliveries.push_back(std::move(delivery));
  }
  return deliveries;
}

// What every document must meet is the sender's matter; of what it demands itself a receiver sees all.
Result<std::vector<FindingFact>> findingsOf(Reader& reader, const Viewer& viewer, DocumentId id) {
  TRY(auto seen, load(reader, viewer, id, false));
  CHECK_OK(sql::loadFindings(reader.connection(), seen.rows));
  if (!seen.asSender) std::erase_if(seen.rows.findings, [](const auto& found) { return !isDemand(found); });
  return std::move(seen.rows.findings);
}

Result<std::vector<DocumentRow>> versionsOf(Reader& reader, const Viewer& viewer, DocumentId id) {
  TRY(const auto seen, load(reader, viewer, id, false));
  std::vector<DocumentId> ids{seen.rows.root.value_or(id)};
  CHECK_OK(reader.connection().run(
      "SELECT id FROM documents WHERE root = ?1 ORDER BY version, id", {ids.front()},
      [&](const sql::Row& row) { ids.push_back(sql::Columns(row).id<DocumentId>()); }));
  std::vector<DocumentRow> versions;
  for (const auto version : ids) {
    TRY(const auto rows, sql::loadRows(reader.connection(), version, false, false));
    if (!rows || !sql::entrySeen(*rows, viewer, {})) continue;
    TRY(auto row, documentRow(reader, viewer, *rows,
                              seen.asSender ? seen.rows.sent.company : seen.rows.inbox->company));
    versions.push_back(std::move(row));
  }
  return versions;
}

Result<std::optional<DocumentId>> claimKey(Transaction& tx, CompanyId company, std::string_view kind,
                                           std::string_view key, DocumentId document) {
  const auto value = sql::keyValue(key);
  TRY(const auto taken, tx.connection().run("INSERT INTO unique_keys (company, kind, value, document) "
                                            "VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                                            {company, kind, value, document}));
  if (taken == 1) return std::optional<DocumentId>();
  std::optional<DocumentId> holder;
  CHECK_OK(tx.connection().run(
      "SELECT document FROM unique_keys WHERE company = ?1 AND kind = ?2 AND value = ?3",
      {company, kind, value}, [&](const sql::Row& row) { holder = sql::Columns(row).id<DocumentId>(); }));
  if (!holder)  // it was released between the two statements
    return fail(ProblemKind::conflict, "key-released", "Another transaction has just released the key.", {},
                "Try again.");
  if (holder == document) holder.reset();  // its own
  return holder;
}

Outcome moveKey(Transaction& tx, CompanyId company, std::string_view kind, std::string_view key,
                DocumentId document) {
  const auto value = sql::keyValue(key);
  return tx.connection().later(
      "UPDATE unique_keys SET document = ?4 WHERE company = ?1 AND kind = ?2 AND value = ?3",
      {company, kind, value, document});
}

}  // namespace postgang::store
