// rebuild(): every row made anew from the events, in one transaction. Entries keep their numbers where they
// are known, so that cursors and the order of search stay. The feed is a stream that clients have a place in:
// it is made anew only when it is gone.
#include <map>

#include "store/sql/replay.h"
#include "store/sql/rows.h"
#include "store/upkeep.h"

namespace postgang::store {
namespace {

constexpr int batch = 500;

struct Numbers {
  std::int64_t sent = 0, received = 0;
};

Result<std::map<DocumentId, Numbers>> knownNumbers(Reader& reader) {
  std::map<DocumentId, Numbers> numbers;
  CHECK_OK(reader.connection().run(
      "SELECT id, sent_entry, received_entry FROM documents", {}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& known = numbers[c.id<DocumentId>()];
        known.sent = c.number();
        known.received = c.maybe([](sql::Columns& column) { return column.number(); }).value_or(0);
      }));
  return numbers;
}

Outcome wipe(Transaction& tx) {
  auto& connection = tx.connection();
  for (const std::string_view statement :
       {"DELETE FROM entries", "DELETE FROM documents", "DELETE FROM deliveries", "DELETE FROM findings",
        "DELETE FROM search_texts", "DELETE FROM statistics", "DELETE FROM statistics_deltas",
        "DELETE FROM partner_deltas", "DELETE FROM partners WHERE named_by_owner = 0",
        "UPDATE partners SET sent_count = 0, received_count = 0, last_activity_at = NULL"})
    CHECK_OK(connection.run(statement));
  if (connection.dialect() == sql::Dialect::sqlite)
    CHECK_OK(connection.run("INSERT INTO search_index (search_index) VALUES ('delete-all')"));
  return {};
}

Outcome writeFeed(Transaction& tx, const sql::Projection& projection) {
  for (const auto& row : projection.feed)
    CHECK_OK(tx.connection().later(
        "INSERT INTO feed (company, document, direction, event, status, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        {row.company, projection.rows.id, name(row.direction), document::name(row.event),
         document::name(row.status), row.at}));
  return {};
}

Outcome rewrite(Transaction& tx, sql::Projection& projection, Numbers known, bool withFeed) {
  auto& rows = projection.rows;
  rows.sent.id = known.sent;
  if (rows.inbox) rows.inbox->id = known.received;
  CHECK_OK(sql::insertRows(tx.connection(), rows));
  CHECK_OK(sql::writeDeliveries(tx.connection(), rows));
  CHECK_OK(sql::writeFindings(tx.connection(), rows));
  auto& pending = tx.pending();
  if (rows.searchText && !rows.searchText->empty()) {
    pending.texts.push_back({rows.sent.id, rows.sent.company, *rows.searchText, {}});
    if (rows.inbox) pending.texts.push_back({rows.inbox->id, rows.inbox->company, *rows.searchText, {}});
  }
  sql::countChange(pending, nullptr, rows);
  pending.add(std::move(projection.pending));
  return withFeed ? writeFeed(tx, projection) : Outcome();
}

}  // namespace

Result<RebuildReport> rebuild(Store& store) {
  RebuildReport report;
  CHECK_OK(store.write(Priority::background, [&](Transaction& tx) -> Outcome {
    report = {};
    TRY(const auto numbers, knownNumbers(tx));
    TRY(const auto fed, tx.connection().run("SELECT 1 FROM feed LIMIT 1", {}, [](const sql::Row&) {}));
    CHECK_OK(wipe(tx));
    DocumentId last;
    for (;;) {
      TRY(const auto documents, sql::documentsAfter(tx, last, batch));
      if (documents.empty()) return {};
      for (const auto id : documents) {
        TRY(auto replay, sql::replayed(tx, id));
        if (!replay.faults.empty())
          return fail(
              ProblemKind::internal, "chain-damaged", replay.faults.front(), id.text(),
              "Run postgang admin verify and restore what is damaged from a backup; nothing was changed.");
        const auto known = numbers.find(id);
        CHECK_OK(
            rewrite(tx, replay.projection, known == numbers.end() ? Numbers{} : known->second, fed == 0));
        ++report.documents;
        report.events += replay.events;
      }
      last = documents.back();
    }
  }));
  return report;
}

}  // namespace postgang::store
