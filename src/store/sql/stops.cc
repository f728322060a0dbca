#include "store/stops.h"

#include "store/sql/entry_filter.h"
#include "store/sql/projection.h"
#include "store/sql/seen.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view select_stop =
    "SELECT s.document, s.sender, s.receiver, s.at, s.cause, s.term, s.filter, s.demand, s.held, "
    "s.settled_at, "
    "s.settled_how, d.number, d.amount, d.currency, d.due_date, d.seller_identifier, d.seller_name, "
    "d.seller_customer_number, d.buyer_identifier, d.buyer_name, d.buyer_customer_number, d.kind FROM stops "
    "s "
    "JOIN documents d ON d.id = s.document";

void readParty(sql::Columns& c, PartyFact& party) {
  party.identifier = c.text();
  party.name = c.text();
  party.customerNumber = c.text();
}

Stop readStop(const sql::Row& row) {
  sql::Columns c(row);
  Stop stop;
  stop.document = c.id<DocumentId>();
  stop.sender = c.company();
  stop.receiver = c.maybe([](sql::Columns& column) { return column.company(); });
  stop.at = c.instant();
  stop.cause = c.text();
  stop.term = c.text();
  stop.filter = c.text();
  stop.demand = c.text();
  stop.held = c.yes();
  stop.settledAt = c.maybe([](sql::Columns& column) { return column.instant(); });
  stop.settledHow = c.text();
  stop.number = c.text();
  stop.amount = c.maybe([](sql::Columns& column) { return column.decimal(); });
  stop.currency = c.text();
  stop.dueDate = c.maybe([](sql::Columns& column) { return column.date(); });
  readParty(c, stop.seller);
  readParty(c, stop.buyer);
  stop.kind = document::kindFromName(c.view()).value_or(document::Kind::other);
  return stop;
}

bool isSeen(const Viewer& viewer, const Stop& stop) {
  return viewer.sees(stop.sender, Direction::sent, stop.kind) ||
         (stop.receiver && viewer.sees(*stop.receiver, Direction::received, stop.kind));
}

}  // namespace

Result<std::vector<Stop>> listStops(Reader& reader, const Viewer& viewer, const StopQuery& query) {
  std::vector<Stop> stops;
  sql::Statement statement(reader.connection().dialect());
  statement << select_stop << " WHERE 1 = 1";
  const std::string_view party = query.side == Direction::sent ? "s.sender" : "s.receiver";
  statement << " AND " << party << " IS NOT NULL AND "
            << sql::seenClause(statement, viewer, party, query.side, "d.kind");
  if (query.from) statement << " AND s.at >= " << statement.place(*query.from);
  if (query.to) statement << " AND s.at < " << statement.place(*query.to);
  if (query.openOnly) statement << " AND s.settled_at IS NULL";
  if (query.settledOnly) statement << " AND s.settled_at IS NOT NULL";
  statement << " ORDER BY s.at DESC, s.document DESC LIMIT " << statement.place(query.limit);
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) { stops.push_back(readStop(row)); }));
  return stops;
}

Result<std::optional<Stop>> stopOf(Reader& reader, const Viewer& viewer, DocumentId document) {
  std::optional<Stop> found;
  CHECK_OK(reader.connection().run(std::string(select_stop) + " WHERE s.document = ?1", {document},
                                   [&](const sql::Row& row) { found = readStop(row); }));
  if (found && !isSeen(viewer, *found)) found.reset();
  return found;
}

Result<std::vector<SenderCount>> documentsBySender(Reader& reader, const Viewer& viewer, Instant from,
                                                   Instant to, int limit) {
  std::vector<SenderCount> counts;
  sql::Statement statement(reader.connection().dialect());
  statement << "SELECT e.counterpart, COUNT(*), MAX(p.name) FROM entries e LEFT JOIN partners p ON p.owner = "
               "e.company "
               "AND p.identifier = e.counterpart WHERE e.direction = 'received' AND e.received_at >= "
            << statement.place(from) << " AND e.received_at < " << statement.place(to) << " AND "
            << sql::seenClause(statement, viewer, "e.");
  statement << " GROUP BY e.counterpart ORDER BY COUNT(*) DESC, e.counterpart LIMIT "
            << statement.place(limit);
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& count = counts.emplace_back();
    count.identifier = c.text();
    count.documents = c.number();
    count.name = c.maybe([](sql::Columns& column) { return column.text(); }).value_or("");
  }));
  return counts;
}

namespace sql {

Outcome writeStop(Connection& connection, const Projection& projection) {
  const auto& stop = projection.stop;
  const auto& settled = projection.settled;
  if (stop) {
    const auto settledAt = settled ? std::optional(settled->at) : std::nullopt;
    const std::string_view how = settled ? settled->how : std::string_view();
    CHECK_OK(connection.later(
        "INSERT INTO stops (document, sender, receiver, at, cause, term, filter, demand, held, "
        "settled_at, settled_how) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT "
        "(document) DO UPDATE SET receiver = "
        "excluded.receiver, "
        "cause = excluded.cause, term = excluded.term, filter = excluded.filter, demand = excluded.demand, "
        "held = excluded.held",
        {stop->document, stop->sender, stop->receiver, stop->at, stop->cause, stop->term, stop->filter,
         stop->demand, stop->held, settledAt, how}));
  } else if (settled) {
    CHECK_OK(connection.later(
        "UPDATE stops SET settled_at = ?2, settled_how = ?3 WHERE document = ?1 AND settled_at IS NULL",
        {projection.rows.id, settled->at, settled->how}));
  }
  return {};
}

}  // namespace sql
}  // namespace postgang::store
