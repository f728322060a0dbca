// Everything that follows from the events is worked out again and held against what is kept, in one snapshot:
// chains, rows, texts, counts; and every blob against its digest. Nothing is put right here.
#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "store/sql/cube.h"
#include "store/sql/replay.h"
#include "store/sql/session.h"
#include "store/sql/unique_keys.h"
#include "store/upkeep.h"

namespace postgang::store {
namespace {

constexpr int blobs_at_once = 50;
constexpr std::size_t blob_bytes_max = std::size_t{1} << 30;

class Verifying {
 public:
  explicit Verifying(Reader& reader) : connection_(reader.connection()) {}

  Result<VerifyReport> run() {
    CHECK_OK(sql::eachDocument(connection_, [&](DocumentId id) { return checkDocument(id); }));
    CHECK_OK(checkOrphans());
    CHECK_OK(checkFeed());
    CHECK_OK(checkStatistics());
    CHECK_OK(checkPartners());
    CHECK_OK(checkBlobs());
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
        connection_.run("SELECT counterpart, number, kind, currency, due_date, amount FROM entries WHERE "
                        "company = ?1 AND id = ?2",
                        {entry.company, id}, [&](const sql::Row& row) {
                          sql::Columns c(row);
                          same = c.view() == counterpart;
                          same = c.view() == sql::indexed(facts.number) && same;
                          same = c.view() == document::name(facts.kind) && same;
                          same = c.view() == facts.currency && same;
                          same = c.number() == sql::dueKey(rows) && same;
                          same = c.number() == sql::amountKey(rows) && same;
                        }));
    if (!same) damage("row", rows.id.text(), "what lists sort on is not what the document says");
    std::string text;
    CHECK_OK(connection_.run("SELECT text FROM search_texts WHERE company = ?1 AND id = ?2",
                             {entry.company, id}, [&](const sql::Row& row) { text = row.bytes(0); }));
    if (text != rows.searchText.value_or(""))
      damage("row", rows.id.text(), "what search finds it by is not its text");
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
    return {};
  }

  Outcome checkFeed() {
    std::map<CompanyId, std::int64_t> kept;
    CHECK_OK(connection_.run("SELECT company, COUNT(*) FROM feed GROUP BY company", {},
                             [&](const sql::Row& row) { kept[CompanyId{row.number(0)}] = row.number(1); }));
    if (countable_ && kept != fed_)
      damage("count", "feed", "the feed has not the events that the documents have");
    return {};
  }

  Outcome checkStatistics() {
    std::map<sql::Cell, std::pair<std::int64_t, Decimal>> kept, wanted;
    for (const auto& [cell, delta] : counted_.statistics)
      if (delta.documents != 0 || delta.hundredths != 0)
        wanted[cell] = {delta.documents, Decimal::fromScaled(delta.hundredths, 2)};
    constexpr std::string_view group = "company, day, direction, channel, kind, status, currency";
    sql::Statement statement(connection_.dialect());
    statement << "SELECT " << group << ", CAST(SUM(documents) AS BIGINT), " << sql::sumColumns("amount")
              << " FROM ";
    sql::addCube(statement, {}, {}, {});
    statement << " GROUP BY " << group;
    CHECK_OK(statement.run(connection_, [&](const sql::Row& row) {
      sql::Columns c(row);
      sql::Cell cell;
      cell.company = c.company();
      cell.day = c.number();
      for (auto* text : {&cell.direction, &cell.channel, &cell.kind, &cell.status, &cell.currency})
        *text = c.text();
      const auto documents = c.number();
      const auto amount = sql::readSum(c);
      if (documents != 0 || !amount.isZero()) kept[cell] = {documents, amount};
    }));
    if (countable_ && kept != wanted)
      damage("count", "statistics", "the statistics do not count the documents that there are");
    return {};
  }

  Outcome checkPartners() {
    using Counts = std::pair<std::int64_t, std::int64_t>;
    std::map<sql::PartnerKey, Counts> kept, wanted;
    for (const auto& [key, delta] : counted_.partners)
      if (delta.sent != 0 || delta.received != 0) wanted[key] = {delta.sent, delta.received};
    CHECK_OK(
        connection_.run("SELECT owner, identifier, CAST(SUM(sent) AS BIGINT), CAST(SUM(received) AS BIGINT) "
                        "FROM (SELECT owner, "
                        "identifier, sent_count AS sent, received_count AS received FROM partners UNION ALL "
                        "SELECT owner, identifier, "
                        "sent, received FROM partner_deltas) AS p GROUP BY owner, identifier",
                        {}, [&](const sql::Row& row) {
                          sql::Columns c(row);
                          sql::PartnerKey key;
                          key.owner = c.company();
                          key.identifier = c.text();
                          const auto sent = c.number(), received = c.number();
                          if (sent != 0 || received != 0) kept[key] = {sent, received};
                        }));
    if (countable_ && kept != wanted)
      damage("count", "partners", "partners' counts are not those of the documents that there are");
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
    return {};
  }

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
