// Everything that follows from the events is worked out again and held against what is kept, in one snapshot:
// chains, rows, texts, counts; and every blob against its digest. Nothing is put right here.
#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "store/audit.h"
#include "store/sql/cubes.h"
#include "store/sql/erasure.h"
#include "store/sql/partner_counts.h"
#include "store/sql/replay.h"
#include "store/sql/search_lines.h"
#include "store/sql/search_text.h"
#include "store/sql/session.h"
#include "store/sql/unique_keys.h"
#include "store/upkeep.h"

namespace postgang::store {
namespace {

constexpr int blobs_at_once = 50;
constexpr std::size_t blob_bytes_max = std::size_t{1} << 30;

class Verifying {
 public:
  explicit Verifying(Reader& reader) : reader_(reader), connection_(reader.connection()) {}

  Result<VerifyReport> run() {
    CHECK_OK(sql::eachDocument(connection_, [&](DocumentId id) { return checkDocument(id); }));
    CHECK_OK(checkOrphans());
    CHECK_OK(checkFeed());
    CHECK_OK(checkStatistics());
    CHECK_OK(checkPartners());
    CHECK_OK(checkBlobs());
    CHECK_OK(checkAudit());
    return std::move(report_);
  }

 private:
  void damage(std::string what, std::string where, std::string detail) {
    report_.damages.push_back({std::move(what), std::move(where), std::move(detail)});
  }

  Outcome checkDocument(DocumentId id) {
    TRY(auto replay, sql::replay(connection_, id));
    ++report_.documents;
    report_.events += replay.events;
    for (const auto& fault : replay.faults) damage("chain", id.text(), fault);
    if (!replay.isKnown) {
      TRY(auto left, sql::erased(connection_, id));
      if (left) return checkErased(replay, std::move(*left));
    }
    if (!replay.isWhole) {
      countable_ = false;  // what its events were counted as cannot be known
      return {};
    }
    auto& rows = replay.projection.rows;
    TRY(auto kept, sql::loadRows(connection_, id, false, true));
    if (!kept) {
      damage("row", id.text(), "the document has events but no rows");
    } else {
      CHECK_OK(sql::loadFindings(connection_, *kept));
      checkRows(rows, *kept);
      CHECK_OK(checkLines(*kept));
      CHECK_OK(checkEntry(rows, rows.sent, kept->sent.id));
      if (rows.inbox && kept->inbox) CHECK_OK(checkEntry(rows, *rows.inbox, kept->inbox->id));
      TRY(const auto keyFaults, sql::keyFaults(connection_, replay));
      for (const auto& fault : keyFaults) damage("row", id.text(), fault);
    }
    for (const auto& row : replay.projection.feed) ++fed_[row.company];
    sql::countChange(counted_, nullptr, rows);
    counted_.add(std::move(replay.projection.pending));
    return {};
  }

  // Of an erased document its chain is there to its head, and nothing else; what it counts stands.
  Outcome checkErased(const sql::Replay& replay, sql::Erased left) {
    const auto id = replay.projection.rows.id;
    ++report_.erased;
    Digest head{};
    bool bare = true;
    CHECK_OK(connection_.run("SELECT hash, payload FROM events WHERE document = ?1 ORDER BY sequence", {id},
                             [&](const sql::Row& row) {
                               head = sql::Columns(row).digest();
                               bare = bare && row.isNull(1);
                             }));
    if (replay.events != left.events || head != left.head)
      damage("chain", id.text(), "the erased document's chain does not end where it did");
    if (!bare) damage("row", id.text(), "the document is erased, and some of what happened is still told");
    counted_.add(std::move(left.counted));
    return {};
  }

  void checkRows(const sql::Rows& wanted, const sql::Rows& kept) {
    const auto now = sql::described(kept), then = sql::described(wanted);
    const auto [a, b] = std::ranges::mismatch(now, then);
    if (a == now.end() && b == then.end()) return;
    damage("row", wanted.id.text(),
           "kept: " + (a == now.end() ? "nothing" : *a) +
               "; by its events: " + (b == then.end() ? "nothing" : *b));
  }

  // What lists sort and search on is kept beside the entry.
  Outcome checkEntry(const sql::Rows& rows, const sql::EntryView& entry, std::int64_t id) {
    ++report_.entries;
    const auto& facts = rows.recognised;
    const auto counterpart =
        sql::counterpartKey(entry.direction == Direction::sent ? facts.buyer : facts.seller);
    bool same = false;
    CHECK_OK(
        connection_.run("SELECT counterpart, number, kind, currency, due_date, amount, counterpart_company "
                        "FROM entries WHERE company = ?1 AND id = ?2",
                        {entry.company, id}, [&](const sql::Row& row) {
                          sql::Columns c(row);
                          same = c.view() == counterpart;
                          same = c.view() == sql::indexed(facts.number) && same;
                          same = c.view() == document::name(facts.kind) && same;
                          same = c.view() == facts.currency && same;
                          same = c.number() == sql::dueKey(rows) && same;
                          same = c.number() == sql::amountKey(rows) && same;
                          same = c.company() == sql::counterpartCompany(rows, entry) && same;
                        }));
    if (!same) damage("row", rows.id.text(), "what lists sort on is not what the document says");
    std::string text;
    CHECK_OK(connection_.run("SELECT text FROM search_texts WHERE company = ?1 AND id = ?2",
                             {entry.company, id}, [&](const sql::Row& row) { text = row.bytes(0); }));
    const auto none = sql::searchForm({});  // as an entry with lines alone has it
    if (text != rows.searchText.value_or("") && (rows.searchText || text != none))
      damage("row", rows.id.text(), "what search finds it by is not its text");
    return {};
  }

  // What is to be read again is not yet what it will be.
  Outcome checkLines(const sql::Rows& rows) {
    TRY(const auto due,
        connection_.run("SELECT 1 FROM search_due WHERE document = ?1", {rows.id}, [](const sql::Row&) {}));
    // Nor what nobody has read yet: its lines are read with its first step.
    if (due > 0 || (rows.recognised.format.empty() && rows.findings.empty())) return {};
    TRY(const auto texts, sql::lineTexts(reader_, rows));
    const auto differs = [&](const sql::EntryView& entry, const std::string& wanted) -> Result<bool> {
      std::string text;
      CHECK_OK(connection_.run("SELECT text FROM search_lines WHERE company = ?1 AND id = ?2",
                               {entry.company, entry.id}, [&](const sql::Row& row) { text = row.bytes(0); }));
      return text != wanted;
    };
    TRY(bool wrong, differs(rows.sent, texts.sent));
    if (rows.inbox && !wrong) {
      TRY(wrong, differs(*rows.inbox, texts.inbox));
    }
    if (wrong) damage("row", rows.id.text(), "what search finds it by is not its lines");
    return {};
  }

  // Rows that no event stands for.
  Outcome checkOrphans() {
    CHECK_OK(connection_.run(
        "SELECT d.id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM events v WHERE v.document = "
        "d.id)",
        {}, [&](const sql::Row& row) {
          damage("chain", sql::Columns(row).uuid().text(), "the document has rows but no events");
        }));
    CHECK_OK(
        connection_.run("SELECT e.document FROM entries e LEFT JOIN documents d ON d.id = e.document WHERE "
                        "d.id IS NULL OR NOT "
                        "((d.sender = e.company AND d.sent_entry = e.id) OR COALESCE(d.receiver = e.company "
                        "AND d.received_entry = "
                        "e.id, 1 = 0))",
                        {}, [&](const sql::Row& row) {
                          damage("row", sql::Columns(row).uuid().text(),
                                 "an entry stands in lists that is not the document's");
                        }));
    CHECK_OK(
        connection_.run("SELECT x.document, d.id FROM erased_documents x LEFT JOIN documents d ON d.id = "
                        "x.document WHERE d.id "
                        "IS NOT NULL OR NOT EXISTS (SELECT 1 FROM events v WHERE v.document = x.document)",
                        {}, [&](const sql::Row& row) {
                          damage(row.isNull(1) ? "chain" : "row", sql::Columns(row).uuid().text(),
                                 row.isNull(1) ? "the erased document's chain is gone"
                                               : "the document is erased, and still listed");
                        }));
    for (const std::string table : {"search_texts", "search_lines"})
      CHECK_OK(connection_.run(
          "SELECT t.company, t.id FROM " + table +
              " t LEFT JOIN entries e ON e.company = t.company AND e.id = t.id WHERE e.id IS NULL",
          {}, [&](const sql::Row& row) {
            damage("row",
                   "company " + std::to_string(row.number(0)) + " entry " + std::to_string(row.number(1)),
                   table + " has what no entry is found by");
          }));
    return {};
  }

  Outcome checkFeed() {
    std::map<CompanyId, std::int64_t> kept;
    CHECK_OK(
        connection_.run("SELECT company, COUNT(*) FROM feed WHERE NOT EXISTS (SELECT 1 FROM erased_documents "
                        "e WHERE e.document = feed.document) GROUP BY company",
                        {}, [&](const sql::Row& row) { kept[CompanyId{row.number(0)}] = row.number(1); }));
    if (countable_ && kept != fed_)
      damage("count", "feed", "the feed has not the events that the documents have");
    return {};
  }

  Outcome checkStatistics() {
    if (!countable_) return {};
    TRY(const auto wrong, sql::wrongCubes(connection_, counted_.statistics));
    for (const auto& cube : wrong)
      damage("count", cube, "the statistics do not count the documents that there are");
    return {};
  }

  Outcome checkPartners() {
    TRY(const auto faults, sql::partnerFaults(connection_, counted_));
    if (countable_)
      for (const auto& fault : faults) damage("count", "partners", fault);
    return {};
  }

  Outcome checkBlobs() {
    Digest last{};
    for (bool begun = false;; begun = true) {
      int seen = 0;
      const auto check = [&](const sql::Row& row) {
        sql::Columns c(row);
        ++seen;
        ++report_.blobs;
        last = c.digest();
        const auto bytes = decompress(c.view(), blob_bytes_max);
        if (!bytes || sha256(*bytes) != last || static_cast<std::int64_t>(bytes->size()) != c.number())
          damage("blob", hex(view(last)), "the kept bytes are not what they were");
      };
      CHECK_OK(connection_.run(
          "SELECT d.digest, b.bytes, b.size FROM blob_digests d LEFT JOIN blobs b ON b.id = d.blob "
          "WHERE d.digest > ?1 ORDER BY d.digest LIMIT ?2",
          {begun ? sql::Value(last) : sql::Value::bytes(""), blobs_at_once}, check));
      if (seen < blobs_at_once) break;
    }
    const auto missing = [&](const sql::Row& row) {
      damage("blob", sql::Columns(row).uuid().text(), "the document's bytes are not kept");
    };
    CHECK_OK(connection_.run(
        "SELECT d.id FROM documents d LEFT JOIN blob_digests b ON b.digest = d.digest WHERE b.digest IS NULL",
        {}, missing));
    CHECK_OK(connection_.run(
        "SELECT d.document FROM deliveries d LEFT JOIN blob_digests b ON b.digest = d.sent_digest "
        "WHERE d.sent_digest IS NOT NULL AND b.digest IS NULL",
        {}, missing));
    CHECK_OK(connection_.run(
        "SELECT a.ticket FROM ticket_attachments a LEFT JOIN blob_digests b ON b.digest = a.digest WHERE "
        "b.digest IS NULL",
        {}, [&](const sql::Row& row) {
          damage("blob", sql::Columns(row).uuid().text(),
                 "the bytes of the ticket's attachment are not kept");
        }));
    return {};
  }

  Outcome checkAudit() {
    TRY(auto audit, verifyAudit(reader_));
    report_.auditEntries = audit.entries;
    for (auto& found : audit.damages)
      damage("audit",
             "company " + std::to_string(found.company.value) + " row " + std::to_string(found.sequence),
             std::move(found.what));
    return {};
  }

  Reader& reader_;
  sql::Connection& connection_;
  VerifyReport report_;
  sql::Pending counted_;
  std::map<CompanyId, std::int64_t> fed_;
  bool countable_ = true;
};

}  // namespace

Result<VerifyReport> verify(Store& store) {
  VerifyReport report;
  CHECK_OK(store.read([&](Reader& reader) -> Outcome {
    TRY(report, Verifying(reader).run());
    return {};
  }));
  return report;
}

}  // namespace postgang::store
