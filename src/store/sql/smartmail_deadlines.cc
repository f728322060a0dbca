// What waits to be opened and until when, what became of earlier mails, and letters that wait for their
// batch.
#include "store/sql/document_row.h"
#include "store/sql/facts.h"
#include "store/sql/seen.h"
#include "store/sql/session.h"
#include "store/sql/smartmail_rows.h"

namespace postgang::store {

Result<std::optional<NearestDeadline>> nearestDeadline(Reader& reader, const Viewer& viewer) {
  SmartmailQuery query;
  query.states = {"waiting"};
  query.sort = SmartmailSort::deadline;
  query.limit = 1;
  TRY(const auto first, listSmartmail(reader, viewer, query));
  if (first.items.empty() || !first.items.front().delivery.road.deadline) return std::nullopt;
  NearestDeadline nearest;
  nearest.at = *first.items.front().delivery.road.deadline;
  TRY(const auto senders, sql::sendersSeen(reader, viewer));
  for (const auto& sender : senders) {
    sql::Statement statement(reader.connection().dialect());
    statement << "SELECT v.currency, COUNT(*), COALESCE(SUM(v.letter_price), 0)";
    sql::addSmartmail(statement, sender, {});
    statement << " AND v.state = 'waiting' AND v.deadline = " << statement.place(nearest.at)
              << " GROUP BY v.currency ORDER BY v.currency";
    CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
      sql::Columns c(row);
      const auto currency = c.text();
      nearest.documents += c.number();
      sql::addTo(nearest.letters, currency, c.number());
    }));
  }
  return nearest;
}

Result<SmartmailDueSoon> smartmailDueBefore(Reader& reader, const Viewer& viewer, Instant before,
                                            int rows_max) {
  SmartmailDueSoon soon;
  TRY(const auto senders, sql::sendersSeen(reader, viewer));
  for (const auto& sender : senders) {
    sql::Statement statement(reader.connection().dialect());
    statement << "SELECT COUNT(*)";
    sql::addSmartmail(statement, sender, {});
    statement << " AND v.state = 'waiting' AND v.deadline < " << statement.place(before);
    CHECK_OK(statement.run(reader.connection(),
                           [&](const sql::Row& row) { soon.documents += sql::Columns(row).number(); }));
  }
  if (soon.documents == 0) return soon;
  SmartmailQuery query;
  query.states = {"waiting"};
  query.sort = SmartmailSort::deadline;
  query.limit = rows_max;
  TRY(auto page, listSmartmail(reader, viewer, query));
  std::erase_if(page.items, [&](const SmartmailRow& row) {
    return !row.delivery.road.deadline || *row.delivery.road.deadline >= before;
  });
  if (!page.items.empty()) soon.first = *page.items.front().delivery.road.deadline;
  soon.rows = std::move(page.items);
  return soon;
}

Result<std::vector<PastSmartmail>> smartmailHistory(Reader& reader, const Viewer& viewer, Instant from,
                                                    Instant to, int limit) {
  std::vector<PastSmartmail> past;
  SmartmailQuery query;
  query.from = from;
  query.to = to;
  TRY(const auto senders, sql::sendersSeen(reader, viewer));
  for (const auto& sender : senders) {
    sql::Statement statement(reader.connection().dialect());
    statement << "SELECT v.sent_at, v.state, v.evidence, v.road, v.letter_price, v.currency, d.due_date";
    statement << " FROM deliveries v JOIN documents d ON d.id = v.document";
    sql::addSmartmailConditions(statement, sender, query);
    statement << " ORDER BY v.sent_at DESC LIMIT "
              << statement.place(limit - static_cast<std::int64_t>(past.size()));
    CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
      sql::Columns c(row);
      auto& mail = past.emplace_back();
      mail.sentAt = c.instant();
      mail.state = c.text();
      mail.evidence = c.text();
      const auto road = sql::decodedRoad(c.view());
      mail.deadline = road.deadline;
      mail.openedAt = road.openedAt;
      mail.expiredAt = road.expiredAt;
      mail.letterHundredths = c.maybe([](sql::Columns& column) { return column.number(); });
      mail.currency = c.text();
      mail.dueDate = c.maybe([](sql::Columns& column) { return column.date(); });
    }));
  }
  return past;
}

Result<std::vector<QueuedLetter>> queuedLetters(Reader& reader, Instant cutOff, int limit) {
  std::vector<QueuedLetter> letters;
  CHECK_OK(
      reader.connection().run("SELECT document, id FROM deliveries WHERE state = 'queued' AND channel = "
                              "'print' AND deadline <= ?1 ORDER BY deadline, document LIMIT ?2",
                              {cutOff, limit}, [&](const sql::Row& row) {
                                sql::Columns c(row);
                                auto& letter = letters.emplace_back();
                                letter.document = c.id<DocumentId>();
                                letter.delivery = c.id<DeliveryId>();
                              }));
  return letters;
}

}  // namespace postgang::store
