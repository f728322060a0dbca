// verify(): three walks. Documents: the chain of each recomputed, its rows held against a replay of its
// events, its bytes there. Blobs: unpacked and digested. Sums: statistics and partners' counts counted again
// from the rows.
#include <map>
#include <set>

#include "store/blobs.h"
#include "store/sql/replay.h"
#include "store/sql/rows.h"
#include "store/upkeep.h"

namespace postgang::store {
namespace {

constexpr int batch = 500;

struct Sums {
  std::map<sql::Cell, sql::CellDelta> cells;
  std::map<sql::PartnerKey, std::pair<std::int64_t, std::int64_t>> partners;
};

void countPartner(Sums& sums, const sql::EntryView& entry, const PartyFact& party) {
  const auto key = sql::counterpartKey(party);
  if (key.empty()) return;
  auto& [sent, received] = sums.partners[{entry.company, key}];
  ++(entry.direction == Direction::sent ? sent : received);
}

void count(Sums& sums, const sql::Rows& rows) {
  sql::Pending pending;
  sql::countChange(pending, nullptr, rows);
  for (const auto& [cell, delta] : pending.statistics) {
    sums.cells[cell].documents += delta.documents;
    sums.cells[cell].hundredths += delta.hundredths;
  }
  countPartner(sums, rows.sent, rows.recognised.buyer);
  if (rows.inbox) countPartner(sums, *rows.inbox, rows.recognised.seller);
}

void compare(const std::vector<std::string>& kept, const std::vector<std::string>& wanted,
             const std::string& where, VerifyReport& report) {
  for (std::size_t at = 0; at < std::max(kept.size(), wanted.size()); ++at) {
    const auto is = at < kept.size() ? kept[at] : "(nothing)";
    const auto should = at < wanted.size() ? wanted[at] : "(nothing)";
    if (is != should)
      report.damages.push_back({"row", where, "is «" + is + "», its events say «" + should + "»"});
  }
}

Outcome verifyBytes(Reader& reader, const Digest& digest, const std::string& where, VerifyReport& report) {
  TRY(const auto known, reader.connection().run("SELECT 1 FROM blob_digests WHERE digest = ?1", {digest},
                                                [](const sql::Row&) {}));
  if (known == 0) report.damages.push_back({"blob", where, "bytes are missing: " + hex(view(digest))});
  return {};
}

Outcome verifyDocument(Reader& reader, DocumentId id, Sums& sums, VerifyReport& report) {
  const auto where = id.text();
  TRY(const auto replay, sql::replayed(reader, id));
  ++report.documents;
  report.events += replay.events;
  for (const auto& fault : replay.faults) report.damages.push_back({"chain", where, fault});
  TRY(auto rows, sql::loadRows(reader.connection(), id, false, true));
  if (!rows) {
    report.damages.push_back({"row", where, "the document's rows are missing"});
    return {};
  }
  CHECK_OK(sql::loadFindings(reader.connection(), *rows));
  report.entries += rows->inbox ? 2 : 1;
  if (replay.faults.empty())
    compare(sql::described(*rows), sql::described(replay.projection.rows), where, report);
  CHECK_OK(verifyBytes(reader, rows->received.digest, where, report));
  for (const auto& delivery : rows->deliveries)
    if (delivery.sentDigest) CHECK_OK(verifyBytes(reader, *delivery.sentDigest, where, report));
  count(sums, *rows);
  return {};
}

Outcome verifyDocuments(Store& store, Sums& sums, VerifyReport& report) {
  DocumentId last;
  for (bool more = true; more;)
    CHECK_OK(store.read([&](Reader& reader) -> Outcome {
      TRY(const auto documents, sql::documentsAfter(reader, last, batch));
      for (const auto id : documents) CHECK_OK(verifyDocument(reader, id, sums, report));
      more = !documents.empty();
      if (more) last = documents.back();
      return {};
    }));
  return {};
}

// Rows without events: nobody may put a document in beside the chain.
Outcome verifyOrphans(Reader& reader, VerifyReport& report) {
  CHECK_OK(reader.connection().run(
      "SELECT d.id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.document = d.id)", {},
      [&](const sql::Row& row) {
        report.damages.push_back(
            {"row", sql::Columns(row).id<DocumentId>().text(), "a document without events"});
      }));
  CHECK_OK(reader.connection().run(
      "SELECT e.document FROM entries e JOIN documents d ON d.id = e.document WHERE NOT ((e.company = "
      "d.sender AND "
      "e.id = d.sent_entry) OR (e.company = d.receiver AND e.id = d.received_entry)) ",
      {}, [&](const sql::Row& row) {
        report.damages.push_back(
            {"row", sql::Columns(row).id<DocumentId>().text(), "an entry that nobody has"});
      }));
  return {};
}

Outcome verifyBlobs(Store& store, VerifyReport& report) {
  std::string last;
  for (bool more = true; more;) {
    CHECK_OK(store.read([&](Reader& reader) -> Outcome {
      std::vector<Digest> digests;
      CHECK_OK(reader.connection().run(
          "SELECT digest FROM blob_digests WHERE digest > ?1 ORDER BY digest LIMIT ?2",
          {sql::Value::bytes(last), batch},
          [&](const sql::Row& row) { digests.push_back(sql::Columns(row).digest()); }));
      for (const auto& digest : digests) {
        ++report.blobs;
        if (auto bytes = blob(reader, digest); !bytes)
          report.damages.push_back({"blob", hex(view(digest)), bytes.error().detail});
      }
      more = !digests.empty();
      if (more) last = view(digests.back());
      return {};
    }));
  }
  return {};
}

Outcome verifyStatistics(Reader& reader, Sums& sums, VerifyReport& report) {
  std::map<sql::Cell, sql::CellDelta> kept;
  for (const std::string_view table : {"statistics", "statistics_deltas"})
    CHECK_OK(reader.connection().run(
        "SELECT company, day, direction, channel, kind, status, currency, documents, amount FROM " +
            std::string(table),
        {}, [&](const sql::Row& row) {
          sql::Columns c(row);
          sql::Cell cell;
          cell.company = c.company();
          cell.day = c.number();
          for (auto* text : {&cell.direction, &cell.channel, &cell.kind, &cell.status, &cell.currency})
            *text = c.text();
          auto& sum = kept[cell];
          sum.documents += c.number();
          sum.hundredths += c.number();
        }));
  for (const auto& [cell, sum] : kept) sums.cells[cell].documents -= sum.documents;
  for (const auto& [cell, sum] : kept) sums.cells[cell].hundredths -= sum.hundredths;
  for (const auto& [cell, rest] : sums.cells)
    if (rest.documents != 0 || rest.hundredths != 0)
      report.damages.push_back(
          {"count", "company " + std::to_string(cell.company.value) + ", day " + std::to_string(cell.day),
           cell.direction + " " + cell.channel + " " + cell.status + ": " + std::to_string(rest.documents) +
               " documents and " + std::to_string(rest.hundredths) + " hundredths are missing"});
  return {};
}

Outcome verifyPartners(Reader& reader, Sums& sums, VerifyReport& report) {
  std::map<sql::PartnerKey, std::pair<std::int64_t, std::int64_t>> kept;
  const auto add = [&](const sql::Row& row) {
    sql::Columns c(row);
    sql::PartnerKey key;
    key.owner = c.company();
    key.identifier = c.text();
    auto& [sent, received] = kept[key];
    sent += c.number();
    received += c.number();
  };
  CHECK_OK(
      reader.connection().run("SELECT owner, identifier, sent_count, received_count FROM partners", {}, add));
  CHECK_OK(reader.connection().run("SELECT owner, identifier, sent, received FROM partner_deltas", {}, add));
  for (const auto& [key, counts] : sums.partners)
    if (const auto found = kept.find(key); found == kept.end() || found->second != counts)
      report.damages.push_back({"count",
                                "company " + std::to_string(key.owner.value) + ", partner " + key.identifier,
                                "the counts are not those of the documents"});
  for (const auto& [key, counts] : kept)
    if (counts != std::pair<std::int64_t, std::int64_t>{} && !sums.partners.contains(key))
      report.damages.push_back({"count",
                                "company " + std::to_string(key.owner.value) + ", partner " + key.identifier,
                                "counts without documents"});
  return {};
}

}  // namespace

Result<VerifyReport> verify(Store& store) {
  VerifyReport report;
  Sums sums;
  CHECK_OK(verifyDocuments(store, sums, report));
  CHECK_OK(store.read([&](Reader& reader) { return verifyOrphans(reader, report); }));
  CHECK_OK(verifyBlobs(store, report));
  CHECK_OK(store.read([&](Reader& reader) -> Outcome {
    CHECK_OK(verifyStatistics(reader, sums, report));
    return verifyPartners(reader, sums, report);
  }));
  return report;
}

}  // namespace postgang::store
