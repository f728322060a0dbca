// Rows made again from events, in one commit. Entries keep their numbers, so that cursors, which clients
// keep, still lead to the same place; the feed is written in order of time, before every cursor of now. What
// people said of their partners is no projection and stays.
#include <algorithm>
#include <limits>
#include <map>

#include "store/sql/cubes.h"
#include "store/sql/erasure.h"
#include "store/sql/replay.h"
#include "store/sql/search.h"
#include "store/sql/session.h"
#include "store/sql/unique_keys.h"
#include "store/statistics.h"
#include "store/upkeep.h"

namespace postgang::store {
namespace {

constexpr std::size_t texts_at_once = 2'000;

struct Fed {
  sql::FeedRow row;
  DocumentId document;
};

struct Numbers {
  std::int64_t sent = 0, received = 0;
};

class Rebuilding {
 public:
  explicit Rebuilding(Transaction& tx) : tx_(tx), connection_(tx.connection()) {}

  Result<RebuildReport> run() {
    CHECK_OK(rememberNumbers());
    CHECK_OK(clear());
    // Those without a number wait, so that a new one is none of the others'.
    std::vector<DocumentId> unnumbered;
    CHECK_OK(sql::eachDocument(connection_, [&](DocumentId id) -> Outcome {
      TRY(const bool written, write(id, false));
      if (!written) unnumbered.push_back(id);
      return {};
    }));
    for (const auto id : unnumbered) CHECK_OK(write(id, true));
    for (const auto& returned : returned_) CHECK_OK(sql::dropMovedKeys(connection_, returned));
    CHECK_OK(writeFeed());
    CHECK_OK(sql::flush(connection_, pending_));
    CHECK_OK(connection_.run("INSERT INTO search_due (document) SELECT id FROM documents"));
    CHECK_OK(foldStatistics(tx_, std::numeric_limits<int>::max()));
    return report_;
  }

 private:
  Outcome rememberNumbers() {
    CHECK_OK(connection_.run("SELECT document, direction, id FROM entries ORDER BY id", {},
                             [&](const sql::Row& row) {
                               sql::Columns c(row);
                               auto& numbers = numbers_[c.id<DocumentId>()];
                               (c.view() == "received" ? numbers.received : numbers.sent) = row.number(2);
                             }));
    return {};
  }

  Outcome clear() {
    for (const auto* table :
         {"entries", "documents", "deliveries", "findings", "stops", "feed", "partner_deltas",
          "partner_cells", "partner_cell_deltas", "partner_account_deltas", "unique_keys"})
      CHECK_OK(connection_.run("DELETE FROM " + std::string(table)));
    CHECK_OK(sql::clearCubes(connection_));
    CHECK_OK(sql::clearIndex(connection_));
    CHECK_OK(
        connection_.run("UPDATE partners SET sent_count = 0, received_count = 0, last_activity_at = NULL, "
                        "first_activity_at = NULL, silent_at = NULL, open_stops = 0, amount = 0"));
    // When a payment identifier was seen first is told by documents that may be erased since.
    CHECK_OK(connection_.run("UPDATE partner_accounts SET documents = 0"));
    return {};
  }

  Result<bool> write(DocumentId id, bool mayNumber) {
    TRY(auto replay, sql::replay(connection_, id));
    auto& rows = replay.projection.rows;
    if (!replay.isKnown) {
      TRY(auto left, sql::erased(connection_, id));
      if (left) {
        ++report_.erased;
        pending_.add(std::move(left->counted));
        return true;
      }
    }
    if (!replay.isWhole) (replay.isKnown ? report_.incomplete : report_.unknown).push_back(id);
    if (!replay.isKnown) return true;
    const auto numbers = numbers_.find(id);
    rows.sent.id = numbers == numbers_.end() ? 0 : numbers->second.sent;
    if (rows.inbox) rows.inbox->id = numbers == numbers_.end() ? 0 : numbers->second.received;
    if (!mayNumber && (rows.sent.id == 0 || (rows.inbox && rows.inbox->id == 0))) return false;
    CHECK_OK(sql::insertRows(connection_, rows));
    CHECK_OK(sql::writeDeliveries(connection_, rows));
    CHECK_OK(sql::writeFindings(connection_, rows));
    CHECK_OK(sql::writeStop(connection_, replay.projection));
    CHECK_OK(sql::keepKeys(connection_, replay));
    if (replay.keysReturned && rows.root) returned_.push_back({id, *rows.root, std::move(replay.claims)});
    for (const auto& row : replay.projection.feed) feed_.push_back({row, id});
    sql::countChange(pending_, nullptr, rows);
    pending_.add(std::move(replay.projection.pending));
    CHECK_OK(index(rows));
    ++report_.documents;
    report_.events += replay.events;
    return true;
  }

  Outcome index(const sql::Rows& rows) {
    if (!rows.searchText || rows.searchText->empty()) return {};
    pending_.texts.push_back({rows.sent.id, rows.sent.company, *rows.searchText, {}});
    if (rows.inbox) pending_.texts.push_back({rows.inbox->id, rows.inbox->company, *rows.searchText, {}});
    if (pending_.texts.size() < texts_at_once) return {};
    sql::Pending texts;
    texts.texts.swap(pending_.texts);
    return sql::flush(connection_, texts);
  }

  Outcome writeFeed() {
    std::ranges::stable_sort(feed_, {}, [](const Fed& fed) { return fed.row.at; });
    std::int64_t number = 0;
    for (const auto& [row, document] : feed_) {
      ++number;
      const sql::Value values[] = {
          row.company, document, name(row.direction), document::name(row.event), document::name(row.status),
          row.at,      number};
      if (connection_.dialect() == sql::Dialect::sqlite)
        CHECK_OK(
            connection_.later("INSERT INTO feed (company, document, direction, event, status, at, id) "
                              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                              values));
      else
        CHECK_OK(connection_.later(
            "INSERT INTO feed (company, document, direction, event, status, at, transaction) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, CAST('0' AS XID8))",
            std::span(values).first(6)));
    }
    return {};
  }

  Transaction& tx_;
  sql::Connection& connection_;
  std::map<DocumentId, Numbers> numbers_;
  std::vector<Fed> feed_;
  sql::Pending pending_;
  std::vector<sql::Returned> returned_;  // by later versions
  RebuildReport report_;
};

}  // namespace

Result<RebuildReport> rebuild(Store& store) {
  RebuildReport report;
  CHECK_OK(store.write(Priority::background, [&](Transaction& tx) -> Outcome {
    TRY(report, Rebuilding(tx).run());
    return {};
  }));
  return report;
}

}  // namespace postgang::store
