// Lists of what was sent by e-mail, and of letters that wait for their batch.
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "store/smartmail.h"
#include "store/sql/dialect.h"
#include "store/sql/entry_filter.h"
#include "store/sql/facts.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view select_row =
    "SELECT v.document, v.id, v.channel, v.status, v.address, v.evidence, v.price, v.currency, v.road, "
    "v.state, d.number, d.kind, d.buyer_identifier, d.buyer_name, d.buyer_customer_number, d.buyer_person, "
    "d.buyer_email, d.due_date, d.amount, d.currency, ";
constexpr std::string_view from_rows =
    " FROM deliveries v JOIN documents d ON d.id = v.document WHERE v.channel = 'email' AND v.sender IS NOT "
    "NULL";
constexpr std::string_view no_deadline = "9223372036854775807";

void readBuyer(sql::Columns& c, PartyFact& buyer) {
  buyer.identifier = c.text();
  buyer.name = c.text();
  buyer.customerNumber = c.text();
  buyer.person = c.yes();
  buyer.email = c.text();
}

SmartmailRow readRow(sql::Columns& c) {
  SmartmailRow found;
  found.document = c.id<DocumentId>();
  found.delivery.id = c.id<DeliveryId>();
  found.delivery.channel = c.text();
  found.delivery.status = document::deliveryStatusFromName(c.view()).value_or(DeliveryStatus::queued);
  found.delivery.address = c.text();
  found.delivery.evidence = c.text();
  found.delivery.price = c.maybe([](sql::Columns& column) { return column.decimal(); });
  found.delivery.currency = c.text();
  found.delivery.road = sql::decodedRoad(c.view());
  found.state = c.text();
  found.number = c.text();
  found.kind = document::kindFromName(c.view()).value_or(document::Kind::other);
  readBuyer(c, found.buyer);
  found.dueDate = c.maybe([](sql::Columns& column) { return column.date(); });
  found.amount = c.maybe([](sql::Columns& column) { return column.decimal(); });
  found.currency = c.text();
  return found;
}

// Where a page ends: the sort key and the document beside it.
struct Place {
  std::int64_t key = 0;
  DocumentId document;
};

std::string encoded(const Place& place) {
  return std::to_string(place.key) + "." + place.document.text();
}

Result<Place> decodedPlace(std::string_view cursor) {
  const auto dot = std::min(cursor.find('.'), cursor.size());
  std::int64_t key = 0;
  const auto read = std::from_chars(cursor.data(), cursor.data() + dot, key);
  const auto id = dot == cursor.size() ? std::nullopt : DocumentId::parse(cursor.substr(dot + 1));
  if (read.ec != std::errc() || read.ptr != cursor.data() + dot || !id)
    return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is not one of this list.", "cursor",
                "Take it from nextCursor as it is, or leave it out.");
  return Place{key, *id};
}

// Texts that placeholders look at: they must live until the statement has run.
struct Held {
  std::string companies, pattern;
};

void restrict(sql::Statement& statement, sql::Dialect dialect, const Viewer& viewer,
              const SmartmailQuery& query, Held& held) {
  if (!viewer.seesAll()) {
    held.companies = sql::companiesValue(dialect, viewer.companies());
    statement << " AND " << sql::companiesClause(dialect, "v.sender", statement.place(held.companies));
  }
  if (query.from) statement << " AND v.sent_at >= " << statement.place(*query.from);
  if (query.to) statement << " AND v.sent_at < " << statement.place(*query.to);
  if (!query.counterpart.empty()) {
    const auto place = statement.place(query.counterpart);
    statement << " AND (d.buyer_identifier = " << place << " OR (d.buyer_identifier = '' AND 'customer:' || "
              << "d.buyer_customer_number = " << place << "))";
  }
  if (query.text.empty()) return;
  held.pattern = "%";
  for (const char c : lowered(query.text)) {
    if (c == '%' || c == '_' || c == '\\') held.pattern += '\\';
    held.pattern += c;
  }
  held.pattern += '%';
  const auto place = statement.place(held.pattern);
  statement << " AND (LOWER(d.number) LIKE " << place << " ESCAPE '\\' OR LOWER(d.buyer_name) LIKE " << place
            << " ESCAPE '\\' OR LOWER(v.address) LIKE " << place << " ESCAPE '\\')";
}

}  // namespace

Result<std::optional<DocumentId>> documentOf(Reader& reader, DeliveryId delivery) {
  std::optional<DocumentId> found;
  CHECK_OK(reader.connection().run("SELECT document FROM deliveries WHERE id = ?1 AND sender IS NOT NULL",
                                   {delivery},
                                   [&](const sql::Row& row) { found = sql::Columns(row).id<DocumentId>(); }));
  return found;
}

Result<SmartmailPage> listSmartmail(Reader& reader, const Viewer& viewer, const SmartmailQuery& query) {
  const auto dialect = reader.connection().dialect();
  const bool byDeadline = query.sort == SmartmailSort::deadline;
  const auto key = byDeadline ? "COALESCE(v.deadline, " + std::string(no_deadline) + ")"
                              : std::string("COALESCE(v.sent_at, 0)");
  sql::Statement statement(dialect);
  Held held;
  statement << select_row << key << from_rows;
  restrict(statement, dialect, viewer, query, held);
  if (!query.states.empty()) {
    statement << " AND v.state IN (";
    for (std::size_t i = 0; i < query.states.size(); ++i)
      statement << (i > 0 ? ", " : "") << statement.place(query.states[i]);
    statement << ")";
  }
  Place after;
  if (!query.cursor.empty()) {
    TRY(after, decodedPlace(query.cursor));
    const auto at = statement.place(after.key);
    const auto document = statement.place(after.document);
    const std::string_view beyond = byDeadline ? ">" : "<";
    statement << " AND (" << key << " " << beyond << " " << at << " OR (" << key << " = " << at
              << " AND v.document " << beyond << " " << document << "))";
  }
  const std::string_view way = byDeadline ? "" : " DESC";
  const int limit = std::clamp(query.limit, 1, 200);
  statement << " ORDER BY " << key << way << ", v.document" << way << " LIMIT " << statement.place(limit + 1);
  SmartmailPage page;
  std::vector<std::int64_t> keys;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    page.items.push_back(readRow(c));
    keys.push_back(c.number());
  }));
  if (page.items.size() > static_cast<std::size_t>(limit)) {
    page.items.pop_back();
    page.nextCursor = encoded({keys[page.items.size() - 1], page.items.back().document});
  }
  return page;
}

Result<std::vector<SmartmailCount>> countSmartmail(Reader& reader, const Viewer& viewer,
                                                   const SmartmailQuery& query) {
  const auto dialect = reader.connection().dialect();
  sql::Statement statement(dialect);
  Held held;
  statement << "SELECT v.state, COUNT(*)" << from_rows;
  restrict(statement, dialect, viewer, query, held);
  statement << " GROUP BY v.state ORDER BY v.state";
  std::vector<SmartmailCount> counts;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& count = counts.emplace_back();
    count.state = c.text();
    count.documents = c.number();
  }));
  return counts;
}

Result<std::vector<QueuedLetter>> queuedLetters(Reader& reader, Instant cutOff, int limit) {
  std::vector<QueuedLetter> letters;
  CHECK_OK(
      reader.connection().run("SELECT document, id FROM deliveries WHERE state = 'queued' AND deadline <= ?1 "
                              "ORDER BY deadline, document "
                              "LIMIT ?2",
                              {cutOff, limit}, [&](const sql::Row& row) {
                                sql::Columns c(row);
                                auto& letter = letters.emplace_back();
                                letter.document = c.id<DocumentId>();
                                letter.delivery = c.id<DeliveryId>();
                              }));
  return letters;
}

}  // namespace postgang::store
