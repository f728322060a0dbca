#include "store/history.h"

#include "store/sql/facts.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

// SQLite knows no statistics: the index is named.
std::string_view inOrder(Reader& reader) {
  return reader.connection().dialect() == sql::Dialect::sqlite ? " INDEXED BY entries_received" : "";
}

}  // namespace

Result<std::vector<HistorySlice>> historySlices(Reader& reader, const Viewer& viewer, CompanyId company,
                                                Instant from, Instant to, int size) {
  std::vector<HistorySlice> slices;
  if (!viewer.sees(company)) return slices;
  // The index answers alone.
  CHECK_OK(reader.connection().run("SELECT received_at, id FROM entries" + std::string(inOrder(reader)) +
                                       " WHERE company = ?1 AND direction = "
                                       "'received' AND received_at >= ?2 "
                                       "AND received_at < ?3 ORDER BY received_at DESC, id DESC",
                                   {company, from, to}, [&](const sql::Row& row) {
                                     if (slices.empty() || slices.back().documents == size) {
                                       auto& slice = slices.emplace_back();
                                       slice.newest = Instant{row.number(0)};
                                       slice.newestEntry = row.number(1);
                                     }
                                     auto& slice = slices.back();
                                     slice.oldest = Instant{row.number(0)};
                                     slice.oldestEntry = row.number(1);
                                     ++slice.documents;
                                   }));
  return slices;
}

Result<std::vector<PastDocument>> pastDocuments(Reader& reader, const Viewer& viewer, CompanyId company,
                                                const HistorySlice& slice) {
  std::vector<PastDocument> documents;
  if (!viewer.sees(company)) return documents;
  CHECK_OK(reader.connection().run(
      "SELECT d.id, COALESCE(d.root, d.id), d.seller_identifier, d.seller_name, d.number, d.issue_date, "
      "d.amount, d.currency, e.received_at, p.bytes FROM entries e" +
          std::string(inOrder(reader)) +
          " JOIN documents d ON d.id = e.document "
          "JOIN "
          "parsed p ON p.document = d.id WHERE e.company = ?1 AND e.direction = 'received' AND "
          "(e.received_at, "
          "e.id) <= (?2, ?3) AND (e.received_at, e.id) >= (?4, ?5) ORDER BY e.received_at DESC, e.id DESC",
      {company, slice.newest, slice.newestEntry, slice.oldest, slice.oldestEntry}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& found = documents.emplace_back();
        found.id = c.id<DocumentId>();
        found.root = c.id<DocumentId>();
        found.sender.identifier = c.text();
        found.sender.name = c.text();
        found.number = c.text();
        found.issueDate = c.maybe([](sql::Columns& column) { return column.date(); });
        found.amount = c.maybe([](sql::Columns& column) { return column.decimal(); });
        found.currency = c.text();
        found.receivedAt = c.instant();
        found.parsed = c.text();
      }));
  return documents;
}

Outcome pastRoutes(Reader& reader, const Viewer& viewer, CompanyId company, Instant from, Instant to,
                   std::int64_t max, const std::function<void(PastRoute)>& take) {
  if (!viewer.sees(company)) return {};
  Outcome damage;
  CHECK_OK(reader.connection().run(
      "SELECT d.id, d.number, d.buyer_identifier, d.buyer_name, d.buyer_customer_number, d.buyer_person, "
      "(SELECT v.payload FROM events v WHERE v.document = d.id AND v.type = 'routed' ORDER BY v.sequence "
      "LIMIT 1) FROM entries e" +
          std::string(inOrder(reader)) +
          " JOIN documents d ON d.id = e.document WHERE e.company = ?1 AND e.direction = 'sent' AND "
          "e.received_at >= ?2 AND e.received_at < ?3 ORDER BY e.received_at DESC, e.id DESC LIMIT ?4",
      {company, from, to, max}, [&](const sql::Row& row) {
        sql::Columns c(row);
        PastRoute past;
        past.id = c.id<DocumentId>();
        past.number = c.text();
        past.receiver.identifier = c.text();
        past.receiver.name = c.text();
        past.receiver.customerNumber = c.text();
        past.receiver.person = c.number() != 0;
        if (c.isNull()) return;  // it was stopped before it was routed
        auto payload = sql::decoded(document::EventType::routed, c.view());
        if (!payload) {
          if (damage) damage = fail(std::move(payload).error());
          return;
        }
        past.route = std::get<RoutedFact>(std::move(payload->fact));
        take(std::move(past));
      }));
  return damage;
}

}  // namespace postgang::store
